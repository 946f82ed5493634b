"""Puts terms in the place of a query's parameters, token by token.

`Store.query(substitutions=…)` would be the plain way, but (pyoxigraph 0.5.13) it asks that a
parameter be projected, ignores it without a word inside a sub-SELECT that does not project it,
and is unknown to the optimiser: a question that takes 1 ms with the term in place took 5 s. A
leading VALUES does not reach into sub-SELECTs, UNION branches and MINUS. So each variable token
is replaced by the term in the library's own serialisation; values never meet the grammar.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kg.errors import QueryError
from kg.query.terms import Term

_TOKEN = re.compile(
    r"""
    (?P<comment>\#[^\n\r]*)
  | (?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)
  | (?P<string>\"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\"
              |'''(?:[^'\\]|\\.|'(?!''))*'''
              |"(?:[^"\\\n\r]|\\.)*"
              |'(?:[^'\\\n\r]|\\.)*')
  | (?P<variable>[?$][\w\u00b7\u0300-\u036f\u203f\u2040]+)
  | (?P<name>[\w.-]*:(?:[\w.:%-]|\\.)*)
  | (?P<language>@[A-Za-z0-9-]+)
  | (?P<word>\w+)
  | (?P<other>\s+|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_PROJECTION = {"SELECT"}
_MODIFIER = {"GROUP", "ORDER", "HAVING"}
_BODY = {"WHERE", "FROM", "ASK", "CONSTRUCT", "DESCRIBE"}


class Token(NamedTuple):
    """A piece of a query's text."""

    kind: str
    text: str


def tokens(text: str) -> Iterator[Token]:
    """The text cut into tokens; joined, they are the text again.

    >>> [token.text for token in tokens("?a <b#c> '?d' # ?e") if token.kind == "variable"]
    ['?a']
    """
    for match in _TOKEN.finditer(text):
        yield Token(match.lastgroup or "other", match.group())


def keywords(text: str) -> Iterator[str]:
    """The words of a query outside strings, comments and IRIs, in capitals."""
    return (token.text.upper() for token in tokens(text) if token.kind == "word")


def variables(text: str) -> frozenset[str]:
    """The names of the variables in a query."""
    return frozenset(token.text[1:] for token in tokens(text) if token.kind == "variable")


def substitute(text: str, terms: Mapping[str, Term]) -> str:
    r"""The query with each named variable replaced by its term, sub-SELECTs included.

    A projected parameter stays a column of the answer.

    >>> from pyoxigraph import Literal
    >>> substitute("SELECT ?p ?t { ?t rdfs:label ?p }", {"p": Literal('"} #')})
    'SELECT ("\\"} #" AS ?p) ?t { ?t rdfs:label "\\"} #" }'
    """
    pieces: list[str] = []
    place, depth, previous = "body", 0, ""
    for token in tokens(text):
        written = token.text
        if token.kind == "variable" and written[1:] in terms:
            if previous == "AS":
                raise QueryError(f"{written} is a parameter and cannot be assigned with AS")
            value = str(terms[written[1:]])
            if place == "body" or depth:
                written = value
            elif place == "projection":
                written = f"({value} AS {written})"
            else:
                written = f"({value})"
        elif token.kind == "iri":
            _refuse_ambiguous(written, terms)
        elif token.kind == "word":
            place = _place(written.upper(), place)
        elif written in "{}":
            place, depth = "body", 0
        elif written in "()":
            depth += 1 if written == "(" else -1
        if token.kind != "comment" and not written.isspace():
            previous = written.upper()
        pieces.append(written)
    return "".join(pieces)


def _place(word: str, place: str) -> str:
    if word in _PROJECTION:
        return "projection"
    if word in _MODIFIER:
        return "modifier"
    return "body" if word in _BODY else place


def _refuse_ambiguous(iri: str, terms: Mapping[str, Term]) -> None:
    """`?a<?p&&?b>?c` may be an IRI between two variables, or two comparisons."""
    for name in terms:
        if re.search(rf"[?$]{re.escape(name)}\b", iri):
            raise QueryError(f"?{name} stands in {iri}: put spaces around < and >")
