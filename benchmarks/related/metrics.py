"""Measures of a ranking of the whole pool, with paired bootstrap intervals."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.related.labels import Labels

NAMES = ("nDCG@10", "R@10", "MAP", "P@1", "R@100")
Scores = NDArray[np.float32]
System = Callable[[int], Scores]
"""Scores of every trial of the pool for a query."""


def measure(
    system: System, queries: Sequence[int], labels: Labels, aside: Labels | None = None
) -> NDArray[np.float64]:
    """One line of measures per query; ties fall at random, the same way every time.

    What stands `aside` for a query is taken out of its ranking.
    """
    chance = np.random.default_rng(0)
    lines = []
    for query in queries:
        scores = np.array(system(query), np.float64)
        scores[[query, *(aside or {}).get(query, ())]] = -np.inf
        order = np.lexsort((chance.random(len(scores)), -scores))[:-1]
        lines.append(_line(order, labels[query]))
    return np.array(lines).reshape(-1, len(NAMES))


def _line(order: NDArray[np.int64], relevant: frozenset[int]) -> list[float]:
    hits = np.isin(order, list(relevant))
    gain = float((hits[:10] / np.log2(np.arange(2, 12))).sum())
    ideal = float((1 / np.log2(np.arange(2, 2 + min(10, len(relevant))))).sum())
    places = np.flatnonzero(hits)
    precision = np.arange(1, len(places) + 1) / (places + 1)
    return [
        gain / ideal,
        hits[:10].sum() / len(relevant),
        precision.sum() / len(relevant),
        float(hits[0]),
        hits[:100].sum() / len(relevant),
    ]


def interval(differences: NDArray[np.float64], times: int = 10_000) -> tuple[float, float]:
    """95% bootstrap interval of a mean over queries."""
    chance = np.random.default_rng(0)
    picked = chance.integers(0, len(differences), (times, len(differences)))
    means = differences[picked].mean(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return float(low), float(high)
