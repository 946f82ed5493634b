"""Human genes that make a protein: symbols, names, and what else they are called."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from kg.names import squash
from kg.vocabularies.bundle.write import Row, joined

HEADER = ("hgnc", "symbol", "name", "uniprot", "entrez", "previous", "alias", "synonym")

PROTEIN = {"gene with protein product", "immunoglobulin gene", "T cell receptor gene"}
"""Kinds of gene that make a protein, IgE and T cell receptors included."""

_SUPPLEMENTARYPROTEIN = re.compile(r"^(?P<name>.+?)(?: protein)?, human$")


def extract(hgnc: str, mesh_supplementary: str) -> Iterator[Row]:
    """One row per approved gene that makes a protein.

    Long names of proteins come from the MeSH supplementary records "X protein, human", where X is
    the symbol of the gene.
    """
    synonyms = _protein_names(mesh_supplementary)
    for row in csv.DictReader(io.StringIO(hgnc), delimiter="\t"):
        if row["Status"] != "Approved" or row["Locus type"] not in PROTEIN:
            continue
        previous = _listed(row["Previous symbols"])
        alias = _listed(row["Alias symbols"])
        known = {squash(text) for text in (row["Approved symbol"], row["Approved name"])}
        known.update(map(squash, previous + alias))
        fresh = {squash(s): s for s in sorted(synonyms.get(row["Approved symbol"], ()))}
        yield (
            row["HGNC ID"].removeprefix("HGNC:"),
            row["Approved symbol"],
            row["Approved name"],
            joined(_listed(row["UniProt ID(supplied by UniProt)"])),
            row["NCBI Gene ID(supplied by NCBI)"],
            joined(previous),
            joined(alias),
            joined(text for key, text in sorted(fresh.items()) if key not in known),
        )


def _listed(cell: str) -> list[str]:
    return sorted({part.strip() for part in cell.split(",")} - {""})


def _protein_names(mesh_supplementary: str) -> Mapping[str, set[str]]:
    names: dict[str, set[str]] = defaultdict(set)
    for line in mesh_supplementary.strip("\n").split("\n"):
        _, term, synonyms, *_ = line.split("\t")
        symbol = _SUPPLEMENTARYPROTEIN.match(term)
        if not symbol:
            continue
        for synonym in synonyms.split("|"):
            if long_name := _SUPPLEMENTARYPROTEIN.match(synonym):
                names[symbol["name"]].add(long_name["name"])
    return names
