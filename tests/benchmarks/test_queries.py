"""The benchmarks of queries ask for what the store holds, and peers are given the same triples."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

import kg
from benchmarks.peers.__main__ import run as write_by
from benchmarks.queries import LOOK_UP, WIDE, Asked, Timed, Values, aim, line
from benchmarks.queries import main as measure
from benchmarks.registry.__main__ import main as make
from kg.query.catalogue import catalogue, find
from kg.vocab import RDFS, TKG


def test_values_go_from_what_most_trials_name_to_what_one_names() -> None:
    store = Store()
    named = ["often"] * 6 + ["sometimes"] * 3 + ["once"]
    for at, name in enumerate(named):
        sponsor = NamedNode(f"http://e/{name}")
        store.add(Quad(NamedNode(f"http://e/t{at}"), NamedNode(TKG.leadSponsor), sponsor))
        store.add(Quad(sponsor, NamedNode(RDFS.label), Literal(name)))
    asked = Values(store, 5).of(find("sponsor-trials"))
    assert [one["sponsor"] for one in asked] == ["often", "often", "often", "sometimes", "once"]


def test_where_no_trial_names_any_the_defaults_are_asked() -> None:
    assert Values(Store(), 5).of(find("sponsor-trials")) == [{}]


def test_look_ups_have_the_shorter_aim_and_what_misses_it_is_marked() -> None:
    assert (aim(find("drug-trials")), aim(find("condition-trials"))) == (LOOK_UP, WIDE)
    assert aim(find("busiest-sites")) == WIDE
    assert (aim(find("trial-arms")), aim(find("related-trials"))) == (LOOK_UP, WIDE)
    missed = line(find("drug-trials"), [Timed(21.0, 3)], "graph")
    assert missed == "| `drug-trials` | 21 (3) | 21 (3) | graph | p50 > 20 ms |"
    assert line(find("drug-trials"), [Timed(19.0, 3)], "graph").endswith("| graph |  |")
    stopped = line(find("drug-trials"), [Timed(4.0, 3), Timed(60000.0, None)], "graph")
    assert "| stopped at 60000 |" in stopped


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("peers") / "records.jsonl"
    make(["--records", "40", "--out", str(path)])
    return path


def test_every_query_is_asked_on_a_store(
    records: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    kg.build([records], tmp_path / "store", workers=1)
    monkeypatch.setattr(sys, "argv", ["queries.py", str(tmp_path / "store"), "--values", "2"])
    measure()
    told = capsys.readouterr().out
    assert [one.split(" | ")[0] for one in told.splitlines()[3:]] == [
        f"| `{query.name}`" for query in catalogue()
    ]
    assert "stopped at" not in told


def test_a_question_that_takes_too_long_stalls_nothing(records: Path, tmp_path: Path) -> None:
    kg.build([records], tmp_path / "store", workers=1)
    query, values = find("drug-trials"), [{"drug": "often"}, {"drug": "once"}]
    hasty = Asked(tmp_path / "store", "graph", limit=1e-6)
    assert hasty.each(query, values) == [Timed(1e-3, None)] * 2
    hasty.stop()
    patient = Asked(tmp_path / "store", "graph", limit=60)
    assert [one.rows for one in patient.each(query, values)] == [0, 0]
    patient.stop()


def test_the_same_mapping_gives_the_same_triples(records: Path, tmp_path: Path) -> None:
    one, other = (
        write_by(sys.executable, f"by_{name}", records, tmp_path / f"{name}.nt")
        for name in ("rdflib", "trialkg")
    )
    assert one.triples == other.triples > 0
    assert one.digest == other.digest
