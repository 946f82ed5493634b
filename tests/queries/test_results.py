"""Answers in the formats people and programs read."""

from __future__ import annotations

import io
import json

import pytest
from pyoxigraph import QuerySolutions, QueryTriples, RdfFormat, Store, parse
from rich.console import Console

from kg.errors import QueryError
from kg.query.catalogue import find, read
from kg.query.results import rows, short, table, turtle
from kg.query.run import run

TWO = "SELECT ?x ?y { VALUES (?x ?y) { ('a, \"b\"\tc' 1) (phase:PHASE1 UNDEF) } }"


def test_select_as_sparql_json() -> None:
    found = json.loads(rows(run(Store(), read(TWO)), "json"))
    assert found["head"] == {"vars": ["x", "y"]}
    assert found["results"]["bindings"][0]["x"] == {"type": "literal", "value": 'a, "b"\tc'}
    assert "y" not in found["results"]["bindings"][1]


def test_select_as_csv_and_tsv() -> None:
    assert rows(run(Store(), read(TWO)), "csv") == (
        b'x,y\r\n"a, ""b""\tc",1\r\nhttps://w3id.org/trialkg/code/phase/PHASE1,\r\n'
    )
    assert rows(run(Store(), read(TWO)), "tsv") == (
        b'?x\t?y\n"a, \\"b\\"\\tc"\t1\n<https://w3id.org/trialkg/code/phase/PHASE1>\t\n'
    )


def test_ask() -> None:
    assert json.loads(rows(run(Store(), read("ASK {}")), "json"))["boolean"] is True
    assert rows(run(Store(), read("ASK { ?s ?p ?o }")), "csv").strip() == b"false"


def test_triples_are_no_rows() -> None:
    with pytest.raises(QueryError, match="expected turtle"):
        rows(run(Store(), read("CONSTRUCT {} {}")), "json")


def test_table_shortens_iris_and_takes_text_as_it_is() -> None:
    answer = run(Store(), read("SELECT ?x ?y { VALUES (?x ?y) { (phase:NA '[bold]b') } }"))
    assert isinstance(answer, QuerySolutions)
    out = io.StringIO()
    Console(file=out, width=80).print(table(answer))
    assert [line.split() for line in out.getvalue().splitlines()] == [
        ["x", "y"],
        ["phase:NA", "[bold]b"],
    ]


def test_short_leaves_what_a_prefix_would_hide() -> None:
    owned = "https://w3id.org/trialkg/trial/NCT99000001/arm/a"
    assert short(owned) == f"<{owned}>"
    assert short("https://w3id.org/trialkg/trial/NCT99000001") == "trial:NCT99000001"


def test_turtle_is_readable_sorted_and_says_the_same(fixture_graph: Store) -> None:
    query = read(
        "CONSTRUCT { ?d a tkg:Drug ; skos:prefLabel ?n } { ?d a tkg:Drug ; skos:prefLabel ?n }"
    )
    answer = run(fixture_graph, query)
    assert isinstance(answer, QueryTriples)
    text = turtle(answer)
    prefixes = [line.split()[1] for line in text.splitlines() if line.startswith("@prefix")]
    assert sorted(prefixes) == ["drug:", "skos:", "tkg:"]
    assert 'drug:docetaxel a tkg:Drug ;\n\tskos:prefLabel "docetaxel" .' in text
    again = run(fixture_graph, query)
    assert {quad.triple for quad in parse(text, format=RdfFormat.TURTLE)} == set(again)


def test_turtle_of_blank_nodes_is_the_same_every_time(fixture_graph: Store) -> None:
    query = read(
        "CONSTRUCT { ?t rdfs:label [ rdfs:label ?s ] } { ?t a tkg:Target ; tkg:symbol ?s }"
    )
    first, second = run(fixture_graph, query), run(fixture_graph, query)
    assert isinstance(first, QueryTriples)
    assert isinstance(second, QueryTriples)
    assert turtle(first) == turtle(second)


def test_describe(fixture_graph: Store) -> None:
    answer = run(fixture_graph, read("DESCRIBE hgnc:1817"))
    assert isinstance(answer, QueryTriples)
    assert 'tkg:symbol "CEACAM5"' in turtle(answer)


def test_catalogue_answer_as_json(fixture_graph: Store) -> None:
    found = json.loads(rows(run(fixture_graph, find("target-drugs")), "json"))
    assert found["head"]["vars"] == ["drug", "trials", "first_start"]
