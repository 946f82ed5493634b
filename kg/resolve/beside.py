"""Names of drugs from tables beside the register: a user's, the hand-made one, fetched ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.model.drug import NameKind
from kg.names import squash
from kg.resolve.vocabulary import SubstanceName
from kg.vocabularies import aliases, drug_tables, drugs

BY_NAME = "name:"
"""Begins the entry of a drug that no register holds."""
_KINDS: dict[str, NameKind] = {
    "code": "CODE",
    "inn": "INN",
    "brand": "BRAND",
    "synonym": "SYNONYM",
}


def means(name: str) -> str | None:
    """The name that stands in this one's place, through as many tables as it takes.

    A user's table wins over the hand-made one; fetched tables speak where the register is silent.
    Where tables go in a circle, a name of the register stands for all in it, else the first.
    """
    if not drug_tables.any_names():
        return aliases.means(name)
    chain = [name]
    keys = [squash(name)]
    while (other := _next(chain[-1], keys[-1])) is not None:
        key = squash(other)
        if key in keys:
            circle = chain[keys.index(key) :]
            first = min(circle, key=lambda n: (not drugs.by_name(n), squash(n)))
            return first if squash(first) != keys[0] else None
        chain.append(other)
        keys.append(key)
    return chain[-1] if len(chain) > 1 else None


def _next(name: str, key: str) -> str | None:
    if found := drug_tables.meaning(key, "added") or aliases.means(name):
        return found
    return None if drugs.by_name(name) else drug_tables.meaning(key, "fetched")


def names(keys: Iterable[str]) -> Sequence[SubstanceName]:
    """The names that tables give a drug, which has each of the squashed names already.

    One that the resolver reads as another drug is left out.
    """
    if not drug_tables.any_names():
        return ()
    own = set(keys)
    found: dict[tuple[str, str], SubstanceName] = {}
    waiting = sorted(own)
    while waiting:
        for said in drug_tables.names_of(waiting.pop()):
            key = squash(said.name)
            if squash(said.drug) not in own:
                continue
            meant = means(said.name)
            if key not in own and not (meant and squash(meant) in own):
                continue
            kind = _KINDS.get(said.kind, "SYNONYM")
            found.setdefault((key, said.source), SubstanceName(said.name, kind, said.source))
            if key not in own:
                own.add(key)
                waiting.append(key)
    return [found[at] for at in sorted(found)]
