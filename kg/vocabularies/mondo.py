"""MONDO diseases: labels, synonyms, parents, and the MeSH heading of each."""

from __future__ import annotations

from functools import cache

import msgspec

from kg.names import squash
from kg.vocabularies import tables


class Disease(msgspec.Struct, frozen=True):
    """A disease of MONDO."""

    mondo_id: str
    """The number alone: `0005233`."""
    label: str
    mesh: tuple[str, ...]
    parents: tuple[str, ...]
    synonyms: tuple[str, ...]


def by_id(mondo_id: str) -> Disease | None:
    """The disease with this number, with or without the prefix.

    >>> by_id("MONDO:0005233").label
    'non-small cell lung carcinoma'
    """
    at = _identifiers().get(mondo_id.removeprefix("MONDO:"))
    return None if at is None else _disease(at)


def by_name(name: str) -> tuple[Disease, ...]:
    """Every disease of this name; those labelled so come alone, before mere synonyms.

    Synonyms of MONDO may be broad: among several, those that have a MeSH heading come alone.

    >>> [d.mondo_id for d in by_name("NSCLC")]
    ['0005233']
    """
    key = squash(name)
    found = [_disease(at) for at in _names().get(key, ())]
    labelled = [d for d in found if squash(d.label) == key]
    return tuple(labelled or [d for d in found if d.mesh] or found)


def by_mesh(mesh_id: str) -> tuple[Disease, ...]:
    """The diseases that name this MeSH heading as their own.

    >>> [d.label for d in by_mesh("D002289")]
    ['non-small cell lung carcinoma']
    """
    return tuple(map(_disease, _headings().get(mesh_id, ())))


@cache
def _lines() -> list[str]:
    return tables.lines("mondo")


def _disease(at: int) -> Disease:
    mondo_id, label, *rest = _lines()[at].split("\t")
    return Disease(mondo_id, label, *(tuple(c.split("|")) if c else () for c in rest))


@cache
def _identifiers() -> dict[str, int]:
    return {line.partition("\t")[0]: at for at, line in enumerate(_lines())}


@cache
def _names() -> dict[str, tuple[int, ...]]:
    return tables.index(_lines(), slice(1, 2), slice(4, 5))


@cache
def _headings() -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for at, line in enumerate(_lines()):
        for mesh_id in filter(None, line.split("\t")[2].split("|")):
            found.setdefault(mesh_id, []).append(at)
    return found
