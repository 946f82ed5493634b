"""The algebra of a query as SQL: patterns, groups, order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from rdflib import BNode, URIRef, Variable
from rdflib import Literal as RdfLiteral
from rdflib.paths import AlternativePath, InvPath, MulPath, SequencePath
from rdflib.plugins.sparql.parserutils import CompValue

from kg.query.columns.expressions import (
    Compiler,
    Expression,
    as_value,
    boolean,
    datatype_of,
    number,
    quoted,
    read_as_text,
    sort_keys,
    text,
    unknown,
)
from kg.query.columns.paths import closure, refuse_alone
from kg.query.columns.relation import (
    ORDER,
    Column,
    Names,
    Relation,
    alike,
    fields,
    join,
    listed,
    union,
    without,
)
from kg.query.columns.tables import Columns

_COUNTED = frozenset({"Aggregate_Count", "Aggregate_Sample"})
"""What needs no text of what it is told."""
_EVERYTHING = Relation("SELECT 1", {})


class Patterns:
    """Turns the algebra of one query into SQL over the tables of one store."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._names = Names()

    def relation(self, part: CompValue) -> Relation:
        """The SQL of a part of the algebra."""
        known = _PARTS.get(part.name)
        if known is None:
            raise unknown(part.name)
        return known(self, part)

    def _compiler(self, relation: Relation) -> Compiler:
        return Compiler(relation, self._columns.number)

    def _readable(
        self, relation: Relation, expressions: list[Any], *, inside: bool = False
    ) -> tuple[str, Compiler]:
        """The relation as `r`, joined once with the IRIs that expressions read, and a compiler."""
        wanted = dict.fromkeys(
            name
            for one in expressions
            for name in read_as_text(one, inside)
            if name in relation.columns and relation.columns[name].kind == "thing"
        )
        columns = {
            name: column._replace(name=f"r.{column.name}")
            for name, column in relation.columns.items()
        }
        source = f"({relation.sql}) r"
        iris = {}
        for at, name in enumerate(wanted):
            source += f" LEFT JOIN things x{at} ON x{at}.id = {columns[name].name}"
            iris[name] = f"x{at}.iri"
        return source, Compiler(Relation("", columns), self._columns.number, iris)

    def basic(self, part: CompValue) -> Relation:
        """Triples that must all be there; each joins one that it shares a variable with."""
        waiting = list(part.triples)
        refuse_alone(waiting)
        found = _EVERYTHING
        while waiting:
            at = next(
                (
                    at
                    for at, triple in enumerate(waiting)
                    if any(str(term) in found.columns for term in triple)
                ),
                0,
            )
            triple = self.triple(*waiting.pop(at))
            found = triple if found is _EVERYTHING else join(found, triple)
        return found

    def triple(self, subject: Any, predicate: Any, value: Any) -> Relation:
        """One triple, or a path between two things."""
        if isinstance(predicate, AlternativePath):
            return union([self.triple(subject, one, value) for one in predicate.args])
        if isinstance(predicate, InvPath):
            return self.triple(value, predicate.arg, subject)
        if isinstance(predicate, SequencePath):
            steps: list[Any] = [subject]
            steps += [
                Variable(self._names.fresh() + str(at)) for at in range(len(predicate.args) - 1)
            ]
            steps.append(value)
            found = self.triple(steps[0], predicate.args[0], steps[1])
            for at, one in enumerate(predicate.args[1:], 1):
                found = join(found, self.triple(steps[at], one, steps[at + 1]))
            return found
        if isinstance(predicate, MulPath):
            return self._repeated(subject, predicate, value)
        if not isinstance(predicate, URIRef):
            raise unknown("a variable in the place of a property")
        tables = self._columns.tables(str(predicate))
        found_in: list[Relation] = []
        if tables.links and not isinstance(value, RdfLiteral):
            found_in.append(self._rows(f"SELECT s, o FROM {tables.links}", subject, value, "thing"))
        if tables.values and not isinstance(value, URIRef):
            source = f"SELECT s, o, t FROM {tables.values}"
            found_in.append(self._rows(source, subject, value, "value"))
        if not found_in:
            nothing = "SELECT 0::UBIGINT AS s, 0::UBIGINT AS o WHERE false"
            found_in.append(self._rows(nothing, subject, value, "thing"))
        return found_in[0] if len(found_in) == 1 else union(found_in)

    def _rows(self, source: str, subject: Any, value: Any, kind: Any) -> Relation:
        """The rows of a table of pairs, as far as they fit the terms."""
        shown: list[str] = []
        conditions: list[str] = []
        columns: dict[str, Column] = {}
        if isinstance(subject, Variable | BNode):
            name = self._names.of(str(subject))
            columns[str(subject)] = Column(name, "thing", False)
            shown.append(f"s AS {name}")
        else:
            conditions.append(f"s = {self._constant(subject)}")
        if isinstance(value, Variable | BNode):
            if str(value) in columns:
                conditions.append("s = o" if kind == "thing" else "false")
            else:
                name = self._names.of(str(value))
                columns[str(value)] = Column(name, kind, False)
                shown.append(f"o AS {name}")
                if kind == "value":
                    shown.append(f"t AS {name}_t")
        elif isinstance(value, RdfLiteral):
            if kind == "value":
                conditions.append(f"o = {quoted(str(value))} AND t = {quoted(datatype_of(value))}")
        else:
            conditions.append(f"o = {self._constant(value)}")
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        return Relation(f"SELECT {', '.join(shown) or '1'} FROM ({source}){where}", columns)

    def _constant(self, iri: Any) -> str:
        return f"{self._columns.number(str(iri))}::UBIGINT"

    def _repeated(self, subject: Any, path: MulPath, value: Any) -> Relation:
        """A property followed any number of times, among things."""
        if not isinstance(path.path, URIRef):
            raise unknown("a repeated path of more than one property")
        links = self._columns.tables(str(path.path)).links
        edges = f"SELECT s, o FROM {links}" if links else "SELECT 0 AS s, 0 AS o WHERE false"
        steps = {
            "?": f"SELECT DISTINCT s, o FROM ({edges})",
            "*": closure(edges),
            "+": closure(edges),
        }[path.mod]
        if path.mod in "?*":
            steps = f"({steps}) UNION SELECT id AS s, id AS o FROM things"
        return self._rows(steps, subject, value, "thing")

    def filtered(self, part: CompValue) -> Relation:
        """A group with its conditions."""
        found = self.relation(part.p)
        conditions = []
        for one in _conjuncts(part.expr):
            if one.name in {"Builtin_NOTEXISTS", "Builtin_EXISTS"}:
                inner = self.relation(one.graph)
                found = without(found, inner, kept=one.name == "Builtin_EXISTS")
            else:
                conditions.append(one)
        if not conditions:
            return found
        source, compiler = self._readable(found, conditions)
        where = " AND ".join(boolean(compiler.compile(one)) for one in conditions)
        return Relation(f"SELECT r.* FROM {source} WHERE {where}", found.columns)

    def optional(self, part: CompValue) -> Relation:
        """What may be there too."""
        one, other = self.relation(part.p1), self.relation(part.p2)
        if part.expr.name == "TrueFilter":
            return join(one, other, optional=True)
        one, other = alike(one, other)
        both = {
            name: column._replace(name=f"{source}.{column.name}")
            for source, side in (("b", other), ("a", one))
            for name, column in side.columns.items()
        }
        condition = self._compiler(Relation("", both)).compile(part.expr)
        return join(one, other, optional=True, on=boolean(condition))

    def minus(self, part: CompValue) -> Relation:
        """What must not be there."""
        one, other = self.relation(part.p1), self.relation(part.p2)
        if not set(one.columns) & set(other.columns):
            return one
        return without(one, other)

    def extended(self, part: CompValue) -> Relation:
        """BIND, and AS in SELECT."""
        found = self.relation(part.p)
        source, compiler = self._readable(found, [part.expr])
        made = compiler.compile(part.expr)
        name = self._names.of(str(part.var))
        columns = dict(found.columns)
        if made.kind == "thing":
            columns[str(part.var)] = Column(name, "thing", True)
            added = f"{made.sql} AS {name}"
        else:
            made = as_value(made)
            columns[str(part.var)] = Column(name, "value", True)
            added = f"{made.sql} AS {name}, {made.datatype} AS {name}_t"
        if isinstance(part.expr, Variable) and str(part.expr) in found.columns:
            nullable = found.columns[str(part.expr)].nullable
            columns[str(part.var)] = columns[str(part.var)]._replace(nullable=nullable)
        return Relation(f"SELECT r.*, {added} FROM {source}", columns)

    def table(self, part: CompValue) -> Relation:
        """VALUES, or a SELECT inside."""
        if part.p.name != "values":
            inner = self.relation(part.p)
            shown = listed(inner.columns.values())
            return Relation(f"SELECT {shown} FROM ({inner.sql})", inner.columns)
        return union([self._row(row) for row in part.p.res])

    def _row(self, row: Mapping[Variable, Any]) -> Relation:
        columns: dict[str, Column] = {}
        shown = []
        for variable, term in row.items():
            name = self._names.of(str(variable))
            if isinstance(term, RdfLiteral):
                columns[str(variable)] = Column(name, "value", False)
                shown.append(f"{quoted(str(term))} AS {name}")
                shown.append(f"{quoted(datatype_of(term))} AS {name}_t")
            else:
                columns[str(variable)] = Column(name, "thing", False)
                shown.append(f"{self._constant(term)} AS {name}")
        return Relation(f"SELECT {', '.join(shown)}", columns)

    def grouped(self, part: CompValue) -> Relation:
        """GROUP BY and what is counted in each group."""
        found = self.relation(part.p.p)
        keys = [str(one) for one in part.p.expr or ()]
        if any(not isinstance(one, Variable) for one in part.p.expr or ()):
            raise unknown("GROUP BY an expression")
        source, compiler = self._readable(
            found, [one.vars for one in part.A if one.name not in _COUNTED]
        )
        columns: dict[str, Column] = {}
        shown = []
        for one in part.A:
            name = self._names.of(str(one.res))
            if one.name == "Aggregate_Sample" and str(one.vars) in keys:
                made = compiler.compile(one.vars)
                nullable = found.columns[str(one.vars)].nullable
            else:
                made, nullable = _aggregate(one, compiler), True
            kind: Any = "thing" if made.kind == "thing" else "value"
            if kind == "value":
                made = as_value(made)
                shown.append(f"{made.datatype} AS {name}_t")
            shown.append(f"{made.sql} AS {name}")
            columns[str(one.res)] = Column(name, kind, nullable)
        by = [field for key in keys for field in fields(found.columns[key], "r")]
        group = f" GROUP BY {', '.join(by)}" if by else ""
        return Relation(f"SELECT {', '.join(shown) or '1'} FROM {source}{group}", columns)

    def ordered(self, part: CompValue) -> Relation:
        """ORDER BY: rows are numbered, so that the order outlives what comes after."""
        found = self.relation(part.p)
        source, compiler = self._readable(found, [one.expr for one in part.expr], inside=True)
        keys = [
            f"{key} {'DESC NULLS LAST' if one.order == 'DESC' else 'ASC NULLS FIRST'}"
            for one in part.expr
            for key in sort_keys(compiler.compile(one.expr))
        ]
        place = f"row_number() OVER (ORDER BY {', '.join(keys)}) AS {ORDER}"
        return Relation(f"SELECT r.*, {place} FROM {source}", found.columns, True)

    def projected(self, part: CompValue) -> Relation:
        """The variables that are asked for."""
        found = self.relation(part.p)
        columns = {
            str(one): found.columns[str(one)] for one in part.PV if str(one) in found.columns
        }
        shown = listed(columns.values(), *([ORDER] if found.ordered else ()))
        return Relation(f"SELECT {shown} FROM ({found.sql})", columns, found.ordered)

    def distinct(self, part: CompValue) -> Relation:
        """No row twice; the first of equal ones keeps its place."""
        found = self.relation(part.p)
        by = listed(found.columns.values())
        more = f", min({ORDER}) AS {ORDER}" if found.ordered else ""
        return Relation(
            f"SELECT {by}{more} FROM ({found.sql}) GROUP BY {by}", found.columns, found.ordered
        )

    def sliced(self, part: CompValue) -> Relation:
        """LIMIT and OFFSET."""
        found = self.relation(part.p)
        order = f" ORDER BY {ORDER}" if found.ordered else ""
        limit = "" if part.length is None else f" LIMIT {int(part.length)}"
        sql = f"SELECT * FROM ({found.sql}){order}{limit} OFFSET {int(part.start or 0)}"
        return Relation(sql, found.columns, found.ordered)


def _conjuncts(expression: Any) -> Iterator[Any]:
    if isinstance(expression, CompValue) and expression.name == "ConditionalAndExpression":
        for one in (expression.expr, *expression.other):
            yield from _conjuncts(one)
    else:
        yield expression


def _aggregate(one: CompValue, compiler: Compiler) -> Expression:
    """What is counted or chosen in a group."""
    distinct = "DISTINCT " if one.distinct else ""
    if one.name == "Aggregate_Count" and one.vars == "*":
        if distinct:
            raise unknown("COUNT(DISTINCT *)")
        return Expression("count(*)", "integer")
    given = compiler.compile(one.vars)
    if one.name == "Aggregate_Count":
        counted = given.sql
        if given.kind == "value" and distinct:
            # A pair is never NULL as a whole, so that open ones are left out by hand.
            counted = f"CASE WHEN {given.sql} IS NOT NULL THEN ({given.sql}, {given.datatype}) END"
        return Expression(f"count({distinct}{counted})", "integer")
    if one.name == "Aggregate_Sum" and not distinct:
        summed = f"coalesce(sum({number(given)}), 0)::BIGINT"
        return Expression(summed, "integer")
    if one.name in {"Aggregate_Min", "Aggregate_Max"}:
        return _extreme("min" if one.name == "Aggregate_Min" else "max", given)
    if one.name == "Aggregate_Sample":
        if given.kind == "value":
            return Expression(f"min({given.sql})", "value", f"min({given.datatype})")
        return Expression(f"min({given.sql})", given.kind)
    if one.name == "Aggregate_GroupConcat":
        said = text(given)
        separator = quoted(str(one.separator if one.separator is not None else " "))
        listed_once = f"list({distinct}{said}) FILTER ({said} IS NOT NULL)"
        return Expression(
            f"coalesce(array_to_string(list_sort({listed_once}), {separator}), '')", "text"
        )
    raise unknown(one.name.replace("Aggregate_", "").upper())


def _extreme(function: str, given: Expression) -> Expression:
    if given.kind == "value":
        keys = ", ".join(f"coalesce({key}, 0)" for key in sort_keys(given)[:2])
        key = f"row({keys}, {given.sql})"
        chosen = f"arg_{function}({{}}, {key}) FILTER ({given.sql} IS NOT NULL)"
        return Expression(chosen.format(given.sql), "value", chosen.format(given.datatype))
    if given.kind == "thing":
        return _extreme(function, as_value(given))
    return Expression(f"{function}({given.sql})", given.kind)


_PARTS: Mapping[str, Callable[[Patterns, CompValue], Relation]] = {
    "BGP": Patterns.basic,
    "Join": lambda self, part: join(self.relation(part.p1), self.relation(part.p2)),
    "LeftJoin": Patterns.optional,
    "Union": lambda self, part: union([self.relation(part.p1), self.relation(part.p2)]),
    "Filter": Patterns.filtered,
    "Minus": Patterns.minus,
    "Extend": Patterns.extended,
    "ToMultiSet": Patterns.table,
    "AggregateJoin": Patterns.grouped,
    "OrderBy": Patterns.ordered,
    "Project": Patterns.projected,
    "Distinct": Patterns.distinct,
    "Reduced": lambda self, part: self.relation(part.p),
    "Slice": Patterns.sliced,
}
