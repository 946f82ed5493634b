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
from tests.pipeline.made_up import IDS, Record, index, record, report, triples, write


def remembered(store_dir: Path) -> dict[str, object]:
    """What the build remembers, but for circles: an update may join more than it must."""
    db = sqlite3.connect(current(store_dir) / "state.db")
    tables = {
        name: sorted(db.execute(f"SELECT * FROM {name}"))
        for name in ("counted", "salt", "drug", "tally", "site", "note")
    }
    rows = sorted(db.execute("SELECT kind, key, value FROM row"))
    db.close()
    return {**tables, "rows": rows}


Step = tuple[list[Record], list[str]]
"""New records, and trials to be forgotten before they are read."""


def steps() -> st.SearchStrategy[list[Step]]:
    gone = st.lists(st.sampled_from(IDS), max_size=2, unique=True)
    step = st.tuples(st.lists(record(), min_size=1, max_size=4), gone)
    return st.lists(step, min_size=2, max_size=4)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps())
def test_a_sequence_of_updates_equals_one_build(parts: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        files = [written(place, number, records) for number, (records, _) in enumerate(parts)]
        step, whole = place / "step", place / "whole"
        build(files[0], step)
        before = triples(step)
        for number, (sources, (_, gone)) in enumerate(zip(files[1:], parts[1:], strict=True), 1):
            told = update(sources, step, remove=gone, check=False)
            after = triples(step)
            went = {line.rstrip("\n") for line in history.removed(current(step), number)}
            came = {line.rstrip("\n") for line in history.added(current(step), number)}
            assert set(after) == set(before) - went | came
            assert (told.triples_added, told.triples_removed) == (len(came), len(went))
            assert went <= set(before) and not came & set(before)
            before = after
        build(left(parts, files)[::-1], whole)
        assert before == triples(whole)
        assert index(step) == index(whole)
        assert report(step) == report(whole)
        assert report(step)["triples"] == len(before)
        assert remembered(step) == remembered(whole)


def written(place: Path, step: int, records: list[Record]) -> list[Path]:
    """A file for each record, so that none is told by its place among others."""
    return [write(place / f"{step}-{at}.json", [one]) for at, one in enumerate(records)]


def left(parts: list[Step], files: list[list[Path]]) -> list[Path]:
    """The files of all steps without the records that a later step forgets."""
    found = []
    for number, ((records, _), paths) in enumerate(zip(parts, files, strict=True)):
        gone = {nct_id for _, removed in parts[number + 1 :] for nct_id in removed}
        for one, path in zip(records, paths, strict=True):
            if one["protocolSection"]["identificationModule"]["nctId"] not in gone:
                found.append(path)
    return found
