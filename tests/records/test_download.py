from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.errors import SourceError
from kg.records.api import Api, ApiError, TokenError
from kg.records.asked import Asked
from kg.records.download import Fetched, fetch
from kg.records.partial import Partial
from tests.registry import Registry, running, study

ROOT = Path(__file__).resolve().parents[2]
ALL = Asked()


@pytest.fixture
def registry() -> Iterator[Registry]:
    with running(Registry()) as registry:
        yield registry


def run(registry: Registry, out: Path, asked: Asked = ALL, **options: Any) -> Fetched:
    with Api(registry.base_url, pause=0, tries=2, sleep=lambda seconds: None) as api:
        return fetch(api, asked, out, **options)


def cut(registry: Registry, out: Path, pages: int, asked: Asked = ALL) -> None:
    """A fetch that fails for good after some pages."""
    registry.faults = [""] * pages + ["403"]
    with pytest.raises(ApiError):
        run(registry, out, asked)


def ids(out: Path) -> list[str]:
    with gzip.open(out, "rt", encoding="utf-8") as lines:
        studies = [json.loads(line) for line in lines]
    return [each["protocolSection"]["identificationModule"]["nctId"] for each in studies]


def held(registry: Registry) -> list[str]:
    return [each["protocolSection"]["identificationModule"]["nctId"] for each in registry.studies]


def test_every_study_comes_once_as_one_line_and_progress_is_told(
    registry: Registry, tmp_path: Path
) -> None:
    out, heard = tmp_path / "new" / "all.jsonl.gz", []
    fetched = run(registry, out, progress=lambda done, total: heard.append((done, total)))
    assert ids(out) == held(registry)
    assert (fetched.studies, fetched.total, fetched.repeated) == (23, 23, 0)
    assert fetched.data_timestamp == registry.data_timestamp
    assert not fetched.data_changed
    assert heard == [(5, 23), (10, 23), (15, 23), (20, 23), (23, 23)]
    assert [path.name for path in out.parent.iterdir()] == ["all.jsonl.gz"]


def test_the_bytes_are_the_same_each_time(registry: Registry, tmp_path: Path) -> None:
    run(registry, tmp_path / "one.gz")
    run(registry, tmp_path / "two.gz")
    assert (tmp_path / "one.gz").read_bytes() == (tmp_path / "two.gz").read_bytes()


def test_ids_not_found_are_named_and_an_obsolete_id_finds_its_study(
    registry: Registry, tmp_path: Path
) -> None:
    registry.studies.append(study(100, nctIdAliases=["NCT99000999"]))
    asked = Asked(ids=("NCT99000003", "NCT99000777", "NCT99000999", "NCT99000778"))
    fetched = run(registry, tmp_path / "some.gz", asked)
    assert ids(fetched.out) == ["NCT99000003", "NCT99000100"]
    assert fetched.missing == ("NCT99000777", "NCT99000778")


def test_no_study_at_all_is_an_empty_but_whole_gzip(tmp_path: Path) -> None:
    with running(Registry(count=0)) as empty:
        fetched = run(empty, tmp_path / "none.gz")
    assert fetched.studies == 0
    assert gzip.decompress(fetched.out.read_bytes()) == b""


def test_a_study_repeated_on_a_later_page_is_kept_once(registry: Registry, tmp_path: Path) -> None:
    registry.studies.insert(7, registry.studies[0])
    fetched = run(registry, tmp_path / "all.gz")
    assert len(ids(fetched.out)) == 23
    assert (fetched.studies, fetched.repeated, fetched.total) == (23, 1, 24)


def test_a_study_without_an_id_is_kept_for_its_reader(registry: Registry, tmp_path: Path) -> None:
    registry.studies[3:3] = [{"protocolSection": {}}, {"protocolSection": {}}]
    fetched = run(registry, tmp_path / "all.gz")
    assert fetched.studies == 25


@pytest.mark.parametrize("limit", [1, 5, 7, 400])
def test_a_limit_is_kept(registry: Registry, tmp_path: Path, limit: int) -> None:
    heard: list[tuple[int, int | None]] = []
    fetched = run(
        registry,
        tmp_path / "few.gz",
        Asked(limit=limit),
        progress=lambda done, total: heard.append((done, total)),
    )
    assert ids(fetched.out) == held(registry)[:limit]
    assert heard[-1] == (min(limit, 23), min(limit, 23))


def test_an_existing_file_is_replaced_only_when_forced(registry: Registry, tmp_path: Path) -> None:
    out = tmp_path / "mine.gz"
    out.write_bytes(b"mine")
    with pytest.raises(SourceError, match="--force"):
        run(registry, out)
    assert out.read_bytes() == b"mine"
    assert registry.asked == []
    run(registry, out, force=True)
    assert len(ids(out)) == 23


def test_a_cut_fetch_goes_on_after_its_last_page(registry: Registry, tmp_path: Path) -> None:
    out, said = tmp_path / "all.gz", []
    cut(registry, out, pages=3)
    assert not out.exists()
    with Partial(out).data.open("ab") as torn:
        torn.write(b"\x1f\x8b half a page")
    registry.asked.clear()
    fetched = run(registry, out, say=said.append)
    assert ids(out) == held(registry)
    assert (fetched.studies, fetched.total) == (23, 23)
    assert [asked.get("pageToken") for asked in registry.asked] == ["a-15", "a-20"]
    assert said == [f"going on after 15 studies already in {out}.part"]


def test_repeats_are_known_after_a_cut(registry: Registry, tmp_path: Path) -> None:
    registry.studies.insert(12, registry.studies[0])
    cut(registry, tmp_path / "all.gz", pages=1)
    fetched = run(registry, tmp_path / "all.gz")
    assert (fetched.studies, fetched.repeated) == (23, 1)


def test_new_data_since_the_cut_starts_over(registry: Registry, tmp_path: Path) -> None:
    out, said = tmp_path / "all.gz", []
    cut(registry, out, pages=2)
    registry.data_timestamp = "2026-11-21T09:00:02"
    registry.studies.insert(0, study(50))
    fetched = run(registry, out, say=said.append)
    assert ids(out) == held(registry)
    assert "published new data" in said[0]
    assert fetched.data_timestamp == registry.data_timestamp


def test_new_data_during_the_pages_is_told(registry: Registry, tmp_path: Path) -> None:
    def publish(done: int, total: int | None) -> None:
        registry.data_timestamp = "2026-11-21T09:00:02"

    fetched = run(registry, tmp_path / "all.gz", progress=publish)
    assert fetched.data_changed
    assert fetched.data_timestamp == "2026-11-20T09:00:04"


def test_a_forgotten_token_starts_a_resumed_fetch_over(registry: Registry, tmp_path: Path) -> None:
    out, said = tmp_path / "all.gz", []
    cut(registry, out, pages=2)
    registry.tokens_from = "b"
    run(registry, out, say=said.append)
    assert ids(out) == held(registry)
    assert "no longer knows its page token" in said[1]
    assert said[1].endswith("starting over")


def test_a_token_forgotten_at_once_is_an_error(registry: Registry, tmp_path: Path) -> None:
    def forget(done: int, total: int | None) -> None:
        registry.tokens_from += "x"

    with pytest.raises(TokenError):
        run(registry, tmp_path / "all.gz", progress=forget)


def test_the_part_of_another_fetch_is_not_lost_unless_forced(
    registry: Registry, tmp_path: Path
) -> None:
    out = tmp_path / "all.gz"
    cut(registry, out, pages=2)
    with pytest.raises(SourceError, match="unfinished fetch of something else"):
        run(registry, out, Asked(condition="glioma"))
    run(registry, out, Asked(condition="glioma"), force=True)
    assert len(ids(out)) == 23


@pytest.mark.parametrize("damage", ["note", "short", "gone"])
def test_a_part_that_is_not_whole_starts_over(
    registry: Registry, tmp_path: Path, damage: str
) -> None:
    out = tmp_path / "all.gz"
    cut(registry, out, pages=2)
    partial = Partial(out)
    if damage == "note":
        partial.note.write_text('{"asked": ')
    elif damage == "short":
        partial.data.write_bytes(partial.data.read_bytes()[:-1])
    else:
        partial.data.unlink()
    run(registry, out)
    assert ids(out) == held(registry)


def test_a_damaged_part_is_told(registry: Registry, tmp_path: Path) -> None:
    out = tmp_path / "all.gz"
    cut(registry, out, pages=2)
    data = Partial(out).data
    content = bytearray(data.read_bytes())
    content[len(content) // 3] ^= 0xFF
    data.write_bytes(content)
    with pytest.raises(SourceError, match="damaged"):
        run(registry, out)


def test_a_folder_that_cannot_be_written_is_told(registry: Registry, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SourceError, match="cannot be written"):
        run(registry, tmp_path / "file" / "all.gz")


def test_two_fetches_of_one_file_do_not_mix(registry: Registry, tmp_path: Path) -> None:
    out = tmp_path / "all.gz"

    def other(done: int, total: int | None) -> None:
        with Partial(out).data.open("ab") as data:
            data.write(b"other")

    with pytest.raises(SourceError, match="another fetch"):
        run(registry, out, progress=other)


KILLED = """
import os, signal, sys
from pathlib import Path
from kg.records.api import Api
from kg.records.asked import Asked
from kg.records.download import fetch

moments = int(sys.argv[3])
def watched(call):
    def counting(*args):
        global moments
        moments -= 1
        if moments == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return call(*args)
    return counting
for name in ("fsync", "replace", "truncate"):
    setattr(os, name, watched(getattr(os, name)))
with Api(sys.argv[1], pause=0) as api:
    fetch(api, Asked(), Path(sys.argv[2]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_kill_at_any_moment_then_again_gives_the_same_file(
    registry: Registry, tmp_path: Path
) -> None:
    whole, out = tmp_path / "whole.gz", tmp_path / "cut.gz"
    registry.page_size = 2
    run(registry, whole)
    kills = 0
    for moment in (1, 2, 4, 3, 7, 5, 6, 9, 99):
        command = [sys.executable, "-c", KILLED, registry.base_url, str(out), str(moment)]
        ended = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=60)
        if ended.returncode == 0:
            break
        assert ended.returncode == -9, ended.stderr
        assert not out.exists()
        kills += 1
    assert kills == 8
    assert out.read_bytes() == whole.read_bytes()
    assert ids(out) == held(registry)


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_kill_while_waiting_for_a_page(registry: Registry, tmp_path: Path) -> None:
    whole, out = tmp_path / "whole.gz", tmp_path / "cut.gz"
    run(registry, whole)
    registry.delay = 0.1
    command = [sys.executable, "-c", KILLED, registry.base_url, str(out), "0"]
    for pages in (1, 2):
        registry.asked.clear()
        with subprocess.Popen(command, cwd=ROOT) as fetching:
            while len(registry.asked) < pages:
                assert fetching.poll() is None
            fetching.kill()
    registry.delay = 0.0
    run(registry, out)
    assert out.read_bytes() == whole.read_bytes()
