"""A push sends what the database does not hold, and leaves what a fresh push would."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from neo4j import Driver
from pyoxigraph import Literal, NamedNode, Quad, Store

import kg
from kg.demo import example_records
from kg.errors import StoreError
from kg.export.neo4j.connect import connect
from kg.export.neo4j.mapping import mapping
from kg.export.neo4j.push import Pushed, push
from kg.export.neo4j.states import States
from kg.pipeline import update
from kg.store import open_read_only
from kg.vocab import SKOS, TKG
from tests.graphs import holding
from tests.neo4j.conftest import Running
from tests.neo4j.hostile import hostile
from tests.neo4j.server import PASSWORD, USER
from tests.updated import updated

Whole = dict[str, Any]


@pytest.fixture(scope="module")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> list[Store]:
    """Three states: trials, drugs, sites and names come and go; texts and codes change."""
    records, found = [*example_records()], []
    for first, last in ((0, 3), (1, 4), (0, 2)):
        folder = tmp_path_factory.mktemp("store")
        kg.build(records[first:last], folder)
        found.append(holding(open_read_only(folder)[0]))
    texts = [quad for quad in hostile() if len(str(quad.object)) < 10_000]
    found[0].extend(texts)
    found[1].extend(_turned(texts))
    found[2].extend(texts[: len(texts) // 2])
    phase = NamedNode("https://w3id.org/trialkg/code/phase/PHASE1")
    (code,) = found[1].quads_for_pattern(phase, NamedNode(SKOS.notation), None)
    found[1].remove(code)
    found[1].add(Quad(phase, code.predicate, Literal("ONE")))
    return found


def _turned(texts: list[Quad]) -> list[Quad]:
    """The same things with each other's texts, some of them of another class."""
    objects = [quad.object for quad in texts if isinstance(quad.object, Literal)]
    turned = [
        Quad(quad.subject, quad.predicate, objects[-at % len(objects)])
        if isinstance(quad.object, Literal) and quad.predicate.value != TKG.nctId
        else quad
        for at, quad in enumerate(texts)
    ]
    arm, organization = NamedNode(TKG.ArmGroup), NamedNode(TKG.Organization)
    return [
        Quad(quad.subject, quad.predicate, organization) if quad.object == arm else quad
        for quad in turned
    ]


@pytest.fixture(scope="module")
def expected(running: Running, graphs: list[Store]) -> list[Whole]:
    """What the database holds after a push of each state into an empty one."""
    found = []
    for graph in graphs:
        driver = running.empty()
        send(running, graph, States(None, ["a state"]))
        found.append(all_of(driver))
    return found


def send(running: Running, store: Store, states: States, **more: Any) -> Pushed:
    with connect(running.server.uri, USER, PASSWORD) as own:
        return push(store, mapping(), own, states, **more)


def send_folder(running: Running, folder: Path, **more: Any) -> Pushed:
    store, build = open_read_only(folder)
    return send(running, store, States.of(build), **more)


def all_of(driver: Driver) -> Whole:
    """Every node with labels and properties, every relationship; not what a push remembers."""
    nodes = driver.execute_query(
        "MATCH (n) WHERE NOT n:TrialkgPush RETURN n.iri, labels(n), properties(n)"
    ).records
    edges = driver.execute_query("MATCH (a)-[r]->(b) RETURN a.iri, type(r), b.iri").records
    return {
        "nodes": {iri: (sorted(labels), values) for iri, labels, values in nodes},
        "count": len(nodes),
        "edges": sorted(tuple(edge.values()) for edge in edges),
    }


def stopping(after: int) -> Callable[[str, int], None]:
    """Stops a push after so many batches."""
    left = after

    def progress(what: str, rows: int) -> None:
        nonlocal left
        left -= 1
        if not left:
            raise InterruptedError

    return progress


def test_what_changed_makes_of_the_old_graph_the_new_one(
    running: Running, graphs: list[Store], expected: list[Whole], tmp_path: Path
) -> None:
    driver = running.empty()
    assert send_folder(running, updated(tmp_path / "0", graphs[0])).whole
    assert all_of(driver) == expected[0]
    for number in (1, 2):
        folder = updated(tmp_path / str(number), *graphs[: number + 1])
        pushed = send_folder(running, folder)
        assert not pushed.whole
        assert pushed.nodes_gone > 0
        assert pushed.relationships_gone > 0
        assert pushed.nodes < expected[number]["count"]
        assert all_of(driver) == expected[number]
    again = send_folder(running, folder)
    assert (again.whole, again.rows, again.nodes_gone) == (False, 0, 0)
    assert all_of(driver) == expected[2]


def test_a_real_update_is_sent(running: Running, tmp_path: Path) -> None:
    records, folder = [*example_records()], tmp_path / "store"
    driver = running.empty()
    kg.build(records[:3], folder)
    assert send_folder(running, folder).whole
    update(records[3:7], folder)
    pushed = send_folder(running, folder)
    assert not pushed.whole
    assert pushed.relationships_gone > 0
    found = all_of(driver)
    driver = running.empty()
    send_folder(running, folder)
    assert found == all_of(driver)


def test_several_updates_are_sent_at_once_and_by_date(
    running: Running, graphs: list[Store], expected: list[Whole], tmp_path: Path
) -> None:
    driver = running.empty()
    send_folder(running, updated(tmp_path / "old", graphs[0]))
    driver.execute_query("MATCH (p:TrialkgPush) DELETE p")  # as if loaded with an import
    folder = updated(tmp_path / "new", *graphs)
    assert not send_folder(running, folder, since="2026-11-02").whole
    assert all_of(driver) == expected[2]
    with pytest.raises(StoreError, match="the history begins later"):
        send_folder(running, folder, since="2020-01-01")
    # Too much does no harm, nor does a date later than what the database holds.
    assert send_folder(running, folder, since="2026-11-01T10:00").nodes > 0
    assert all_of(driver) == expected[2]
    assert send_folder(running, folder, since="2027-01-01").rows == 0


@pytest.mark.parametrize("batches", [3, 20])
def test_a_push_that_stopped_goes_on(
    running: Running,
    graphs: list[Store],
    expected: list[Whole],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    batches: int,
) -> None:
    monkeypatch.setattr("kg.export.neo4j.batches.BATCH_ROWS", 100)
    driver = running.empty()
    # Whole, stopped, then gone on with.
    old = updated(tmp_path / "old", graphs[0])
    with pytest.raises(InterruptedError):
        send_folder(running, old, progress=stopping(batches))
    pushed = send_folder(running, old)
    assert pushed.skipped > 0
    assert all_of(driver) == expected[0]
    # What changed, stopped, then gone on with.
    new = updated(tmp_path / "new", *graphs[:2])
    with pytest.raises(InterruptedError):
        send_folder(running, new, progress=stopping(batches))
    send_folder(running, new)
    assert all_of(driver) == expected[1]


@pytest.mark.parametrize("batches", [15])
def test_an_update_between_does_no_harm(
    running: Running,
    graphs: list[Store],
    expected: list[Whole],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    batches: int,
) -> None:
    monkeypatch.setattr("kg.export.neo4j.batches.BATCH_ROWS", 100)
    folders = [updated(tmp_path / str(last), *graphs[: last + 1]) for last in range(3)]
    # Each state's push stops half-way; the first was whole, so the others must clear up after it.
    driver = running.empty()
    for folder in folders[:2]:
        with pytest.raises(InterruptedError):
            send_folder(running, folder, progress=stopping(batches))
    send_folder(running, folders[2])
    assert all_of(driver) == expected[2]
    # The push of a change stops half-way.
    driver = running.empty()
    send_folder(running, folders[0])
    with pytest.raises(InterruptedError):
        send_folder(running, folders[1], progress=stopping(batches))
    send_folder(running, folders[2])
    assert all_of(driver) == expected[2]


def test_another_graph_or_mapping_is_sent_whole(
    running: Running, graphs: list[Store], tmp_path: Path
) -> None:
    small = [holding([*graph][:500]) for graph in graphs[:2]]
    running.empty()
    send_folder(running, updated(tmp_path / "one", small[0], sources=["one"]))
    pushed = send_folder(running, updated(tmp_path / "two", small[1], sources=["two"]))
    assert (pushed.whole, pushed.held_another) == (True, True)


def test_what_others_put_into_the_database_stays(
    running: Running, graphs: list[Store], tmp_path: Path
) -> None:
    driver = running.empty()
    send_folder(running, updated(tmp_path / "old", graphs[0]))
    trials = [
        {quad.subject for quad in graph.quads_for_pattern(None, NamedNode(TKG.nctId), None)}
        for graph in graphs
    ]
    gone = min((trials[0] - trials[1]), key=str).value
    driver.execute_query(
        "MATCH (t:Trial {iri: $iri}) SET t:Mine CREATE (:Note {text: 'mine'})-[:ABOUT]->(t)",
        iri=gone,
    )
    send_folder(running, updated(tmp_path / "new", *graphs[:2]))
    found = driver.execute_query(
        "MATCH (n:Note)-[:ABOUT]->(t:Mine) RETURN n.text, t.iri, labels(t)"
    ).records
    assert [(text, iri, sorted(labels)) for text, iri, labels in found] == [
        ("mine", gone, ["Mine", "Resource", "Undescribed"])
    ]
