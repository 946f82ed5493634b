"""MeSH headings, their tree, and the supplementary records of drugs."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache, lru_cache

import msgspec

from kg.names import squash
from kg.vocabularies import tables

_PADDED = re.compile(r"([DC])0{3}(\d{6})")


class Heading(msgspec.Struct, frozen=True):
    """A MeSH heading, or a supplementary record (whose identifier begins with C)."""

    mesh_id: str
    term: str
    trees: tuple[str, ...]
    """Places in the tree; none for a supplementary record."""
    headings: tuple[str, ...]
    """Headings that a supplementary record maps to; none for a heading."""
    entries: tuple[str, ...]
    """Other terms for the same thing."""


def identifier(mesh_id: str) -> str:
    """The identifier NLM uses today; some records pad the older ones with three more zeros.

    >>> identifier("D000003920"), identifier("D003920"), identifier("D000097902")
    ('D003920', 'D003920', 'D000097902')
    """
    padded = _PADDED.fullmatch(mesh_id)
    if not padded or mesh_id in _lines():
        return mesh_id
    short = padded[1] + padded[2]
    return short if short in _lines() else mesh_id


@lru_cache(maxsize=1 << 16)
def by_id(mesh_id: str) -> Heading | None:
    """The heading with this identifier.

    >>> by_id("D002289").term
    'Carcinoma, Non-Small-Cell Lung'
    """
    line = _lines().get(identifier(mesh_id))
    return _heading(line) if line else None


def by_term(term: str) -> tuple[Heading, ...]:
    """Every heading with this term; those that prefer it come alone, before mere entry terms.

    >>> [h.mesh_id for h in by_term("Non Small Cell Lung Cancer")]
    ['D002289']
    """
    key = squash(term)
    found = [_heading(_all()[at]) for at in _terms().get(key, ())]
    preferred = [h for h in found if squash(h.term) == key]
    return tuple(preferred or found)


def ancestors(mesh_id: str) -> tuple[Heading, ...]:
    """Every heading above this one in any of its places, the nearest first.

    >>> [h.term for h in ancestors("D002289")][:2]
    ['Carcinoma, Bronchogenic', 'Bronchial Neoplasms']
    """
    heading = by_id(mesh_id)
    if heading is None:
        return ()
    depth: dict[str, int] = {}
    for tree in heading.trees:
        parts = tree.split(".")
        for up in range(1, len(parts)):
            above = _trees().get(".".join(parts[:-up]))
            if above and above != heading.mesh_id:
                depth[above] = min(up, depth.get(above, up))
    nearest = sorted(depth, key=lambda found: (depth[found], found))
    return tuple(h for found in nearest if (h := by_id(found)))


def parents(mesh_id: str) -> tuple[Heading, ...]:
    """The headings directly above this one, one for each of its places, by identifier.

    >>> [h.term for h in parents("D002289")]
    ['Carcinoma, Bronchogenic']
    """
    heading = by_id(mesh_id)
    places = heading.trees if heading else ()
    above = {_trees().get(tree.rpartition(".")[0]) for tree in places}
    return tuple(h for found in sorted(filter(None, above)) if (h := by_id(found)))


def descendants(mesh_id: str) -> tuple[Heading, ...]:
    """Every heading below this one, by its first place in the tree.

    >>> "D002289" in {h.mesh_id for h in descendants("D008175")}
    True
    """
    heading = by_id(mesh_id)
    found: dict[str, None] = {}
    order = _order()
    for tree in heading.trees if heading else ():
        start = bisect_left(order, tree + ".")
        for below in order[start : bisect_left(order, tree + "/", start)]:
            found.setdefault(_trees()[below])
    return tuple(h for i in found if i != mesh_id and (h := by_id(i)))


@cache
def _lines() -> dict[str, str]:
    lines = {}
    for name in ("mesh", "mesh-supplementary"):
        for line in tables.lines(name):
            lines[line.partition("\t")[0]] = line
    return lines


@cache
def _all() -> list[str]:
    return list(_lines().values())


def _heading(line: str) -> Heading:
    mesh_id, term, places, entries = line.split("\t")
    split = [tuple(cell.split("|")) if cell else () for cell in (places, entries)]
    trees, headings = (split[0], ()) if mesh_id[0] == "D" else ((), split[0])
    return Heading(mesh_id, term, trees, headings, split[1])


@cache
def _terms() -> dict[str, tuple[int, ...]]:
    return tables.index(_all(), slice(1, 2), slice(3, 4))


@cache
def _trees() -> dict[str, str]:
    return {
        tree: mesh_id
        for mesh_id, line in _lines().items()
        if mesh_id[0] == "D"
        for tree in line.split("\t")[2].split("|")
        if tree
    }


@cache
def _order() -> list[str]:
    return sorted(_trees())
