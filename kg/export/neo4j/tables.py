r"""Nodes and relationships as CSV files: one table for each set of labels and each type.

A field that holds text always stands in quotes, so that white space, empty text and line ends
stay; one without quotes is a number, a date, true, false, or nothing at all. The values of a list
stand one after another with U+001F between them. That sign, the unit separator, is in no text of a
registry, while `;`, which databases take by default and cannot escape, is in many names.
"""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, cast

from kg.errors import KgError
from kg.export.neo4j.mapping import Column, PropertyGraph
from kg.export.neo4j.stream import Edge, Node, Stream, Value

SEPARATOR = "\x1f"
"""Stands between the values of a list."""
PART_ROWS = 1_000_000
"""Rows of one file; more go into the next."""

Quote = Callable[[str], str]
"""Puts text in quotes."""
_BARE = frozenset({"int", "float", "boolean", "date"})


def quoted(text: str) -> str:
    r"""Text in quotes by RFC 4180.

    >>> quoted('a "b"\n')
    '"a ""b""\n"'
    """
    return '"' + text.replace('"', '""') + '"'


class Table:
    """The files of one set of labels or of one relationship type, and how many rows they hold."""

    def __init__(
        self, folder: Path, name: str, columns: Sequence[Column], header: str, packed: bool
    ) -> None:
        self.name, self.columns, self.rows = name, columns, 0
        self.parts: list[Path] = []
        self._folder, self._header, self._packed = folder, header, packed
        self._file: IO[bytes] | None = None

    def write(self, row: str) -> None:
        """Add one row."""
        if self.rows % PART_ROWS == 0:
            self._next()
        self.rows += 1
        cast("IO[bytes]", self._file).write((row + "\n").encode())

    def close(self) -> None:
        """No more rows."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _next(self) -> None:
        self.close()
        ending = "csv.gz" if self._packed else "csv"
        path = self._folder / f"{self.name}-{len(self.parts) + 1:04}.{ending}"
        self.parts.append(path)
        if self._packed:
            packed = gzip.GzipFile("", "wb", 6, path.open("wb"), mtime=0)
            self._file = io.BufferedWriter(cast("io.RawIOBase", packed), 1 << 18)
        else:
            self._file = path.open("wb", buffering=1 << 18)
        self._file.write(self._header.encode())


class Tables:
    """Takes a stream apart into the tables of a folder.

    `header` gives the first line of every file of a table, or nothing.
    """

    def __init__(
        self,
        folder: Path,
        mapping: PropertyGraph,
        *,
        quote: Quote = quoted,
        header: Callable[[Sequence[Column]], str] = lambda columns: "",
        edge_header: str = "",
        packed: bool = False,
    ) -> None:
        self.nodes: dict[tuple[str, ...], Table] = {}
        self.edges: dict[str, Table] = {}
        self._folder, self._mapping, self._packed = folder, mapping, packed
        self._quote, self._header, self._edge_header = quote, header, edge_header
        (folder / "nodes").mkdir(parents=True)
        (folder / "relationships").mkdir()

    def fill(self, stream: Stream, also: Callable[[Node | Edge], None] | None = None) -> None:
        """Write every node and relationship; `also` is told of each."""
        try:
            for each in stream:
                if isinstance(each, Node):
                    self._node(each)
                else:
                    self._edge(each)
                if also is not None:
                    also(each)
        finally:
            for table in (*self.nodes.values(), *self.edges.values()):
                table.close()

    def _node(self, node: Node) -> None:
        table = self.nodes.get(node.labels)
        if table is None:
            columns = self._mapping.columns(node.labels)
            name = "-".join(node.labels)
            table = self.nodes[node.labels] = Table(
                self._folder / "nodes", name, columns, self._header(columns), self._packed
            )
        values, quote = node.values, self._quote
        fields = [quote(node.iri)]
        for column in table.columns:
            value = values.get(column.name)
            fields.append("" if value is None else self._field(value, column))
        fields.append(quote(SEPARATOR.join(node.labels)))
        table.write(",".join(fields))

    def _field(self, value: Value, column: Column) -> str:
        if isinstance(value, str):
            return value if column.type in _BARE else self._quote(value)
        if isinstance(value, tuple):
            return f'"{{latitude: {value[0]}, longitude: {value[1]}}}"'
        if column.type == "string" and any(SEPARATOR in each for each in value):
            raise KgError(f"{column.name}: found U+001F in {value}, expected text without it")
        return self._quote(SEPARATOR.join(value))

    def _edge(self, edge: Edge) -> None:
        table = self.edges.get(edge.type)
        if table is None:
            table = self.edges[edge.type] = Table(
                self._folder / "relationships", edge.type, (), self._edge_header, self._packed
            )
        table.write(f"{self._quote(edge.start)},{self._quote(edge.end)},{edge.type}")
