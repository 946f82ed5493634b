"""Measures what the index of related trials costs as the graph grows.

    python -m benchmarks.related.speed POOL --trials 560000 [--folder DIR]

POOL is what `benchmarks.related.run --pool` keeps. Its trials are tiled and perturbed: each copy
takes its description from a second trial and its criteria from a third, and has words of its own,
so that neither lists of trials nor vocabulary stay as small as the pool's. Queries run in a process
of their own, first cold, then warm.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from msgspec import structs

from benchmarks.related.pool import Member, Pool, load
from kg.iris import Iris
from kg.model.trial import Trial
from kg.related.answer import answer
from kg.related.index import Index
from kg.related.question import like_trials
from kg.related.rank import shares
from kg.related.writer import FOLDER, Writer

QUERIES = 300


def main() -> None:
    """Build, then ask in another process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pool", type=Path)
    parser.add_argument("--trials", type=int, default=560_000)
    parser.add_argument("--folder", type=Path, help="where to build; a temporary folder otherwise")
    parser.add_argument("--ask", action="store_true", help="only ask an index that was built")
    arguments = parser.parse_args()
    if arguments.ask:
        _ask(arguments.folder)
        return
    cores, python = os.cpu_count(), platform.python_version()
    print(f"machine: {platform.machine()}, {cores} cores, Python {python}")
    with tempfile.TemporaryDirectory(dir=arguments.folder) as name:
        _build(load(arguments.pool), arguments.trials, Path(name))
        ask = [sys.executable, "-m", "benchmarks.related.speed", str(arguments.pool)]
        subprocess.run([*ask, "--ask", "--folder", name], check=True)


def _build(pool: Pool, trials: int, folder: Path) -> None:
    before = _most_memory()
    wall, cpu = time.perf_counter(), time.process_time()
    writer = Writer(folder, pool.drugs, Iris())
    for member in _tiled(pool.members, trials):
        writer.add(member.trial, member.facts, member.groundings)
    added = time.process_time() - cpu
    writer.close()
    size = sum(path.stat().st_size for path in (folder / FOLDER).iterdir())
    print(
        f"N = {trials}: built in {time.perf_counter() - wall:.0f} s "
        f"({time.process_time() - cpu:.0f} s CPU, {added:.0f} s of it reading features), "
        f"{size / 1e9:.2f} GB on disk, most memory {_most_memory():.0f} MiB "
        f"({before:.0f} MiB before, the pool itself)",
        flush=True,
    )


def _tiled(members: list[Member], trials: int) -> Iterator[Member]:
    for number in range(trials):
        base = members[number % len(members)]
        tile = number // len(members)
        second = members[(number + 37 * tile) % len(members)].trial
        third = members[(number + 101 * tile) % len(members)].trial
        yield structs.replace(base, trial=_perturbed(base.trial, second, third, number))


def _perturbed(base: Trial, second: Trial, third: Trial, number: int) -> Trial:
    own = f"sign{number:x}"
    shared = f"place{number // 20:x} name{number // 3:x}"
    return structs.replace(
        base,
        nct_id=f"NCT{90_000_000 + number}",
        brief_title=f"{base.brief_title or ''} {own} {shared}",
        detailed_description=second.detailed_description,
        eligibility=third.eligibility,
    )


def _ask(folder: Path) -> None:
    since = time.perf_counter()
    index = Index(folder)
    opened = time.perf_counter() - since
    asked = [index.nct_id(n) for n in np.linspace(0, index.trials - 1, QUERIES).astype(int)]
    share = shares({})
    for name in ("cold", "warm"):
        took = []
        for nct_id in asked:
            since = time.perf_counter()
            answer(index, like_trials(index, [nct_id]), asked=nct_id, share=share, k=10)
            took.append(1000 * (time.perf_counter() - since))
        p50, p95 = np.quantile(took, [0.5, 0.95])
        print(f"{name}: p50 {p50:.1f} ms, p95 {p95:.1f} ms over {len(asked)} queries")
    print(f"opened in {1000 * opened:.0f} ms, most memory {_most_memory():.0f} MiB")


def _most_memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
