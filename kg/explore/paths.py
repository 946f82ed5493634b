"""How two things are connected: the shortest explained paths, rare links first.

A path costs 1 for each step, plus the logarithm (base 2) of the number of links of each thing it
passes through: the more a thing is linked to, the less it explains. Steps to a place, an
organisation, or a drug that a trial does not itself test cost more. The search goes out from both
ends at once and ends when no cheaper path can be left; a hub is never passed through, but told.
"""

from __future__ import annotations

import heapq
import math
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from pyoxigraph import Store

from kg.explore.links import DEGREE_LIMIT, Link, Links, part
from kg.explore.things import Kind, Thing, find_thing, label

if TYPE_CHECKING:
    import networkx

MOST_EXPANDED: Final = 2000
"""The search gives up after reading the links of so many things."""

_STEP: Final = 1.0
_MORE_FOR_KIND: Final[dict[Kind, float]] = {"condition": 1.0, "sponsor": 2.0, "site": 3.0}
_MORE_FOR_PART: Final = {"INVESTIGATIONAL": 0.0, "COMPARATOR": 2.0, "SUPPORTING": 5.0}


class Node(Struct, frozen=True):
    """A thing on a path."""

    kind: Kind
    iri: str
    label: str
    links: int
    """How many links it has, its rarity."""


class Step(Struct, frozen=True):
    """One step: how the thing before is related to the thing reached."""

    relation: str
    node: Node


class Path(Struct, frozen=True):
    """A path from one thing to another, and what it costs: less is a closer tie."""

    cost: float
    start: Node
    steps: list[Step]

    def __str__(self) -> str:
        words = (f"{step.relation} {step.node.label}" for step in self.steps)
        return " → ".join((self.start.label, *words))


class Paths(Struct, frozen=True):
    """The best paths, cheapest first, and what the search left out."""

    paths: list[Path]
    common_hubs: list[str]
    """What both ends are linked to, but so is too much else."""
    complete: bool
    """Whether no cheaper path can have been missed, hubs apart."""


def find_paths(store: Store, a: str, b: str, k: int = 3) -> Paths:
    """Up to `k` paths between two trials, drugs, targets or sponsors, by NCT id or name."""
    return _Search(store, find_thing(store, a), find_thing(store, b)).run(k)


class _Side:
    """What was reached from one end, and at what cost."""

    def __init__(self, start: Thing) -> None:
        self.cost: dict[Thing, float] = {start: 0.0}
        self.done: set[Thing] = set()
        self._queue: list[tuple[float, Thing]] = [(0.0, start)]

    def reach(self, thing: Thing, cost: float) -> None:
        if cost < self.cost.get(thing, math.inf):
            self.cost[thing] = cost
            heapq.heappush(self._queue, (cost, thing))

    def radius(self) -> float:
        """The cost of the nearest thing not yet done; infinite where there is none."""
        while self._queue and self._queue[0][1] in self.done:
            heapq.heappop(self._queue)
        return self._queue[0][0] if self._queue else math.inf

    def next(self) -> Thing:
        self.radius()
        thing = heapq.heappop(self._queue)[1]
        self.done.add(thing)
        return thing


class _Search:
    def __init__(self, store: Store, start: Thing, end: Thing) -> None:
        self._store, self._ends = store, (start, end)
        self._links = Links(store)
        self._sides = (_Side(start), _Side(end))
        self._read: dict[Thing, list[Link] | None] = {}

    def run(self, k: int) -> Paths:
        best: list[list[Thing]] = []
        last, worth = math.inf, 0.0
        while len(self._read) < MOST_EXPANDED:
            radii = [side.radius() for side in self._sides]
            # A path not yet seen has a step between two things that neither side has done.
            bound = sum(radii) + _STEP
            if bound >= worth and self._met():
                best = self._shortest(k)
                last = self._cost(best[-1]) if len(best) == k else math.inf
                worth = min(last, bound + 2)
            if bound >= last or bound == math.inf:
                return self._answer(best, complete=True)
            self._expand(self._sides[radii[0] > radii[1]])
        return self._answer(self._shortest(k), complete=False)

    def _met(self) -> bool:
        one, two = self._sides
        return any(self._of(thing) is not None for thing in one.cost.keys() & two.cost.keys())

    def _expand(self, side: _Side) -> None:
        thing = side.next()
        through = side.cost[thing] + (0.0 if thing in self._ends else self._weight(thing))
        for link in self._of(thing) or ():
            side.reach(link.other, through + _length(thing, link))

    def _of(self, thing: Thing) -> list[Link] | None:
        """The links of a thing; None for a hub. An end is followed however many it has."""
        if thing not in self._read:
            followed = thing in self._ends or thing.kind == "trial"
            self._read[thing] = self._links.of(thing, None if followed else DEGREE_LIMIT)
        return self._read[thing]

    def _weight(self, thing: Thing) -> float:
        return math.log2(max(len(self._of(thing) or ()), 1))

    def _shortest(self, k: int) -> list[list[Thing]]:
        """The `k` cheapest paths within what was read."""
        import networkx

        graph = self._graph()
        if not all(end in graph for end in self._ends):
            return []
        try:
            paths = list(
                islice(networkx.shortest_simple_paths(graph, *self._ends, weight="cost"), k)
            )
        except networkx.NetworkXNoPath:
            return []
        return sorted(paths, key=lambda path: (round(self._cost(path), 9), path))

    def _graph(self) -> networkx.Graph[Thing]:
        import networkx

        one, two = self._sides
        for thing in sorted(one.cost.keys() & two.cost.keys()):
            self._of(thing)
        known = {thing: links for thing, links in sorted(self._read.items()) if links is not None}
        graph: networkx.Graph[Thing] = networkx.Graph()
        for thing, links in known.items():
            for link in links:
                if link.other in known:
                    both = self._weight(thing) + self._weight(link.other)
                    cost = _length(thing, link) + both / 2
                    if cost < graph.get_edge_data(thing, link.other, {}).get("cost", math.inf):
                        graph.add_edge(thing, link.other, cost=cost)
        return graph

    def _link(self, thing: Thing, other: Thing) -> Link:
        links = [link for link in self._of(thing) or () if link.other == other]
        return min(links, key=lambda link: (_length(thing, link), link.relation))

    def _cost(self, path: list[Thing]) -> float:
        steps = pairwise(path)
        lengths = sum(_length(one, self._link(one, two)) for one, two in steps)
        return lengths + sum(self._weight(thing) for thing in path[1:-1])

    def _answer(self, paths: list[list[Thing]], *, complete: bool) -> Paths:
        one, two = ({link.other for link in self._of(end) or ()} for end in self._ends)
        hubs = sorted(thing for thing in one & two if self._of(thing) is None)
        return Paths(
            paths=[self._told(path) for path in paths],
            common_hubs=[f"{label(self._store, hub)} ({hub.kind})" for hub in hubs],
            complete=complete,
        )

    def _told(self, path: list[Thing]) -> Path:
        nodes = [self._node(thing) for thing in path]
        relations = [self._link(one, two).relation for one, two in pairwise(path)]
        steps = [Step(relation, node) for relation, node in zip(relations, nodes[1:], strict=True)]
        return Path(round(self._cost(path), 3), nodes[0], steps)

    def _node(self, thing: Thing) -> Node:
        return Node(
            thing.kind, thing.iri, label(self._store, thing), links=len(self._of(thing) or ())
        )


def _length(thing: Thing, link: Link) -> float:
    kinds = {thing.kind, link.other.kind}
    more = sum(extra for kind, extra in _MORE_FOR_KIND.items() if kind in kinds)
    return _STEP + more + _MORE_FOR_PART[part(link.roles)]
