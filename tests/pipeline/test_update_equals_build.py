"""Any sequence of updates makes what one build of all records makes."""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import history
from kg.pipeline import build, update
from kg.store import current
from tests.pipeline.made_up import Record, index, record, report, triples, write


def remembered(store_dir: Path) -> dict[str, object]:
    """What the build remembers, but for the numbers that rows and circles happen to have."""
    db = sqlite3.connect(current(store_dir) / "state.db")
    tables = {
        name: sorted(db.execute(f"SELECT * FROM {name}"))
        for name in ("counted", "salt", "drug", "tally", "site", "note")
    }
    rows = sorted(db.execute("SELECT kind, key, value FROM row"))
    circles: dict[int, set[int]] = {}
    for word, circle in db.execute("SELECT word, circle FROM word"):
        circles.setdefault(circle, set()).add(word)
    db.close()
    return {**tables, "rows": rows, "circles": sorted(map(sorted, circles.values()))}


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(record(), min_size=1, max_size=4), min_size=2, max_size=4))
def test_a_sequence_of_updates_equals_one_build(parts: list[list[Record]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        files = [write(place / f"{n}.jsonl", part) for n, part in enumerate(parts)]
        step, whole = place / "step", place / "whole"
        build(files[:1], step)
        before = triples(step)
        for number, file in enumerate(files[1:], 1):
            told = update([file], step, check=False)
            after = triples(step)
            gone = {line.rstrip("\n") for line in history.removed(current(step), number)}
            come = {line.rstrip("\n") for line in history.added(current(step), number)}
            assert set(after) == set(before) - gone | come
            assert (told.triples_added, told.triples_removed) == (len(come), len(gone))
            assert gone <= set(before) and not come & set(before)
            before = after
        build(files[::-1], whole)
        assert before == triples(whole)
        assert index(step) == index(whole)
        assert report(step) == report(whole)
        assert report(step)["triples"] == len(before)
        assert remembered(step) == remembered(whole)
