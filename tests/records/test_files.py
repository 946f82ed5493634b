"""Every form a record can come in, and where its place is said to be."""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import SourceError
from kg.model.record import RawRecord, Rejection
from kg.records.files import read, total_bytes

Read = Callable[..., list[RawRecord]]


def study(number: int, **more: object) -> bytes:
    """A small study of API v2 on one line."""
    nct_id = f"NCT990000{number:02}"
    section = {"identificationModule": {"nctId": nct_id, "briefTitle": 'Ö [{"\\'}}
    return json.dumps({"protocolSection": section, **more}, ensure_ascii=False).encode()


OLD = b'{"ProtocolSection":{"IdentificationModule":{"NCTId":"NCT99000077"}}}'
XML = b"<clinical_study rank='1'><id_info><nct_id>NCT99000088</nct_id></id_info></clinical_study>"
PAGE = b"A title\n\nNCT ID: NCT99000099\n\nLast Updated: 2025-01-01\n"
STUDIES = [study(1), study(2), study(3)]


@pytest.fixture
def rejections() -> list[Rejection]:
    return []


@pytest.fixture
def read_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rejections: list[Rejection]) -> Read:
    """Writes bytes under a name in an empty folder, and reads them from there."""
    monkeypatch.chdir(tmp_path)

    def written(content: bytes, name: str = "any.bin") -> list[RawRecord]:
        Path(name).write_bytes(content)
        return list(read([name], rejections.append))

    return written


def zipped(members: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return held.getvalue()


def indented(content: bytes) -> bytes:
    return json.dumps(json.loads(content), indent=2, ensure_ascii=False).encode()


@pytest.mark.parametrize(
    ("content", "places"),
    [
        (STUDIES[0], ["any.bin"]),
        (indented(STUDIES[0]), ["any.bin"]),
        (b"\n".join(STUDIES), ["any.bin:1", "any.bin:2", "any.bin:3"]),
        (b"\n\n" + b"\r\n\r\n".join(STUDIES) + b"\n", ["any.bin:3", "any.bin:5", "any.bin:7"]),
        (b"[" + b",".join(STUDIES) + b"]", ["any.bin[0]", "any.bin[1]", "any.bin[2]"]),
        (b"[" + b",\n".join(map(indented, STUDIES)) + b"]\n",
         ["any.bin[0]", "any.bin[1]", "any.bin[2]"]),
        (b'{"studies":[' + b",".join(STUDIES) + b'],"nextPageToken":"x"}',
         ["any.bin[0]", "any.bin[1]", "any.bin[2]"]),
        (b'{\n "totalCount": 3,\n "studies": [' + b",".join(map(indented, STUDIES)) + b"]}",
         ["any.bin[0]", "any.bin[1]", "any.bin[2]"]),
        (b"\n".join(map(indented, STUDIES)), ["any.bin[0]", "any.bin[1]", "any.bin[2]"]),
        (b'{"studies":[' + STUDIES[0] + b"," + STUDIES[1] + b"]}\n", ["any.bin[0]", "any.bin[1]"]),
        (XML, ["any.bin"]),
        (b"<?xml version='1.0'?>\n<!-- x -->\n" + XML, ["any.bin"]),
        (b"<all>" + XML + b"\n" + XML + b"</all>", ["any.bin[0]", "any.bin[1]"]),
        (PAGE, ["any.bin"]),
        (b"{" + b'"hasResults": true, ' + STUDIES[0][1:], ["any.bin"]),
        (OLD, ["any.bin"]),
        (b'{"FullStudy":{"Rank":1,"Study":' + OLD + b"}}", ["any.bin"]),
        (b'{"Rank":1,"Study":' + OLD + b'}\n{"Study":' + OLD + b"}", ["any.bin:1", "any.bin:2"]),
        (b'{"FullStudiesResponse":{"APIVrs":"1.0","FullStudies":[{"Rank":1,"Study":' + OLD
         + b'},{"Rank":2,"Study":' + OLD + b"}]}}", ["any.bin[0]", "any.bin[1]"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("packing", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_forms(
    content: bytes,
    places: list[str],
    packing: Callable[[bytes], bytes],
    read_file: Read,
    rejections: list[Rejection],
) -> None:
    found = read_file(packing(content))
    assert rejections == []
    assert [raw.source for raw in found] == places


def test_content_is_the_study_s_own_bytes(read_file: Read) -> None:
    spaced = b"[ " + b" ,\n ".join(STUDIES) + b" ]"
    page = b'{"studies": ' + spaced + b', "totalCount": 3}'
    for content in (b"\n".join(STUDIES), spaced, page):
        assert [raw.content for raw in read_file(content)] == STUDIES
    assert [raw.content for raw in read_file(b"<?xml version='1.0'?>" + XML + b"\n")] == [XML]
    wrapped = read_file(b'{"Rank":1,"Study":' + OLD + b"}")
    assert [raw.content for raw in wrapped] == [OLD]


def test_formats(read_file: Read) -> None:
    forms = [read_file(content)[0].format for content in (STUDIES[0], OLD, XML, PAGE)]
    assert forms == ["ctgov-v2-json", "ctgov-v1-json", "ctgov-legacy-xml", "ctgov-text-page"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_encodings(encoding: str, read_file: Read, rejections: list[Rejection]) -> None:
    text = b"\n".join(STUDIES).decode().encode(encoding)
    assert [raw.content for raw in read_file(text)] == STUDIES
    assert [raw.content for raw in read_file(XML.decode().encode(encoding))] == [XML]
    assert rejections == []


def test_xml_of_another_encoding_is_read_as_utf8(read_file: Read) -> None:
    text = "<?xml version='1.0' encoding='ISO-8859-1'?><clinical_study >é</clinical_study>"
    assert read_file(text.encode("latin-1"))[0].content.decode() == text.partition("?>")[2]


def test_zip_members_are_read_in_the_order_of_their_names(read_file: Read) -> None:
    content = zipped({
        "b/NCT99000088.xml": XML,
        "a.jsonl": b"\n".join(STUDIES),
        "../../c.json": STUDIES[0],
        "d.json.gz": gzip.compress(STUDIES[1]),
    })  # fmt: skip
    assert [raw.source for raw in read_file(content, "x.zip")] == [
        "x.zip!../../c.json",
        "x.zip!a.jsonl:1",
        "x.zip!a.jsonl:2",
        "x.zip!a.jsonl:3",
        "x.zip!b/NCT99000088.xml",
        "x.zip!d.json.gz",
    ]
    assert [path.name for path in Path().iterdir()] == ["x.zip"]


def test_folders_are_read_whole_and_sorted(tmp_path: Path, rejections: list[Rejection]) -> None:
    (tmp_path / "b" / "deep").mkdir(parents=True)
    (tmp_path / "b" / "deep" / "2.json").write_bytes(STUDIES[1])
    (tmp_path / "a.json").write_bytes(STUDIES[0])
    (tmp_path / "c.txt").write_bytes(PAGE)
    (tmp_path / "b" / "again").symlink_to(tmp_path)
    found = [raw.source for raw in read([tmp_path], rejections.append)]
    assert found == [str(tmp_path / name) for name in ("a.json", "b/deep/2.json", "c.txt")]
    assert rejections == []


@pytest.mark.parametrize(
    ("content", "places"),
    [
        (b"\n".join(STUDIES), ["-:1", "-:2", "-:3"]),
        (gzip.compress(STUDIES[0]), ["-"]),
        (zipped({"a.json": STUDIES[0]}), ["-!a.json"]),
    ],
    ids=["lines", "gzip", "zip"],
)
def test_standard_input(
    content: bytes,
    places: list[str],
    monkeypatch: pytest.MonkeyPatch,
    rejections: list[Rejection],
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    assert [raw.source for raw in read(["-"], rejections.append)] == places
    assert rejections == []


def test_a_missing_path_is_told_before_anything_is_read(
    tmp_path: Path, rejections: list[Rejection]
) -> None:
    here = tmp_path / "here.json"
    here.write_bytes(STUDIES[0])
    with pytest.raises(SourceError, match=r"gone\.json: found nothing there"):
        read([here, tmp_path / "gone.json"], rejections.append)
    assert rejections == []


def test_progress_adds_up_to_the_size_of_the_sources(
    tmp_path: Path, rejections: list[Rejection]
) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"\n".join(STUDIES * 50))
    (tmp_path / "b.zip").write_bytes(zipped({f"{i}.json": STUDIES[0] for i in range(9)}))
    (tmp_path / "c.jsonl.gz").write_bytes(gzip.compress(b"\n".join(STUDIES * 50)))
    (tmp_path / "d.png").write_bytes(b"\x89PNG" + bytes(300_000))
    steps: list[int] = []
    list(read([tmp_path], rejections.append, steps.append))
    assert sum(steps) == total_bytes([tmp_path])
    assert sum(steps) == sum(path.stat().st_size for path in tmp_path.iterdir())
    assert min(steps) >= 0


def test_the_same_sources_give_the_same_records(records: Path) -> None:
    runs: list[list[RawRecord]] = []
    for _ in range(2):
        rejected: list[Rejection] = []
        runs.append(list(read([records / "page", records / "tusamitamab"], rejected.append)))
        assert rejected == []
    assert runs[0] == runs[1]
    assert len(runs[0]) == 5


def test_every_real_record_is_found(records: Path) -> None:
    rejected: list[Rejection] = []
    formats = [raw.format for raw in read([records], rejected.append)]
    assert {form: formats.count(form) for form in set(formats)} == {
        "ctgov-v2-json": 1319,
        "ctgov-v1-json": 76,
        "ctgov-legacy-xml": 5705,
        "ctgov-text-page": 1,
    }
    assert [os.path.basename(rejection.source) for rejection in rejected] == [
        "ICTRP-Results_18Mar2020.xml",
        "trial_list_2020-12-16.csv",
    ]
    assert all("a WHO ICTRP export" in rejection.reason for rejection in rejected)
