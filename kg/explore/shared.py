"""Things side by side: two trials by what they share, two drugs by their trials and targets.

Each kind of network joins its nodes through things they share, its *reasons*. A reason that is
shared by few counts more; a drug that a trial only gives besides counts for nothing, one it only
compares with a quarter.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from itertools import combinations
from types import MappingProxyType
from typing import Final

from msgspec import Struct
from pyoxigraph import Literal, QuerySolutions, Store

from kg.explore.links import Link, Links, part
from kg.explore.things import Kind, Thing
from kg.vocab import TKG

SHARED_LIMIT: Final = 50
"""What more than so many share joins nothing: a common condition would tie half the graph."""

_WEIGHT_OF: Final = {"INVESTIGATIONAL": 1.0, "COMPARATOR": 0.25, "SUPPORTING": 0.0}

REASONS: Final[Mapping[Kind, tuple[Kind, ...]]] = MappingProxyType(
    {
        "trial": ("condition", "drug", "target"),
        "drug": ("target", "trial"),
        "sponsor": ("trial",),
    }
)
"""What nodes of each kind are joined by."""


class Edge(Struct, frozen=True):
    """Two things of one kind, how strongly they belong together, and what they share."""

    one: Thing
    two: Thing
    weight: float
    reasons: list[Thing]


class Sharing:
    """Finds who shares what, each thing read once; hubs are left out and remembered.

    Around a centre, a drug or sponsor with many trials is joined to others by their trials, not by
    its own, which are too many to read; the centre itself and trials are read in full.
    """

    def __init__(self, store: Store, kind: Kind, centre: Thing | None = None) -> None:
        self.kind = kind
        self._centre = centre
        self._through = REASONS[kind]
        self._links = Links(store, {kind, *self._through})
        self._size = _count(store) if kind == "trial" else 0
        self._reasons: dict[Thing, list[Thing] | None] = {}
        self._members: dict[Thing, dict[Thing, float] | None] = {}

    def reasons(self, node: Thing) -> list[Thing] | None:
        """What a node may share with others; None where it is too much to read."""
        if node not in self._reasons:
            self._reasons[node] = self._find_reasons(node)
        return self._reasons[node]

    def members(self, reason: Thing) -> Mapping[Thing, float] | None:
        """Who has a reason, and how much of it (0 to 1); None for a hub."""
        if reason not in self._members:
            self._members[reason] = self._find_members(reason)
        return self._members[reason]

    def neighbours(self, node: Thing) -> list[Thing] | None:
        """Who shares anything with a node, those that share most first; None for a hub."""
        reasons = self.reasons(node)
        if reasons is None:
            return None
        weights: dict[Thing, float] = {}
        for reason in reasons:
            members = self.members(reason) or {}
            if node in members:
                for other, share in members.items():
                    weight = self._weight(len(members), share, members[node])
                    weights[other] = weights.get(other, 0.0) + weight
        weights.pop(node, None)
        return sorted(weights, key=lambda other: (-weights[other], other))

    def edges(self, nodes: Collection[Thing]) -> Iterator[Edge]:
        """Every two of the nodes that share something, sorted."""
        wanted = set(nodes)
        reasons = sorted({reason for node in wanted for reason in self.reasons(node) or ()})
        weights: dict[tuple[Thing, Thing], float] = {}
        shared: dict[tuple[Thing, Thing], list[Thing]] = {}
        for reason in reasons:
            members = self.members(reason) or {}
            for pair in combinations(sorted(wanted & members.keys()), 2):
                weight = self._weight(len(members), members[pair[0]], members[pair[1]])
                weights[pair] = weights.get(pair, 0.0) + weight
                shared.setdefault(pair, []).append(reason)
        for pair in sorted(weights):
            yield Edge(*pair, round(weights[pair], 6), shared[pair])

    def hubs(self) -> list[Thing]:
        """The reasons met that too many have."""
        return sorted(reason for reason, members in self._members.items() if members is None)

    def _weight(self, members: int, one: float, two: float) -> float:
        """A trial's reasons by how rare they are (inverse document frequency), others alike."""
        rarity = math.log(1 + self._size / members) if self._size else 1.0
        return rarity * min(one, two)

    def _find_reasons(self, node: Thing) -> list[Thing] | None:
        in_full = self._centre in (None, node) or node.kind == "trial"
        links = self._links.of(node, None if in_full else SHARED_LIMIT)
        if links is None:
            return None
        direct = _weights(links)
        found = set(direct)
        if self.kind == "trial":
            # Through the drug, not the trial's own targets: a premedication's target is no reason.
            drugs = [thing for thing in direct if thing.kind == "drug"]
            found.update(link.other for drug in drugs for link in self._targets(drug))
        return sorted(found)

    def _find_members(self, reason: Thing) -> dict[Thing, float] | None:
        links = self._links.of(reason, SHARED_LIMIT)
        if links is None:
            return None
        found = {one: much for one, much in _weights(links).items() if one.kind == self.kind}
        if self.kind == "trial" and reason.kind == "target":
            for link in links:
                members = self.members(link.other)
                if members is None:
                    return None
                for trial, much in members.items():
                    found[trial] = max(found.get(trial, 0.0), much)
        return found if len(found) <= SHARED_LIMIT else None

    def _targets(self, drug: Thing) -> list[Link]:
        links = self._links.of(drug, SHARED_LIMIT) or []
        return [link for link in links if link.other.kind == "target"]


def _weights(links: Collection[Link]) -> dict[Thing, float]:
    weights = {link.other: _WEIGHT_OF[part(link.roles)] for link in links}
    return {thing: weight for thing, weight in weights.items() if weight}


def _count(store: Store) -> int:
    found = store.query(f"SELECT (COUNT(*) AS ?n) {{ ?trial a <{TKG.Trial}> }}")
    assert isinstance(found, QuerySolutions)
    count = next(found)["n"]
    return int(count.value) if isinstance(count, Literal) else 0
