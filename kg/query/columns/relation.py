"""A part of a query as SQL: which variables it gives, and how two parts are put together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

Kind = Literal["thing", "value"]
ORDER = "place"
"""The column that keeps the order of the rows, where they have one."""
THING = "iri"
"""What stands for the datatype of a thing whose IRI is shown as text."""


class Column(NamedTuple):
    """A variable's column: a thing's number, or text and, in `name_t`, its datatype."""

    name: str
    kind: Kind
    nullable: bool


class Relation(NamedTuple):
    """A SELECT statement and the columns that it gives."""

    sql: str
    columns: Mapping[str, Column]
    ordered: bool = False


class Names:
    """Column names for variables, whose own names SQL would take without regard to capitals."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def of(self, variable: str) -> str:
        """The column of a variable."""
        return self._known.setdefault(variable, f"c{len(self._known)}")

    def fresh(self) -> str:
        """A variable that no query can name."""
        return f" {len(self._known)}"


def fields(column: Column, source: str = "") -> list[str]:
    """The SQL columns that hold a variable."""
    before = f"{source}." if source else ""
    names = [column.name] if column.kind == "thing" else [column.name, f"{column.name}_t"]
    return [before + name for name in names]


def listed(columns: Iterable[Column], *more: str) -> str:
    """The SQL columns of several variables; at least one, for SQL must have one."""
    return ", ".join([name for column in columns for name in fields(column)] + list(more)) or "1"


def as_values(relation: Relation, *variables: str) -> Relation:
    """The same rows, with the IRIs of these variables as text."""
    columns = dict(relation.columns)
    chosen = [name for name in variables if columns[name].kind == "thing"]
    if not chosen:
        return relation
    joins, shown = [], []
    for at, name in enumerate(chosen):
        column = columns[name]
        joins.append(f"LEFT JOIN things n{at} ON n{at}.id = r.{column.name}")
        mark = f"CASE WHEN n{at}.iri IS NOT NULL THEN '{THING}' END"
        shown.append(f"n{at}.iri AS {column.name}, {mark} AS {column.name}_t")
        columns[name] = Column(column.name, "value", column.nullable)
    kept = [
        field
        for name, column in relation.columns.items()
        if name not in chosen
        for field in fields(column, "r")
    ]
    if relation.ordered:
        kept.append(f"r.{ORDER}")
    sql = f"SELECT {', '.join(kept + shown)} FROM ({relation.sql}) r {' '.join(joins)}"
    return Relation(sql, columns, relation.ordered)


def alike(one: Relation, other: Relation) -> tuple[Relation, Relation]:
    """Both, with shared variables held in the same way."""
    shared = [
        name
        for name in one.columns
        if name in other.columns and one.columns[name].kind != other.columns[name].kind
    ]
    return as_values(one, *shared), as_values(other, *shared)


def same(one: Relation, other: Relation) -> str:
    """The SQL condition under which rows `a` of one and `b` of the other agree."""
    conditions = []
    for name, left in one.columns.items():
        if name in other.columns:
            right = other.columns[name]
            pairs = zip(fields(left, "a"), fields(right, "b"), strict=True)
            equal = " AND ".join(f"{first} = {second}" for first, second in pairs)
            open_ends = [
                f"{fields(column, source)[0]} IS NULL"
                for column, source in ((left, "a"), (right, "b"))
                if column.nullable
            ]
            conditions.append(f"({' OR '.join([equal, *open_ends])})")
    return " AND ".join(conditions) or "true"


def join(one: Relation, other: Relation, *, optional: bool = False, on: str = "true") -> Relation:
    """Rows of both that agree; with `optional`, rows of the first that find none are kept."""
    one, other = alike(one, other)
    columns: dict[str, Column] = {}
    shown: list[str] = []
    for name, left in one.columns.items():
        right = other.columns.get(name)
        if right is not None and left.nullable:
            pairs = zip(fields(left, "a"), fields(right, "b"), strict=True)
            named = zip(pairs, fields(left), strict=True)
            shown += [f"coalesce({first}, {second}) AS {field}" for (first, second), field in named]
            nullable = right.nullable or optional
            columns[name] = Column(left.name, left.kind, nullable)
        else:
            shown += fields(left, "a")
            columns[name] = left
    for name, right in other.columns.items():
        if name not in columns:
            shown += fields(right, "b")
            columns[name] = Column(right.name, right.kind, right.nullable or optional)
    kind = "LEFT JOIN" if optional else "JOIN"
    condition = f"({same(one, other)}) AND ({on})"
    sql = (
        f"SELECT {', '.join(shown) or '1'} FROM ({one.sql}) a {kind} ({other.sql}) b ON {condition}"
    )
    return Relation(sql, columns)


def without(one: Relation, other: Relation, *, kept: bool = False) -> Relation:
    """Rows of the first that agree with none of the second; with `kept`, those that agree."""
    one, other = alike(one, other)
    word = "EXISTS" if kept else "NOT EXISTS"
    sql = (
        f"SELECT {listed(one.columns.values())} FROM ({one.sql}) a "
        f"WHERE {word} (SELECT 1 FROM ({other.sql}) b WHERE {same(one, other)})"
    )
    return Relation(sql, one.columns)


def union(relations: Iterable[Relation]) -> Relation:
    """The rows of all, one after another; a variable that one lacks is open there."""
    parts = list(relations)
    names = list(dict.fromkeys(name for part in parts for name in part.columns))
    mixed = [
        name
        for name in names
        if len({part.columns[name].kind for part in parts if name in part.columns}) > 1
    ]
    parts = [as_values(part, *(name for name in mixed if name in part.columns)) for part in parts]
    columns: dict[str, Column] = {}
    for name in names:
        held = [part.columns[name] for part in parts if name in part.columns]
        nullable = len(held) < len(parts) or any(column.nullable for column in held)
        columns[name] = Column(held[0].name, held[0].kind, nullable)
    selects = []
    for part in parts:
        shown = [
            field if name in part.columns else f"NULL AS {field}"
            for name, column in columns.items()
            for field in fields(column)
        ]
        selects.append(f"SELECT {', '.join(shown) or '1'} FROM ({part.sql})")
    return Relation(" UNION ALL ".join(selects), columns)
