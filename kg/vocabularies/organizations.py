"""Organisations under one name each, and who owned or followed whom."""

from __future__ import annotations

from functools import cache
from typing import cast

import msgspec

from kg.model.resolved import OrganizationLinkKind
from kg.resources import folder
from kg.vocabularies import tables


class Organization(msgspec.Struct, frozen=True):
    """An organisation of the curated table."""

    name: str
    spellings: tuple[str, ...]
    """Other ways of writing it, and earlier names of the same firm."""


class Link(msgspec.Struct, frozen=True):
    """What became of an organisation."""

    kind: OrganizationLinkKind
    """PARENT: belongs to the other. SUCCESSOR: lives on in the other. SPIN_OFF: left the other."""
    other: str
    since: str | None
    """When it happened, as precisely as it is sure: a year or a month."""
    until: str | None
    """When a parent let go of it again."""
    source: str


@cache
def organizations() -> tuple[Organization, ...]:
    """Every organisation of the curated table and of users' tables, by name."""
    spellings = {name: _split(cell) for name, cell in _rows("names")}
    for vocabulary in tables.of_kind("organizations"):
        for name, spelling, _ in tables.rows(vocabulary.name):
            spellings[name] = (*spellings.get(name, ()), spelling)
    return tuple(Organization(name, spellings[name]) for name in sorted(spellings))


def links(name: str) -> tuple[Link, ...]:
    """What the table knows of an organisation's parents and successors, by its first name.

    >>> [(link.kind, link.other, link.since) for link in links("Genzyme")]
    [('PARENT', 'Sanofi', '2011-04')]
    """
    return _links().get(name, ())


@cache
def _links() -> dict[str, tuple[Link, ...]]:
    found: dict[str, tuple[Link, ...]] = {}
    for name, kind, other, since, until, source in _rows("links"):
        link = Link(cast(OrganizationLinkKind, kind), other, since or None, until or None, source)
        found[name] = (*found.get(name, ()), link)
    return found


def _rows(table: str) -> list[list[str]]:
    text = (folder("organizations") / f"{table}.tsv").read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines()[1:]]


def _split(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()
