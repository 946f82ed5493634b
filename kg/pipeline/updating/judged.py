"""What the shapes say of a change: of everything that it may have broken or mended, and no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Quad, Store

from kg.store import quads
from kg.validate import Report, validate


def judge_change(
    graph: Store, removed: Iterable[str], added: Iterable[str], base_iri: str
) -> Report:
    """Judge a graph after a change, given as the N-Triples lines that it lost and gained.

    The report has the results that one on the whole graph has for the nodes in `bearing`.
    """
    changed = [*quads(removed), *quads(added)]
    nodes = sorted(bearing(graph, changed, base_iri))
    return validate(graph, shared=nodes, engine="sparql")


def bearing(graph: Store, changed: Iterable[Quad], base_iri: str) -> set[str]:
    """The nodes of which the shapes may say something else since some triples came or went.

    These are what the triples are about, and its owner. Shapes also look at what links to a thing
    and at the next thing but one, yet only among what a trial, drug or organisation owns: so what
    links to an owned thing that changed counts too, and what it links to.
    """
    found: set[str] = set()
    own: set[NamedNode] = set()
    for quad in changed:
        if not isinstance(quad.subject, NamedNode):
            continue
        found.add(quad.subject.value)
        if isinstance(quad.object, NamedNode) and owner(quad.object.value, base_iri):
            found.add(quad.object.value)
        if owner(quad.subject.value, base_iri):
            own.add(quad.subject)
    for node in own:
        above = owner(node.value, base_iri)
        found.add(above)
        found.update(iri for iri in _beside(graph, node) if iri.startswith(f"{above}/"))
    return found


def _beside(graph: Store, node: NamedNode) -> Iterator[str]:
    for quad in graph.quads_for_pattern(None, None, node):
        if isinstance(quad.subject, NamedNode):
            yield quad.subject.value
    for quad in graph.quads_for_pattern(node, None, None):
        if isinstance(quad.object, NamedNode):
            yield quad.object.value


def owner(iri: str, base_iri: str) -> str:
    """The trial, drug or organisation under whose IRI a thing stands; empty where there is none.

    >>> owner("https://w3id.org/trialkg/trial/NCT03324113/arm/a", "https://w3id.org/trialkg/")
    'https://w3id.org/trialkg/trial/NCT03324113'
    >>> owner("https://w3id.org/trialkg/trial/NCT03324113", "https://w3id.org/trialkg/")
    ''
    """
    if not iri.startswith(base_iri):
        return ""
    kind, _, rest = iri.removeprefix(base_iri).partition("/")
    key, _, below = rest.partition("/")
    return f"{base_iri}{kind}/{key}" if below else ""
