from __future__ import annotations

import hashlib

import pytest

from kg.model.record import RawRecord
from kg.model.trial import PartialDate, Status, Trial
from kg.parse import parse
from kg.parse.provenance import provenance


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("/home/jo/dump.jsonl:17", "dump.jsonl:17"),
        ("data/ctgov.zip!NCT99000001.xml", "ctgov.zip!NCT99000001.xml"),
        ("array.json[3]", "array.json[3]"),
        ("-:2", "-:2"),
    ],
)
def test_no_folder_of_a_machine_is_kept(source: str, shown: str) -> None:
    raw = RawRecord(source, "ctgov-v2-json", b"x")
    found = provenance(raw, Trial(nct_id="NCT99000001"))
    assert found.source == shown
    assert found.checksum == hashlib.sha256(b"x").hexdigest()
    assert found.version_date is None


def test_the_version_is_the_date_of_the_last_update() -> None:
    raw = RawRecord("x", "ctgov-v2-json", b"")
    submitted = Status(last_update_submit_date=PartialDate("2020-01-02"))
    posted = Status(
        last_update_submit_date=PartialDate("2020-01-02"),
        last_update_post_date=PartialDate("2020-01-05"),
    )
    dates = [
        provenance(raw, Trial(nct_id="NCT99000001", status=status)).version_date
        for status in (submitted, posted)
    ]
    assert dates == ["2020-01-02", "2020-01-05"]


def test_parse_reads_by_format() -> None:
    old = b'{"ProtocolSection":{"IdentificationModule":{"NCTId":"NCT99000001"}}}'
    new = b'{"protocolSection":{"identificationModule":{"nctId":"NCT99000001"}}}'
    assert parse(RawRecord("x", "ctgov-v1-json", old)).nct_id == "NCT99000001"
    assert parse(RawRecord("x", "ctgov-v2-json", new)).nct_id == "NCT99000001"
