"""Organisations of ROR, where it was fetched; nothing is known otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import msgspec

from kg.vocabularies import tables

HEADER = ("ror", "name", "names", "countries", "types", "parent", "successor", "predecessor")


class RorOrganization(msgspec.Struct, frozen=True):
    """An organisation as ROR describes it."""

    ror: str
    """The end of its IRI: `02n6c9837`."""
    name: str
    names: tuple[str, ...]
    """Its other full names; acronyms are no names here."""
    countries: tuple[str, ...]
    """ISO 3166 two-letter codes."""
    types: tuple[str, ...]
    parents: tuple[str, ...]
    successors: tuple[str, ...]


def edition() -> str | None:
    """ROR and its edition, as evidence names it; None where it was not fetched."""
    found = tables.of_kind("ror")
    return f"ROR {found[0].edition}" if found else None


def by_id(ror: str) -> RorOrganization | None:
    """The organisation with this id."""
    line = _lines().get(ror)
    return _organization(line) if line else None


def organizations() -> Sequence[RorOrganization]:
    """Every organisation, by id; none where ROR was not fetched."""
    return [_organization(line) for line in _lines().values()]


def _organization(line: str) -> RorOrganization:
    ror, name, *cells = line.split("\t")
    names, countries, types, parents, successors, _ = (_split(cell) for cell in cells)
    return RorOrganization(ror, name, names, countries, types, parents, successors)


def _split(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


@cache
def _lines() -> dict[str, str]:
    if edition() is None:
        return {}
    return {line.partition("\t")[0]: line for line in tables.lines("ror")}
