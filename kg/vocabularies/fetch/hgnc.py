"""HGNC's complete set: genes that make a protein, with every name, and their Ensembl ids."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.errors import SourceError
from kg.names import squash
from kg.vocabularies import tables
from kg.vocabularies.bundle.hgnc import HEADER, PROTEIN
from kg.vocabularies.bundle.write import Row, joined
from kg.vocabularies.fetch.source import Content, Made, cleaned

ENSEMBL_HEADER = ("ensembl", "hgnc")
_COLUMNS = frozenset(
    "hgnc_id symbol name locus_type status alias_symbol alias_name prev_symbol prev_name "
    "entrez_id ensembl_gene_id uniprot_ids".split()
)


def make(paths: Sequence[Path]) -> Content:
    """The genes of `hgnc_complete_set.txt`."""
    (path,) = paths
    with path.open(encoding="utf-8", newline="") as file:
        lines = csv.DictReader(file, dialect="excel-tab")
        missing = _COLUMNS - set(lines.fieldnames or ())
        if missing:
            raise SourceError(
                f"{path.name}: found no column {', '.join(sorted(missing))}, "
                "expected HGNC's complete set"
            )
        genes = [
            gene for gene in lines if gene["status"] == "Approved" and gene["locus_type"] in PROTEIN
        ]
    return Content(
        None,
        (
            Made(
                "hgnc",
                "Human genes that make a protein, with symbols and names",
                HEADER,
                _rows(genes),
            ),
            Made(
                "ensembl",
                "Ensembl ids of human genes",
                ENSEMBL_HEADER,
                (
                    (gene["ensembl_gene_id"], _number(gene))
                    for gene in genes
                    if gene["ensembl_gene_id"]
                ),
                kind="ensembl",
            ),
        ),
    )


def _rows(genes: Sequence[dict[str, str]]) -> Iterator[Row]:
    """One row per gene; the long names that the bundle knows from MeSH are kept."""
    bundled = {row[0]: row[7].split("|") for row in tables.bundled_rows("hgnc")}
    for gene in genes:
        number = _number(gene)
        previous, alias = _listed(gene["prev_symbol"]), _listed(gene["alias_symbol"])
        known = {squash(text) for text in (gene["symbol"], gene["name"], *previous, *alias)}
        long_names = (
            *_listed(gene["alias_name"]),
            *_listed(gene["prev_name"]),
            *filter(None, bundled.get(number, ())),
        )
        fresh = {squash(text): text for text in sorted(long_names, reverse=True)}
        yield (
            number,
            gene["symbol"],
            " ".join(cleaned([gene["name"]])),
            joined(_listed(gene["uniprot_ids"])),
            gene["entrez_id"],
            joined(previous),
            joined(alias),
            joined(text for key, text in sorted(fresh.items()) if key and key not in known),
        )


def _number(gene: dict[str, str]) -> str:
    return gene["hgnc_id"].removeprefix("HGNC:")


def _listed(cell: str) -> list[str]:
    return sorted(set(cleaned(cell.split("|"))))
