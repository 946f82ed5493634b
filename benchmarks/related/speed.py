"""Measures what the index of related trials costs as the graph grows.

    python -m benchmarks.related.speed POOL --trials 560000 [--changed 1500] [--folder DIR]

POOL is what `benchmarks.related.run --pool` keeps. Its trials are tiled and perturbed: each copy
takes its description from a second trial and its criteria from a third, and has words of its own,
so that neither lists of trials nor vocabulary stay as small as the pool's. Then some trials change
and the index is brought up to date. Building, updating and asking run in processes of their own;
questions are asked twice, first cold, then warm.
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
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from msgspec import structs

from benchmarks.related.pool import Member, load
from kg.iris import Iris
from kg.model.trial import Trial
from kg.related.answer import answer
from kg.related.features import features
from kg.related.index import Index
from kg.related.question import like_trials
from kg.related.rank import shares
from kg.related.update import updated
from kg.related.writer import FOLDER, Writer

QUERIES = 300


def main() -> None:
    """Build, then ask in another process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pool", type=Path)
    parser.add_argument("--trials", type=int, default=560_000)
    parser.add_argument("--folder", type=Path, help="where to build; a temporary folder otherwise")
    parser.add_argument("--changed", type=int, default=1500, help="trials that an update brings")
    parser.add_argument("--step", choices=["build", "update", "ask"], help="only this one")
    arguments = parser.parse_args()
    if arguments.step:
        STEPS[arguments.step](arguments)
        return
    cores, python = os.cpu_count(), platform.python_version()
    print(f"machine: {platform.machine()}, {cores} cores, Python {python}", flush=True)
    with tempfile.TemporaryDirectory(dir=arguments.folder) as name:
        for step in STEPS:
            command = [sys.executable, "-m", "benchmarks.related.speed", str(arguments.pool)]
            command += ["--trials", str(arguments.trials), "--changed", str(arguments.changed)]
            subprocess.run([*command, "--step", step, "--folder", name], check=True)


def _build(arguments: argparse.Namespace) -> None:
    pool = load(arguments.pool)
    drugs = {drug.key: drug for drug in pool.drugs}
    before = _most_memory()
    (arguments.folder / "old").mkdir()
    writer = Writer(arguments.folder / "old", pool.drugs, Iris())
    reading = keeping = 0.0
    for member in _tiled(pool.members, range(arguments.trials)):
        since = time.process_time()
        made = features(member.trial, member.facts, member.groundings, drugs, Iris())
        between = time.process_time()
        writer.keep(made)
        reading += between - since
        keeping += time.process_time() - between
    taken_in = _most_memory()
    wall, since = time.perf_counter(), time.process_time()
    writer.close()
    size = sum(path.stat().st_size for path in (arguments.folder / "old" / FOLDER).iterdir())
    print(
        f"N = {arguments.trials}: features {reading:.0f} s CPU, keeping them {keeping:.0f} s CPU, "
        f"index made of them {time.process_time() - since:.1f} s CPU "
        f"({time.perf_counter() - wall:.1f} s); {size / 1e9:.2f} GB on disk, "
        f"most memory {_most_memory():.0f} MiB, {taken_in:.0f} MiB with all trials taken in "
        f"({before:.0f} MiB before, the pool itself)",
        flush=True,
    )


def _update(arguments: argparse.Namespace) -> None:
    pool = load(arguments.pool)
    drugs = {drug.key: drug for drug in pool.drugs}
    # half of the trials that change were there before
    ours = [round(n) for n in np.linspace(1, arguments.trials - 1, arguments.changed // 2)]
    ours += range(arguments.trials, arguments.trials + arguments.changed - len(ours))
    added = [
        features(one.trial, one.facts, one.groundings, drugs, Iris())
        for one in _tiled(pool.members, ours, tile=1)
    ]
    before = _most_memory()
    (arguments.folder / "new").mkdir()
    wall, since = time.perf_counter(), time.process_time()
    removed = {made.row.nct_id for made in added}
    updated(arguments.folder / "old", arguments.folder / "new", removed, added, pool.drugs, Iris())
    print(
        f"update of {len(added)} trials: {time.process_time() - since:.1f} s CPU "
        f"({time.perf_counter() - wall:.1f} s), most memory {_most_memory():.0f} MiB "
        f"({before:.0f} MiB before)",
        flush=True,
    )


def _tiled(members: list[Member], numbers: Iterable[int], tile: int = 0) -> Iterator[Member]:
    """Trials by number; a tile that begins elsewhere makes them differ."""
    for number in numbers:
        base = members[number % len(members)]
        shift = number // len(members) + tile
        second = members[(number + 37 * shift) % len(members)].trial
        third = members[(number + 101 * shift) % len(members)].trial
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


def _ask(arguments: argparse.Namespace) -> None:
    since = time.perf_counter()
    index = Index(arguments.folder / "new")
    opened = time.perf_counter() - since
    asked = [index.nct_id(n) for n in np.linspace(0, index.trials - 1, QUERIES).astype(int)]
    share = shares({})
    for name in ("cold", "warm"):
        took = []
        for nct_id in asked:
            since = time.process_time()
            answer(index, like_trials(index, [nct_id]), asked=nct_id, share=share, k=10)
            took.append(1000 * (time.process_time() - since))
        p50, p95 = np.quantile(took, [0.5, 0.95])
        print(f"{name}: p50 {p50:.1f} ms CPU, p95 {p95:.1f} ms CPU over {len(asked)} queries")
    print(f"opened in {1000 * opened:.0f} ms, most memory {_most_memory():.0f} MiB")


def _most_memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


STEPS = {"build": _build, "update": _update, "ask": _ask}


if __name__ == "__main__":
    main()
