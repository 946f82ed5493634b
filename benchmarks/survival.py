"""Kills builds and updates at random moments and looks whether anything stored was lost.

    python -m benchmarks.survival SOURCE [--kills 50] [--seed 1]
    python -m benchmarks.survival SOURCE --update DAY [--kills 50] [--seed 1]

A store is built from the source, then built again and again, or brought up to date with the
records of a day; each time the command is killed (SIGKILL) at a moment drawn at random from the
time that a whole one takes. After each kill the store must answer with a whole graph, the one
before or the one after, `kg doctor` must find nothing worse than leftovers, and no process may be
left behind. An update that was killed too late is undone for the next: the store before is put
back. At last the command must succeed and clean up.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

COMMAND = [sys.executable, "-c", "from kg.cli import main; main()"]
TRIALS = "SELECT ?t { ?t a <https://w3id.org/trialkg/ontology#Trial> }"
ROOT = Path(__file__).resolve().parents[1]


def start(command: str, source: Path, store: Path) -> subprocess.Popen[bytes]:
    """A build or an update in a process group of its own."""
    more = ["--workers", "2"] if command == "build" else []
    return subprocess.Popen(
        [*COMMAND, command, str(source), "--store", str(store), *more],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        start_new_session=True,
    )


def orphans(group: int) -> bool:
    """Whether a process of the group still lives a moment after its parent was killed."""
    for _ in range(50):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return False
        time.sleep(0.1)
    return True


def main() -> None:
    """Kill, look, and tell."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("source", type=Path)
    arguments.add_argument("--update", type=Path, metavar="DAY", help="kill updates with it")
    arguments.add_argument("--kills", type=int, default=50)
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    print(f"machine: {platform.machine()}, {os.cpu_count()} cores")
    print(f"command: python -m benchmarks.survival {' '.join(sys.argv[1:])}")
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), given.source, given.update, given.kills, random.Random(given.seed))


def measure(place: Path, source: Path, day: Path | None, kills: int, draw: random.Random) -> None:
    """Kill one command so many times."""
    from kg.doctor import examine
    from kg.graph import Graph
    from kg.store import builds, current

    command, given = ("update", day) if day else ("build", source)
    store, before, trial = place / "store", place / "before", place / "trial"
    start("build", source, before).wait()
    shutil.copytree(before, trial)
    began = time.perf_counter()
    start(command, given, trial).wait()
    whole = time.perf_counter() - began
    shutil.copytree(before, store)
    sizes = {Graph(one).report().triples for one in (before, trial)}
    trials = {Graph(one).report().trials for one in (before, trial)}
    print(f"data: {max(trials):,} trials; a whole {command} takes {whole:.1f} s")
    killed = late = left = 0
    for _ in range(kills):
        child = start(command, given, store)
        time.sleep(draw.uniform(0, 1.1 * whole))
        child.send_signal(signal.SIGKILL)
        killed += child.wait() == -signal.SIGKILL
        if orphans(child.pid):
            raise SystemExit(f"a killed {command} left a process behind")
        health = examine(store)
        left += any(one.what == "leftovers" for one in health.findings)
        graph = Graph(store)
        found = len(list(graph.query(TRIALS)))  # type: ignore[arg-type]
        if not health.healthy or found not in trials or graph.report().triples not in sizes:
            raise SystemExit(f"something was lost: {health}, {found} trials")
        if day and graph.report().triples != Graph(before).report().triples:
            late += 1
            shutil.rmtree(store)
            shutil.copytree(before, store)
    if start(command, given, store).wait():
        raise SystemExit(f"the last {command} failed")
    same = set(Graph(store).store) == set(Graph(trial).store)
    print(
        f"{killed} killed, {kills - killed} ended before; {late} had swapped the new graph in; "
        f"after each of the {kills} the graph was whole; {left} left files behind, removed by the "
        f"next; at last {len(builds(store))} build folder ({current(store).name}), its graph "
        f"{'the same as' if same else 'ANOTHER THAN'} that of a {command} nobody killed"
    )


if __name__ == "__main__":
    main()
