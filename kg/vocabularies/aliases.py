"""Names of drugs that no register gives, or gives to another substance: a small table made here."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from kg.names import squash
from kg.vocabularies import tables


def means(name: str) -> str | None:
    """The better known name of the drug, None where the table does not hold the name.

    >>> means("t-dxd"), means("docetaxel")
    ('trastuzumab deruxtecan', None)
    """
    return _meanings().get(squash(name))


def names(meaning: str) -> tuple[tuple[str, str], ...]:
    """The names that stand for a name, each with its source.

    >>> [name for name, _ in names("Patritumab Deruxtecan")]
    ['HER3-DXd', 'MK-1022']
    """
    return tuple(_named().get(squash(meaning), ()))


@cache
def _meanings() -> dict[str, str]:
    return {squash(name): meaning for name, meaning, _ in tables.rows("drug-names")}


@cache
def _named() -> dict[str, list[tuple[str, str]]]:
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for name, meaning, source in tables.rows("drug-names"):
        found[squash(meaning)].append((name, source))
    return found
