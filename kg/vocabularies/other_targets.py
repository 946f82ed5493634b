"""Targets that no human gene makes: lipids, sugars, proteins of viruses and bacteria, DNA."""

from __future__ import annotations

from functools import cache

import msgspec

from kg.model.drug import TargetKind
from kg.names import squash
from kg.vocabularies import tables

MARK = "~"
"""Before the key of such a target, where tables name a gene by its symbol."""


class OtherTarget(msgspec.Struct, frozen=True):
    """One target of the hand-made table."""

    key: str
    """The tail of its IRI; it does not change."""
    symbol: str
    """How it is shown: `GD2`."""
    kind: TargetKind
    name: str
    names: tuple[str, ...]
    """What else it is called."""
    uniprot: str | None
    """Entry of the protein of a virus or bacterium, where there is just one."""


def by_symbol(symbol: str) -> OtherTarget | None:
    """The target whose key stands behind the mark.

    >>> by_symbol("~gd2").name, by_symbol("EGFR")
    ('ganglioside GD2', None)
    """
    return _by_key().get(symbol.removeprefix(MARK)) if symbol.startswith(MARK) else None


def by_name(name: str) -> OtherTarget | None:
    """The target that goes by a name, in any spelling.

    >>> by_name("Disialoganglioside GD2").key
    'gd2'
    """
    key = _keys().get(squash(name))
    return _by_key()[key] if key else None


@cache
def _by_key() -> dict[str, OtherTarget]:
    return {
        key: msgspec.convert(
            {
                "key": key,
                "symbol": symbol,
                "kind": kind,
                "name": name,
                "names": tuple(filter(None, names.split("|"))),
                "uniprot": uniprot or None,
            },
            OtherTarget,
        )
        for key, symbol, kind, name, names, uniprot, *_ in tables.rows("other-targets")
    }


@cache
def _keys() -> dict[str, str]:
    return {
        squash(name): target.key
        for target in _by_key().values()
        for name in (*target.names, target.name, target.symbol)
    }
