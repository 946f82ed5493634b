"""Kills builds at random moments and looks whether anything already stored was lost.

    python -m benchmarks.survival SOURCE [--kills 50] [--seed 1]

A store is built from the source, then built again and again; each of these builds is killed
(SIGKILL) at a moment drawn at random from the time that a whole build takes. After each kill the
store must answer with a whole graph, the killed build must have left no process behind, and
`kg doctor` must find nothing worse than leftovers. At last a build must succeed and clean up.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

COMMAND = [sys.executable, "-c", "from kg.cli import main; main()", "build"]
TRIALS = "SELECT ?t { ?t a <https://w3id.org/trialkg/ontology#Trial> }"
ROOT = Path(__file__).resolve().parents[1]


def start(source: Path, store: Path) -> subprocess.Popen[bytes]:
    """A build in a process group of its own."""
    return subprocess.Popen(
        [*COMMAND, str(source), "--store", str(store), "--workers", "2"],
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
    from kg.doctor import examine
    from kg.graph import Graph
    from kg.store import builds

    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("source", type=Path)
    arguments.add_argument("--kills", type=int, default=50)
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    print(f"machine: {platform.machine()}, {os.cpu_count()} cores")
    print(f"command: python -m benchmarks.survival {' '.join(sys.argv[1:])}")
    draw = random.Random(given.seed)
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        began = time.perf_counter()
        start(given.source, store).wait()
        whole = time.perf_counter() - began
        trials = Graph(store).info().trials
        print(f"data: {trials:,} trials; a whole build takes {whole:.1f} s")
        killed = survived = 0
        left = 0
        for _ in range(given.kills):
            child = start(given.source, store)
            time.sleep(draw.uniform(0, 1.1 * whole))
            child.send_signal(signal.SIGKILL)
            killed += child.wait() == -signal.SIGKILL
            if orphans(child.pid):
                raise SystemExit("a killed build left a process behind")
            health = examine(store)
            left += any(one.what == "leftovers" for one in health.findings)
            found = len(list(Graph(store).query(TRIALS)))  # type: ignore[arg-type]
            if not health.healthy or found != trials:
                raise SystemExit(f"something was lost: {health}, {found} trials")
            survived += 1
        start(given.source, store).wait()
        print(
            f"{killed} builds killed, {given.kills - killed} ended before; after each of the "
            f"{survived} the graph was whole; {left} left files behind, which the next build "
            f"removed: build folders now {len(builds(store))}"
        )


if __name__ == "__main__":
    main()
