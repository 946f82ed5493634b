"""What is told of a value without pySHACL, pySHACL says as well."""

from __future__ import annotations

import logging

import pytest
from pyoxigraph import RdfFormat, Store
from rdflib import RDF, SH, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from kg.validate import compiled, shapes_graph, validate
from kg.validate.reference import wrong_values
from kg.validate.surely import surely_wrong
from kg.validate.suspicion import VALUE_CONSTRAINTS
from kg.vocab import TKG
from tests.validate.planting import ODD, typed
from tests.validate.test_features import CONSTRAINTS, PREFIXES

VALUES: list[Node] = [
    *ODD,
    *(typed(text, "decimal") for text in ("3.9", "4", "4.1", "400")),
    *(typed(text, "integer") for text in ("3", "4", "5", "05")),
    *(Literal(text) for text in ("x", "yy", "xx\n", "X")),
    Literal("x", lang="en"),
]
S = URIRef("https://example.org/S")


def both(shapes: Graph, shape: URIRef) -> tuple[set[Node], set[Node]]:
    """The values that are surely wrong, and those that pySHACL finds wrong."""
    test = surely_wrong(shapes, shape)
    return {v for v in VALUES if test(v)}, wrong_values(shapes, str(shape), VALUES)


@pytest.mark.parametrize("constraint", CONSTRAINTS)
def test_no_value_is_told_wrong_that_pyshacl_takes(constraint: str) -> None:
    surely, wrong = both(Graph().parse(data=f"{PREFIXES} e:S {constraint} .", format="turtle"), S)
    assert surely <= wrong


def test_ill_typed_values_of_the_shapes_are_told() -> None:
    shapes = shapes_graph()
    told = {
        shape: both(shapes, shape)
        for shape in sorted(set(shapes.subjects(SH.severity)))
        if isinstance(shape, URIRef) and (set(shapes.predicates(shape)) & VALUE_CONSTRAINTS)
    }
    assert len(told) > 50
    for shape, (surely, wrong) in told.items():
        assert surely <= wrong, shape
    dates = next(pair for shape, pair in told.items() if shape.endswith("DocumentShape-date"))
    assert dates[0] == dates[1]


def test_thousands_of_ill_typed_dates_are_not_put_to_pyshacl(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    graph = Graph()
    for number in range(3_000):
        document = URIRef(f"https://w3id.org/trialkg/trial/NCT99000001/document/{number}")
        graph.add((document, RDF.type, URIRef(TKG.Document)))
        graph.add((document, URIRef(TKG.documentDate), typed(f"day {number}", "date")))
    store = Store()
    store.load(graph.serialize(format="nt", encoding="utf-8"), format=RdfFormat.N_TRIPLES)
    caplog.clear()

    def refuse(*told: object) -> set[Node]:
        raise AssertionError("a value was put to pySHACL")

    monkeypatch.setattr(compiled, "wrong_values", refuse)
    with caplog.at_level(logging.DEBUG):
        report = validate(store, engine="sparql")
    found = {r.value for r in report.results if r.shape.endswith("DocumentShape-date")}
    assert found == {f"day {number}" for number in range(3_000)}
    # Each ill-typed literal would be told there by rdflib, with a traceback.
    assert not [record for record in caplog.records if record.name == "rdflib.term"]


def test_other_datatypes_than_those_asked_for_are_surely_wrong() -> None:
    shapes = Graph().parse(data=f"{PREFIXES} e:S sh:datatype xsd:gYear .", format="turtle")
    test = surely_wrong(shapes, S)
    assert test(URIRef("https://example.org/a"))
    assert test(Literal("2030", datatype=XSD.date))
    assert not test(Literal("2030", datatype=XSD.gYear))
