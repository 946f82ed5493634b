"""Drugs of the Open Targets Platform (from ChEMBL): their names, and what they act on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.errors import KgError, SourceError
from kg.vocabularies import tables
from kg.vocabularies.bundle.write import Row
from kg.vocabularies.drug_tables import NAMES_HEADER, TARGETS_HEADER
from kg.vocabularies.fetch.source import Content, Made, Remote, clean, cleaned, listed
from kg.web import Web

MOST_GENES = 10
"""A mechanism on more genes than this names a family, which says nothing of each."""
_PARTS = r".*\.parquet"


def find(web: Web, address: str) -> list[Remote]:
    """Every part of the two tables, in the newest release below an address."""
    base = address.rstrip("/") + "/"
    release = max(listed(web, base, r"\d\d\.\d\d"))
    found = []
    for table in ("drug_molecule", "drug_mechanism_of_action"):
        folder = f"{base}{release}/output/{table}/"
        found += [
            Remote(f"{folder}{name}", edition=release) for name in listed(web, folder, _PARTS)
        ]
    return found


def make(paths: Sequence[Path]) -> Content:
    """The names and targets of molecules, from the parts of both tables in any order."""
    molecules: list[Mapping[str, Any]] = []
    mechanisms: list[Mapping[str, Any]] = []
    for path in paths:
        columns, rows = _read(path)
        if {"id", "name"} <= columns:
            molecules += rows
        elif "mechanismOfAction" in columns:
            mechanisms += rows
        else:
            raise SourceError(
                f"{path.name}: found columns {', '.join(sorted(columns))}, "
                "expected drug_molecule or drug_mechanism_of_action"
            )
    if not molecules:
        raise SourceError(f"{len(paths)} files: found no row of drug_molecule")
    drugs = {one["id"]: clean(one["name"]) for one in molecules if one.get("name")}
    return Content(
        None,
        (
            Made(
                "opentargets-names",
                "Names of drugs and clinical candidates, from ChEMBL",
                NAMES_HEADER,
                _names(molecules),
                kind="drug-names",
            ),
            Made(
                "opentargets-targets",
                "Targets of drugs and clinical candidates, from ChEMBL",
                TARGETS_HEADER,
                _targets(mechanisms, drugs),
                kind="drug-targets",
            ),
        ),
    )


def _names(molecules: Sequence[Mapping[str, Any]]) -> Iterator[Row]:
    for one in molecules:
        if not one.get("name"):
            continue
        drug = clean(one["name"])
        for column, kind in (("tradeNames", "brand"), ("synonyms", "synonym")):
            for name in cleaned(map(_label, one.get(column) or ())):
                if name.casefold() != drug.casefold():
                    yield drug, name, kind, one["id"]


def _targets(mechanisms: Sequence[Mapping[str, Any]], drugs: Mapping[str, str]) -> Iterator[Row]:
    symbols = {row[0]: row[1] for row in tables.rows("hgnc")}
    genes = {row[0]: symbols.get(row[1], "") for row in tables.rows("ensembl")}
    for one in mechanisms:
        acting = [drugs[found] for found in _several(one, "chemblIds", "drugId") if found in drugs]
        acted_on = [genes.get(found, "") for found in _several(one, "targets", "targetId")]
        if len(acted_on) > MOST_GENES:
            continue
        action = clean((one.get("actionType") or "").lower())
        for drug in acting:
            for symbol in filter(None, acted_on):
                yield drug, symbol, action, clean(one.get("mechanismOfAction") or "")


def _several(row: Mapping[str, Any], many: str, one: str) -> list[str]:
    """A list of ids, or the single one that some releases give."""
    return list(row.get(many) or filter(None, [row.get(one)]))


def _label(value: Any) -> str | None:
    """A name, which some releases give with its source beside it."""
    return value.get("label") if isinstance(value, Mapping) else value


def _read(path: Path) -> tuple[set[str], list[Mapping[str, Any]]]:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise KgError("Open Targets needs pyarrow: pip install 'trialkg[parquet]'") from error
    wanted = {
        *("id", "name", "synonyms", "tradeNames"),
        *("actionType", "mechanismOfAction", "chemblIds", "drugId", "targets", "targetId"),
    }
    try:
        file = parquet.ParquetFile(path)
        columns = set(file.schema_arrow.names)
        return columns, list(file.read(columns=sorted(columns & wanted)).to_pylist())
    except (pyarrow.ArrowException, OSError) as error:
        raise SourceError(f"{path.name}: found no whole Parquet file ({error})") from error
