"""Runs a query on a store: checked first, its parameters bound as terms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import product

from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions, QueryTriples, Store, Variable

from kg.errors import QueryError
from kg.iris import CODE
from kg.query.catalogue import Query
from kg.query.rewrite import keywords, substitute
from kg.query.terms import Term, scheme, term
from kg.vocab import PREFIXES, SKOS

Answer = QuerySolutions | QueryBoolean | QueryTriples

_UPDATES = {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"}
_POSITION = re.compile(r"error at (\d+):(\d+): (?:expected )?(.*)", re.DOTALL)
_EXPLAINED = {
    "Prefix not found": "an unknown prefix",
    "The SELECT contains a variable that is unbound": (
        "a variable in SELECT that is not grouped or bound"
    ),
}


def bind(query: Query, values: Mapping[str, str]) -> dict[Variable, Term]:
    """The terms of a query's parameters: the values given, else the defaults.

    >>> from kg.query.catalogue import find
    >>> bind(find("drug-trials"), {"drug": "tusamitamab ravtansine"})
    {<Variable value=drug>: <Literal value=tusamitamab ravtansine ...>}
    >>> bind(find("drug-trials"), {"drgu": "x"})
    Traceback (most recent call last):
    kg.errors.QueryError: drug-trials has no parameter 'drgu', it has drug
    """
    known = {parameter.name for parameter in query.parameters}
    for name in values:
        if name not in known:
            having = f"it has {', '.join(sorted(known))}" if known else "it has none"
            raise QueryError(f"{query.name} has no parameter {name!r}, {having}")
    bound: dict[Variable, Term] = {}
    for parameter in query.parameters:
        value = values.get(parameter.name, parameter.default)
        if value is None:
            raise QueryError(
                f"{query.name} needs a value for {parameter.name}: -p {parameter.name}=…"
            )
        bound[Variable(parameter.name)] = term(parameter, str(value))
    return bound


def check(text: str) -> None:
    """Refuses what does not parse, updates, and SERVICE (which would reach any address).

    Whether the word is the keyword is for the store's own parser to say: with another word of
    the same length in its place the query still parses, or it was the keyword.

    >>> check("SELECT ?service { ?service rdfs:label 'SERVICE' }")
    >>> check("SELECT * { SERVICE <http://localhost/> { ?s ?p ?o } }")
    Traceback (most recent call last):
    kg.errors.QueryError: the query uses SERVICE, which is refused: ...
    """
    try:
        Store().query(_without_service(text), prefixes=dict(PREFIXES))
    except SyntaxError as error:
        raise _refusal(text, error) from error
    except UnicodeEncodeError as error:
        raise QueryError(
            f"the query does not parse: found {text[error.start]!r}, expected text"
        ) from error


def run(store: Store, query: Query, values: Mapping[str, str] | None = None) -> Answer:
    """The answer of a query; `values` are the parameters as a user writes them.

    >>> from kg.query.catalogue import read
    >>> ask = read("ASK { ?trial tkg:phase phase:PHASE1 }")
    >>> bool(run(Store(), ask))
    False
    """
    text = prepared(store, query, values or {})
    try:
        return store.query(text, prefixes=dict(PREFIXES))
    except SyntaxError as error:
        names = ", ".join(f"?{parameter.name}" for parameter in query.parameters)
        raise QueryError(f"{query.name} has {names} where no value can stand") from error


def prepared(store: Store, query: Query, values: Mapping[str, str]) -> str:
    """The query's text, checked, with its parameters bound; `store` knows the code lists."""
    check(query.text)
    terms = {variable.value: bound for variable, bound in bind(query, values).items()}
    _refuse_unknown_codes(store, query, terms)
    return substitute(query.text, terms)


def _without_service(text: str) -> str:
    words = ("".join(letters) for letters in product("qxz", repeat=len("service")))
    unused = next(word for word in words if word not in text.lower())
    return re.sub("service", unused, text, flags=re.IGNORECASE | re.ASCII)


def _refusal(text: str, error: SyntaxError) -> QueryError:
    words = list(keywords(text))
    if "SERVICE" in words:
        return QueryError("the query uses SERVICE, which is refused: a query reads this store only")
    verbs = [word for word in words if word not in {"PREFIX", "BASE"}]
    if verbs and verbs[0] in _UPDATES:
        return QueryError(f"the query is an update ({verbs[0]}), which is refused: stores are read")
    position = _POSITION.match(str(error))
    if position is None:
        return QueryError(f"the query does not parse: {error}")
    line, column, expected = position.groups()
    known = [words for sign, words in _EXPLAINED.items() if sign in expected]
    place = f"line {line}, column {column}"
    reason = f"found {known[0]}" if known else f"near {_near(text, int(line), int(column))}"
    return QueryError(f"the query does not parse at {place}: {reason}")


def _near(text: str, line: int, column: int) -> str:
    """The words around a place; the parser stops a little after what it could not read."""
    around = text.split("\n")[line - 1] if text else ""
    return repr(around[max(0, column - 30) : column + 10].strip())


def _refuse_unknown_codes(store: Store, query: Query, terms: Mapping[str, Term]) -> None:
    """A code that the store's code list lacks would give no rows without saying why."""
    for parameter in query.parameters:
        scheme_name = scheme(parameter)
        bound = terms[parameter.name]
        if scheme_name is None or not isinstance(bound, NamedNode):
            continue
        in_scheme, top = NamedNode(SKOS.inScheme), NamedNode(CODE + scheme_name)
        known = {quad.subject for quad in store.quads_for_pattern(None, in_scheme, top, None)}
        if known and bound not in known:
            codes = ", ".join(sorted(str(one)[1:-1].rsplit("/", 1)[1] for one in known))
            found = bound.value.rsplit("/", 1)[1]
            raise QueryError(
                f"parameter {parameter.name}: found {found!r}, expected one of {codes}"
            )
