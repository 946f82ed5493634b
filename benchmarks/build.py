"""What a build costs, beside the floor and beside plain rdflib.

    python benchmarks/build.py SOURCE… [--rdflib-share 0.1]

Builds a store from the sources in a process of its own, then loads the very same triples
(a) with pyoxigraph's bulk loader alone, from an N-Triples file: the floor; and (b) with rdflib's
Graph.add, term by term, on a share of them: what most projects do. All figures are CPU seconds
(user + system) of whole processes; (b) is given per triple.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

BUILD = """
import json, sys
import kg
report = kg.build(sys.argv[2:], sys.argv[1])
"""

FLOOR = """
import sys
from pyoxigraph import RdfFormat, Store
store = Store(sys.argv[1])
store.bulk_load(path=sys.argv[2], format=RdfFormat.N_TRIPLES, lenient=True)
store.flush()
"""

RDFLIB = """
import sys, time
from pyoxigraph import Literal as L, RdfFormat, parse
from rdflib import Graph, Literal, URIRef

most = int(sys.argv[2])
plain = []
for number, quad in enumerate(parse(path=sys.argv[1], format=RdfFormat.N_TRIPLES)):
    if number == most:
        break
    o = quad.object
    kind = o.datatype.value if isinstance(o, L) else None
    plain.append((quad.subject.value, quad.predicate.value, o.value, kind))
graph = Graph()
start = time.process_time()
for s, p, o, kind in plain:
    value = URIRef(o) if kind is None else Literal(o, datatype=URIRef(kind))
    graph.add((URIRef(s), URIRef(p), value))
print((time.process_time() - start) / len(plain))
"""


def run(code: str, *arguments: str) -> tuple[float, float, float, str]:
    """CPU seconds, wall seconds, peak MiB and output of a Python program."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    output, _ = child.communicate()
    wall = time.perf_counter() - start
    if child.returncode:
        raise SystemExit(f"a measured program failed with exit code {child.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, wall, after.ru_maxrss / 1024, output


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("sources", nargs="+")
    arguments.add_argument("--rdflib-share", type=float, default=0.1)
    given = arguments.parse_args()
    cores, python = os.cpu_count(), platform.python_version()
    print(f"machine: {platform.machine()}, {cores} cores, Python {python}")
    print(f"command: python benchmarks/build.py {' '.join(given.sources)}")
    with tempfile.TemporaryDirectory() as folder:
        store = str(Path(folder) / "store")
        cpu, wall, memory, _ = run(BUILD, store, *given.sources)
        report = json.loads((Path(store) / "build.json").read_text())
        triples, trials = report["triples"], report["trials"]
        print(
            f"data: {report['records_read']:,} records read, {trials:,} trials, "
            f"{report['superseded']:,} older versions, {len(report['rejected']):,} rejected; "
            f"{triples:,} triples, {triples / trials:.0f} per trial"
        )
        print(
            f"kg build: {cpu:.1f} s CPU, {wall:.1f} s wall, peak {memory:.0f} MiB; "
            f"{report['records_read'] / wall:.0f} records/s, {triples / wall:,.0f} triples/s (wall)"
        )
        parts = report["cpu_seconds"]
        print(f"stages, wall seconds: {report['seconds']}")
        print(f"kinds of work, CPU seconds: {parts}")

        from kg.export import export
        from kg.store import open_read_only

        lines = Path(folder) / "graph.nt"
        export(open_read_only(Path(store))[0], "ntriples", lines)
        floor, floor_wall, floor_memory, _ = run(FLOOR, str(Path(folder) / "floor"), str(lines))
        print(
            f"(a) bulk load alone: {floor:.1f} s CPU, {floor_wall:.1f} s wall, "
            f"peak {floor_memory:.0f} MiB; kg build / floor = {cpu / floor:.2f} (CPU)"
        )
        bare = sum(parts[part] for part in ("read and parse", "map", "load"))
        print(
            f"    reading, parsing, mapping and loading alone / floor = {bare / floor:.2f}; "
            f"resolving names / floor = {parts['resolve'] / floor:.2f}; "
            f"index of related trials / floor = {parts['index of related trials'] / floor:.2f}"
        )
        most = max(1, int(triples * given.rdflib_share))
        each = float(run(RDFLIB, str(lines), str(most))[3])
        print(
            f"(b) rdflib Graph.add of {most:,} triples, in memory: {each * 1e6:.1f} µs each, "
            f"{each * triples:.1f} s for all, where mapping and loading take "
            f"{parts['map'] + parts['load']:.1f} s: rdflib / kg = "
            f"{(each * triples + parts['map']) / (parts['map'] + parts['load']):.2f} "
            "(with the same mapping before it)"
        )


if __name__ == "__main__":
    main()
