from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kg import history
from kg.errors import StoreError
from kg.history import Entry, FieldChange, TrialChange

GONE = '<x:a> <x:p> "before \U0001f9ea\u2028" .\n'
CAME = '<x:a> <x:p> "after" .\n'


def step(number: int, made: str) -> Entry:
    change = TrialChange(
        nct_id="NCT99000001",
        kind="CHANGED",
        version_before="2026-10-01",
        version_after="2026-11-01",
        fields=(FieldChange("overallStatus", ("RECRUITING",), ("COMPLETED",)),),
    )
    return Entry(number=number, kind="UPDATED", made=made, sources=("day.jsonl",), trials=(change,))


@pytest.fixture
def build(tmp_path: Path) -> Path:
    history.begin(tmp_path / "build", ["all.zip"], "2026-11-20T09:00:00+00:00")
    for number, made in ((1, "2026-11-21T09:00:00+00:00"), (2, "2026-11-22T09:00:00+00:00")):
        history.write(tmp_path / "build", step(number, made), [GONE], [CAME, CAME.upper()])
    return tmp_path / "build"


def test_what_is_written_is_read_again(build: Path) -> None:
    first, *updates = history.entries(build)
    assert (first.kind, first.sources, first.trials) == ("BUILT", ("all.zip",), ())
    assert [(entry.triples_removed, entry.triples_added) for entry in updates] == [(1, 2), (1, 2)]
    assert updates[0].trials == step(1, "").trials
    assert list(history.removed(build, 2)) == [GONE]
    assert list(history.added(build, 2)) == [CAME, CAME.upper()]
    assert list(history.added(build, 0)) == []


@pytest.mark.parametrize(
    ("when", "numbers"),
    [
        ("2026-11-20T09:00:00", [1, 2]),
        ("2026-11-21", [1, 2]),
        ("2026-11-21T09:00:00+00:00", [1, 2]),
        ("2026-11-21T10:00:01+01:00", [2]),
        ("2026-11-22T09:00:01", []),
    ],
)
def test_since_takes_what_was_made_from_then_on(build: Path, when: str, numbers: list[int]) -> None:
    assert [entry.number for entry in history.since(build, when)] == numbers


def test_a_date_before_the_history_begins_is_refused(build: Path) -> None:
    with pytest.raises(StoreError, match="built anew on 2026-11-20T09:00:00"):
        history.since(build, "2026-11-20")
    with pytest.raises(StoreError, match="yesterday: found no date"):
        history.since(build, "yesterday")


def test_the_next_build_carries_the_history_on(build: Path, tmp_path: Path) -> None:
    before = history.entries(build)
    history.carry(build, tmp_path / "next")
    shutil.rmtree(build)
    assert history.entries(tmp_path / "next") == before
    assert list(history.removed(tmp_path / "next", 1)) == [GONE]


def test_same_update_same_bytes(build: Path, tmp_path: Path) -> None:
    history.write(tmp_path / "other", step(1, "2026-11-21T09:00:00+00:00"), [GONE], [CAME])
    history.write(tmp_path / "again", step(1, "2026-11-21T09:00:00+00:00"), [GONE], [CAME])
    for name in ("change.json", "added.nt.gz", "removed.nt.gz"):
        one, two = (tmp_path / at / "history/000001" / name for at in ("other", "again"))
        assert one.read_bytes() == two.read_bytes()


def test_what_cannot_be_read_is_said(build: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no history"):
        history.entries(tmp_path / "none")
    with pytest.raises(StoreError, match="no history"):
        history.carry(tmp_path / "none", tmp_path / "new")
    (build / "history/000001/added.nt.gz").write_bytes(b"damaged")
    with pytest.raises(StoreError, match=r"added\.nt\.gz"):
        list(history.added(build, 1))
    (build / "history/000002/change.json").write_bytes(b"{")
    with pytest.raises(StoreError, match=r"change\.json"):
        history.entries(build)
