"""MeSH: the headings with their places in the tree, and the supplementary records of drugs."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kg.vocabularies.bundle.write import SEPARATOR, Row, joined

HEADER = ("mesh", "term", "trees", "entries")
SUPPLEMENTARY_HEADER = ("mesh", "term", "headings", "entries")


def extract(descriptors: str) -> Iterator[Row]:
    """One row per heading: identifier, preferred term, tree numbers, entry terms."""
    for line in descriptors.strip("\n").split("\n"):
        identifier, term, entries, trees, *_ = line.split("\t")
        yield identifier, term, joined(_cells(trees)), joined(_cells(entries))


def supplementary(records: str, wanted: Callable[[str], bool]) -> Iterator[Row]:
    """One row per supplementary record that has a wanted name, with the headings it maps to."""
    for line in records.strip("\n").split("\n"):
        identifier, term, entries, headings, *_ = line.split("\t")
        names = [term, *_cells(entries)]
        if any(map(wanted, names)):
            mapped = sorted({heading.lstrip("*") for heading in headings.split(",")} - {""})
            yield identifier, term, joined(mapped), joined(_cells(entries))


def _cells(cell: str) -> list[str]:
    return sorted(set(cell.split(SEPARATOR)) - {""})
