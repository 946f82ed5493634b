"""What changed in a graph, as batches for a database that has the graph as it was.

The changes say which subjects were touched; what each is now is asked of the store. So a database
that already has some of the changes ends as one that has none: with the graph as it is now.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, NamedNode

from kg.export.changes import Change
from kg.export.neo4j.batches import (
    Batch,
    Batcher,
    add_node,
    merge_nodes,
    relationships,
)
from kg.export.neo4j.mapping import RESOURCE, UNDESCRIBED, PropertyGraph
from kg.export.neo4j.stream import Edge, Node, Stream
from kg.export.terms import resource
from kg.vocab import RDF, SKOS

if TYPE_CHECKING:
    from pyoxigraph import Store

Changes = Callable[[], Iterable[Change]]
"""Gives the changes, sorted, each time it is called."""

_SWEEP = (
    f"UNWIND $rows AS row MATCH (n:{RESOURCE}:{UNDESCRIBED} {{iri: row}}) "
    "WHERE NOT (n)<--() AND NOT (n)-->() DELETE n"
)


@dataclass(frozen=True)
class _Touched:
    """A subject and what was said of it: predicate, IRI it leads to if any, whether it still is."""

    iri: str
    said: tuple[tuple[str, str | None, bool], ...]

    @property
    def reclassed(self) -> bool:
        """Whether it came, went or changed its class: then all it begins is made anew."""
        return any(predicate == RDF.type for predicate, _, _ in self.said)

    def links(self, *, there: bool) -> set[tuple[str, str]]:
        """The links that came, or went."""
        return {(name, end) for name, end, is_there in self.said if end and is_there is there}


class Delta:
    """The batches of some changes, in the same order each time.

    What is no longer so goes first, then nodes and relationships are merged; last go the nodes
    that stood for something nobody speaks of any more.
    """

    def __init__(
        self, store: Store, mapping: PropertyGraph, changes: Changes, left_out: Counter[str]
    ) -> None:
        self._store, self._mapping, self._changes = store, mapping, changes
        self._left_out = left_out
        self._stream = Stream(store, mapping)
        self._types: dict[str, list[str]] = {}
        for kind, term in sorted(mapping.relationships.items()):
            self._types.setdefault(term, []).append(kind)

    def __iter__(self) -> Iterator[Batch]:
        yield from self._gone_relationships()
        yield from self._nodes()
        yield from self._ends()
        yield from relationships(self._new_edges())
        yield from self._sweep()

    def _touched(self) -> Iterator[_Touched]:
        for subject, group in groupby(self._changes(), key=lambda each: each.line.split(" ", 1)[0]):
            if not subject.startswith("_:"):  # the ontology's own: no node of this graph
                yield _Touched(resource(subject.encode()), tuple(map(_said, group)))

    def _gone_relationships(self) -> Iterator[Batch]:
        gone = Batcher("gone")
        let_go = (
            f"UNWIND $rows AS row MATCH (:{RESOURCE} {{iri: row}})"
            f"-[r:{'|'.join(self._mapping.relationships)}]->() DELETE r"
        )
        for each in self._touched():
            if each.reclassed:
                yield from gone.add(let_go, each.iri, len(each.iri))
                continue
            for term, end in sorted(each.links(there=False)):
                for kind in self._types.get(term, ()):
                    size = len(each.iri) + len(end)
                    yield from gone.add(_delete_edges(kind), [each.iri, end], size)
        yield from gone.rest()

    def _nodes(self) -> Iterator[Batch]:
        nodes, bare = Batcher("nodes"), Batcher("gone")
        labels = ":".join(sorted(self._mapping.labels))
        undescribe = (
            f"UNWIND $rows AS row MATCH (n:{RESOURCE} {{iri: row}}) "
            f"SET n = {{iri: row}}, n:{UNDESCRIBED} REMOVE n:{labels}"
        )
        for iri in self._touched_nodes():
            node = next(iter(self._stream.of(iri)), None)
            if isinstance(node, Node):
                yield from add_node(nodes, node, self._mapping, relabel=True)
            else:
                yield from bare.add(undescribe, iri, len(iri))
        yield from nodes.rest()
        yield from bare.rest()
        self._left_out.update(self._stream.left_out)

    def _touched_nodes(self) -> Iterator[str]:
        for each in self._touched():
            yield each.iri
            if any(name == SKOS.notation for name, _, _ in each.said):
                # Its code stands in the nodes that point to it.
                for quad in self._store.quads_for_pattern(
                    None, None, NamedNode(each.iri), DefaultGraph()
                ):
                    if isinstance(quad.subject, NamedNode):
                        yield quad.subject.value

    def _new_edges(self) -> Iterator[Edge]:
        for each in self._touched():
            came = each.links(there=True)
            if not came and not each.reclassed:
                continue
            for edge in self._stream.of(each.iri):
                if isinstance(edge, Edge) and (
                    each.reclassed or (self._mapping.relationships[edge.type], edge.end) in came
                ):
                    yield edge

    def _ends(self) -> Iterator[Batch]:
        """What new relationships lead to without a node of its own."""
        ends = Batcher("nodes")
        statement = merge_nodes((UNDESCRIBED,))
        for edge in self._new_edges():
            if not self._stream.described(edge.end):
                yield from ends.add(statement, {"iri": edge.end}, len(edge.end))
        yield from ends.rest()

    def _sweep(self) -> Iterator[Batch]:
        swept = Batcher("gone")
        for each in self._touched():
            ends = {end for _, end in each.links(there=False)}
            for iri in sorted(ends | {each.iri} if each.reclassed else ends):
                yield from swept.add(_SWEEP, iri, len(iri))
        yield from swept.rest()


def _said(change: Change) -> tuple[str, str | None, bool]:
    _, predicate, value = change.line.rstrip("\n").removesuffix(" .").split(" ", 2)
    end = resource(value.encode()) if value.startswith("<") else None
    return resource(predicate.encode()), end, change.there


def _delete_edges(kind: str) -> str:
    return (
        f"UNWIND $rows AS row MATCH (a:{RESOURCE} {{iri: row[0]}}) "
        f"MATCH (b:{RESOURCE} {{iri: row[1]}}) MATCH (a)-[r:{kind}]->(b) DELETE r"
    )
