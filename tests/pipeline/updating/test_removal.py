"""A trial that its registry withdrew goes with all it said, and with nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import kg
from kg import history
from kg.cli import main
from kg.doctor import examine
from kg.errors import NotFoundError, SourceError, StoreError
from kg.history import TrialChange
from kg.related.index import Index
from kg.store import current
from tests.pipeline.made_up import index, report, triples, write
from tests.pipeline.updating.test_equals_build import remembered
from tests.pipeline.updating.test_update import given, version

SALT = "dexamethasone sodium phosphate"


def records() -> list[dict[str, Any]]:
    """Six trials that say much the same, two of them with an older version."""
    known = given("ABC-1234", "examplinib") | {
        "descriptionModule": {"briefSummary": "ABC-1234 (examplinib), an anti-CEACAM5 antibody."}
    }
    six = [version(number, "2026-01-01", **known) for number in range(1, 7)]
    older = [version(number, "2025-01-01", **given("DEF-77", "ABC-1234")) for number in (1, 5)]
    six[0] = version(1, "2026-01-01", **given(SALT, "Placebo of old"))
    return [*six, *older]


def number_of(record: dict[str, Any]) -> int:
    return int(record["protocolSection"]["identificationModule"]["nctId"][-1])


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    return [write(tmp_path / f"{n}.json", [one]) for n, one in enumerate(records())]


@pytest.fixture
def store(tmp_path: Path, files: list[Path]) -> Path:
    kg.build(files, tmp_path / "store")
    return tmp_path / "store"


def same(one: Path, other: Path) -> bool:
    return all(look(one) == look(other) for look in (triples, index, report, remembered))


@pytest.mark.parametrize("gone", [[1], [2], [2, 3, 4], [1, 2, 3, 4, 5]])
def test_what_is_left_is_a_build_of_the_others(
    store: Path, files: list[Path], tmp_path: Path, gone: list[int]
) -> None:
    told = kg.update([], store, remove=[f"nct9900000{number}" for number in gone])
    assert (told.removed, told.records_read, told.absent) == (len(gone), 0, [])
    kept = [f for f, one in zip(files, records(), strict=True) if number_of(one) not in gone]
    kg.build(kept, tmp_path / "other")
    assert same(store, tmp_path / "other")


def test_an_organization_stays_that_another_stands_under(tmp_path: Path) -> None:
    """The last trial that names a parent itself goes; that of its subsidiary stays."""
    sponsors = ["Example Pharma Ltd.", "Sampleworks, an Example Pharma Ltd. Company"]
    files = [
        write(
            tmp_path / f"{n}.json",
            [version(n, "2026-01-01", sponsorCollaboratorsModule={"leadSponsor": {"name": name}})],
        )
        for n, name in enumerate(sponsors, 1)
    ]
    kg.build(files, tmp_path / "store")
    kg.update([], tmp_path / "store", remove=["NCT99000001"])
    kg.build(files[1:], tmp_path / "other")
    assert same(tmp_path / "store", tmp_path / "other")


def test_the_history_says_what_was_removed(store: Path) -> None:
    before = set(triples(store))
    kg.update([], store, remove=["NCT99000002"])
    entry = history.entries(current(store))[-1]
    assert entry.trials == (
        TrialChange(nct_id="NCT99000002", kind="REMOVED", version_before="2026-01-01"),
    )
    gone = {line.rstrip("\n") for line in history.removed(current(store), entry.number)}
    assert gone == before - set(triples(store))
    assert any("trial/NCT99000002/" in line for line in gone)
    with pytest.raises(NotFoundError):
        Index(current(store)).trial("NCT99000002")


def test_a_record_read_twice_is_counted_out_twice(store: Path, files: list[Path]) -> None:
    kg.update([files[1]], store)
    kg.update([], store, remove=["NCT99000002"])
    told = report(store)
    assert (told["records_read"], told["trials"], told["superseded"]) == (7, 5, 2)


def test_sources_are_read_after_the_removal(store: Path, files: list[Path]) -> None:
    """So a trial whose records were wrong is told anew by the right ones alone."""
    told = kg.update([files[4]], store, remove=["NCT99000005"])
    assert (told.removed, told.added, told.unchanged) == (0, 0, 1)
    assert report(store)["records_read"] == 7
    assert kg.open(str(store)).report().trials == 6


def test_the_build_before_stays_whole_while_files_are_shared(store: Path, tmp_path: Path) -> None:
    """A file that no trial needs any more is not written again: the build before may have it."""
    kg.update([write(tmp_path / "a.json", [version(7, "2026-02-02")])], store)
    old = kg.open(str(store))
    kg.update(
        [write(tmp_path / "b.json", [version(8, "2026-02-02")])], store, remove=["NCT99000007"]
    )
    assert old.trial("NCT99000007").title
    kg.update([write(tmp_path / "c.json", [version(9, "2026-02-02")])], store)
    assert kg.open(str(store)).report().trials == 8
    assert examine(store).healthy


def test_what_cannot_be_removed_is_said_and_costs_nothing(store: Path) -> None:
    before = triples(store)
    with pytest.raises(NotFoundError, match="no trial NCT99000009"):
        kg.update([], store, remove=["NCT99000009"])
    with pytest.raises(SourceError, match="expected an NCT id"):
        kg.update([], store, remove=["ABC"])
    with pytest.raises(StoreError, match="no trial would be left"):
        kg.update([], store, remove=[f"NCT9900000{number}" for number in range(1, 7)])
    assert triples(store) == before


def run(store: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [arguments[0], "--store", str(store), *arguments[1:]])


def test_the_command_takes_ids_and_files_of_ids(store: Path, tmp_path: Path) -> None:
    gone = tmp_path / "gone.txt"
    gone.write_text("NCT99000002\n\n nct99000009\n")
    told = run(store, "update", "--remove", str(gone), "--remove", "NCT99000003", "--no-check")
    assert told.exit_code == 0, told.output
    assert "0 trials added, 0 changed, 2 removed" in told.output
    assert "NCT99000009 was to be removed and is not in the graph" in told.output
    changes = run(store, "changes", "--format", "csv").output
    assert "NCT99000002,REMOVED,2026-01-01," in changes
    gone.write_text("NCT99000004\nNCT9900005\n")
    wrong = run(store, "update", "--remove", str(gone))
    assert (wrong.exit_code, wrong.output) == (
        1,
        f"kg: {gone} line 2: found 'NCT9900005', expected an NCT id\n",
    )
    assert run(store, "update", "--remove", str(tmp_path / "none")).exit_code == 1
    assert run(store, "update").exit_code == 2
