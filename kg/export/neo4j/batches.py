"""Rows for a running database in batches: a statement, and the rows it takes at a time."""

from __future__ import annotations

import csv
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.export.neo4j.mapping import RESOURCE, UNDESCRIBED, PropertyGraph
from kg.export.neo4j.rows import row
from kg.export.neo4j.stream import Edge, Node, Stream

if TYPE_CHECKING:
    from pyoxigraph import Store

BATCH_ROWS = 5000
"""Rows of one transaction at most."""
BATCH_CHARACTERS = 4_000_000
"""Text of one transaction, roughly, at most: it must fit into the database's memory."""


@dataclass(frozen=True)
class Batch:
    """A statement and its rows; one transaction."""

    what: str
    """What the rows are: nodes, relationships, or what is taken away."""
    statement: str
    rows: list[Any]


class Batcher:
    """Gathers rows by their statement until there are enough for a batch."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._held: dict[str, list[Any]] = {}
        self._characters: Counter[str] = Counter()

    def add(self, statement: str, each: Any, characters: int) -> Iterator[Batch]:
        """Take one more row; the batch that it fills, if it does."""
        held = self._held.setdefault(statement, [])
        held.append(each)
        self._characters[statement] += characters
        if len(held) >= BATCH_ROWS or self._characters[statement] >= BATCH_CHARACTERS:
            del self._held[statement], self._characters[statement]
            yield Batch(self._what, statement, held)

    def rest(self) -> Iterator[Batch]:
        """The batches that are not full."""
        for statement, held in sorted(self._held.items()):
            yield Batch(self._what, statement, held)
        self._held.clear()


def whole(store: Store, mapping: PropertyGraph, left_out: Counter[str]) -> Iterator[Batch]:
    """The batches of a store, in the same order each time: nodes, then relationships."""
    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="", prefix="kg-push-") as aside:
        waiting = csv.writer(aside)
        stream = Stream(store, mapping)
        nodes = Batcher("nodes")
        for each in stream:
            if isinstance(each, Node):
                yield from add_node(nodes, each, mapping)
            else:
                waiting.writerow((each.type, each.start, each.end))
        yield from nodes.rest()
        left_out.update(stream.left_out)
        aside.seek(0)
        edges = (Edge(start, kind, end) for kind, start, end in csv.reader(aside))
        yield from relationships(edges)


def add_node(
    nodes: Batcher, node: Node, mapping: PropertyGraph, *, relabel: bool = False
) -> Iterator[Batch]:
    """Take a node; the batch that it fills, if it does."""
    size = sum(
        len(each) if isinstance(each, str) else sum(map(len, each)) for each in node.values.values()
    )
    values = row(node, mapping.columns(node.labels), _point)
    others = sorted(set(mapping.labels) - set(node.labels)) if relabel else []
    yield from nodes.add(merge_nodes(node.labels, others), values, size)


def relationships(edges: Iterable[Edge]) -> Iterator[Batch]:
    """The batches of relationships, whose nodes must be there already."""
    rows = Batcher("relationships")
    for edge in edges:
        size = len(edge.start) + len(edge.end)
        yield from rows.add(merge_edges(edge.type), [edge.start, edge.end], size)
    yield from rows.rest()


def merge_nodes(labels: tuple[str, ...], others: Iterable[str] = ()) -> str:
    """Makes each row a node with these labels, and takes others off it."""
    merge = f"UNWIND $rows AS row MERGE (n:{RESOURCE} {{iri: row.iri}})"
    if labels == (UNDESCRIBED,):
        return f"{merge} ON CREATE SET n:{UNDESCRIBED}"  # a push may have described it since
    return f"{merge} SET n:{':'.join(labels)}, n = row REMOVE n:{':'.join([UNDESCRIBED, *others])}"


def merge_edges(kind: str) -> str:
    """Makes each row, of two IRIs, a relationship of a type."""
    return (
        f"UNWIND $rows AS row MATCH (a:{RESOURCE} {{iri: row[0]}}) "
        f"MATCH (b:{RESOURCE} {{iri: row[1]}}) MERGE (a)-[:{kind}]->(b)"
    )


def _point(longitude: float, latitude: float) -> Any:
    from neo4j.spatial import WGS84Point

    return WGS84Point((longitude, latitude))
