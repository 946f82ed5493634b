"""Whole-graph questions by the store, by its columns in DuckDB, and by maplib in memory.

    python -m benchmarks.peers.aggregates STORE --maplib PYTHON

Median CPU milliseconds of three, and rows, which must be the same. STORE is a folder made by `kg
build`; maplib reads its triples from N-Triples first, which is timed apart, as is the making of
the columns' tables where they are not there.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
import time
from pathlib import Path
from statistics import median

from pyoxigraph import DefaultGraph, RdfFormat

from benchmarks.peers.__main__ import ROOT
from kg.query.catalogue import find
from kg.query.columns.answer import run_on_columns
from kg.query.columns.tables import Columns
from kg.query.results import rows
from kg.query.run import run
from kg.store import open_read_only
from kg.vocab import PREFIXES

ASKED = ("sponsors-by-trials", "countries-by-trials", "collaborations", "starts-per-year",
         "phase-by-status")  # fmt: skip
HEAD = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())


def main() -> None:
    """Prints the table."""
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("store", type=Path)
    arguments.add_argument("--maplib", metavar="PYTHON", required=True)
    given = arguments.parse_args()
    graph, build = open_read_only(given.store)
    columns = Columns(build, graph)
    begun = time.process_time()
    for name in ASKED:
        run_on_columns(columns, graph, find(name))
    print(f"columns: tables opened or made in {time.process_time() - begun:.1f} s CPU")
    with tempfile.NamedTemporaryFile(suffix=".nt") as file:
        graph.dump(file, RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
        file.flush()
        done = subprocess.run(
            [given.maplib, "-m", "benchmarks.peers.ask_maplib", file.name],
            input=json.dumps({name: HEAD + find(name).text for name in ASKED}),
            stdout=subprocess.PIPE,
            cwd=ROOT,
            text=True,
            check=True,
        )
    told = json.loads(done.stdout)
    print(f"maplib: read in {told['load']:.1f} s CPU, {told['peak']:.0f} MiB at the peak")
    print(f"{'CPU ms (rows)':24} {'store':>14} {'columns':>14} {'maplib':>14}")
    for name in ASKED:
        query = find(name)
        cells = []
        for ask in (
            lambda query=query: run(graph, query),
            lambda query=query: run_on_columns(columns, graph, query),
        ):
            spent = []
            for _ in range(3):
                begun = time.process_time()
                lines = rows(ask(), "csv").count(b"\n") - 1
                spent.append((time.process_time() - begun) * 1000)
            cells.append((median(spent), lines))
        cells.append(told["asked"][name])
        shown = (f"{ms:8.1f} ({n})" if ms is not None else "refused" for ms, n in cells)
        print(f"{name:24} " + " ".join(f"{cell:>14}" for cell in shown))


if __name__ == "__main__":
    main()
