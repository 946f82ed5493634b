"""Measures how well related trials are found.

    python -m benchmarks.related.run SOURCE… [--pool FILE]

Reads, resolves and indexes the sources, makes labels from signals the ranker may not read, and
measures every system on the same queries against the whole pool. Kinds of reasons are added one
after the other, with the weights the project ships; the last lines use `kg related` itself.
"""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.related.controls import controls
from benchmarks.related.labels import (
    Labels,
    cocite,
    of_the_same_drug,
    same_sponsor_removed,
    samedrug,
    sharedid,
    split,
)
from benchmarks.related.metrics import NAMES, Scores, System, interval, measure
from benchmarks.related.pool import ByKind, Pool, indexed, load, pool, save, with_citations
from kg.related.index import Index
from kg.related.kinds import WEIGHTS, Kind
from kg.related.question import like_trials
from kg.related.rank import rank, shares

STEPS: tuple[tuple[str, tuple[Kind, ...]], ...] = (
    ("text", (Kind.TEXT,)),
    ("+ investigators, sites", (Kind.OFFICIAL, Kind.SITE)),
    ("+ sponsor", (Kind.SPONSOR,)),
    ("+ drugs", (Kind.DRUG,)),
    ("+ targets", (Kind.TARGET,)),
    ("+ markers, toxins", (Kind.MARKER, Kind.PAYLOAD)),
    ("+ condition ancestry, unshipped", (Kind.CONDITION,)),
)
UNSHIPPED = 0.05
"""What condition ancestry is given to see what it would add."""
BASELINE = "TF-IDF all text"
GRID = (0.0, 0.05, 0.1, 0.2, 0.4, 0.7, 1.0)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sources", nargs="+", type=Path)
    parser.add_argument("--pool", type=Path, help="keep the resolved pool here, or take it")
    arguments = parser.parse_args()
    print(
        f"machine: {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    )
    print("data:", ", ".join(source.name for source in arguments.sources))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        members = _pool(arguments.pool, arguments.sources, folder)
        since = time.perf_counter()
        index = indexed(members, folder / "index")
        print(f"N = {index.trials} trials, indexed in {time.perf_counter() - since:.1f} s")
        by_kind = ByKind(index)
        others = controls(members.members)
        trials = members.trials
        sets = {
            "cocite": cocite(trials),
            "cocite, other sponsor": same_sponsor_removed(cocite(trials), trials),
            "sharedid": sharedid(trials),
            "samedrug": samedrug(trials),
        }
        for label, labels in sets.items():
            _report(label, labels, members, index, by_kind, others)
        labels = sets["samedrug"]
        aside = of_the_same_drug(labels, trials)
        label = "samedrug, the drug's other trials aside"
        _report(label, labels, members, index, by_kind, others, aside)
        canary = ByKind(indexed(members, folder / "canary", with_citations))
        _, test = split(sets["cocite"], trials)
        for system, kinds in (("text", by_kind), ("text with citations put back", canary)):
            lines = measure(_summed(kinds, {Kind.TEXT: 1.0}), test, sets["cocite"])
            print(f"canary, cocite test: {system:<30} nDCG@10 {lines[:, 0].mean():.3f}")


def _pool(kept: Path | None, sources: Sequence[Path], folder: Path) -> Pool:
    if kept and kept.exists():
        return load(kept)
    members = pool(sources, folder)
    if kept:
        save(members, kept)
    return members


def _report(
    label: str,
    labels: Labels,
    members: Pool,
    index: Index,
    by_kind: ByKind,
    others: Mapping[str, System],
    aside: Labels | None = None,
) -> None:
    development, test = split(labels, members.trials)
    pairs = sum(map(len, labels.values())) // 2
    print(
        f"\n{label}: {len(labels)} queries, {pairs} pairs; "
        f"{len(development)} development, {len(test)} test"
    )
    print(
        f"{'test queries':<34}"
        + "".join(f"{name:>9}" for name in NAMES)
        + "   nDCG@10 − TF-IDF        − text"
    )
    likeness = {query: by_kind(query) for query in labels}
    bases = [
        measure(system, test, labels, aside)[:, 0]
        for system in (others[BASELINE], _kept(likeness, {Kind.TEXT: WEIGHTS[Kind.TEXT]}))
    ]

    def show(name: str, system: System) -> None:
        lines = measure(system, test, labels, aside)
        figures = "".join(f"{value:9.3f}" for value in lines.mean(axis=0))
        for base in bases:
            difference = lines[:, 0] - base
            low, high = interval(difference)
            figures += f"   {difference.mean():+.3f} [{low:+.3f}, {high:+.3f}]"
        print(f"{name:<34}{figures}", flush=True)

    for name, system in others.items():
        show(name, system)
    weights: dict[Kind, float] = {}
    for name, kinds in STEPS:
        weights |= {kind: WEIGHTS[kind] or UNSHIPPED for kind in kinds}
        show(name, _kept(likeness, weights))
    show("kg related", _shipped(index))
    hidden = {kind: weight for kind, weight in WEIGHTS.items() if kind not in _TEAM}
    show("kg related, team hidden", _kept(likeness, hidden))
    resolved = {kind: weight for kind, weight in WEIGHTS.items() if kind not in _RESOLVED}
    show("kg related, nothing resolved", _kept(likeness, resolved))
    show("kg related --only drug", _kept(likeness, {Kind.DRUG: 1.0}))
    tuned = _tune(likeness, development, labels)
    show("weights tuned on development", _kept(likeness, tuned))
    print(
        "  tuned:",
        ", ".join(f"{kind.label} {weight:g}" for kind, weight in tuned.items() if weight),
    )


_TEAM = {Kind.OFFICIAL, Kind.SITE, Kind.SPONSOR}
_RESOLVED = {Kind.DRUG, Kind.TARGET, Kind.MARKER, Kind.PAYLOAD, Kind.CONDITION}


def _kept(likeness: Mapping[int, NDArray[np.float32]], weights: Mapping[Kind, float]) -> System:
    return lambda query: _sum(likeness[query], weights)


def _summed(by_kind: ByKind, weights: Mapping[Kind, float]) -> System:
    return lambda query: _sum(by_kind(query), weights)


def _sum(kinds: NDArray[np.float32], weights: Mapping[Kind, float]) -> Scores:
    column = np.zeros(len(Kind), np.float32)
    for kind, weight in weights.items():
        column[kind] = weight
    return kinds @ column


def _shipped(index: Index) -> System:
    """What the user gets: candidates first, then full scores; never found is scored nothing."""

    def scores(query: int) -> Scores:
        found = np.zeros(index.trials, np.float32)
        for one in rank(index, like_trials(index, [index.nct_id(query)]), shares({}), 1000):
            found[one.trial] = one.score
        return found

    return scores


def _tune(
    likeness: Mapping[int, NDArray[np.float32]], queries: Sequence[int], labels: Labels
) -> dict[Kind, float]:
    """Weights beside text's 1, one kind after the other, while nDCG@10 + MAP rises."""
    weights = dict.fromkeys(WEIGHTS, 0.0) | {Kind.TEXT: 1.0}

    def value(tried: Mapping[Kind, float]) -> float:
        lines = measure(_kept(likeness, tried), queries, labels).mean(axis=0)
        return float(lines[0] + lines[2])

    best = value(weights)
    for _ in range(2):
        for kind in WEIGHTS:
            if kind is not Kind.TEXT:
                for weight in GRID:
                    tried = weights | {kind: weight}
                    if (reached := value(tried)) > best + 0.001:
                        best, weights = reached, tried
    return weights


if __name__ == "__main__":
    main()
