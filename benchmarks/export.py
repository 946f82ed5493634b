"""Times what an export costs, beside pyoxigraph's own dump of the same store.

    python benchmarks/export.py STORE [--formats turtle,neo4j-csv] [--neo4j]

Every export runs in a process of its own and writes files; CPU seconds (user + system), wall
seconds, peak memory and the ratio of the CPU seconds to those of the N-Triples dump. With
`--neo4j`, a real Neo4j (see tests/neo4j/server.py) then imports the folder and takes a push: rows,
nodes and relationships together, a second.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FORMATS = (
    "ntriples,nquads,turtle,trig,rdfxml,jsonld,neo4j-csv,cypher,kgx,parquet,sssom,schema-org,void"
)

DUMP = """
import sys
from pathlib import Path
from pyoxigraph import DefaultGraph, RdfFormat
from kg.store import open_read_only
store = open_read_only(Path(sys.argv[1]))[0]
store.dump(sys.argv[2], RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
"""
EXPORT = """
import sys
from kg.cli import main
main(["export", sys.argv[3], "--store", sys.argv[1], "--out", sys.argv[2]])
"""


def run(code: str, *arguments: str) -> tuple[float, float, float]:
    """CPU seconds, wall seconds and peak MiB of a Python program."""
    start = time.perf_counter()
    child = subprocess.Popen([sys.executable, "-c", code, *arguments], cwd=ROOT)
    _, status, used = os.wait4(child.pid, 0)
    wall = time.perf_counter() - start
    if status:
        raise SystemExit(f"a measured program failed with status {status}")
    return used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024


def loads(store: Path, folder: Path) -> None:
    """Prints how fast a real Neo4j imports the folder, and takes a push."""
    from kg.export.neo4j.connect import connect
    from kg.export.neo4j.mapping import mapping
    from kg.export.neo4j.push import push
    from kg.export.neo4j.states import States
    from kg.store import open_read_only
    from tests.neo4j.server import PASSWORD, USER, Server

    with tempfile.TemporaryDirectory() as home:
        server = Server(Path(home))
        start = time.perf_counter()
        server.import_csv(folder)
        seconds = time.perf_counter() - start
        driver = server.start()
        try:
            records = driver.execute_query(
                "RETURN COUNT { (n) } + COUNT { ()-[r]->() } AS rows"
            ).records
            rows = records[0]["rows"]
            print(f"admin import {rows:>9} rows {seconds:8.1f} s {rows / seconds:>9.0f} rows/s")
            with driver.session() as session:
                delete = "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS"
                session.run(delete).consume()
            start = time.perf_counter()
            graph, build = open_read_only(store)
            with connect(server.uri, USER, PASSWORD) as own:
                rows = push(graph, mapping(), own, States.of(build)).rows
            seconds = time.perf_counter() - start
            print(f"push         {rows:>9} rows {seconds:8.1f} s {rows / seconds:>9.0f} rows/s")
        finally:
            driver.close()
            server.stop()


def main() -> None:
    """Prints one line for each export."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("store", type=Path)
    options.add_argument("--formats", default=FORMATS)
    options.add_argument("--neo4j", action="store_true")
    chosen = options.parse_args()
    store = str(chosen.store.resolve())
    with tempfile.TemporaryDirectory() as place:
        floor, wall, peak = run(DUMP, store, f"{place}/dump.nt")
        print(f"{'dump':<12} {floor:7.1f} CPU s {wall:7.1f} s {peak:6.0f} MiB   1.00", flush=True)
        for form in chosen.formats.split(","):
            cpu, wall, peak = run(EXPORT, store, f"{place}/{form}", form)
            ratio = cpu / floor
            line = f"{form:<12} {cpu:7.1f} CPU s {wall:7.1f} s {peak:6.0f} MiB {ratio:6.2f}"
            print(line, flush=True)
        if chosen.neo4j:
            sys.path.insert(0, str(ROOT))
            loads(chosen.store, Path(place) / "neo4j-csv")


if __name__ == "__main__":
    main()
