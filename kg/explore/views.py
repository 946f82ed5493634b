"""Views of the graph as networkx graphs: whole, or what lies around one thing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from pyoxigraph import Store

from kg.cards.node import Node
from kg.errors import KgError
from kg.explore.links import DEGREE_LIMIT, Link, Links
from kg.explore.nearby import nearest, walk
from kg.explore.shared import SHARED_LIMIT, Sharing
from kg.explore.things import Kind, Thing, describe, find_thing, label
from kg.vocab import RDF, TKG

if TYPE_CHECKING:
    import networkx

MOST_NODES: Final = 1000
"""A neighbourhood ends here, nearest first: more than that nobody can look at."""

_LINKED: Final[Mapping[str, tuple[Kind, ...]]] = MappingProxyType(
    {
        "trial-drug-target": ("trial", "drug", "target"),
        "sites": ("trial", "site"),
        "links": (
            *("trial", "drug", "target", "condition"),
            *("sponsor", "site", "publication", "identifier"),
        ),
    }
)
_SHARED: Final[Mapping[str, Kind]] = MappingProxyType(
    {"trials": "trial", "drugs": "drug", "sponsors": "sponsor"}
)

VIEWS: Final = (*_LINKED, *_SHARED)
"""Views by name: things with the links between them, or things of one kind by what they share."""


def to_networkx(
    store: Store, view: str = "trial-drug-target", around: str | None = None, hops: int = 2
) -> networkx.Graph[str]:
    """A view of the graph, whole or `hops` around a trial, drug, target or sponsor.

    Nodes are IRIs with the attributes of `kg.explore.things.describe`. Edges say how the two are
    linked (`relations`), and which `roles` a drug has in a trial; those of the views `trials`,
    `drugs` and `sponsors` have a `weight` and name the `reasons` shared. Nodes and edges are
    sorted. What was not followed or found no room stands in words in `graph.graph["left_out"]`.
    """
    if view not in VIEWS:
        raise KgError(f"found view {view!r}, expected one of {', '.join(VIEWS)}")
    centre = None if around is None else find_thing(store, around)
    if view in _SHARED:
        return _by_sharing(store, view, centre, hops)
    return _by_links(store, view, centre, hops)


def _by_links(store: Store, view: str, centre: Thing | None, hops: int) -> networkx.Graph[str]:
    kinds = _LINKED[view]
    plain = Links(store, kinds, roles=False)
    if centre is None:
        return _linked(store, view, _trials(store), left_out=[])

    def neighbours(thing: Thing) -> list[Thing] | None:
        unlimited = thing == centre or thing.kind == "trial"
        found = plain.of(thing, None if unlimited else DEGREE_LIMIT)
        return None if found is None else [link.other for link in found]

    near = walk(nearest(store, centre, kinds), neighbours, hops, MOST_NODES)
    return _linked(store, view, near.things, near.left_out(store, DEGREE_LIMIT), only=near.things)


def _linked(
    store: Store,
    view: str,
    things: Iterable[Thing],
    left_out: list[str],
    only: Collection[Thing] | None = None,
) -> networkx.Graph[str]:
    """The links of some things, to any others or `only` to some."""
    wanted = None if only is None else set(only)
    # Every link is had by a trial or a drug; those between the two are read from the trial.
    of_trials = Links(store, _LINKED[view])
    of_drugs = Links(store, [kind for kind in _LINKED[view] if kind in ("drug", "target")])
    nodes = dict.fromkeys(things)
    edges: dict[tuple[Thing, Thing], list[Link]] = {}
    waiting = list(nodes)
    while waiting:
        thing = waiting.pop()
        if thing.kind not in ("trial", "drug"):
            continue
        for link in (of_trials if thing.kind == "trial" else of_drugs).of(thing) or ():
            if wanted is not None and link.other not in wanted:
                continue
            if link.other not in nodes:
                nodes[link.other] = None
                waiting.append(link.other)
            edges.setdefault((thing, link.other), []).append(link)
    graph = _graph(store, view, nodes, left_out)
    for one, two in sorted(edges):
        links = edges[one, two]
        roles = sorted({role for link in links for role in link.roles})
        said: dict[str, list[str]] = {"relations": [link.relation for link in links]}
        graph.add_edge(one.iri, two.iri, **said, **({"roles": roles} if roles else {}))
    return graph


def _by_sharing(store: Store, view: str, centre: Thing | None, hops: int) -> networkx.Graph[str]:
    sharing = Sharing(store, _SHARED[view], centre)
    if centre is None:
        nodes, beyond = _all(store, sharing), []
    else:
        first = nearest(store, centre, (sharing.kind,))
        near = walk(first, sharing.neighbours, hops, MOST_NODES)
        nodes, beyond = near.things, near.left_out(store, SHARED_LIMIT)
    edges = list(sharing.edges(nodes))
    hubs = sharing.hubs()
    left_out = [
        f"{label(store, hub)} ({hub.kind}): shared by more than {SHARED_LIMIT}" for hub in hubs
    ]
    graph = _graph(store, view, nodes, [*left_out, *beyond])
    labels: dict[Thing, str] = {}
    for edge in edges:
        for reason in edge.reasons:
            if reason not in labels:
                labels[reason] = label(store, reason)
        graph.add_edge(
            edge.one.iri,
            edge.two.iri,
            weight=edge.weight,
            relations=sorted({f"same {reason.kind}" for reason in edge.reasons}),
            reasons=[labels[reason] for reason in edge.reasons],
        )
    return graph


def _graph(
    store: Store, view: str, nodes: Iterable[Thing], left_out: list[str]
) -> networkx.Graph[str]:
    import networkx

    graph: networkx.Graph[str] = networkx.Graph(name=view, left_out=left_out)
    for thing in sorted(nodes):
        graph.add_node(thing.iri, **describe(store, thing))
    return graph


def _trials(store: Store) -> list[Thing]:
    trials = Node(store, TKG.Trial).sources(RDF.type)
    return [Thing("trial", trial.iri) for trial in trials]


def _all(store: Store, sharing: Sharing) -> list[Thing]:
    trials = _trials(store)
    if sharing.kind == "trial":
        return trials
    links = Links(store, ("trial", sharing.kind), roles=False)
    found = {link.other for trial in trials for link in links.of(trial) or ()}
    return sorted(thing for thing in found if thing.kind == sharing.kind)
