"""How time, memory and disk of a build grow with the number of records.

    python -m benchmarks.registry --records 100000 --seed 1 --out registry.jsonl.gz
    python -m benchmarks.scale registry.jsonl.gz --records 1000 10000 100000

For each number the first so many records (lines) of the source are built in a process of its own;
0 builds the source as it is, whatever it is. Then the floor is measured with the very same
records and triples, each in a process of its own: decoding the JSON and nothing else, writing the
N-Triples, and loading them with the oxigraph command line (package `oxigraph`) where it is
installed, else with pyoxigraph's bulk loader.

Times are CPU seconds (user + system) of all processes. Memory is the largest sum, sampled, of the
proportional set sizes of all processes of the build: what they share counts once. `--no-floor`
leaves the floor out, which needs the disk for the N-Triples and a second store.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BUILD = [sys.executable, "-c", "from kg.cli import main; main()", "build"]
DECODE = """
import gzip, sys
import msgspec
opened = gzip.open if sys.argv[1].endswith(".gz") else open
with opened(sys.argv[1], "rb") as file:
    for line in file:
        msgspec.json.decode(line)
"""
WRITE = """
import sys
with open(sys.argv[1], "rb") as given, open(sys.argv[2], "wb") as out:
    while chunk := given.read(1 << 20):
        out.write(chunk)
"""
LOAD = """
import sys
from pyoxigraph import RdfFormat, Store
store = Store(sys.argv[1])
store.bulk_load(path=sys.argv[2], format=RdfFormat.N_TRIPLES, lenient=True)
store.flush()
"""


def children(process: int) -> Iterator[int]:
    """A process and all below it."""
    yield process
    try:
        for task in Path(f"/proc/{process}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from children(int(child))
    except OSError:
        return


def memory(process: int) -> int:
    """Proportional set size of a process and all below it, in MiB."""
    total = 0
    for one in children(process):
        try:
            lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
    return total >> 10


def run(command: list[str], every: float = 5.0) -> tuple[float, float, int]:
    """CPU seconds, wall seconds and peak memory of a program."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment)
    peak = 0
    while True:
        try:
            child.wait(every)
            break
        except subprocess.TimeoutExpired:
            peak = max(peak, memory(child.pid))
    if child.returncode:
        raise SystemExit(f"{command[:4]} ended with exit code {child.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, time.perf_counter() - start, peak


def first(source: Path, records: int, folder: Path) -> Path:
    """The first records of a source of JSON Lines, in a file of their own."""
    opened = gzip.open if source.suffix == ".gz" else open
    place = folder / f"{records}.jsonl.gz"
    with opened(source, "rb") as given, gzip.open(place, "wb", 1) as out:
        out.writelines(itertools.islice(given, records))
    return place


def size(folder: Path) -> int:
    """What a folder holds, in MiB."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) >> 20


def floor(source: Path, store: Path, folder: Path) -> tuple[float, float, float, int]:
    """What the same records and triples cost without us: three CPU times, and memory."""
    from kg.export import export
    from kg.store import open_read_only

    decode = run([sys.executable, "-c", DECODE, str(source)])[0] if ".jsonl" in source.name else 0
    lines, copy, loaded = (folder / name for name in ("graph.nt", "copy.nt", "floor"))
    export(open_read_only(store)[0], "ntriples", lines)
    write = run([sys.executable, "-c", WRITE, str(lines), str(copy)])[0]
    copy.unlink()
    client = shutil.which("oxigraph") or shutil.which("oxigraph", path=Path(sys.executable).parent)
    if client:
        command = [client, "load", "-l", str(loaded), "-f", str(lines), "--lenient"]
    else:
        command = [sys.executable, "-c", LOAD, str(loaded), str(lines)]
    load, _, peak = run(command)
    lines.unlink()
    shutil.rmtree(loaded)
    return decode, write, load, peak


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("source", type=Path)
    arguments.add_argument("--records", type=int, nargs="+", default=[1000, 10_000])
    arguments.add_argument("--workers", type=int)
    arguments.add_argument("--folder", type=Path, help="where the stores go; kept")
    arguments.add_argument("--no-floor", action="store_true")
    given = arguments.parse_args()
    cores, python = os.cpu_count(), platform.python_version()
    print(f"machine: {platform.machine()}, {cores} cores, Python {python}")
    print(f"command: python -m benchmarks.scale {' '.join(sys.argv[1:])}")
    print(
        "| records | trials | triples | CPU s | ms a trial | wall s | peak MiB | graph, index, "
        "trials MiB | floor: decode + write + load | build / load | build / floor | load peak MiB |"
    )
    print("|" + "---|" * 12, flush=True)
    folder = given.folder or Path(tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    for records in given.records:
        source = first(given.source, records, folder) if records else given.source
        store = folder / f"store-{records}"
        command = [*BUILD, str(source), "--store", str(store)]
        if given.workers:
            command += ["--workers", str(given.workers)]
        cpu, wall, peak = run(command)
        report = json.loads((store / "build.json").read_text())
        build = next(store.glob("build-*"))
        disk = ", ".join(f"{size(build / part):,}" for part in ("graph", "related", "spool"))
        cells = [
            f"{report['records_read']:,}",
            f"{report['trials']:,}",
            f"{report['triples']:,}",
            f"{cpu:.1f}",
            f"{1000 * cpu / report['trials']:.2f}",
            f"{wall:.0f}",
            f"{peak:,}",
            disk,
        ]
        if not given.no_floor:
            decode, write, load, load_peak = floor(source, store, folder)
            cells += [
                f"{decode:.1f} + {write:.1f} + {load:.1f}",
                f"{cpu / load:.2f}",
                f"{cpu / (decode + write + load):.2f}",
                f"{load_peak:,}",
            ]
        print("| " + " | ".join(cells) + " |")
        print(f"kinds of work, CPU s: {report['cpu_seconds']}", file=sys.stderr, flush=True)
        if given.folder is None:
            shutil.rmtree(store)
    if given.folder is None:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
