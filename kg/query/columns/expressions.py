"""Expressions of SPARQL as SQL. An error in SPARQL is NULL in SQL, and both spread alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal, NamedTuple

from rdflib import Literal as RdfLiteral
from rdflib import URIRef, Variable
from rdflib.plugins.sparql.parserutils import CompValue, Expr

from kg.errors import QueryError
from kg.query.columns.relation import THING, Column, Relation
from kg.vocab import XSD

ExpressionKind = Literal["thing", "value", "text", "integer", "boolean"]

NUMERIC = (XSD.integer, XSD.decimal)
_NUMERIC = ", ".join(f"'{one}'" for one in NUMERIC)
_DATATYPES: Mapping[str, str] = {
    "text": XSD.string,
    "integer": XSD.integer,
    "boolean": XSD.boolean,
}


class Expression(NamedTuple):
    """An SQL expression."""

    sql: str
    kind: ExpressionKind
    datatype: str = ""
    """Another one that gives the datatype, for values; empty for other kinds."""
    iri: str = ""
    """Another one that gives the IRI of a thing, where a table that knows it is joined already."""


def quoted(text: str) -> str:
    """Text as an SQL string.

    >>> quoted("Crohn's")
    "'Crohn''s'"
    """
    return "'" + text.replace("'", "''") + "'"


def datatype_of(literal: RdfLiteral) -> str:
    """What stands for a literal's datatype in the tables.

    >>> datatype_of(RdfLiteral("a", lang="en")), datatype_of(RdfLiteral(1)).rpartition("#")[2]
    ('@en', 'integer')
    """
    if literal.language:
        return f"@{literal.language}"
    return str(literal.datatype or XSD.string)


def unknown(what: str) -> QueryError:
    """The refusal of something that has no SQL here."""
    return QueryError(f"the columns engine does not know {what}: ask without --engine columns")


def of_column(column: Column) -> Expression:
    """A variable's column as an expression."""
    if column.kind == "thing":
        return Expression(column.name, "thing")
    return Expression(column.name, "value", f"{column.name}_t")


def as_value(given: Expression) -> Expression:
    """The expression as text and datatype."""
    if given.kind == "value":
        return given
    if given.kind == "thing":
        iri = given.iri or f"(SELECT iri FROM things WHERE id = {given.sql})"
        return Expression(iri, "value", f"CASE WHEN {given.sql} IS NOT NULL THEN '{THING}' END")
    datatype = f"CASE WHEN ({given.sql}) IS NOT NULL THEN '{_DATATYPES[given.kind]}' END"
    return Expression(f"({given.sql})::VARCHAR", "value", datatype)


def text(given: Expression) -> str:
    """What STR() gives."""
    return given.sql if given.kind == "text" else as_value(given).sql


def boolean(given: Expression) -> str:
    """Whether the expression holds."""
    if given.kind == "boolean":
        return given.sql
    if given.kind == "value":
        return f"CASE {given.datatype} WHEN '{XSD.boolean}' THEN {given.sql} = 'true' END"
    raise unknown(f"a condition that is a {given.kind}")


def number(given: Expression) -> str:
    """The expression as a number; NULL where it is none."""
    if given.kind == "integer":
        return given.sql
    if given.kind == "value":
        return (
            f"CASE WHEN {given.datatype} IN ({_NUMERIC}) THEN TRY_CAST({given.sql} AS DOUBLE) END"
        )
    return "NULL"


def sort_keys(given: Expression) -> list[str]:
    """SQL expressions that sort as SPARQL does: open, things, then values."""
    if given.kind in {"integer", "boolean", "text"}:
        return [given.sql]
    given = as_value(given)
    rank = (
        f"CASE WHEN {given.sql} IS NULL THEN 0 WHEN {given.datatype} = '{THING}' THEN 1 ELSE 2 END"
    )
    return [rank, number(given), given.sql]


def read_as_text(given: Any, inside: bool = False) -> Iterator[str]:
    """The variables of an expression whose text is read by a function."""
    if isinstance(given, Variable):
        if inside:
            yield str(given)
    elif isinstance(given, CompValue):
        reads = given.name.startswith("Builtin_") and given.name != "Builtin_BOUND"
        for one in given.values():
            yield from read_as_text(one, reads)
    elif isinstance(given, list):
        for one in given:
            yield from read_as_text(one, inside)


class Compiler:
    """Turns the expressions over one relation into SQL."""

    def __init__(
        self,
        relation: Relation,
        number_of: Callable[[str], int],
        iris: Mapping[str, str] | None = None,
    ) -> None:
        self._relation = relation
        self._number_of = number_of
        self._iris = iris or {}
        """SQL for the IRIs of some variables."""

    def compile(self, given: Any) -> Expression:
        """The SQL of an expression of rdflib's algebra."""
        if isinstance(given, Variable):
            column = self._relation.columns.get(str(given))
            if column is None:
                return Expression("NULL", "text")
            return of_column(column)._replace(iri=self._iris.get(str(given), ""))
        if isinstance(given, URIRef):
            return Expression(f"{self._number_of(str(given))}::UBIGINT", "thing")
        if isinstance(given, RdfLiteral):
            return _literal(given)
        if isinstance(given, CompValue):
            known = _FUNCTIONS.get(given.name)
            if known is None:
                raise unknown(given.name.removeprefix("Builtin_"))
            return known(self, given)
        raise unknown(type(given).__name__)


def _literal(given: RdfLiteral) -> Expression:
    datatype = datatype_of(given)
    if datatype == XSD.string:
        return Expression(quoted(str(given)), "text")
    if datatype == XSD.integer:
        return Expression(str(int(given)), "integer")
    if datatype == XSD.boolean:
        return Expression(str(given).lower(), "boolean")
    return Expression(quoted(str(given)), "value", quoted(datatype))


def _equal(one: Expression, other: Expression) -> str:
    if one.kind != other.kind and "integer" in {one.kind, other.kind}:
        return f"({number(one)} = {number(other)})"
    return _same(one, other)


def _same(one: Expression, other: Expression) -> str:
    """Whether two expressions are one term."""
    if one.kind == other.kind and one.kind != "value":
        return f"({one.sql} = {other.sql})"
    one, other = as_value(one), as_value(other)
    return f"({one.sql} = {other.sql} AND {one.datatype} = {other.datatype})"


def _less(one: Expression, sign: str, other: Expression) -> str:
    if one.kind == other.kind and one.kind != "value":
        if one.kind == "thing":
            raise unknown(f"{sign} between IRIs")
        return f"({one.sql} {sign} {other.sql})"
    if "integer" in {one.kind, other.kind}:
        return f"({number(one)} {sign} {number(other)})"
    one, other = as_value(one), as_value(other)
    return (
        f"CASE WHEN {one.datatype} IN ({_NUMERIC}) THEN {number(one)} {sign} {number(other)} "
        f"WHEN {one.datatype} = {other.datatype} AND {one.datatype} <> '{THING}' "
        f"THEN {one.sql} {sign} {other.sql} END"
    )


def _compare(one: Expression, sign: str, other: Expression) -> str:
    if sign == "=":
        return _equal(one, other)
    return f"(NOT {_equal(one, other)})" if sign == "!=" else _less(one, sign, other)


def _relational(compiler: Compiler, given: Expr) -> Expression:
    left = compiler.compile(given.expr)
    if given.op in {"IN", "NOT IN"}:
        found = " OR ".join(_equal(left, compiler.compile(one)) for one in given.other)
        sql = f"({found or 'false'})"
        return Expression(f"(NOT {sql})" if given.op == "NOT IN" else sql, "boolean")
    return Expression(_compare(left, given.op, compiler.compile(given.other)), "boolean")


def _all_of(word: str) -> Callable[[Compiler, Expr], Expression]:
    def compiled(compiler: Compiler, given: Expr) -> Expression:
        parts = [boolean(compiler.compile(one)) for one in (given.expr, *given.other)]
        return Expression(f"({f' {word} '.join(parts)})", "boolean")

    return compiled


def _either(compiler: Compiler, given: Expr) -> Expression:
    """IF: where the condition is an error, so is the whole."""
    condition = boolean(compiler.compile(given.arg1))
    one, other = compiler.compile(given.arg2), compiler.compile(given.arg3)

    def chosen(first: str, second: str) -> str:
        return f"CASE WHEN {condition} THEN {first} WHEN NOT {condition} THEN {second} END"

    if one.kind == other.kind and one.kind != "value":
        return Expression(chosen(one.sql, other.sql), one.kind)
    one, other = as_value(one), as_value(other)
    return Expression(chosen(one.sql, other.sql), "value", chosen(one.datatype, other.datatype))


def _coalesce(compiler: Compiler, given: Expr) -> Expression:
    parts = [compiler.compile(one) for one in given.arg]
    if len({part.kind for part in parts}) == 1 and parts[0].kind != "value":
        return Expression(f"coalesce({', '.join(part.sql for part in parts)})", parts[0].kind)
    values = [as_value(part) for part in parts]
    return Expression(
        f"coalesce({', '.join(value.sql for value in values)})",
        "value",
        f"coalesce({', '.join(value.datatype for value in values)})",
    )


def _concat(compiler: Compiler, given: Expr) -> Expression:
    return Expression(
        "(" + " || ".join(text(compiler.compile(one)) for one in given.arg) + ")", "text"
    )


def _substring(compiler: Compiler, given: Expr) -> Expression:
    parts = [text(compiler.compile(given.arg)), compiler.compile(given.start).sql]
    if given.length is not None:
        parts.append(compiler.compile(given.length).sql)
    return Expression(f"substr({', '.join(parts)})", "text")


def _replace(compiler: Compiler, given: Expr) -> Expression:
    if given.flags is not None:
        raise unknown("flags of REPLACE")
    whole, pattern, new = (
        text(compiler.compile(one)) for one in (given.arg, given.pattern, given.replacement)
    )
    return Expression(f"regexp_replace({whole}, {pattern}, {new}, 'g')", "text")


def _same_term(compiler: Compiler, given: Expr) -> Expression:
    return Expression(_same(compiler.compile(given.arg1), compiler.compile(given.arg2)), "boolean")


def _bound(compiler: Compiler, given: Expr) -> Expression:
    return Expression(f"({compiler.compile(given.arg).sql} IS NOT NULL)", "boolean")


def _one_text(function: str) -> Callable[[Compiler, Expr], Expression]:
    return lambda compiler, given: Expression(
        f"{function}({text(compiler.compile(given.arg))})", "text"
    )


def _two_texts(function: str) -> Callable[[Compiler, Expr], Expression]:
    return lambda compiler, given: Expression(
        f"{function}({text(compiler.compile(given.arg1))}, {text(compiler.compile(given.arg2))})",
        "boolean",
    )


_FUNCTIONS: Mapping[str, Callable[[Compiler, Any], Expression]] = {
    "RelationalExpression": _relational,
    "ConditionalAndExpression": _all_of("AND"),
    "ConditionalOrExpression": _all_of("OR"),
    "UnaryNot": lambda compiler, given: Expression(
        f"(NOT {boolean(compiler.compile(given.expr))})", "boolean"
    ),
    "Builtin_STR": lambda compiler, given: Expression(text(compiler.compile(given.arg)), "text"),
    "Builtin_LCASE": _one_text("lower"),
    "Builtin_UCASE": _one_text("upper"),
    "Builtin_STRSTARTS": _two_texts("starts_with"),
    "Builtin_STRENDS": _two_texts("ends_with"),
    "Builtin_CONTAINS": _two_texts("contains"),
    "Builtin_CONCAT": _concat,
    "Builtin_SUBSTR": _substring,
    "Builtin_REPLACE": _replace,
    "Builtin_BOUND": _bound,
    "Builtin_sameTerm": _same_term,
    "Builtin_IF": _either,
    "Builtin_COALESCE": _coalesce,
}
