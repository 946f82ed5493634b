"""MeSH: the headings with their places in the tree, and the supplementary records of drugs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from kg.names import squash
from kg.vocabularies.bundle.write import SEPARATOR, Row, joined

HEADER = ("mesh", "term", "trees", "entries")
SUPPLEMENTARY_HEADER = ("mesh", "term", "headings", "entries")

_REGIMEN = re.compile(r"(?i)\b(protocol|regimen|combination|vaccine)\b")
_CODE = re.compile(r"[A-Z]{1,5}[- ]?\d{3,7}[A-Z]?")


def extract(descriptors: str) -> Iterator[Row]:
    """One row per heading: identifier, preferred term, tree numbers, entry terms."""
    for line in descriptors.strip("\n").split("\n"):
        identifier, term, entries, trees, *_ = line.split("\t")
        yield identifier, term, joined(_cells(trees)), joined(_cells(entries))


def supplementary(records: str, descriptors: str, drug_names: AbstractSet[str]) -> Iterator[Row]:
    """One row per supplementary record of a drug, a regimen or a disease, with its headings.

    A drug has one of the squashed names, or a company code for its term; a disease maps to headings
    of diseases only.
    """
    trees = {identifier: trees for identifier, _, trees, _ in extract(descriptors)}
    for line in records.strip("\n").split("\n"):
        identifier, term, entries, headings, *_ = line.split("\t")
        mapped = sorted({heading.lstrip("*") for heading in headings.split(",")} - {""})
        places = [trees.get(heading, "") for heading in mapped]
        if wanted(term, _cells(entries), places, drug_names):
            yield identifier, term, joined(mapped), joined(_cells(entries))


def wanted(
    term: str, entries: Iterable[str], places: list[str], drug_names: AbstractSet[str]
) -> bool:
    """Whether a supplementary record is of a drug, a regimen or a disease.

    `places` are the tree numbers of the headings it maps to.
    """
    return bool(
        _REGIMEN.search(term)
        or _CODE.fullmatch(term)
        or any(squash(name) in drug_names for name in (term, *entries))
        or _disease(places)
    )


def _disease(trees: list[str]) -> bool:
    places = [place for cell in trees for place in _cells(cell)]
    return bool(places) and all(place[0] in "CF" for place in places)


def _cells(cell: str) -> list[str]:
    return sorted(set(cell.split(SEPARATOR)) - {""})
