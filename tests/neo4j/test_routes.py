"""What every route into Neo4j must give: the same graph as the store holds."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any, cast

import pytest
from neo4j import Driver
from pyoxigraph import Literal, QuerySolutions, Store

from kg.export import export
from kg.export.neo4j.mapping import UNDESCRIBED, mapping
from kg.vocab import PREFIXES, XSD
from tests.neo4j.conftest import Running
from tests.neo4j.hostile import TEXTS
from tests.neo4j.questions import QUESTIONS, Question
from tests.neo4j.server import PLUGINS

_PROLOGUE = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())


def sparql(store: Store, query: str) -> list[tuple[Any, ...]]:
    found = cast("QuerySolutions", store.query(_PROLOGUE + query))
    return [tuple(python(value) for value in row) for row in found]


def cypher(driver: Driver, query: str) -> list[tuple[Any, ...]]:
    return [tuple(record.values()) for record in driver.execute_query(query).records]


def python(term: Any) -> Any:
    """A number where the term is one, else its text."""
    if isinstance(term, Literal) and term.datatype.value in (XSD.integer, XSD.decimal):
        return float(term.value)
    return term.value


def test_every_label_has_as_many_nodes_as_the_store_says(loaded: Driver, store: Store) -> None:
    found = dict(cypher(loaded, "MATCH (n) UNWIND labels(n) AS l RETURN l, count(n)"))
    expected = {
        label.name: sparql(store, f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ ?s a <{label.iri}> }}")[0][
            0
        ]
        for label in mapping().labels.values()
    }
    undescribed = found.pop(UNDESCRIBED)
    assert found.pop("Resource") == len(nodes(store)) + undescribed
    assert found == {name: count for name, count in expected.items() if count}
    assert undescribed > 0


def nodes(store: Store) -> set[Any]:
    classes = " ".join(f"<{label.iri}>" for label in mapping().labels.values())
    return set(sparql(store, f"SELECT DISTINCT ?s {{ VALUES ?c {{ {classes} }} ?s a ?c }}"))


def test_every_type_has_as_many_relationships_as_the_store_says(
    loaded: Driver, store: Store
) -> None:
    found = dict(cypher(loaded, "MATCH ()-[r]->() RETURN type(r), count(r)"))
    expected = {
        kind: sparql(store, f"SELECT (COUNT(*) AS ?n) {{ ?s <{term}> ?o }}")[0][0]
        for kind, term in mapping().relationships.items()
    }
    assert found == {kind: count for kind, count in expected.items() if count}


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_a_question_has_one_answer(loaded: Driver, store: Store, question: Question) -> None:
    expected = Counter(sparql(store, question.sparql))
    assert expected, "a question without an answer tests nothing"
    assert Counter(cypher(loaded, question.cypher)) == expected


def test_no_text_breaks_out(loaded: Driver) -> None:
    rows = loaded.execute_query(
        "MATCH (t:Trial)-[:HAS_ARM]->(a) WHERE t.iri CONTAINS '/o\\'neil;' "
        "RETURN t.name, t.briefSummary, t.keyword, a.name ORDER BY t.nctId"
    ).records
    assert len(rows) == len(TEXTS)
    for text, row in zip(TEXTS, rows, strict=True):
        assert (row[0], row[1], row[3]) == (text, text, text)
        assert sorted(row[2]) == sorted([text, "zz another; one"])


def test_values_have_their_types(loaded: Driver) -> None:
    row = loaded.execute_query(
        "MATCH (t:Trial {nctId: 'NCT99000003'}) RETURN valueType(t.startDate) AS date, "
        "valueType(t.enrollment) AS count, valueType(t.hasResults) AS flag, "
        "valueType(t.phase) AS codes"
    ).records[0]
    assert [each.split(" NOT")[0].split("<")[0] for each in row.values()] == [
        "DATE",
        "INTEGER",
        "BOOLEAN",
        "LIST",
    ]


def test_the_constraints_are_there(loaded: Driver) -> None:
    found = set(
        cypher(
            loaded,
            "SHOW CONSTRAINTS YIELD labelsOrTypes, properties "
            "RETURN labelsOrTypes[0], properties[0]",
        )
    )
    assert set(mapping().unique) <= found


def test_neosemantics_takes_every_statement_of_the_turtle(
    running: Running, store: Store, tmp_path: Path
) -> None:
    if not list(PLUGINS.glob("neosemantics-*.jar")):
        pytest.skip(f"needs neosemantics in {PLUGINS}: see tests/neo4j/server.py")
    turtle = tmp_path / "trials.ttl"
    export(store, "turtle", turtle)
    driver = running.empty()
    for statement in recipe():
        records = driver.execute_query(statement.replace("file:///trials.ttl", turtle.as_uri()))
    said = records.records[0]
    assert (said["terminationStatus"], said["triplesLoaded"]) == ("OK", len(store))
    assert cypher(driver, "MATCH (t:tkg__Trial) UNWIND t.tkg__keyword AS k RETURN count(k)") == [
        (sparql(store, "SELECT (COUNT(*) AS ?n) { ?t tkg:keyword ?k }")[0][0],)
    ]


def recipe() -> list[str]:
    """The statements that the documentation gives for neosemantics."""
    page = (Path(__file__).resolve().parents[2] / "docs/property-graph.md").read_text()
    block = page.split("## With neosemantics")[1].split("```cypher\n")[1].split("```")[0]
    return [each for each in block.split(";\n") if each.strip()]
