"""A folder of Parquet tables: one for each class, one for each relationship.

Columns are those of the property-graph mapping, and the same for every graph: a table of nodes has
all of its label's, whether a value occurs or not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from kg.errors import KgError
from kg.export.folders import MARK, new_folder
from kg.export.neo4j.mapping import UNDESCRIBED, Column, PropertyGraph
from kg.export.neo4j.stream import Node, Stream, Value

if TYPE_CHECKING:
    import pyarrow
    from pyoxigraph import Store

GROUP_ROWS: Final = 20_000
GROUP_TEXT: Final = 8 << 20
"""Rows, and signs of text, that a table keeps in memory until it writes them."""

_TYPES: Mapping[str, str] = MappingProxyType(
    {"int": "int64", "float": "float64", "boolean": "bool_"}
)
_READ: Mapping[str, Callable[[str], Any]] = MappingProxyType(
    {"int": int, "float": float, "boolean": "true".__eq__}
)
_PRECISION = MappingProxyType({"month": 7, "year": 4})

_README = """\
# A clinical-trial graph as Parquet tables

{mark} parquet`: {nodes:,} nodes and {edges:,} relationships.

`nodes/CLASS.parquet` has a row for each thing, by its `iri`; `relationships/TYPE.parquet` a row for
each link, `start` and `end` being IRIs. What a source gives any number of is a list. A date is text
of the precision the source gives (`2020`, `2020-05`, `2020-05-17`), which stands beside it
(`startDatePrecision`: year, month, day). Codes are the registry's own.

| table | rows |
|---|---|
{rows}"""


def export_parquet(
    store: Store, mapping: PropertyGraph, path: Path, *, force: bool = False
) -> Counter[str]:
    """Write the folder; what the mapping had no place for, counted."""
    with new_folder(path, force=force) as folder:
        return write_parquet(store, mapping, folder)


def write_parquet(store: Store, mapping: PropertyGraph, folder: Path) -> Counter[str]:
    """Write the tables into a folder that is there.

    Needs the `parquet` extra (pyarrow), which is imported only here.
    """
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError:
        raise KgError("Parquet needs pyarrow: pip install 'trialkg[parquet]'") from None
    stream = Stream(store, mapping, scratch=folder)
    nodes = _Nodes(folder / "nodes", mapping)
    edges = _Edges(folder / "relationships")
    try:
        for each in stream:
            if isinstance(each, Node):
                nodes.add(each)
            else:
                edges.add(each.type, each.start, each.end)
    finally:
        for table in (*nodes.tables.values(), *edges.tables.values()):
            table.close()
    readme = _README.format(
        mark=MARK,
        nodes=sum(table.rows for table in nodes.tables.values()),
        edges=sum(table.rows for table in edges.tables.values()),
        rows="".join(
            f"| {kind}/{name} | {table.rows:,} |\n"
            for kind, tables in (("nodes", nodes.tables), ("relationships", edges.tables))
            for name, table in sorted(tables.items())
        ),
    )
    (folder / "README.md").write_text(readme, encoding="utf-8")
    return stream.left_out


class _Table:
    """One file, written a group of rows at a time."""

    def __init__(self, path: Path, schema: pyarrow.Schema) -> None:
        from pyarrow.parquet import ParquetWriter

        self.rows = 0
        self._schema = schema
        self._waiting: list[Sequence[Any]] = []
        self._text = 0
        self._writer = ParquetWriter(path, schema, compression="zstd")

    def add(self, row: Sequence[Any], text: int) -> None:
        self.rows += 1
        self._waiting.append(row)
        self._text += text
        if len(self._waiting) >= GROUP_ROWS or self._text >= GROUP_TEXT:
            self._write()

    def close(self) -> None:
        self._write()
        self._writer.close()

    def _write(self) -> None:
        import pyarrow

        if self._waiting:
            columns = [
                pyarrow.array(values, type=field.type)
                for values, field in zip(
                    zip(*self._waiting, strict=True), self._schema, strict=True
                )
            ]
            self._writer.write_table(pyarrow.Table.from_arrays(columns, schema=self._schema))
            self._waiting, self._text = [], 0


class _Nodes:
    """The tables of nodes, by the label that says most of them."""

    def __init__(self, folder: Path, mapping: PropertyGraph) -> None:
        self.tables: dict[str, _Table] = {}
        self._folder, self._mapping = folder, mapping
        self._columns: dict[str, tuple[Column, ...]] = {}
        self._main: dict[tuple[str, ...], str] = {}
        folder.mkdir()

    def add(self, node: Node) -> None:
        main = self._main.get(node.labels)
        if main is None:
            main = self._main[node.labels] = main_label(self._mapping, node.labels)
        table = self.tables.get(main)
        if table is None:
            columns = self._columns[main] = self._mapping.columns([main])
            fields = [("iri", "string", False), ("labels", "string", True), *_fields(columns)]
            table = self.tables[main] = _Table(self._folder / f"{main}.parquet", _schema(fields))
        row: list[Any] = [node.iri, node.labels]
        text = len(node.iri)
        for column in self._columns[main]:
            value = node.values.get(column.name)
            if column.type == "point":
                row.extend((None, None) if value is None else map(float, value))
                continue
            if column.name.endswith("Precision") and value is None:
                value = "day" if column.name.removesuffix("Precision") in node.values else None
            row.append(_value(value, column, node))
            text += len(value) if isinstance(value, str) else 0
        table.add(row, text)


class _Edges:
    """The tables of relationships, by type."""

    def __init__(self, folder: Path) -> None:
        self.tables: dict[str, _Table] = {}
        self._folder = folder
        folder.mkdir()

    def add(self, kind: str, start: str, end: str) -> None:
        table = self.tables.get(kind)
        if table is None:
            schema = _schema([("start", "string", False), ("end", "string", False)])
            table = self.tables[kind] = _Table(self._folder / f"{kind}.parquet", schema)
        table.add((start, end), len(start) + len(end))


def main_label(mapping: PropertyGraph, labels: Iterable[str]) -> str:
    """The label of a node that has the most keys."""
    known = [label for label in labels if label in mapping.labels]
    return max(known, key=lambda label: len(mapping.labels[label].keys), default=UNDESCRIBED)


def _fields(columns: Iterable[Column]) -> Iterable[tuple[str, str, bool]]:
    for column in columns:
        if column.type == "point":
            yield from (("latitude", "float64", False), ("longitude", "float64", False))
        else:
            yield column.name, _TYPES.get(column.type, "string"), column.many


def _schema(fields: Iterable[tuple[str, str, bool]]) -> pyarrow.Schema:
    import pyarrow

    return pyarrow.schema(
        [
            (name, pyarrow.list_(kind) if many else kind)
            for name, called, many in fields
            for kind in (getattr(pyarrow, called)(),)
        ]
    )


def _value(value: Value | None, column: Column, node: Node) -> Any:
    if value is None:
        return None
    read = _READ.get(column.type)
    if isinstance(value, list):
        return [read(each) for each in value] if read else value
    if column.type == "date" and isinstance(value, str):
        precision = node.values.get(column.name + "Precision")
        return value[: _PRECISION.get(str(precision))]
    return read(str(value)) if read else value
