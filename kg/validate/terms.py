"""Terms between the store and rdflib, and rows of terms."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from pyoxigraph import BlankNode, NamedNode, QuerySolution, QuerySolutions, Store, Triple
from pyoxigraph import Literal as OxLiteral
from rdflib import RDF, XSD, BNode, Literal, URIRef
from rdflib.term import Node

_AS_THEY_ARE = {str(XSD.string), str(RDF.langString)}

Term = NamedNode | BlankNode | OxLiteral | Triple


@lru_cache(maxsize=1 << 16)
def iri(text: str) -> URIRef:
    """An IRI as rdflib has it."""
    return URIRef(text)


def to_rdflib(term: Term) -> Node:
    """A term of the store as rdflib has it.

    >>> to_rdflib(OxLiteral("a"))
    rdflib.term.Literal('a')
    """
    if isinstance(term, NamedNode):
        return iri(term.value)
    if isinstance(term, OxLiteral):
        return literal(term)
    if isinstance(term, BlankNode):
        return BNode(term.value)
    raise TypeError(f"found {term}, expected an IRI, a blank node or a literal")


def told(term: Term) -> str:
    """A term as a report shows it: as rdflib writes it.

    >>> told(OxLiteral("a")), told(OxLiteral("007", datatype=NamedNode(f"{XSD}integer")))
    ('a', '7')
    """
    if isinstance(term, NamedNode) or (
        isinstance(term, OxLiteral) and term.datatype.value in _AS_THEY_ARE
    ):
        return term.value
    return str(to_rdflib(term))


def literal(value: OxLiteral) -> Literal:
    """A literal as rdflib has it."""
    if value.language:
        return Literal(value.value, lang=value.language)
    datatype = value.datatype.value
    if datatype.endswith("#string"):
        # As the parser of rdflib does: a plain string and an xsd:string are one to SHACL.
        return Literal(value.value)
    return Literal(value.value, datatype=iri(datatype))


def rows(store: Store, select: str) -> Iterator[QuerySolution]:
    """The rows that a SELECT finds."""
    answer = store.query(select)
    if not isinstance(answer, QuerySolutions):
        raise TypeError(f"found no SELECT, expected one: {select}")
    return iter(answer)
