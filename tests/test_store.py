from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pyoxigraph import Store

from kg.errors import StoreError
from kg.store import bulk_load, current, new_build, open_read_only

ROOT = Path(__file__).resolve().parents[1]


def lines(value: str, count: int) -> list[str]:
    return [f'<x:{number}> <x:p> "{value}" .\n' for number in range(count)]


def fill(store_dir: Path, value: str, count: int = 100) -> None:
    with new_build(store_dir) as build:
        assert bulk_load(build, lines(value, count)) == count


def values(store: Store) -> set[str]:
    return {quad.object.value for quad in store if not hasattr(quad.object, "subject")}


def test_a_build_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    fill(tmp_path, "one")
    before, _ = open_read_only(tmp_path)
    fill(tmp_path, "two")
    after, _ = open_read_only(tmp_path)
    assert values(after) == {"two"}
    assert values(before) == {"one"}, "an open handle keeps its own graph"
    assert len(list(tmp_path.glob("build-*"))) == 1


@pytest.mark.parametrize("chunks", [["no triple\n"], ["<x:s> <x:p> <x:o> .\n", "<x:s> <x:p> "]])
def test_a_build_that_fails_leaves_the_one_before(tmp_path: Path, chunks: list[str]) -> None:
    fill(tmp_path, "one")
    with pytest.raises(StoreError, match="could not be written"), new_build(tmp_path) as build:
        bulk_load(build, chunks)
    assert values(open_read_only(tmp_path)[0]) == {"one"}
    fill(tmp_path, "two")
    assert values(open_read_only(tmp_path)[0]) == {"two"}


def test_an_error_while_mapping_leaves_the_one_before(tmp_path: Path) -> None:
    fill(tmp_path, "one")
    with pytest.raises(ZeroDivisionError), new_build(tmp_path) as build:
        bulk_load(build, (str(1 // (number - 5)) for number in range(5, 9)))
    assert values(open_read_only(tmp_path)[0]) == {"one"}


def test_two_builds_at_once_are_refused(tmp_path: Path) -> None:
    with new_build(tmp_path) as build:
        bulk_load(build, lines("one", 3))
        with pytest.raises(StoreError, match="another build"), new_build(tmp_path):
            pass
    assert values(open_read_only(tmp_path)[0]) == {"one"}


def test_where_there_is_no_store_the_error_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="kg build"):
        open_read_only(tmp_path / "none")
    with pytest.raises(StoreError, match="kg build"):
        open_read_only(tmp_path)


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be written"), new_build(tmp_path / "file"):
        pass


def test_a_damaged_graph_is_said(tmp_path: Path) -> None:
    fill(tmp_path, "one")
    for file in (current(tmp_path) / "graph").iterdir():
        file.write_bytes(b"damaged")
    with pytest.raises(StoreError, match="build it again"):
        open_read_only(tmp_path)
    (tmp_path / "CURRENT").write_text("../elsewhere\n")
    with pytest.raises(StoreError, match="the name of a build"):
        open_read_only(tmp_path)


SLOW_BUILD = """
import sys, time
from pathlib import Path
from kg.store import bulk_load, new_build

def slowly():
    print("started", flush=True)
    for number in range(400):
        yield "".join(f'<x:{number}.{n}> <x:p> "two" .\\n' for n in range(500))
        time.sleep(0.001)

with new_build(Path(sys.argv[1])) as build:
    bulk_load(build, slowly())
    print("loaded", flush=True)
"""


@pytest.mark.parametrize("delay", [0.0, 0.05, 0.2, 0.45, 0.7, 1.0])
def test_a_build_killed_at_any_moment_leaves_a_whole_graph(tmp_path: Path, delay: float) -> None:
    fill(tmp_path, "one")
    child = subprocess.Popen(
        [sys.executable, "-c", SLOW_BUILD, str(tmp_path)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert child.stdout is not None
    assert child.stdout.readline() == b"started\n"
    time.sleep(delay)
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    store, _ = open_read_only(tmp_path)
    assert (values(store), len(store)) in [({"one"}, 100), ({"two"}, 200_000)]
    fill(tmp_path, "three")
    assert values(open_read_only(tmp_path)[0]) == {"three"}
    assert len(list(tmp_path.glob("build-*"))) == 1, "what the killed build left is removed"


def test_many_readers_at_once_also_beside_a_build(tmp_path: Path) -> None:
    fill(tmp_path, "one")
    readers = [open_read_only(tmp_path)[0] for _ in range(5)]
    with new_build(tmp_path) as build:
        bulk_load(build, lines("two", 10))
        readers.append(open_read_only(tmp_path)[0])
        assert all(values(reader) == {"one"} for reader in readers)
    assert all(values(reader) == {"one"} for reader in readers)
