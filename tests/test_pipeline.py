from __future__ import annotations

import gzip
import io
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.demo import example_records
from kg.errors import SourceError, StoreError
from kg.export import write
from kg.store import current

BUILD = "from kg.cli import main; main()"
ROOT = Path(__file__).resolve().parents[1]


def study(number: int, updated: str = "2024-01-01", **identification: Any) -> dict[str, Any]:
    return {
        "protocolSection": {
            "identificationModule": {
                "nctId": f"NCT99{number:06d}",
                "briefTitle": f"Study {number}",
                **identification,
            },
            "statusModule": {
                "overallStatus": "RECRUITING",
                "lastUpdatePostDateStruct": {"date": updated, "type": "ACTUAL"},
            },
            "armsInterventionsModule": {
                "interventions": [{"type": "DRUG", "name": f"XYZ-{1000 + number % 7}"}]
            },
        }
    }


def lines(*studies: dict[str, Any]) -> bytes:
    return b"".join(json.dumps(one).encode() + b"\n" for one in studies)


def triples(store_dir: Path) -> bytes:
    out = io.BytesIO()
    write(kg.open(str(store_dir)).store, "ntriples", out)
    return out.getvalue()


def test_every_record_is_in_the_graph_or_in_the_rejected_list(tmp_path: Path) -> None:
    source = tmp_path / "mixed.jsonl"
    bad = study(4)
    bad["protocolSection"]["statusModule"]["startDateStruct"] = {"date": "soon"}
    nameless = study(5, nctId="none")
    source.write_bytes(lines(study(1), study(2), bad, nameless) + b'{"cut": \n' + lines(study(3)))
    report = kg.build([source], tmp_path / "store")
    assert (report.trials, report.superseded, len(report.rejected)) == (3, 0, 3)
    assert report.records_read == report.trials + report.superseded + len(report.rejected)
    reasons = " | ".join(rejection.reason for rejection in report.rejected)
    assert "NCT99000004" in reasons and "'soon'" in reasons
    stored = json.loads((tmp_path / "store" / "build.json").read_text())
    assert stored["records_read"] == 6
    assert {"source", "record", "reason"} <= set(stored["rejected"][0])


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_the_newest_version_wins_whatever_the_order(tmp_path: Path, order: tuple[int, ...]) -> None:
    versions = [
        study(1, "2018-05", briefTitle="Old"),
        study(1, "2024-03-01", briefTitle="New"),
        study(1, "2021-01-01", briefTitle="Middle"),
    ]
    source = tmp_path / "versions.jsonl"
    source.write_bytes(lines(*(versions[number] for number in order)))
    report = kg.build([source], tmp_path / "store")
    assert (report.records_read, report.trials, report.superseded) == (3, 1, 2)
    card = kg.open(str(tmp_path / "store")).trial("NCT99000001")
    assert card.title == "New"
    assert [older.version_date for older in card.superseded] != []
    assert {older.version_date for older in card.superseded} == {"2018-05", "2021-01-01"}


def test_same_in_same_out_whatever_the_order(tmp_path: Path) -> None:
    sources = example_records()
    kg.build(sources, tmp_path / "one")
    random.Random(5).shuffle(sources)
    kg.build(sources, tmp_path / "two")
    assert triples(tmp_path / "one") == triples(tmp_path / "two")


def stored(store_dir: Path) -> dict[str, bytes]:
    """Everything of a store that must not depend on how it was built."""
    index = current(store_dir) / "related"
    return {
        "triples": b"".join(sorted(triples(store_dir).splitlines(keepends=True))),
        **{file.name: file.read_bytes() for file in index.iterdir()},
    }


def test_the_number_of_workers_and_the_order_make_no_difference(tmp_path: Path) -> None:
    sources = [*example_records(), tmp_path / "versions.jsonl"]
    sources[-1].write_bytes(
        lines(
            *(study(number, "2024-01-01") for number in range(150)),
            *(study(number, "2023-01-01", acronym="OLD") for number in range(0, 150, 3)),
            *(study(number, "2024-01-01") for number in range(0, 150, 5)),
        )
    )
    kg.build(sources, tmp_path / "one", workers=1)
    alone = stored(tmp_path / "one")
    for workers in (2, 3):
        random.Random(workers).shuffle(sources)
        report = kg.build(sources, tmp_path / "several", workers=workers)
        assert report.records_read == report.trials + report.superseded + len(report.rejected)
        assert stored(tmp_path / "several") == alone


def test_a_record_read_twice_is_one_record(tmp_path: Path) -> None:
    source, again = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    source.write_bytes(lines(*map(study, range(30))))
    again.write_bytes(source.read_bytes())
    bad, wrong = tmp_path / "bad.json", study(31)
    wrong["protocolSection"]["statusModule"]["startDateStruct"] = {"date": "soon"}
    bad.write_bytes(lines(wrong))
    kg.build([again], tmp_path / "one")
    report = kg.build([source, again, bad, bad], tmp_path / "twice")
    assert (report.records_read, report.trials, report.superseded) == (62, 30, 30)
    assert [(one.record, one.source) for one in report.rejected] == [("NCT99000031", str(bad))] * 2
    assert stored(tmp_path / "twice") == stored(tmp_path / "one")


def test_how_records_are_packed_makes_no_difference(tmp_path: Path) -> None:
    studies = [study(number) for number in range(1, 6)]
    plain = tmp_path / "a" / "records"
    plain.parent.mkdir()
    plain.write_bytes(lines(*studies))
    packed = tmp_path / "b" / "records"
    packed.parent.mkdir()
    packed.write_bytes(gzip.compress(lines(*studies)))
    kg.build([plain], tmp_path / "one")
    kg.build([packed], tmp_path / "two")
    assert triples(tmp_path / "one") == triples(tmp_path / "two")
    zipped = tmp_path / "records.zip"
    with zipfile.ZipFile(zipped, "w") as archive:
        for number, one in enumerate(studies):
            archive.writestr(f"{number}.json", json.dumps(one))
    assert kg.build([zipped], tmp_path / "three").trials == 5


def test_nothing_to_read_is_an_error_and_costs_nothing(tmp_path: Path) -> None:
    good, empty = tmp_path / "good.jsonl", tmp_path / "empty"
    good.write_bytes(lines(study(1)))
    empty.write_bytes(b"")
    kg.build([good], tmp_path / "store")
    with pytest.raises(SourceError, match="no record that could be read"):
        kg.build([empty], tmp_path / "store")
    with pytest.raises(SourceError, match="found nothing there"):
        kg.build([tmp_path / "none.jsonl"], tmp_path / "store")
    assert kg.open(str(tmp_path / "store")).trial("NCT99000001").title == "Study 1"


def test_hostile_strings_in_every_field_come_out_as_they_went_in(tmp_path: Path) -> None:
    nasty = 'a"b\\c\nd\te<f>{g}|h^i`j\u202ek\U0001f9ea%20 . <x:y> } DELETE { ?s ?p ?o } #'

    def poison(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {name: poison(inner, name) for name, inner in value.items()}
        if isinstance(value, list):
            return [poison(inner, key) for inner in value]
        if key in {"name", "briefTitle", "label", "measure", "facility", "city", "term", "id"}:
            return f"{value} {nasty}"
        return value

    one = study(1)
    one["protocolSection"] |= {
        "conditionsModule": {"conditions": [nasty], "keywords": [nasty]},
        "outcomesModule": {"primaryOutcomes": [{"measure": "m", "timeFrame": nasty}]},
        "contactsLocationsModule": {"locations": [{"facility": "f", "city": "c", "country": "x"}]},
        "sponsorCollaboratorsModule": {"leadSponsor": {"name": nasty, "class": "OTHER"}},
        "referencesModule": {"references": [{"pmid": nasty, "type": "RESULT", "citation": nasty}]},
    }
    source = tmp_path / "hostile.json"
    source.write_text(json.dumps(poison(one)))
    kg.build([source], tmp_path / "store")
    text = triples(tmp_path / "store").decode()
    assert "DELETE { ?s ?p ?o } #" in text
    from rdflib import Graph

    assert len(Graph().parse(data=text, format="nt")) == text.count(" .\n")


def test_two_builds_on_one_store_the_second_is_refused(tmp_path: Path) -> None:
    from kg.store import new_build

    source = tmp_path / "one.jsonl"
    source.write_bytes(lines(study(1)))
    kg.build([source], tmp_path / "store")
    with new_build(tmp_path / "store") as folder:
        with pytest.raises(StoreError, match="another build"):
            kg.build([source], tmp_path / "store")
        (folder / "graph").mkdir()


@pytest.mark.parametrize("delay", [0.3, 0.8, 1.3, 1.9])
def test_a_killed_build_leaves_the_graph_before_it(tmp_path: Path, delay: float) -> None:
    source, store = tmp_path / "many.jsonl", tmp_path / "store"
    source.write_bytes(lines(study(1, briefTitle="Before")))
    kg.build([source], store)
    source.write_bytes(lines(*(study(number, briefTitle="After") for number in range(1, 3000))))
    child = subprocess.Popen(
        [sys.executable, "-c", BUILD, "build", str(source), "--store", str(store)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
    )
    time.sleep(delay)
    child.send_signal(signal.SIGKILL)
    child.wait()
    graph = kg.open(str(store))
    title = graph.trial("NCT99000001").title
    assert title in {"Before", "After"}
    assert graph.report().trials == (1 if title == "Before" else 2999)
    source.write_bytes(lines(study(1, briefTitle="Again")))
    kg.build([source], store)
    assert kg.open(str(store)).trial("NCT99000001").title == "Again"


def test_the_order_of_sets_makes_no_difference(tmp_path: Path) -> None:
    """Python orders the strings in sets anew in every process, unless told by the seed."""
    sources = map(str, example_records())
    arguments = ["build", *sources]
    found = []
    for seed in ("1", "2"):
        store = tmp_path / seed
        subprocess.run(
            [sys.executable, "-c", BUILD, *arguments, "--store", str(store)],
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
            stdout=subprocess.DEVNULL,
        )
        with closing(sqlite3.connect(current(store) / "state.db")) as state:
            found.append((triples(store), list(state.iterdump())))
    assert found[0] == found[1]
