"""Communities: which nodes of a network belong together, and what each group is about."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from pyoxigraph import Store

from kg.explore.links import Links, part
from kg.explore.things import Kind, Thing, label

if TYPE_CHECKING:
    import networkx

_SEED: Final = 0
_ABOUT: Final[tuple[Kind, ...]] = ("drug", "target", "condition")


class Community(Struct, frozen=True):
    """Nodes that are linked among themselves more than to others."""

    members: list[str]
    """Their IRIs, sorted."""
    drugs: list[str]
    """The drugs most of its trials test, the commonest first; so too targets and conditions."""
    targets: list[str]
    conditions: list[str]


def communities(store: Store, graph: networkx.Graph[str], names: int = 3) -> list[Community]:
    """The communities of a view by the Louvain method, the largest first.

    The same view gives the same communities every time. Each is described by what its trials study
    most; where the view has no trials, by the trials of its drugs, sponsors or sites.
    """
    import networkx

    # Whole numbers, because a set of strings has another order in every process.
    nodes = list(graph)
    number = {node: place for place, node in enumerate(nodes)}
    numbered: networkx.Graph[int] = networkx.Graph()
    numbered.add_nodes_from(range(len(nodes)))
    for one, two, weight in graph.edges(data="weight", default=1.0):
        numbered.add_edge(number[one], number[two], weight=weight)
    groups = networkx.community.louvain_communities(numbered, seed=_SEED)
    found = [sorted(nodes[place] for place in group) for group in groups]
    found.sort(key=lambda members: (-len(members), members))
    return [_described(store, graph, members, names) for members in found]


def _described(
    store: Store, graph: networkx.Graph[str], members: list[str], names: int
) -> Community:
    things = [Thing(graph.nodes[iri]["kind"], iri) for iri in members]
    trials = [thing for thing in things if thing.kind == "trial"] or _trials(store, things)
    counts = _studied(store, trials)
    drugs, targets, conditions = (_commonest(store, counts, kind, names) for kind in _ABOUT)
    return Community(members, drugs=drugs, targets=targets, conditions=conditions)


def _trials(store: Store, things: list[Thing]) -> list[Thing]:
    links = Links(store, {"trial", *(thing.kind for thing in things)}, roles=False)
    found = {link.other for thing in things for link in links.of(thing) or ()}
    return sorted(thing for thing in found if thing.kind == "trial")


def _studied(store: Store, trials: list[Thing]) -> Counter[Thing]:
    of_trials = Links(store, ("trial", "drug", "condition"))
    of_drugs = Links(store, ("drug", "target"))
    counts: Counter[Thing] = Counter()
    for trial in trials:
        links = of_trials.of(trial) or ()
        about = {link.other for link in links if part(link.roles) == "INVESTIGATIONAL"}
        drugs = [thing for thing in about if thing.kind == "drug"]
        about.update(link.other for drug in drugs for link in of_drugs.of(drug) or ())
        counts.update(about)
    return counts


def _commonest(store: Store, counts: Counter[Thing], kind: Kind, names: int) -> list[str]:
    things = [(count, thing) for thing, count in counts.items() if thing.kind == kind]
    named = [(-count, label(store, thing), thing) for count, thing in things]
    return [name for _, name, _ in sorted(named)[:names]]
