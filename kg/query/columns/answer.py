"""Runs a query over the tables, with the answer in the form any query has."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import msgspec
from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    Store,
    parse_query_results,
)
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery

from kg.errors import QueryError, TimeLimitError
from kg.query.catalogue import Query
from kg.query.columns.expressions import unknown
from kg.query.columns.patterns import Patterns
from kg.query.columns.relation import ORDER, THING, as_values, listed
from kg.query.columns.tables import Columns
from kg.query.run import prepared
from kg.vocab import PREFIXES, XSD


class Statement(NamedTuple):
    """A query as SQL."""

    sql: str
    names: tuple[str, ...]
    """The variables in the order of the columns; each has two, text and datatype."""
    asked: tuple[str, ...] | None
    """The variables of SELECT; None for ASK, whose SQL gives a row or none."""


def statement(columns: Columns, text: str) -> Statement:
    """The SQL of a query."""
    algebra = translateQuery(parseQuery(text), initNs=dict(PREFIXES)).algebra
    if algebra.datasetClause:
        raise unknown("FROM")
    if algebra.name not in {"SelectQuery", "AskQuery"}:
        raise unknown(algebra.name.removesuffix("Query").upper())
    found = Patterns(columns).relation(algebra.p)
    if algebra.name == "AskQuery":
        return Statement(f"SELECT 1 FROM ({found.sql}) LIMIT 1", (), None)
    shown = as_values(found, *found.columns)
    order = f" ORDER BY {ORDER}" if found.ordered else ""
    sql = f"SELECT {listed(shown.columns.values())} FROM ({shown.sql}){order}"
    return Statement(sql, tuple(shown.columns), tuple(str(one) for one in algebra.PV))


def run_on_columns(
    columns: Columns,
    store: Store,
    query: Query,
    values: Mapping[str, str] | None = None,
    seconds: float | None = None,
) -> QuerySolutions | QueryBoolean:
    """The answer of a query; `store` is the graph itself, which knows its code lists.

    Raises `QueryError` for what this engine does not know, `TimeLimitError` after `seconds`.
    """
    text = prepared(store, query, values or {})
    asked = statement(columns, text)
    if columns.missing:
        columns.complete()
        asked = statement(columns, text)
        if columns.missing:
            raise QueryError(f"{query.name}: other tables were made at the same time; ask again")
    rows = _fetched(columns, asked.sql, query.name, seconds)
    document: object
    if asked.asked is None:
        document = {"head": {}, "boolean": bool(rows)}
    else:
        document = {
            "head": {"vars": asked.asked},
            "results": {"bindings": [dict(_terms(asked.names, row)) for row in rows]},
        }
    return parse_query_results(msgspec.json.encode(document), format=QueryResultsFormat.JSON)


def _fetched(
    columns: Columns, sql: str, name: str, seconds: float | None
) -> list[tuple[str | None, ...]]:
    """All rows; DuckDB is told to stop when the time is over."""
    import duckdb

    watch = threading.Timer(seconds, columns.connection.interrupt) if seconds else None
    try:
        if watch:
            watch.start()
        return columns.connection.execute(sql).fetchall()
    except duckdb.InterruptException:
        raise TimeLimitError(f"{name} took longer than {seconds:g} s and was stopped") from None
    except duckdb.Error as error:
        raise QueryError(f"{name}: the columns engine failed ({error})") from None
    finally:
        if watch:
            watch.cancel()


def _terms(
    names: tuple[str, ...], row: tuple[str | None, ...]
) -> Iterator[tuple[str, dict[str, str]]]:
    """A row's terms in SPARQL JSON; text and datatype stand side by side."""
    for at, name in enumerate(names):
        value, datatype = row[2 * at], row[2 * at + 1]
        if value is None or datatype is None:
            continue
        if datatype == THING:
            yield name, {"type": "uri", "value": value}
        elif datatype.startswith("@"):
            yield name, {"type": "literal", "value": value, "xml:lang": datatype[1:]}
        elif datatype == XSD.string:
            yield name, {"type": "literal", "value": value}
        else:
            yield name, {"type": "literal", "value": value, "datatype": datatype}
