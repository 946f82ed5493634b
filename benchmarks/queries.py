"""Times every catalogue query on its defaults, by both engines.

    python benchmarks/queries.py STORE [NAME…] [--engine graph|columns|both] [--runs 3]

Median CPU and wall milliseconds, and rows, slowest first. STORE is a folder made by `kg build`; the
columns engine makes its tables there at its first question, which is timed apart.
"""

from __future__ import annotations

import argparse
import os
import platform
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from kg.query.catalogue import Query, catalogue
from kg.query.results import rows
from kg.query.run import run
from kg.store import open_read_only


def timed(ask: Callable[[], bytes], runs: int) -> tuple[float, float, int]:
    """Median CPU and wall milliseconds, and the lines of the answer."""
    cpu, wall, lines = [], [], 0
    for _ in range(runs):
        begun, since = time.process_time(), time.perf_counter()
        answer = ask()
        cpu.append((time.process_time() - begun) * 1000)
        wall.append((time.perf_counter() - since) * 1000)
        lines = answer.count(b"\n") - 1
    return median(cpu), median(wall), lines


def main() -> None:
    """Prints the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("store", type=Path)
    arguments.add_argument("names", nargs="*")
    arguments.add_argument("--engine", choices=("graph", "columns", "both"), default="graph")
    arguments.add_argument("--runs", type=int, default=3)
    given = arguments.parse_args()
    store, build = open_read_only(given.store)
    print(
        f"machine: {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    )
    engines: dict[str, Callable[[Query], bytes]] = {}
    if given.engine != "columns":
        engines["graph"] = lambda query: rows(run(store, query), "csv")
    if given.engine != "graph":
        from kg.query.columns.answer import run_on_columns
        from kg.query.columns.tables import open_columns

        begun = time.process_time()
        tables = open_columns(build, store)
        print(f"tables opened or made in {time.process_time() - begun:.1f} s CPU")
        engines["columns"] = lambda query: rows(run_on_columns(tables, store, query), "csv")
    for name, ask in engines.items():
        times = [
            (*timed(lambda query=query, ask=ask: ask(query), given.runs), query.name)
            for query in catalogue()
            if not given.names or query.name in given.names
        ]
        print(f"{name}: CPU ms, wall ms, rows; median of {given.runs}")
        for cpu, wall, count, query_name in sorted(times, reverse=True):
            print(f"{cpu:10.1f} {wall:10.1f} {count:8}  {query_name}")


if __name__ == "__main__":
    main()
