from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.web import Web, WebError
from tests.fileserver import Files, serving

CONTENT = bytes(range(256)) * 4000


@pytest.fixture
def files() -> Iterator[Files]:
    with serving(Files()) as served:
        served.files["/a.bin"] = CONTENT
        yield served


def web(waits: list[float] | None = None, said: list[str] | None = None) -> Web:
    noted: list[float] = [] if waits is None else waits
    return Web(tries=3, timeout=5, sleep=noted.append, say=([] if said is None else said).append)


def test_a_file_comes_whole_with_its_checksum_and_day(files: Files, tmp_path: Path) -> None:
    heard: list[tuple[int, int | None]] = []
    out = tmp_path / "in" / "a.bin"
    found = web().fetch(
        f"{files.base}/a.bin", out, progress=lambda done, total: heard.append((done, total))
    )
    assert out.read_bytes() == CONTENT
    assert found.sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert (found.size, found.modified) == (len(CONTENT), "2026-10-06")
    assert heard[-1] == (len(CONTENT), len(CONTENT))
    assert [path.name for path in out.parent.iterdir()] == ["a.bin"]


def test_a_cut_transfer_goes_on_where_it_stopped(files: Files, tmp_path: Path) -> None:
    files.faults = ["cut 300000", "503", "cut 1000", ""]
    said: list[str] = []
    web(said=said).fetch(f"{files.base}/a.bin", tmp_path / "a.bin")
    assert (tmp_path / "a.bin").read_bytes() == CONTENT
    starts = [asked for _, asked in files.asked]
    assert starts[0] == ""
    assert all(start.startswith("bytes=") for start in starts[1:])
    assert len(said) == 3


def test_a_killed_fetch_is_resumed_by_the_next_call(files: Files, tmp_path: Path) -> None:
    files.faults = ["cut 300000", *["500"] * 3]
    with pytest.raises(WebError, match="HTTP 500"):
        web().fetch(f"{files.base}/a.bin", tmp_path / "a.bin")
    assert not (tmp_path / "a.bin").exists()
    held = (tmp_path / "a.bin.part").stat().st_size
    assert held > 0
    web().fetch(f"{files.base}/a.bin", tmp_path / "a.bin")
    assert files.asked[-1] == ("/a.bin", f"bytes={held}-")
    assert (tmp_path / "a.bin").read_bytes() == CONTENT


def test_a_file_that_changed_meanwhile_is_fetched_anew(files: Files, tmp_path: Path) -> None:
    files.faults = ["cut 300000", *["500"] * 3]
    with pytest.raises(WebError):
        web().fetch(f"{files.base}/a.bin", tmp_path / "a.bin")
    files.files["/a.bin"] = CONTENT[::-1]
    web().fetch(f"{files.base}/a.bin", tmp_path / "a.bin")
    assert (tmp_path / "a.bin").read_bytes() == CONTENT[::-1]


def test_a_server_without_ranges_starts_over(files: Files, tmp_path: Path) -> None:
    files.ranges, files.faults = False, ["cut 300000"]
    web().fetch(f"{files.base}/a.bin", tmp_path / "a.bin")
    assert (tmp_path / "a.bin").read_bytes() == CONTENT


def test_a_part_that_is_already_whole_does_no_harm(files: Files, tmp_path: Path) -> None:
    files.faults = ["cut 300000", *["500"] * 3]
    with pytest.raises(WebError):
        web().fetch(f"{files.base}/a.bin", tmp_path / "a.bin")
    (tmp_path / "a.bin.part").write_bytes(CONTENT)
    web().fetch(f"{files.base}/a.bin", tmp_path / "a.bin")
    assert (tmp_path / "a.bin").read_bytes() == CONTENT


@pytest.mark.parametrize(
    ("promised", "stated"),
    [(None, "sha256:" + "0" * 64), ("md5=" + b64encode(b"\0" * 16).decode(), None)],
)
def test_a_file_with_another_checksum_is_refused_and_thrown_away(
    files: Files, tmp_path: Path, promised: str | None, stated: str | None
) -> None:
    if promised:
        files.headers["x-goog-hash"] = f"crc32c=AAAAAA==,{promised}"
    with pytest.raises(WebError, match=r"found a file with (sha256|md5) \w+, expected 0+"):
        web().fetch(f"{files.base}/a.bin", tmp_path / "a.bin", checksum=stated)
    assert list(tmp_path.iterdir()) == []


def test_the_checksums_of_publisher_and_server_are_taken(files: Files, tmp_path: Path) -> None:
    files.headers["x-goog-hash"] = f"md5={b64encode(hashlib.md5(CONTENT).digest()).decode()}"
    stated = "md5:" + hashlib.md5(CONTENT).hexdigest().upper()
    assert web().fetch(f"{files.base}/a.bin", tmp_path / "a", checksum=stated).size == len(CONTENT)


def test_what_is_not_there_is_told_at_once(files: Files, tmp_path: Path) -> None:
    waits: list[float] = []
    with pytest.raises(WebError, match="HTTP 404"):
        web(waits).fetch(f"{files.base}/b.bin", tmp_path / "b.bin")
    assert waits == []
    assert len(files.asked) == 1


def test_a_transfer_that_stays_broken_is_told_after_some_tries(
    files: Files, tmp_path: Path
) -> None:
    files.faults = ["cut 0"] * 9
    waits: list[float] = []
    with pytest.raises(WebError, match="broke"):
        web(waits).fetch(f"{files.base}/a.bin", tmp_path / "a.bin")
    assert waits == [1, 2]


def test_without_a_network_the_error_says_so(tmp_path: Path) -> None:
    with pytest.raises(WebError, match="is there a network"):
        web().fetch("http://127.0.0.1:1/a.bin", tmp_path / "a.bin")
    with pytest.raises(WebError, match="is not an address"):
        web().fetch("nothing", tmp_path / "a.bin")


def test_a_listing_is_read_with_the_same_patience(files: Files) -> None:
    files.faults = ["503"]
    files.files["/list/"] = b"<a href='x'>x</a>"
    assert web().read(f"{files.base}/list/") == b"<a href='x'>x</a>"


def test_a_folder_that_cannot_be_written_is_told(files: Files, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(WebError, match="cannot be written"):
        web().fetch(f"{files.base}/a.bin", tmp_path / "file" / "a.bin")
