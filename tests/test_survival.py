"""What is stored outlives kills, full disks, second builds, swaps and folders nobody may write."""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest

import kg
from kg.doctor import examine
from kg.errors import StoreError
from kg.graph import Graph
from kg.pipeline.workers import Workers
from kg.store import builds

ROOT = Path(__file__).resolve().parents[1]
COMMAND = [sys.executable, "-c", "from kg.cli import main; main()"]
TRIALS = "SELECT ?t { ?t a <https://w3id.org/trialkg/ontology#Trial> }"
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}


_DATES = {"Before": "2026-01-01", "After": "2026-02-02"}


def records(path: Path, title: str, count: int) -> Path:
    with open(path, "w") as out:
        for number in range(count):
            identification = {"nctId": f"NCT99{number:06d}", "briefTitle": title}
            status = {"lastUpdatePostDateStruct": {"date": _DATES[title]}}
            study = {
                "protocolSection": {
                    "identificationModule": identification,
                    "statusModule": status,
                }
            }
            out.write(json.dumps(study) + "\n")
    return path


@pytest.fixture
def store(tmp_path: Path) -> Path:
    kg.build([records(tmp_path / "before.jsonl", "Before", 3)], tmp_path / "store")
    return tmp_path / "store"


def is_whole(store: Path) -> bool:
    title = Graph(store).trial("NCT99000001").title
    return examine(store).healthy and title in {"Before", "After"}


def start(
    source: Path, store: Path, command: str = "build", **how: object
) -> subprocess.Popen[str]:
    more = ["--workers", "2"] if command == "build" else []
    return subprocess.Popen(
        [*COMMAND, command, str(source), "--store", str(store), *more],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=ENVIRONMENT,
        start_new_session=True,
        **how,  # type: ignore[call-overload]
    )


def left_alone(group: int) -> bool:
    """Whether every process of a group ends by itself."""
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize(("command", "kills"), [("build", 6), ("update", 5)])
def test_what_is_killed_at_random_moments_loses_nothing(
    tmp_path: Path, store: Path, command: str, kills: int
) -> None:
    source = records(tmp_path / "after.jsonl", "After", 400)
    draw = random.Random(11)
    shutil.copytree(store, tmp_path / "other")
    began = time.perf_counter()
    start(source, tmp_path / "other", command).communicate()
    whole = time.perf_counter() - began
    for _ in range(kills):
        child = start(source, store, command)
        time.sleep(draw.uniform(0, whole))
        child.send_signal(signal.SIGKILL)
        child.communicate()
        assert left_alone(child.pid), "a worker outlived its build"
        assert is_whole(store)
    kg.update([source], store)
    assert len(builds(store)) == 1, "what was left is removed"
    assert kg.open(str(store)).report().trials == 400


def test_ctrl_c_stops_a_build_with_a_sentence(tmp_path: Path, store: Path) -> None:
    child = start(records(tmp_path / "after.jsonl", "After", 4000), store)
    while len(builds(store)) < 2:
        time.sleep(0.01)
    os.killpg(child.pid, signal.SIGINT)
    _, told = child.communicate()
    assert (child.returncode, told.strip()) == (
        1,
        f"kg: {store}: stopped; what it held before is untouched",
    )
    assert left_alone(child.pid)
    assert is_whole(store)
    assert len(builds(store)) == 1


class _Deadly:
    """A worker that does not live to finish."""

    def do(self, number: int) -> int:
        if number == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    def finish(self) -> None:
        return None


class _Failing(_Deadly):
    def do(self, number: int) -> int:
        if number == 3:
            raise OSError(28, "No space left on device")
        return number


def test_a_worker_that_dies_ends_the_work_with_a_sentence() -> None:
    with (
        pytest.raises(StoreError, match="ended by signal 9"),
        Workers(2, lambda number: _Deadly(), int, int) as crew,
    ):
        list(crew.run(range(100)))


def test_a_worker_that_fails_ends_the_work_with_its_reason() -> None:
    with (
        pytest.raises(OSError, match="No space left"),
        Workers(2, lambda number: _Failing(), int, int) as crew,
    ):
        list(crew.run(range(100)))


class _Late(_Deadly):
    """Fails when nobody waits for it any more, and before it has seen that."""

    def do(self, number: int) -> int:
        leave = os._exit
        here = threading.current_thread()

        def slowly(code: int) -> NoReturn:
            if threading.current_thread() is not here:
                time.sleep(60)
            leave(code)

        os._exit = slowly
        time.sleep(0.2)
        raise OSError(28, "No space left on device")


def test_a_worker_that_fails_too_late_is_silent(capfd: pytest.CaptureFixture[str]) -> None:
    def pieces() -> Iterator[int]:
        yield from (1, 2)
        raise StoreError("no room")

    with (
        Workers(2, lambda number: _Late(), int, int) as crew,
        pytest.raises(StoreError, match="no room"),
    ):
        next(crew.run(pieces()))
    assert capfd.readouterr().err == ""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "small"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(place)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("a small disk may not be mounted here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=False)


COMMANDS = pytest.mark.parametrize("command", ["build", "update"])


@COMMANDS
def test_a_full_disk_costs_nothing(tmp_path: Path, small_disk: Path, command: str) -> None:
    store = small_disk / "store"
    kg.build([records(tmp_path / "before.jsonl", "Before", 3)], store)
    filler = small_disk / "filler"
    for free in (0, 100 << 10, 400 << 10, 800 << 10):
        filler.unlink(missing_ok=True)
        room = os.statvfs(small_disk)
        filler.write_bytes(bytes(max(0, room.f_bavail * room.f_frsize - free)))
        child = start(records(tmp_path / "after.jsonl", "After", 800), store, command)
        _, told = child.communicate()
        assert child.returncode == 1
        assert told.startswith("kg: ")
        assert told.count("\n") == 1, "one sentence"
        assert "untouched" in told or "could not be" in told or "make room" in told
        assert is_whole(store)
    filler.unlink()
    assert len(builds(store)) == 1


@COMMANDS
def test_a_file_that_may_not_grow_costs_nothing(tmp_path: Path, store: Path, command: str) -> None:
    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))

    source = records(tmp_path / "after.jsonl", "After", 800)
    child = start(source, store, command, preexec_fn=limit)
    _, told = child.communicate()
    assert child.returncode == 1
    assert told.startswith("kg: ")
    assert told.count("\n") == 1, "one sentence"
    assert is_whole(store)


@COMMANDS
def test_a_second_one_is_refused_while_one_runs(tmp_path: Path, store: Path, command: str) -> None:
    source = records(tmp_path / "after.jsonl", "After", 2000)
    child = start(source, store, command)
    while len(builds(store)) < 2:
        time.sleep(0.01)
    for other in (kg.build, kg.update):
        with pytest.raises(StoreError, match="another build is under way"):
            other([source], store)
    child.communicate()
    assert child.returncode == 0
    assert Graph(store).trial("NCT99000001").title == "After"


def test_readers_see_one_graph_or_the_other_during_swaps(tmp_path: Path, store: Path) -> None:
    sources = [records(tmp_path / f"{count}.jsonl", "After", count) for count in (5, 7)]
    seen: set[int] = set()
    failed: list[str] = []
    stop = threading.Event()

    def look() -> None:
        while not stop.is_set():
            try:
                seen.add(len(list(Graph(store).query(TRIALS))))  # type: ignore[arg-type]
            except Exception as error:
                failed.append(repr(error))

    readers = [threading.Thread(target=look) for _ in range(2)]
    for reader in readers:
        reader.start()
    for source in sources * 2:
        kg.build([source], store)
    kg.update([records(tmp_path / "9.jsonl", "After", 9)], store)
    kg.update([], store, remove=["NCT99000008"])
    stop.set()
    for reader in readers:
        reader.join()
    assert failed == []
    assert seen <= {3, 5, 7, 9, 8}


def test_a_folder_that_may_not_be_written_answers_and_refuses_builds(
    tmp_path: Path, store: Path
) -> None:
    bound = subprocess.run(["mount", "--bind", str(store), str(store)], check=False)
    if bound.returncode:
        pytest.skip("a read-only folder may not be mounted here")
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", str(store)], check=True)
        assert is_whole(store)
        for command in (kg.build, kg.update):
            with pytest.raises(StoreError, match="cannot be written"):
                command([records(tmp_path / "after.jsonl", "After", 3)], store)
        assert is_whole(store)
    finally:
        subprocess.run(["umount", "-l", str(store)], check=False)
