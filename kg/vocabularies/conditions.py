"""Everyday names of conditions that MeSH does not list, each with its heading; written here."""

from __future__ import annotations

from functools import cache

from kg.names import squash
from kg.resources import folder
from kg.vocabularies import tables


def mesh_id(name: str) -> str | None:
    """The heading of a condition under an everyday name.

    >>> mesh_id("Lung cancer")
    'D008175'
    """
    return _names().get(squash(name))


def by_user(name: str) -> tuple[str, str] | None:
    """The heading that a user's table gives a condition, and that table with its edition."""
    return _given().get(squash(name))


def names(mesh_id: str) -> tuple[str, ...]:
    """The everyday names of a heading.

    >>> "Lung Cancer" in names("D008175")
    True
    """
    return _rows().get(mesh_id, ())


@cache
def _rows() -> dict[str, tuple[str, ...]]:
    text = (folder("conditions") / "names.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines()[1:])
    return {heading: tuple(names.split("|")) for names, heading, _ in rows}


@cache
def _names() -> dict[str, str]:
    return {squash(name): heading for heading, names in _rows().items() for name in names}


@cache
def _given() -> dict[str, tuple[str, str]]:
    """Of several tables the last in order of name wins."""
    found = {}
    for vocabulary in tables.of_kind("conditions"):
        source = f"{vocabulary.name.removesuffix('-conditions')} {vocabulary.edition}"
        for name, heading, _ in tables.rows(vocabulary.name):
            found[squash(name)] = heading, source
    return found
