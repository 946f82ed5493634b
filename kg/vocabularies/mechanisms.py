"""What drugs act on, with the reason for each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

import msgspec

from kg.names import squash
from kg.vocabularies import aliases, conjugates, drugs, tables

_BY_NAME = "name:"


class Mechanism(msgspec.Struct, frozen=True):
    """One thing a substance acts on."""

    symbol: str
    """HGNC symbol; `~` and its key for a target that no human gene makes (DNA)."""
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

    A drug that the register does not hold is found by `name:` and its squashed name, also by one
    that the hand-made table of names puts another in place of, and by the build of its name.

    >>> [(m.symbol, m.role, m.rule) for m in by_unii("DSS3BE2ZXN")]
    [('CEACAM5', 'target', 'antibody-stem'), ('TUBB', 'payload', 'payload-stem')]
    >>> [(m.symbol, m.role) for m in by_unii("name:tusamitamabgovitecan")]
    [('CEACAM5', 'target'), ('TOP1', 'payload')]
    """
    found = tuple(_mechanisms().get(unii, ()))
    if not unii.startswith(_BY_NAME):
        return found
    key = unii.removeprefix(_BY_NAME)
    meant = aliases.means(key)
    if not found and meant and squash(meant) != key:
        return by_unii(f"{_BY_NAME}{squash(meant)}")
    if drugs.by_name(key):
        return found
    roles = {one.role for one in found}
    return (*found, *(one for one in _built(key) if one.role not in roles))


def _built(key: str) -> Iterator[Mechanism]:
    """What the antibody and the payload in a conjugate's squashed name act on."""
    for stem, word in conjugates.parts(key):
        unii = conjugates.antibody(stem) or f"{_BY_NAME}{stem}"
        targets = [one for one in _mechanisms().get(unii, ()) if one.role == "target"]
        for one in targets:
            evidence = f"{stem}: {one.evidence}"
            yield msgspec.structs.replace(one, rule="antibody-stem", evidence=evidence)
        for mechanism, symbol, suffix in conjugates.payloads(word) if targets else ():
            evidence = f"{word}: -{suffix}"
            yield Mechanism(symbol, "payload", mechanism, "mechanisms", "payload-stem", evidence)


@cache
def _mechanisms() -> dict[str, list[Mechanism]]:
    found: dict[str, list[Mechanism]] = defaultdict(list)
    for unii, symbol, role, action, rule, evidence in tables.rows("mechanisms"):
        found[unii].append(Mechanism(symbol, role, action, "mechanisms", rule, evidence))
    for unii, symbol, action, ligand in tables.rows("gtopdb"):
        found[unii].append(Mechanism(symbol, "target", action, "gtopdb", "curated", ligand))
    return found
