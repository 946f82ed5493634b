"""What each export costs, beside the store's own N-Triples dump.

    python benchmarks/formats.py STORE [FORMAT…]

Each export runs in a process of its own; the figures are CPU seconds (user + system), the ratio to
pyoxigraph's `Store.dump` of the same store as N-Triples, and the most memory it took.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FORMATS = (
    *("ntriples", "nquads", "turtle", "trig", "rdfxml", "jsonld"),
    *("kgx", "parquet", "neo4j-csv", "schema-org", "void"),
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
main(["export", sys.argv[3], "--out", sys.argv[2], "--store", sys.argv[1]], prog_name="kg")
"""


def measured(code: str, *arguments: str) -> tuple[float, int]:
    """CPU seconds and peak memory (MB) of a Python process."""
    child = subprocess.Popen(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, stderr=subprocess.DEVNULL
    )
    _, status, used = os.wait4(child.pid, 0)
    if status:
        raise SystemExit(f"failed: {arguments}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss // 1024


def main() -> None:
    """Print one line of JSON for each format."""
    store, *chosen = sys.argv[1:] or [None]
    if store is None:
        raise SystemExit(__doc__)
    store = str(Path(store).resolve())
    print(json.dumps({"python": platform.python_version(), "cores": os.cpu_count()}))
    with tempfile.TemporaryDirectory() as folder:
        floor, memory = measured(DUMP, store, f"{folder}/dump")
        size = Path(folder, "dump").stat().st_size
        print(json.dumps({"dump": round(floor, 2), "memory_mb": memory, "bytes": size}))
        for form in chosen or FORMATS:
            seconds, memory = measured(EXPORT, store, f"{folder}/{form}", form)
            ratio = round(seconds / floor, 2)
            print(
                json.dumps(
                    {"format": form, "cpu": round(seconds, 2), "ratio": ratio, "memory_mb": memory}
                ),
                flush=True,
            )


if __name__ == "__main__":
    main()
