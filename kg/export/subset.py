"""A part of a graph as a graph of its own: what is known of some trials or drugs, or of a query.

A thing brings all that it owns, and the things so many steps away bring theirs. What these point
to beyond that keeps its class and its names, so that the part reads by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from pyoxigraph import NamedNode, Quad, QueryTriples, Store

from kg.cards.drug import find_drug
from kg.cards.node import Node
from kg.cards.trial import find_trial
from kg.errors import QueryError
from kg.explore.links import DEGREE_LIMIT, Links
from kg.explore.nearby import walk
from kg.explore.things import Kind, Thing
from kg.query.catalogue import Query
from kg.query.run import run
from kg.vocab import RDF, RDFS, SKOS, SKOSXL, TKG

MOST: Final = 100_000
"""Things in one part; who wants more wants the whole graph."""

_KINDS: Final[tuple[Kind, ...]] = (
    *("trial", "drug", "target", "condition"),
    *("sponsor", "site", "publication"),
)
_SHARED: Final = frozenset(
    {
        *(TKG.Trial, TKG.Drug, TKG.Target, TKG.Condition, TKG.Organization, TKG.Site),
        *(TKG.Publication, TKG.Country, TKG.MeshTerm, SKOS.Concept, SKOS.ConceptScheme),
    }
)
"""Classes of what stands by itself; everything else is owned by what points to it."""
_NAMING: Final = frozenset(
    {RDF.type, RDFS.label, SKOS.prefLabel, SKOS.notation, SKOSXL.literalForm, TKG.nctId, TKG.symbol}
)


def around(
    store: Store, trials: Sequence[str] = (), drugs: Sequence[str] = (), hops: int = 1
) -> tuple[Store, list[str]]:
    """What is known of trials by NCT id, and of drugs by any name with the trials that study them.

    Then of what is up to `hops` steps away: a trial's drugs, targets, conditions, sponsors, sites
    and publications are one step away. With it, in words, what was left out because it has too
    many links. Raises `NotFoundError` for a trial or drug the graph lacks.
    """
    seeds = [Thing("trial", find_trial(store, nct_id).iri) for nct_id in trials]
    for name in drugs:
        drug = find_drug(store, name)
        seeds.append(Thing("drug", drug.iri))
        seeds.extend(Thing("trial", trial.iri) for trial in drug.sources(TKG.studiesDrug))
    seeds = list(dict.fromkeys(seeds))
    links = Links(store, _KINDS, roles=False)

    def neighbours(thing: Thing) -> list[Thing] | None:
        unlimited = thing in seeds or thing.kind == "trial"
        found = links.of(thing, None if unlimited else DEGREE_LIMIT)
        return None if found is None else [link.other for link in found]

    near = walk(seeds, neighbours, hops, MOST)
    described = _described(store, (thing.iri for thing in near.things))
    return described, near.left_out(store, DEGREE_LIMIT)


def built(store: Store, query: Query) -> Store:
    """The graph that a CONSTRUCT or DESCRIBE query builds; raises `QueryError` for another."""
    answer = run(store, query)
    if not isinstance(answer, QueryTriples):
        raise QueryError(f"{query.name}: found a query that gives rows, expected a CONSTRUCT")
    part = Store()
    part.extend(Quad(triple.subject, triple.predicate, triple.object) for triple in answer)
    return part


def _described(store: Store, iris: Iterable[str]) -> Store:
    part = Store()
    waiting = list(iris)
    whole = set(waiting)
    named: set[str] = set()
    while waiting:
        node = NamedNode(waiting.pop())
        said = list(store.quads_for_pattern(node, None, None, None))
        part.extend(said)
        for quad in said:
            if not isinstance(quad.object, NamedNode) or quad.predicate.value == RDF.type:
                continue
            iri = quad.object.value
            if iri in whole or iri in named:
                continue
            if _is_owned(Node(store, iri)):
                whole.add(iri)
                waiting.append(iri)
            else:
                named.add(iri)
    for iri in named:
        said = list(store.quads_for_pattern(NamedNode(iri), None, None, None))
        part.extend(quad for quad in said if quad.predicate.value in _NAMING)
    return part


def _is_owned(node: Node) -> bool:
    classes = {kind.iri for kind in node.links(RDF.type)}
    if TKG.Site in classes:
        return node.text(TKG.anonymous) == "true"
    return bool(classes) and not classes & _SHARED
