"""What the same small mapping costs by rdflib, maplib and morph-kgc, and as this project writes.

    python -m benchmarks.peers RECORDS [--maplib PYTHON] [--morph-kgc PYTHON]

RECORDS are lines of JSON of the registry's API, as `python -m benchmarks.registry` makes them. The
mapping is a part of this project's own: title, status, phases, lead sponsor, conditions,
interventions and sites of each trial (`tables.py`). Each way runs in a process of its own, from
the file of records to a file of N-Triples without doubles; CPU seconds (user + system, over that
process and its own), peak memory, and whether the triples are exactly those of rdflib. maplib and
morph-kgc are no dependencies: give the Pythons of environments that have them, made with
`pip install maplib polars` and `pip install morph-kgc`.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import RdfFormat, parse

ROOT = Path(__file__).resolve().parents[2]


class Cost(NamedTuple):
    """CPU seconds, MiB at the peak, and what came out."""

    cpu: float
    peak: float
    triples: int
    digest: str


def run(python: str, module: str, records: Path, out: Path) -> Cost:
    """One way, in a process of its own."""
    command = [python, "-m", f"benchmarks.peers.{module}", str(records), str(out)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{module} failed")
    triples, digest = content(out) if out.exists() else (0, "")
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, triples, digest)


def content(path: Path) -> tuple[int, str]:
    """How many triples a file has, and a digest of them, in whatever order they stand."""
    lines = {str(quad.triple) for quad in parse(path=path, format=RdfFormat.N_TRIPLES)}
    return len(lines), hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def main() -> None:
    """Prints the table."""
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("records", type=Path)
    arguments.add_argument("--maplib", metavar="PYTHON")
    arguments.add_argument("--morph-kgc", metavar="PYTHON")
    given = arguments.parse_args()
    ways = {
        "reading alone": (sys.executable, "nothing"),
        "rdflib": (sys.executable, "by_rdflib"),
        "morph-kgc": (given.morph_kgc, "by_morph_kgc"),
        "maplib": (given.maplib, "by_maplib"),
        "trialkg": (sys.executable, "by_trialkg"),
    }
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(f"{'':14} {'CPU s':>8} {'peak MiB':>9} {'triples':>10} {'µs/triple':>10}  same triples")
    expected = ""
    with tempfile.TemporaryDirectory() as place:
        for name, (python, module) in ways.items():
            if python is None:
                print(f"{name:14} not run: no Python given for it")
                continue
            cost = run(python, module, given.records.resolve(), Path(place) / f"{module}.nt")
            if name == "rdflib":
                expected = cost.digest
            each = f"{cost.cpu / cost.triples * 1e6:10.1f}" if cost.triples else f"{'':10}"
            same = ("yes" if cost.digest == expected else "NO") if cost.triples else ""
            print(f"{name:14} {cost.cpu:8.1f} {cost.peak:9.0f} {cost.triples:10} {each}  {same}")


if __name__ == "__main__":
    main()
