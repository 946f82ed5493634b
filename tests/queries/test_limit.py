"""Queries in a process of their own: the same answers, and an end."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from pyoxigraph import QueryBoolean, QuerySolutions, Store

from kg.errors import QueryError, TimeLimitError
from kg.query.catalogue import find, read
from kg.query.limit import run_with_timeout
from kg.query.results import rows
from kg.query.run import run

FOREVER = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
ENOUGH = 60


@pytest.fixture(scope="module")
def store_path(fixture_graph: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store") / "graph"
    store = Store(path)
    store.bulk_extend(fixture_graph)
    store.flush()
    return path


def test_the_same_answer(store_path: Path, fixture_graph: Store) -> None:
    query, values = find("drug-trials"), {"drug": "Examplix"}
    answer = run_with_timeout(store_path, query, values, ENOUGH)
    assert isinstance(answer, QuerySolutions)
    assert rows(answer, "csv") == rows(run(fixture_graph, query, values), "csv")


def test_ask_and_construct(store_path: Path) -> None:
    asked = run_with_timeout(store_path, read("ASK { ?t a tkg:Trial }"), {}, ENOUGH)
    assert isinstance(asked, QueryBoolean)
    assert asked
    build = read("CONSTRUCT { ?t a tkg:Target } { ?t a tkg:Target }")
    built = run_with_timeout(store_path, build, {}, ENOUGH)
    assert isinstance(built, list)
    assert len(built) == 3


def test_a_query_without_end_is_stopped(store_path: Path) -> None:
    begun = time.monotonic()
    with pytest.raises(TimeLimitError, match="query took longer than 1 s") as raised:
        run_with_timeout(store_path, read(FOREVER), {}, 1)
    assert time.monotonic() - begun < ENOUGH / 2
    assert raised.value.exit_code == 4


def test_errors_come_back_as_errors(store_path: Path, tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="expected an id such as") as raised:
        run_with_timeout(store_path, find("records"), {"nct": "1"}, ENOUGH)
    assert not isinstance(raised.value, TimeLimitError)
    with pytest.raises(QueryError):
        run_with_timeout(tmp_path / "none", read("ASK {}"), {}, ENOUGH)
