"""RxNorm's prescribable content: brands and synonyms of ingredients, free of licence."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.errors import SourceError
from kg.vocabularies.bundle.write import Row
from kg.vocabularies.drug_tables import NAMES_HEADER
from kg.vocabularies.fetch.source import Content, Made, clean, member

_FIELDS, _RELATION_FIELDS = 18, 16
_SYNONYMS = frozenset({"SU", "SY"})


def make(paths: Sequence[Path]) -> Content:
    """The names of `RxNorm_full_prescribe_….zip`."""
    (path,) = paths
    ingredients: dict[str, str] = {}
    others: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    brands: dict[str, str] = {}
    for row in _rows(path, "RXNCONSO", _FIELDS):
        concept, source, kind, text = row[0], row[11], row[12], clean(row[14])
        if source == "RXNORM" and kind == "IN":
            ingredients[concept] = text
        elif source == "RXNORM" and kind == "BN":
            brands[concept] = text
        elif kind in _SYNONYMS:
            others[concept].append((text, "synonym"))
    sold: defaultdict[str, set[str]] = defaultdict(set)
    for row in _rows(path, "RXNREL", _RELATION_FIELDS):
        if row[7] in ("tradename_of", "has_tradename"):
            for brand, ingredient in ((row[0], row[4]), (row[4], row[0])):
                if brand in brands and ingredient in ingredients:
                    sold[brand].add(ingredient)
    for brand, held in sold.items():
        if len(held) == 1:  # a brand of several ingredients is the name of none
            others[min(held)].append((brands[brand], "brand"))
    found = re.search(r"(\d\d)(\d\d)(\d{4})", path.name)
    return Content(
        f"{found[3]}-{found[1]}-{found[2]}" if found else None,
        (
            Made(
                "rxnorm-names",
                "Brands and synonyms of drugs on sale in the United States",
                NAMES_HEADER,
                _names(ingredients, others),
                kind="drug-names",
            ),
        ),
    )


def _names(ingredients: dict[str, str], others: dict[str, list[tuple[str, str]]]) -> Iterator[Row]:
    for concept, drug in ingredients.items():
        for name, kind in others.get(concept, ()):
            if name.casefold() != drug.casefold():
                yield drug, name, kind, f"RXCUI {concept}"


def _rows(path: Path, table: str, fields: int) -> Iterator[list[str]]:
    name, file = member(path, rf"(^|/)rrf/{table}\.RRF$|^{table}\.RRF$")
    with file:
        for number, line in enumerate(io.TextIOWrapper(file, encoding="utf-8"), 1):
            row = line.rstrip("\n").split("|")
            if len(row) < fields:
                raise SourceError(
                    f"{path.name} at {name} line {number}: found {len(row)} fields, "
                    f"expected {fields}"
                )
            yield row
