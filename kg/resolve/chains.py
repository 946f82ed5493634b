"""Which reasons a drug's names must keep, so that a chain leads from each of them to each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set

from kg.model.drug import Evidence
from kg.resolve.drugs import Said
from kg.resolve.mentions import USER_DECISION
from kg.resolve.normalise import squash

SPELLED_ALIKE = "spelled-alike"
"""The rule of names that are one but for a salt, a form or the words around them."""


def needed(
    said: Sequence[Said], registered: Set[str], edition: str, trusted: Mapping[str, float]
) -> dict[str, list[Evidence]]:
    """The reasons that each name keeps, by the name in small letters.

    These are how a name was read, where a register does not have it as it stands, and the fewest
    and strongest claims that hold all names together. `registered` are the names that are told
    with their registration; `trusted` is how far each rule of reading is.
    """
    kept: defaultdict[str, list[Evidence]] = defaultdict(list)
    stands_for = _standing_for(said)
    groups = _Groups()
    read: set[tuple[str, str]] = set()
    for one in said:
        key = one.name.casefold()
        if not one.node or (key, one.node) in read:
            continue
        read.add((key, one.node))
        groups.join(squash(one.name), one.node)
        if key not in registered and (reason := _reading(one, stands_for, edition, trusted)):
            kept[key].append(reason)
    for one in said:
        if one.other and groups.join(squash(one.name), squash(one.other)):
            kept[one.name.casefold()] += one.evidence()[:1]
    return kept


def _standing_for(said: Iterable[Said]) -> dict[str, str]:
    """The name that stands for each node: the one that is spelled like it, if there is one."""
    best: dict[str, tuple[bool, str]] = {}
    for one in said:
        rank = (squash(one.name) != one.node, one.name)
        best[one.node] = min(rank, best.get(one.node, rank))
    return {node: name for node, (_, name) in best.items()}


def _reading(
    one: Said, stands_for: Mapping[str, str], edition: str, trusted: Mapping[str, float]
) -> Evidence | None:
    sure = trusted.get(one.read_by, 0.8)
    source = "user" if one.read_by == USER_DECISION else edition
    if one.node.startswith("unii:"):
        return Evidence(source, one.node[5:], "name", one.read_by, sure)
    name = stands_for[one.node]
    if squash(name) == squash(one.name):
        return None
    rule = USER_DECISION if one.read_by == USER_DECISION else SPELLED_ALIKE
    source = "user" if one.read_by == USER_DECISION else "rules"
    return Evidence(source, None, "name", rule, sure, None, name)


class _Groups:
    """Names that are held together so far."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def join(self, one: str, two: str) -> bool:
        """Whether the two were apart until now."""
        first, second = self._root(one), self._root(two)
        self._parent[second] = first
        return first != second

    def _root(self, name: str) -> str:
        while (parent := self._parent.setdefault(name, name)) != name:
            self._parent[name] = self._parent[parent]
            name = parent
        return name
