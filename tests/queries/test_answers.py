"""Every catalogue query, run on its defaults, against the answer that stands beside it.

`RENEW_ANSWERS=1 pytest tests/queries` writes the answers anew; read the differences.
"""

from __future__ import annotations

import csv
import io
import os
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import Store

from kg.query.catalogue import Query, catalogue
from kg.query.results import rows
from kg.query.rewrite import tokens, variables
from kg.query.run import run
from kg.resources import folder
from kg.vocab import TKG

FAMILIES = {
    "drug", "target", "condition", "sponsor", "site", "timeline", "design", "related", "quality",
}  # fmt: skip
QUERIES = [pytest.param(query, id=query.name) for query in catalogue()]


def answer_path(query: Query) -> Path:
    return folder("queries") / query.family / f"{query.name}.csv"


@cache
def ontology_only() -> Store:
    store = Store()
    for path in sorted(folder("ontology").glob("*.ttl")):
        store.load(path=path)
    return store


def answer(store: Store, query: Query) -> str:
    return rows(run(store, query), "csv").decode().replace("\r\n", "\n")


@pytest.mark.parametrize("query", QUERIES)
def test_answer_is_the_one_beside_the_query(fixture_graph: Store, query: Query) -> None:
    found = answer(fixture_graph, query)
    if os.environ.get("RENEW_ANSWERS"):
        answer_path(query).write_text(found, encoding="utf-8")
    assert found == answer_path(query).read_text(encoding="utf-8")


@pytest.mark.parametrize("query", QUERIES)
def test_answer_has_rows_and_no_row_twice(fixture_graph: Store, query: Query) -> None:
    _, *lines = csv.reader(io.StringIO(answer(fixture_graph, query)))
    assert lines
    assert [line for line, times in Counter(map(tuple, lines)).items() if times > 1] == []


@pytest.mark.parametrize("query", QUERIES)
def test_a_graph_without_trials_has_no_answer(query: Query) -> None:
    assert len(answer(ontology_only(), query).splitlines()) == 1


@pytest.mark.parametrize("query", QUERIES)
def test_query_says_what_it_answers_and_counts(query: Query) -> None:
    assert query.summary
    assert query.counts
    for parameter in query.parameters:
        assert parameter.description
        assert parameter.default is not None
        assert parameter.name in variables(query.text)


@pytest.mark.parametrize("query", QUERIES)
def test_query_is_ordered_and_reads_this_store_only(query: Query) -> None:
    assert "ORDER BY" in query.text
    assert not {"SERVICE", "GRAPH", "FROM"} & set(query.text.split())


@pytest.mark.parametrize("query", QUERIES)
def test_query_uses_declared_terms_only(query: Query) -> None:
    used = {token.text for token in tokens(query.text) if token.kind == "name"}
    terms = {name.removeprefix("tkg:") for name in used if name.startswith("tkg:")}
    assert terms <= set(TKG.__annotations__)


def test_families_and_unique_names() -> None:
    assert {query.family for query in catalogue()} == FAMILIES
    files = list(folder("queries").glob("*/*.rq"))
    assert len({file.stem for file in files}) == len(files) == len(catalogue())
    assert len(files) >= 28


def test_no_answer_without_a_query() -> None:
    answers = {path.with_suffix("") for path in folder("queries").glob("*/*.csv")}
    assert answers == {path.with_suffix("") for path in folder("queries").glob("*/*.rq")}
