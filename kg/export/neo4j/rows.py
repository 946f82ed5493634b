r"""The values of a node for a running database: as Python values, and as Cypher text."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from kg.export.neo4j.mapping import Column, Type
from kg.export.neo4j.stream import Node, Value

_EXPRESSION: Mapping[Type, str] = MappingProxyType(
    {
        "int": "toInteger({})",
        "float": "toFloat({})",
        "boolean": "toBoolean({})",
        "date": "date({})",
    }
)
_PYTHON: Mapping[Type, Callable[[str], Any]] = MappingProxyType(
    {"int": int, "float": float, "boolean": "true".__eq__, "date": date.fromisoformat}
)


def expression(field: str, kind: Type) -> str:
    """Cypher that turns text into a value of a type.

    >>> expression("row.enrollment", "int")
    'toInteger(row.enrollment)'
    """
    return _EXPRESSION.get(kind, "{}").format(field)


def row(
    node: Node, columns: Sequence[Column], point: Callable[[float, float], Any]
) -> dict[str, Any]:
    """A node as Python values that the driver understands; `point` makes one of its points."""
    found: dict[str, Any] = {"iri": node.iri}
    for column in columns:
        value = node.values.get(column.name)
        if isinstance(value, tuple):
            found[column.name] = point(float(value[1]), float(value[0]))
        elif value is not None:
            read = _PYTHON.get(column.type, str)
            found[column.name] = read(value) if isinstance(value, str) else [*map(read, value)]
    return found


def literal(node: Node, columns: Sequence[Column]) -> str:
    """A node as a Cypher map.

    >>> literal(Node("http://e.org/1", ("Trial",), {"enrollment": "34"}),
    ...     [Column("enrollment", "int")])
    '{iri: "http://e.org/1", enrollment: 34}'
    """
    fields = [f"iri: {quoted(node.iri)}"]
    for column in columns:
        value = node.values.get(column.name)
        if value is not None:
            fields.append(f"{column.name}: {_literal(value, column.type)}")
    return "{" + ", ".join(fields) + "}"


def _literal(value: Value, kind: Type) -> str:
    if isinstance(value, tuple):
        return f"point({{latitude: {value[0]}, longitude: {value[1]}}})"
    if isinstance(value, list):
        return "[" + ", ".join(_literal(each, kind) for each in value) + "]"
    if kind == "float":
        return repr(float(value))
    if kind == "int":
        return str(int(value))
    if kind == "date":
        return f'date("{value}")'
    return value if kind == "boolean" else quoted(value)


def quoted(text: str) -> str:
    r"""Text as a Cypher string.

    A backslash before `u` ends the string and begins another: some versions of Cypher read
    `\u0022` before they know where strings end, which would let text leave its quotes.

    >>> print(quoted('a "b" \\u0022'))
    "a \"b\" \\"+"u0022"
    """
    return json.dumps(text, ensure_ascii=False).replace("\\\\u", '\\\\"+"u')
