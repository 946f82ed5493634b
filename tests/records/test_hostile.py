"""Damaged, foreign and hostile input: a rejection, never another error, never much memory."""

from __future__ import annotations

import gzip
import io
import json
import os
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import RecordError
from kg.model.record import RawRecord, Rejection
from kg.parse.api_json import parse_v2
from kg.parse.api_v1 import parse_v1
from kg.records import recognise, split_json, split_xml
from kg.records.files import read

STUDY = b'{"protocolSection":{"identificationModule":{"nctId":"NCT99000001"}}}'
XML = b"<clinical_study >x</clinical_study>"


def outcome(path: Path, content: bytes) -> tuple[list[RawRecord], list[Rejection]]:
    path.write_bytes(content)
    rejections: list[Rejection] = []
    return list(read([path], rejections.append)), rejections


def zipped(members: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return held.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "an empty file"),
        (b" \n\n", "an empty file"),
        (b"\xef\xbb\xbf", "an empty file"),
        (b"a,b\n1,2\n", "text that begins 'a,b'"),
        (b"%PDF-1.7", "a PDF document"),
        (b"\x89PNG\r\n", "a PNG image"),
        (b"\x00\x00\x00\x01Bud1" + bytes(60), "binary data"),
        (b"<html><body>gone</body></html>", "XML of another kind, <html>"),
        (b"<Trials_downloaded_from_ICTRP><Trial/>", "a WHO ICTRP export"),
        (b"index,trialid,source_register\n0,X,Y\n", "a WHO ICTRP export"),
        (b"<?xml version='1.0' encoding='klingon'?><clinical_study >", "unknown encoding"),
        (b"[]", "no study"),
        (b'{"studies":[]}', "no study"),
        (b"[1]", "'1'"),
        (b"]", "expected"),
        (b"{}", "with nothing"),
        (b'{"a":1}', "with a"),
        (b'{"protocolsection":{}}', "with protocolsection"),
        (b"[[" + STUDY + b"]]", "expected a study"),
        (STUDY.replace(b"NCT9", b"\xe9"), "the byte 0xe9 at position"),
        (XML.replace(b"x", b"\xe9"), "the byte 0xe9 at position"),
        (b"A\n\nNCT ID: NCT99000001\n\xe9", "the byte 0xe9 at position"),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + XML, "a document type definition"),
        (XML[:20], "the end of the file inside this record"),
        (b"\x1f\x8b", "damaged content"),
        (gzip.compress(STUDY)[:-9], "damaged content"),
        (gzip.compress(gzip.compress(gzip.compress(STUDY))), "an archive inside an archive"),
        (gzip.compress(zipped({"a": STUDY})), "a zip archive inside an archive"),
        (zipped({"a.zip": zipped({"b.json": STUDY})}), "a zip archive inside an archive"),
        (zipped({"a": STUDY})[:-30], "a damaged zip archive"),
        (zipped({}), "no study"),
        (b'\xff\xfe{\x00"', "damaged content"),
    ],
)  # fmt: skip
def test_what_is_no_record_is_one_rejection(tmp_path: Path, content: bytes, reason: str) -> None:
    found, rejections = outcome(tmp_path / "file", content)
    assert found == []
    assert len(rejections) == 1
    assert rejections[0].source == str(tmp_path / "file")
    assert rejections[0].record.startswith(str(tmp_path / "file"))
    assert reason in rejections[0].reason


def test_bad_lines_do_not_stop_the_good_ones(tmp_path: Path) -> None:
    content = b"\n".join([b"not json", STUDY, b'{"a":', STUDY, b'"text"', b"\xff", STUDY])
    found, rejections = outcome(tmp_path / "x", content)
    assert len(found) == 3
    places = [rejection.record.rpartition(":")[2] for rejection in rejections]
    assert places == ["1", "3", "5", "6"]


@pytest.mark.parametrize("before", [b"[", b'{"studies":['])
def test_a_list_cut_in_the_middle_keeps_what_was_whole(tmp_path: Path, before: bytes) -> None:
    found, rejections = outcome(tmp_path / "x", before + STUDY + b"," + STUDY + b"," + STUDY[:30])
    assert len(found) == 2
    assert [rejection.record for rejection in rejections] == [f"{tmp_path / 'x'}[2]"]
    assert "the end of the file inside this record" in rejections[0].reason
    found, rejections = outcome(tmp_path / "x", before + STUDY + b",")
    assert len(found) == 1
    assert "expected the closing bracket" in rejections[0].reason


def test_strangers_in_an_array_are_counted(tmp_path: Path) -> None:
    content = b"[1, " + STUDY + b', null, "a [b] c", ' + STUDY + b", {}, true]"
    found, rejections = outcome(tmp_path / "x", content)
    assert [raw.source[-3:] for raw in found] == ["[1]", "[4]"]
    assert [rejection.record[-3:] for rejection in rejections] == [
        "[0]",
        "[2]",
        "[3]",
        "[5]",
        "[6]",
    ]


def test_a_broken_member_does_not_stop_the_archive(tmp_path: Path) -> None:
    content = bytearray(zipped({"1.json": STUDY * 3, "2.json": STUDY, "3.txt": b"x\ny"}))
    content[45] ^= 0xFF  # inside the first member's data
    found, rejections = outcome(tmp_path / "x.zip", bytes(content))
    assert [raw.source.partition("!")[2] for raw in found] == ["2.json"]
    assert [rejection.record.partition("!")[2] for rejection in rejections] == ["1.json", "3.txt"]


def test_an_encrypted_member_is_told(tmp_path: Path) -> None:
    content = bytearray(zipped({"1.json": STUDY}))
    content[6] |= 1
    content[content.find(b"PK\x01\x02") + 8] |= 1
    found, rejections = outcome(tmp_path / "x.zip", bytes(content))
    assert found == []
    assert "an encrypted file" in rejections[0].reason


def test_a_folder_of_anything(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for name, content in {
        "a.json": STUDY, "b.csv": b"a,b\n", "c.pdf": b"%PDF", ".DS_Store": b"\x00\x01", "d": b"",
    }.items():  # fmt: skip
        (tmp_path / "folder" / name).write_bytes(content)
    (tmp_path / "folder" / "e").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "folder" / "f")
    rejections: list[Rejection] = []
    found = list(read([tmp_path / "folder"], rejections.append))
    assert len(found) == 1
    names = [Path(rejection.source).name for rejection in rejections]
    assert names == [".DS_Store", "b.csv", "c.pdf", "d", "e", "f"]


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object) -> None:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "x").write_bytes(STUDY)
    monkeypatch.setattr("builtins.open", refuse)
    rejections: list[Rejection] = []
    found = list(read([tmp_path / "x"], rejections.append))
    monkeypatch.undo()
    assert found == []
    assert "cannot be read (Permission denied)" in rejections[0].reason


MEGABYTE = 1 << 20


def test_a_huge_line_costs_little_memory_and_loses_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    with path.open("wb") as file:
        file.write(STUDY + b'\n{"protocolSection":{"x":"')
        for _ in range(200):
            file.write(b"x" * MEGABYTE)
        file.write(b'"}}\n' + STUDY + b"\n")
    rejections: list[Rejection] = []
    tracemalloc.start()
    found = [raw.source[-2:] for raw in read([path], rejections.append)]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == [":1", ":3"]
    assert [rejection.record[-2:] for rejection in rejections] == [":2"]
    assert "longer than 64 MiB" in rejections[0].reason
    assert peak < 80 * MEGABYTE


@pytest.fixture
def small_limit(monkeypatch: pytest.MonkeyPatch) -> int:
    limit = 1 << 16
    for module in (recognise, split_json, split_xml):
        monkeypatch.setattr(module, "RECORD_LIMIT", limit)
        monkeypatch.setattr(module, "CHUNK", 1 << 12)
    return limit


@pytest.mark.parametrize("filler", [b"x", b"\\\\", b'\\"', b'","', b'",[{}],"'])
@pytest.mark.parametrize("before", [b"[", b'{"studies":['])
def test_a_huge_element_is_skipped(
    tmp_path: Path, small_limit: int, before: bytes, filler: bytes
) -> None:
    huge = b'{"protocolSection":["' + filler * (3 * small_limit // len(filler)) + b'"]}'
    after = b"]" if before == b"[" else b"]}"
    content = before + STUDY + b"," + huge + b"," + STUDY + after
    found, rejections = outcome(tmp_path / "x", content)
    assert [raw.source[-3:] for raw in found] == ["[0]", "[2]"]
    assert [rejection.record[-3:] for rejection in rejections] == ["[1]"]


def test_a_bomb_in_an_archive_is_not_held(tmp_path: Path, small_limit: int) -> None:
    huge = b"<clinical_study >" + bytes(3 * small_limit)
    content = zipped({"1.xml": huge, "2.txt": b"T\n\nNCT ID: NCT99000001\n" + b"x" * len(huge),
                      "3.json": STUDY})  # fmt: skip
    found, rejections = outcome(tmp_path / "x.zip", content)
    assert [raw.source.partition("!")[2] for raw in found] == ["3.json"]
    assert all("longer than" in rejection.reason for rejection in rejections)
    assert len(rejections) == 2


def test_deep_nesting_is_told(tmp_path: Path) -> None:
    deep = b'{"study":' * 5000 + STUDY + b"}" * 5000
    found, rejections = outcome(tmp_path / "x", deep + b"\n" + STUDY)
    assert (len(found), len(rejections)) == (1, 1)


PIECES = st.sampled_from(
    [STUDY, XML, b"\n", b"[", b"]", b"{", b"}", b",", b'"', b"\\", b'{"studies":[', b"NCT ID: NCT9",
     b"PK\x03\x04", b"\x1f\x8b\x08\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"<", b"null", STUDY[:40]]
)  # fmt: skip
CONTENT = st.lists(PIECES | st.binary(max_size=8), max_size=12).map(b"".join)


@given(CONTENT)
def test_any_bytes_are_records_or_rejections(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    found, rejections = outcome(tmp_path_factory.getbasetemp() / "any", content)
    assert found or rejections
    for raw in found:
        raw.content.decode()
        parser = {"ctgov-v2-json": parse_v2, "ctgov-v1-json": parse_v1}.get(raw.format)
        try:
            if parser:
                parser(raw.content, raw.source)
        except RecordError as error:
            assert error.expected


@given(st.data())
def test_any_damage_to_a_zip_is_told(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    content = bytearray(zipped({"1.json": STUDY, "2.jsonl": STUDY + b"\n" + STUDY, "3.xml": XML}))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(4, len(content) - 1))] = data.draw(st.integers(0, 255))
    found, rejections = outcome(tmp_path_factory.getbasetemp() / "any.zip", bytes(content))
    assert found or rejections


STUDIES = st.lists(
    st.recursive(
        st.none() | st.integers() | st.text(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
        max_leaves=6,
    ).map(lambda value: {"protocolSection": value}),
    min_size=1,
    max_size=5,
)


@given(STUDIES, st.sampled_from([None, 1]), st.booleans())
def test_any_studies_come_out_of_any_list_as_they_went_in(
    tmp_path_factory: pytest.TempPathFactory,
    studies: list[object],
    indent: int | None,
    as_page: bool,
) -> None:
    whole = {"studies": studies} if as_page else studies
    path = tmp_path_factory.getbasetemp() / "list.json"
    found, rejections = outcome(path, json.dumps(whole, indent=indent).encode())
    assert [json.loads(raw.content) for raw in found] == studies
    assert rejections == []
