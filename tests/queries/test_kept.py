"""Whole-graph questions are answered once for a build, with the answer the graph gives."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import QuerySolutions

import kg
from benchmarks.registry.__main__ import main as make
from kg.cli import main
from kg.query.catalogue import Query, catalogue, find, read
from kg.query.engines import ask, prepare
from kg.query.kept import FOLDER, is_kept, keep, kept
from kg.query.results import rows
from kg.query.run import run
from kg.store import current, open_read_only

KEPT = [query for query in catalogue() if is_kept(query)]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    place = tmp_path_factory.mktemp("kept")
    make(["--records", "60", "--out", str(place / "records.jsonl")])
    kg.build([place / "records.jsonl"], place / "store", workers=1)
    yield place / "store"


def told(query: Query, store: Path) -> bytes:
    found = ask(store, query, {})
    assert isinstance(found, QuerySolutions)
    return rows(found, "csv")


def fresh(query: Query, store: Path) -> bytes:
    return rows(run(open_read_only(store)[0], query), "csv")


@pytest.mark.parametrize("query", [pytest.param(query, id=query.name) for query in KEPT])
def test_the_kept_answer_is_the_graphs_own(store: Path, query: Query) -> None:
    first, again = told(query, store), told(query, store)
    assert kept(current(store), query) is not None
    assert first == again == fresh(query, store)


def test_the_second_time_the_graph_is_not_asked(store: Path) -> None:
    query = find("record-formats")
    build = current(store)
    other = run(open_read_only(store)[0], read("SELECT ('kept' AS ?format) {}"))
    assert isinstance(other, QuerySolutions)
    keep(build, query, other)
    assert told(query, store) == b"format\r\nkept\r\n"
    changed = Query(query.name, f"{query.text} ", query.family)
    assert kept(build, changed) is None
    for file in (build / FOLDER).iterdir():
        file.unlink()


def test_what_has_parameters_or_is_a_users_own_is_not_kept(store: Path) -> None:
    for query in (find("drug-trials"), read("SELECT ?t { ?t a tkg:Trial }")):
        told(query, store)
        assert kept(current(store), query) is None


def test_a_damaged_answer_is_asked_anew(store: Path) -> None:
    query = find("phase-by-status")
    expected = told(query, store)
    for file in (current(store) / FOLDER).glob("phase-by-status-*"):
        file.write_bytes(b'{"head"')
    assert told(query, store) == expected
    assert kept(current(store), query) is not None


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path) -> None:
    make(["--records", "3", "--out", str(tmp_path / "records.jsonl")])
    kg.build([tmp_path / "records.jsonl"], tmp_path / "store", workers=1)
    (current(tmp_path / "store") / FOLDER).write_text("no folder")
    query = find("phase-by-status")
    assert told(query, tmp_path / "store") == fresh(query, tmp_path / "store")


def test_after_an_update_the_answers_are_those_of_the_new_graph(tmp_path: Path) -> None:
    records, more, store = tmp_path / "a.jsonl", tmp_path / "b.jsonl", tmp_path / "store"
    make(["--records", "12", "--out", str(records)])
    make(["--changes", "6", "--of", "12", "--out", str(more)])
    kg.build([records], store, workers=1)
    before = {query.name: told(query, store) for query in KEPT}
    done = CliRunner().invoke(main, ["update", str(more), "--store", str(store)])
    assert done.exit_code == 0, done.output
    after = {query.name: told(query, store) for query in KEPT}
    assert after == {query.name: fresh(query, store) for query in KEPT}
    assert after != before


def test_all_can_be_asked_at_once(store: Path) -> None:
    assert prepare(store) == len(KEPT)
    assert all(kept(current(store), query) is not None for query in KEPT)
    done = CliRunner().invoke(main, ["query", "--prepare", "--store", str(store)])
    assert done.exit_code == 0
    assert f"{len(KEPT)} answers are kept" in done.output


def test_the_graph_itself_is_asked_where_told(store: Path) -> None:
    query = find("record-formats")
    with_graph = ask(store, query, {}, "graph")
    assert isinstance(with_graph, QuerySolutions)
    assert rows(with_graph, "csv") == fresh(query, store)
