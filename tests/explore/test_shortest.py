"""The search from both ends against the same sums done on the whole graph."""

from __future__ import annotations

import math
from itertools import islice

import networkx
import pytest
from pyoxigraph import Store

from kg.explore.links import Links
from kg.explore.paths import _length, find_paths
from kg.explore.things import Thing, find_thing
from kg.graph import Graph


def whole(store: Store) -> networkx.Graph[Thing]:
    """Every link of every thing, with the costs that the docstring of `kg.explore.paths` names."""
    links, graph = Links(store), networkx.Graph()
    waiting = [find_thing(store, "NCT03324113")]
    read: dict[Thing, list] = {}
    while waiting:
        thing = waiting.pop()
        if thing not in read:
            read[thing] = links.of(thing) or []
            waiting.extend(link.other for link in read[thing])
    for thing, found in read.items():
        for link in found:
            degrees = len(found) * len(read[link.other])
            cost = _length(thing, link) + math.log2(degrees) / 2
            known = graph.get_edge_data(thing, link.other, {"cost": math.inf})["cost"]
            graph.add_edge(thing, link.other, cost=min(cost, known))
    return graph


@pytest.mark.parametrize(
    "other", ["NCT04154956", "NCT05466149", "NCT06060704", "PDCD1", "NCT05913115"]
)
def test_nothing_cheaper_is_missed(examples: Graph, other: str) -> None:
    graph = whole(examples.store)
    ends = [find_thing(examples.store, name) for name in ("NCT03324113", other)]
    if not all(end in graph for end in ends):
        assert examples.paths("NCT03324113", other).paths == []
        return
    best = islice(networkx.shortest_simple_paths(graph, *ends, weight="cost"), 5)
    halves = sum(math.log2(graph.degree(end)) / 2 for end in ends)
    expected = [networkx.path_weight(graph, path, "cost") - halves for path in best]
    found = find_paths(examples.store, "NCT03324113", other, k=5)
    assert [path.cost for path in found.paths] == pytest.approx(expected, abs=1e-2)
