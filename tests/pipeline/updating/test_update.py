from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import kg
from kg import history
from kg.errors import SourceError, StoreError
from kg.history import FieldChange
from kg.pipeline import remember
from kg.store import current, new_build
from tests.pipeline.made_up import index, report, triples, write
from tests.pipeline.updating.test_equals_build import remembered
from tests.registry import study


def version(number: int, date: str, **modules: Any) -> dict[str, Any]:
    """A version of a trial by its last-update date."""
    one = study(number)
    one["protocolSection"] |= {
        "statusModule": {
            "overallStatus": "RECRUITING",
            "lastUpdatePostDateStruct": {"date": date},
        },
        **modules,
    }
    return one


def given(name: str, *others: str) -> dict[str, Any]:
    return {
        "armsInterventionsModule": {
            "interventions": [{"type": "DRUG", "name": name, "otherNames": list(others)}]
        }
    }


@pytest.fixture
def store(tmp_path: Path) -> Path:
    first = [version(1, "2026-01-01", **given("ABC-1234")), version(2, "2026-01-01")]
    kg.build([write(tmp_path / "first.jsonl", first)], tmp_path / "store")
    return tmp_path / "store"


def test_changes_are_told_by_trial_and_field(store: Path, tmp_path: Path) -> None:
    newer = version(1, "2026-02-02", **given("ABC-1234"))
    newer["protocolSection"]["statusModule"]["overallStatus"] = "COMPLETED"
    day = [newer, version(2, "2026-01-01"), version(3, "2026-02-02")]
    told = kg.update([write(tmp_path / "day.jsonl", day)], store)
    assert (told.records_read, told.unchanged, told.added, told.changed) == (3, 1, 1, 1)
    assert (told.conforms, told.violations) == (True, 0)
    (entry,) = history.entries(current(store))[1:]
    changed, added = entry.trials
    assert (changed.nct_id, changed.kind) == ("NCT99000001", "CHANGED")
    assert (changed.version_before, changed.version_after) == ("2026-01-01", "2026-02-02")
    assert FieldChange("overallStatus", ("RECRUITING",), ("COMPLETED",)) in changed.fields
    assert (added.nct_id, added.kind, added.fields) == ("NCT99000003", "ADDED", ())


def test_a_later_record_changes_what_other_trials_mean(store: Path, tmp_path: Path) -> None:
    graph = kg.open(str(store))
    assert graph.drug("ABC-1234").label == "ABC-1234"
    day = [version(9, "2026-02-02", **given("tusamitamab ravtansine", "ABC-1234"))]
    told = kg.update([write(tmp_path / "day.jsonl", day)], store)
    assert told.mapped_again == 1
    after = kg.open(str(store)).drug("ABC-1234")
    assert after.label == "tusamitamab ravtansine"
    assert after.trials == ["NCT99000001", "NCT99000009"]
    assert graph.drug("ABC-1234").trials == ["NCT99000001"], "an open graph stays as it was"


def test_an_older_version_changes_nothing_but_the_evidence(store: Path, tmp_path: Path) -> None:
    day = [version(1, "2020-01-01", **given("ABC-1234", "DEF-77"))]
    told = kg.update([write(tmp_path / "day.jsonl", day)], store)
    assert (told.added, told.changed) == (0, 0)
    assert kg.open(str(store)).drug("DEF-77").label in {"ABC-1234", "DEF-77"}


def test_derived_terms_alone_are_no_change(store: Path, tmp_path: Path) -> None:
    again = version(1, "2026-01-01", **given("ABC-1234"))
    again["derivedSection"] = {
        "conditionBrowseModule": {"meshes": [{"id": "D001249", "term": "Asthma"}]}
    }
    told = kg.update([write(tmp_path / "day.jsonl", [again])], store)
    assert (told.changed, told.triples_added > 0) == (0, True)
    assert history.entries(current(store))[-1].trials == ()


def test_records_known_before_leave_the_graph_as_it_is(store: Path, tmp_path: Path) -> None:
    before = triples(store), index(store)
    told = kg.update([tmp_path / "first.jsonl"], store)
    assert (told.unchanged, told.triples_added, told.triples_removed) == (2, 0, 0)
    assert (triples(store), index(store)) == before
    assert report(store)["records_read"] == 4


def test_a_rejected_record_is_counted_and_told(store: Path, tmp_path: Path) -> None:
    bad = version(5, "2026-01-01")
    bad["protocolSection"]["statusModule"]["startDateStruct"] = {"date": "soon"}
    told = kg.update([write(tmp_path / "day.jsonl", [bad, version(4, "2026-01-01")])], store)
    assert [one.record for one in told.rejected] == ["NCT99000005"]
    assert [one["record"] for one in report(store)["rejected"]] == ["NCT99000005"]


def test_what_cannot_be_updated_is_said_and_stays(store: Path, tmp_path: Path) -> None:
    before = triples(store)
    day = write(tmp_path / "day.jsonl", [version(3, "2026-01-01")])
    with pytest.raises(StoreError, match="found no store"):
        kg.update([day], tmp_path / "none")
    assert not (tmp_path / "none").exists()
    with pytest.raises(SourceError, match="no record that could be read"):
        kg.update([write(tmp_path / "empty.jsonl", [])], store)
    with pytest.raises(ZeroDivisionError), new_build(store):
        with pytest.raises(StoreError, match="another build"):
            kg.update([day], store)
        1 / 0  # noqa: B018
    (current(store) / "state.db").unlink()
    with pytest.raises(StoreError, match="could not update; build it again"):
        kg.update([day], store)
    assert triples(store) == before


def test_a_salt_that_names_no_drug_of_a_record_is_not_remembered(tmp_path: Path) -> None:
    named = given("dexamethasone sodium phosphate")
    named["armsInterventionsModule"]["interventions"][0]["type"] = "DEVICE"
    one = version(1, "2026-01-01", **named)
    kg.build([write(tmp_path / "one.jsonl", [one])], tmp_path / "store", workers=1)
    assert remembered(tmp_path / "store")["salt"] == []


def test_a_damaged_memory_is_told(store: Path, tmp_path: Path) -> None:
    before, memory = triples(store), current(store) / "state.db"
    content = memory.read_bytes()
    memory.write_bytes(content[:4096] + b"\x7f" * (len(content) - 4096))
    with pytest.raises(StoreError, match="build it again"):
        kg.update([write(tmp_path / "day.jsonl", [version(3, "2026-01-01")])], store)
    assert triples(store) == before


def test_another_version_of_the_program_is_told(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remember, "fingerprint", lambda: b"another")
    with pytest.raises(StoreError, match="another version"):
        kg.update([write(tmp_path / "day.jsonl", [version(3, "2026-01-01")])], store)
    assert len(triples(store)) == kg.open(str(store)).report().triples


def test_the_older_build_can_go(store: Path, tmp_path: Path) -> None:
    for number in range(3, 6):
        kg.update([write(tmp_path / "day.jsonl", [version(number, "2026-01-01")])], store)
        assert len(list(store.glob("build-*"))) == 1
    assert kg.open(str(store)).report().trials == 5
    assert [entry.number for entry in history.entries(current(store))] == [0, 1, 2, 3]
    assert len(triples(store)) == kg.open(str(store)).report().triples


def test_the_command_line(store: Path, tmp_path: Path) -> None:
    from click.testing import CliRunner

    from kg.cli import main

    newer = version(1, "2026-02-02", **given("ABC-1234"))
    newer["protocolSection"]["identificationModule"]["briefTitle"] = "Another title"
    day = str(write(tmp_path / "day.jsonl", [newer]))
    run = CliRunner().invoke(main, ["update", day, "--store", str(store)])
    assert run.exit_code == 0, run.output
    assert "0 trials added, 1 changed, 0 removed" in run.output
    told = CliRunner().invoke(main, ["changes", "--store", str(store), "--format", "csv"])
    assert "NCT99000001,CHANGED,2026-02-02,briefTitle" in told.output
    as_json = ["changes", "--store", str(store), "--format", "json", "--trial", "nct99000002"]
    assert json.loads(CliRunner().invoke(main, as_json).output)[0]["trials"] == []
    early = CliRunner().invoke(main, ["changes", "--store", str(store), "--since", "2001-01-01"])
    assert early.exit_code == 1
    assert "built anew" in early.output
