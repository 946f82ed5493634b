"""Answers as people and programs read them: table, SPARQL JSON, CSV, TSV, Turtle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING
from typing import Literal as OneOf

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    NamedNode,
    Quad,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
    serialize,
)

from kg.errors import QueryError
from kg.vocab import PREFIXES, RDF, XSD

if TYPE_CHECKING:
    from kg.query.grid import Grid
    from kg.query.run import Answer

RowFormat = OneOf["json", "csv", "tsv"]

_FORMATS: Mapping[RowFormat, QueryResultsFormat] = {
    "json": QueryResultsFormat.JSON,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
_WITHOUT_DATATYPE = {XSD.string, XSD.integer, XSD.decimal, XSD.boolean}


def rows(answer: Answer, form: RowFormat) -> bytes:
    r"""A SELECT or ASK answer in a SPARQL results format.

    >>> from pyoxigraph import Store
    >>> rows(Store().query("SELECT ('a, b' AS ?x) {}"), "csv")
    b'x\r\n"a, b"\r\n'
    """
    if isinstance(answer, QueryTriples):
        raise QueryError(f"the query builds triples: found format {form!r}, expected turtle")
    return answer.serialize(format=_FORMATS[form]) or b""


def table(answer: QuerySolutions) -> Grid:
    """A SELECT answer as a table for a terminal; numbers to the right, IRIs shortened."""
    from kg.query.grid import Grid

    names = [variable.value for variable in answer.variables]
    lines = [[solution[name] for name in names] for solution in answer]
    numbers = {
        at for at in range(len(names)) if lines and all(_is_number(line[at]) for line in lines)
    }
    return Grid(names, [list(map(_shown, line)) for line in lines], numbers)


def short(iri: str) -> str:
    """An IRI as `prefix:rest` where a known prefix fits and the rest is plain, else `<…>`.

    >>> short("https://w3id.org/trialkg/code/phase/PHASE1")
    'phase:PHASE1'
    >>> short("https://example.org/a")
    '<https://example.org/a>'
    """
    fitting = [(space, name) for name, space in PREFIXES.items() if iri.startswith(space)]
    if not fitting:
        return f"<{iri}>"
    space, name = max(fitting)
    rest = iri.removeprefix(space)
    return f"{name}:{rest}" if rest and not set(rest) & set("/#?") else f"<{iri}>"


def turtle(triples: Iterable[Triple]) -> str:
    """Triples as Turtle: the prefixes it uses, grouped by subject, sorted, the same every time.

    >>> from pyoxigraph import Store
    >>> print(turtle(Store().query("CONSTRUCT { <http://e/a> skos:prefLabel 'A' } {}",
    ...     prefixes={"skos": "http://www.w3.org/2004/02/skos/core#"})))
    @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    <http://e/a> skos:prefLabel "A" .
    """
    dataset = Dataset(Quad(one.subject, one.predicate, one.object) for one in triples)
    if any(isinstance(term, BlankNode) for quad in dataset for term in quad):
        dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    unique = sorted({quad.triple for quad in dataset}, key=_order)
    used = {
        name: space
        for name, space in PREFIXES.items()
        if any(_starts(term, space) for triple in unique for term in triple)
    }
    return (serialize(unique, format=RdfFormat.TURTLE, prefixes=used) or b"").decode()


def _order(triple: Triple) -> tuple[str, bool, str, str]:
    """By subject, its type first, then by predicate and object."""
    typed = triple.predicate.value == RDF.type
    return str(triple.subject), not typed, str(triple.predicate), str(triple.object)


def _starts(term: object, space: str) -> bool:
    """Whether Turtle writes a term with this prefix; it has `a` for rdf:type."""
    if isinstance(term, NamedNode):
        return term.value.startswith(space) and term.value != RDF.type
    datatype = getattr(term, "datatype", None)
    if not isinstance(datatype, NamedNode) or datatype.value in _WITHOUT_DATATYPE:
        return False
    return datatype.value.startswith(space)


def _is_number(value: object) -> bool:
    datatype = getattr(value, "datatype", None)
    kind = datatype.value.rsplit("#", 1)[-1] if isinstance(datatype, NamedNode) else ""
    return kind in {"integer", "decimal", "double", "float"}


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, NamedNode):
        return short(value.value)
    return str(getattr(value, "value", value))
