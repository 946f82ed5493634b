"""Human genes and the proteins they make, from HGNC."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import msgspec

from kg.names import squash
from kg.vocabularies import tables

RANKS = ("approved", "previous", "alias", "synonym")
"""How good a name is: symbol and name in force, former symbol, other symbol, other long name."""


class Gene(msgspec.Struct, frozen=True):
    """A gene that makes a protein."""

    hgnc_id: str
    """The number alone: `1817`."""
    symbol: str
    name: str
    uniprot: tuple[str, ...]
    entrez: str
    previous: tuple[str, ...]
    aliases: tuple[str, ...]
    synonyms: tuple[str, ...]


class Candidate(msgspec.Struct, frozen=True):
    """A gene that goes by a name, and how good that name is."""

    gene: Gene
    rank: str


def by_name(name: str) -> tuple[Candidate, ...]:
    """Every gene that goes by this name, best rank first.

    >>> [(c.gene.symbol, c.rank) for c in by_name("CD66e")]
    [('CEACAM5', 'alias')]
    >>> [(c.gene.symbol, c.rank) for c in by_name("PD-1")][:2]
    [('PDCD1', 'alias'), ('SNCA', 'alias')]
    """
    key = squash(name)
    found = map(_gene, _names().get(key, ()))
    return tuple(sorted((Candidate(gene, _rank(gene, key)) for gene in found), key=_order))


def by_symbol(symbol: str) -> Gene | None:
    """The gene with this approved symbol, else the only one that had it before.

    >>> by_symbol("CEACAM5").uniprot
    ('P06731',)
    >>> by_symbol("CD66e")
    """
    at = _symbols().get(symbol)
    if at is not None:
        return _gene(at)
    before = [c.gene for c in by_name(symbol) if symbol in c.gene.previous]
    return before[0] if len(before) == 1 else None


def by_id(hgnc_id: str) -> Gene | None:
    """The gene with this HGNC number, with or without the prefix.

    >>> by_id("HGNC:1817").symbol
    'CEACAM5'
    """
    at = _identifiers().get(hgnc_id.removeprefix("HGNC:"))
    return None if at is None else _gene(at)


def genes() -> Iterator[Gene]:
    """Every gene, by HGNC number as text."""
    return map(_gene, range(len(_lines())))


@cache
def _lines() -> list[str]:
    return tables.lines("hgnc")


def _gene(at: int) -> Gene:
    hgnc, symbol, name, uniprot, entrez, *rest = _lines()[at].split("\t")
    return Gene(hgnc, symbol, name, _cells(uniprot), entrez, *map(_cells, rest))


def _cells(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


@cache
def _symbols() -> dict[str, int]:
    return {line.split("\t", 2)[1]: at for at, line in enumerate(_lines())}


@cache
def _identifiers() -> dict[str, int]:
    return {line.partition("\t")[0]: at for at, line in enumerate(_lines())}


@cache
def _names() -> dict[str, tuple[int, ...]]:
    return tables.index(_lines(), slice(1, 3), slice(5, 8))


def _rank(gene: Gene, key: str) -> str:
    """The best rank of the name that gave this key."""
    ranked = ((gene.symbol, gene.name), gene.previous, gene.aliases)
    for rank, names in zip(RANKS, ranked, strict=False):
        if any(squash(name) == key for name in names):
            return rank
    return RANKS[-1]


def _order(candidate: Candidate) -> tuple[int, str]:
    return RANKS.index(candidate.rank), candidate.gene.symbol
