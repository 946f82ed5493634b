"""A small graph as one Cypher script."""

from __future__ import annotations

from typing import IO

from kg.export.neo4j.constraints import constraints
from kg.export.neo4j.mapping import RESOURCE, PropertyGraph
from kg.export.neo4j.rows import literal, quoted
from kg.export.neo4j.stream import Edge, Node

SMALL = 200_000
"""Nodes and relationships up to which a graph is written as one script."""
_BATCH = 200


class Whole:
    """Writes a graph as statements of some rows each, until it turns out to be large."""

    def __init__(self, file: IO[str], mapping: PropertyGraph) -> None:
        self.count = 0
        self._file, self._mapping = file, mapping
        self._nodes: dict[tuple[str, ...], list[str]] = {}
        self._edges: dict[str, list[str]] = {}
        for each in constraints(mapping):
            file.write(each + ";\n")

    def add(self, each: Node | Edge) -> None:
        """Take one more."""
        self.count += 1
        if self.count > SMALL:
            return
        if isinstance(each, Node):
            columns = self._mapping.columns(each.labels)
            rows = self._nodes.setdefault(each.labels, [])
            rows.append(literal(each, columns))
            if len(rows) == _BATCH:
                self._write_nodes(each.labels)
        else:
            ends = f"[{quoted(each.start)}, {quoted(each.end)}]"
            self._edges.setdefault(each.type, []).append(ends)  # wait for the nodes

    def close(self) -> None:
        """Write what waits."""
        if self.count > SMALL:
            return
        for labels in list(self._nodes):
            self._write_nodes(labels)
        for kind, rows in self._edges.items():
            for first in range(0, len(rows), _BATCH):
                self._file.write(
                    f"UNWIND [{', '.join(rows[first : first + _BATCH])}] AS row "
                    f"MATCH (a:{RESOURCE} {{iri: row[0]}}) MATCH (b:{RESOURCE} {{iri: row[1]}}) "
                    f"MERGE (a)-[:{kind}]->(b);\n"
                )

    def _write_nodes(self, labels: tuple[str, ...]) -> None:
        if rows := self._nodes.pop(labels, []):
            listed = ",\n".join(rows)
            self._file.write(
                f"UNWIND [\n{listed}\n] AS row MERGE (n:{RESOURCE} {{iri: row.iri}}) "
                f"SET n:{':'.join(labels)}, n = row;\n"
            )
