"""What drugs act on, with the reason for each."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

import msgspec

from kg.vocabularies import tables


class Mechanism(msgspec.Struct, frozen=True):
    """One thing a substance acts on."""

    symbol: str
    """HGNC symbol; empty where it is no protein (DNA)."""
    role: str
    """`target`, or `payload` for what a conjugate carries to its target."""
    action: str
    vocabulary: str
    """The bundled table it comes from."""
    rule: str
    """`anti-name`, `antibody-stem`, `payload-stem`, `inn-stem`, `salt` or `curated`."""
    evidence: str
    """The name or ligand that tells it."""


def by_unii(unii: str) -> tuple[Mechanism, ...]:
    """What a substance acts on; a conjugate has its antibody's target and its payload's.

    A drug that the register does not hold is found by `name:` and its squashed name.

    >>> [(m.symbol, m.role, m.rule) for m in by_unii("DSS3BE2ZXN")]
    [('CEACAM5', 'target', 'antibody-stem'), ('TUBB', 'payload', 'payload-stem')]
    """
    return tuple(_mechanisms().get(unii, ()))


@cache
def _mechanisms() -> dict[str, list[Mechanism]]:
    found: dict[str, list[Mechanism]] = defaultdict(list)
    for unii, symbol, role, action, rule, evidence in tables.rows("mechanisms"):
        found[unii].append(Mechanism(symbol, role, action, "mechanisms", rule, evidence))
    for unii, symbol, action, ligand in tables.rows("gtopdb"):
        found[unii].append(Mechanism(symbol, "target", action, "gtopdb", "curated", ligand))
    return found
