"""The columns engine gives the answers of the graph, query by query."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

import kg
from benchmarks.registry.__main__ import main as make
from kg.errors import QueryError, StoreError, TimeLimitError
from kg.query.catalogue import Query, catalogue, find, read
from kg.query.results import rows
from kg.query.run import prepared, run
from kg.store import open_read_only

pytest.importorskip("duckdb", reason="DuckDB is not installed")

from kg.query.columns.answer import run_on_columns, statement
from kg.query.columns.tables import Columns

QUERIES = [pytest.param(query, id=query.name) for query in catalogue()]


@pytest.fixture(scope="session")
def fixture_columns(fixture_graph: Store, tmp_path_factory: pytest.TempPathFactory) -> Columns:
    return Columns(tmp_path_factory.mktemp("columns"), fixture_graph)


@pytest.fixture(scope="session")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Columns]]:
    """A graph of made-up records, whose tables are kept beside it."""
    place = tmp_path_factory.mktemp("made-up")
    make(["--records", "150", "--out", str(place / "records.jsonl")])
    kg.build([place / "records.jsonl"], place / "store", workers=1)
    store, build = open_read_only(place / "store")
    yield store, Columns(build, store)


def answer(given: Any) -> Any:
    found = json.loads(rows(given, "json"))
    for binding in found.get("results", {}).get("bindings", ()):
        if "ids" in binding:  # GROUP_CONCAT: SPARQL leaves its order open
            binding["ids"]["value"] = sorted(binding["ids"]["value"].split(", "))
    return found


@pytest.mark.parametrize("query", QUERIES)
def test_every_catalogue_query_has_the_same_answer(
    fixture_graph: Store, fixture_columns: Columns, query: Query
) -> None:
    expected = answer(run(fixture_graph, query))
    assert answer(run_on_columns(fixture_columns, fixture_graph, query)) == expected


@pytest.mark.parametrize("query", QUERIES)
def test_the_same_on_made_up_records(made_up: tuple[Store, Columns], query: Query) -> None:
    store, columns = made_up
    assert answer(run_on_columns(columns, store, query)) == answer(run(store, query))


@pytest.mark.parametrize(
    "text",
    [
        "ASK { ?t a tkg:Trial }",
        "ASK { ?t a tkg:NoSuchClass }",
        "SELECT (COUNT(*) AS ?n) { ?t a tkg:Trial }",
        "SELECT ?a ?A { ?a tkg:nctId ?A } ORDER BY ?A",
        "SELECT ?t ?x { ?t a tkg:Trial OPTIONAL { ?t tkg:acronym ?x } } ORDER BY ?t ?x",
        "SELECT ?n { ?t tkg:enrollment ?n FILTER(?n > 100) } ORDER BY ?n",
        "SELECT ?l ?n { ?t rdfs:label ?l ; tkg:nctId ?n FILTER(!CONTAINS(LCASE(?l), 'e')) } "
        "ORDER BY ?n",
        "SELECT ?n { ?t tkg:nctId ?n ; tkg:phase ?p FILTER(?p IN (phase:PHASE1, phase:PHASE2)) } "
        "ORDER BY ?n",
        "SELECT (MAX(?n) AS ?m) (MIN(?s) AS ?i) { ?t tkg:enrollment ?n ; tkg:leadSponsor ?s }",
        "SELECT DISTINCT ?p { ?t a tkg:Trial . ?t tkg:phase/skos:notation ?p } ORDER BY DESC(?p)",
        "SELECT ?n { ?t ^tkg:studiesDrug/tkg:nctId ?n } ORDER BY ?n LIMIT 3 OFFSET 2",
    ],
)
def test_questions_of_a_users_own(
    fixture_graph: Store, fixture_columns: Columns, text: str
) -> None:
    query = read(text)
    expected = answer(run(fixture_graph, query))
    assert answer(run_on_columns(fixture_columns, fixture_graph, query)) == expected


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("SELECT * { ?s ?p ?o }", "a variable in the place of a property"),
        ("CONSTRUCT { ?t a tkg:Trial } WHERE { ?t a tkg:Trial }", "CONSTRUCT"),
        ("SELECT (RAND() AS ?r) { ?t a tkg:Trial }", "RAND"),
    ],
)
def test_what_it_does_not_know_is_refused_by_name(
    fixture_graph: Store, fixture_columns: Columns, text: str, what: str
) -> None:
    with pytest.raises(QueryError, match=f"does not know {what}"):
        run_on_columns(fixture_columns, fixture_graph, read(text))


def test_a_question_can_be_stopped(fixture_graph: Store, fixture_columns: Columns) -> None:
    slow = (
        "SELECT (COUNT(*) AS ?n) { ?a rdfs:label ?b . ?c rdfs:label ?d . ?e rdfs:label ?f . "
        "?g rdfs:label ?h FILTER(CONTAINS(?b, ?d) || CONTAINS(?f, ?h)) }"
    )
    with pytest.raises(TimeLimitError):
        run_on_columns(fixture_columns, fixture_graph, read(slow), seconds=0.2)
    assert answer(run_on_columns(fixture_columns, fixture_graph, find("phase-by-status")))


def test_damaged_tables_are_told_of_by_name(fixture_graph: Store, tmp_path: Path) -> None:
    columns = Columns(tmp_path, fixture_graph)
    run_on_columns(columns, fixture_graph, find("phase-by-status"))
    columns.connection.close()
    [file] = tmp_path.glob("columns-*")
    file.write_bytes(b"damaged")
    with pytest.raises(StoreError, match=r"the tables cannot be read .* remove the file"):
        Columns(tmp_path, fixture_graph)


def test_only_what_a_question_names_is_made_and_the_next_adds_to_it(
    fixture_graph: Store, tmp_path: Path
) -> None:
    first, second = find("phase-by-status"), find("mesh-subtree")
    for query in (first, second, first):
        columns = Columns(tmp_path, fixture_graph)
        expected = answer(run(fixture_graph, query))
        assert answer(run_on_columns(columns, fixture_graph, query)) == expected
        tables = columns.connection.execute("SELECT iri FROM properties").fetchall()
        columns.connection.close()
    names = {iri.rpartition("#")[2] for (iri,) in tables}
    assert {"phase", "overallStatus", "condition", "conditionMesh"} <= names
    assert not {"site", "leadSponsor"} & names


@pytest.mark.parametrize("query", QUERIES)
def test_every_catalogue_query_is_understood_before_there_are_tables(
    fixture_graph: Store, tmp_path: Path, query: Query
) -> None:
    columns = Columns(tmp_path, fixture_graph)
    statement(columns, prepared(fixture_graph, query, {}))
    assert columns.missing


def test_what_is_refused_makes_no_tables(fixture_graph: Store, tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="does not know RAND"):
        query = read("SELECT (RAND() AS ?r) { ?t tkg:phase ?p }")
        run_on_columns(Columns(tmp_path, fixture_graph), fixture_graph, query)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "path", ["skos:broader*", "skos:broader?", "^(skos:broader*)", "(skos:broader*|tkg:phase)",
             "skos:broader*/skos:broader?"]
)  # fmt: skip
def test_no_step_at_all_among_things_it_does_not_know_is_refused(
    fixture_graph: Store, fixture_columns: Columns, path: str
) -> None:
    alone = read(f"SELECT ?a ?b {{ ?a {path} ?b }}")
    with pytest.raises(QueryError, match="does not know a path of any length whose ends"):
        run_on_columns(fixture_columns, fixture_graph, alone)
    led = read(
        f"SELECT DISTINCT ?n ?b {{ ?t tkg:nctId ?n ; tkg:conditionMesh ?m . ?m {path} ?b }} "
        "ORDER BY ?n ?b"
    )
    expected = answer(run(fixture_graph, led))
    assert answer(run_on_columns(fixture_columns, fixture_graph, led)) == expected


def test_numbers_and_truth_values_keep_their_types(tmp_path: Path) -> None:
    texts = {"integer": "-12", "decimal": "1.50", "double": "1.5E3", "boolean": "true"}
    store = Store()
    for name, text in texts.items():
        datatype = NamedNode(f"http://www.w3.org/2001/XMLSchema#{name}")
        value = Literal(text, datatype=datatype)
        store.add(Quad(NamedNode(f"http://e/{name}"), NamedNode("http://e/p"), value))
    query = read("SELECT ?s ?o { ?s <http://e/p> ?o } ORDER BY ?s")
    found = answer(run_on_columns(Columns(tmp_path, store), store, query))
    assert found == answer(run(store, query))
    assert len(found["results"]["bindings"]) == len(texts)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=12), min_size=1, max_size=6)
)
def test_any_text_is_kept(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    texts = [text.replace("\0", "") for text in texts]
    store = Store()
    label = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    for at, text in enumerate(texts):
        store.add(Quad(NamedNode(f"http://e/{at}"), label, Literal(text), DefaultGraph()))
        store.add(Quad(NamedNode(f"http://e/{at}"), label, Literal(text, language="en")))
    columns = Columns(tmp_path_factory.mktemp("any"), store)
    query = read("SELECT ?s ?l { ?s rdfs:label ?l }")

    def told(given: Any) -> list[str]:
        return sorted(map(json.dumps, answer(given)["results"]["bindings"]))

    assert told(run_on_columns(columns, store, query)) == told(run(store, query))
