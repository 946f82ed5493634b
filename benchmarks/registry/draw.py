"""Draws from the statistics of the real records."""

from __future__ import annotations

from bisect import bisect
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random

import msgspec

STEPS = 1000
TAILED = frozenset({"locations", "references", "secondary_outcomes", "other_events"})
"""What has a long tail: beyond the largest ones met, more follow by a power law."""
_FARTHEST = 4
"""How many times the largest one met a drawn one may be."""


class Popularity(msgspec.Struct, frozen=True):
    """How uneven popularity is: a Lomax law for ranks."""

    scale: float
    shape: float


class Statistics(msgspec.Struct, frozen=True):
    """The content of `statistics.json`; see `derive.py`."""

    strata: dict[str, int]
    points: list[float]
    numbers: dict[str, dict[str, list[int]]]
    codes: dict[str, dict[str, dict[str, int]]]
    popularity: dict[str, Popularity]


@cache
def statistics() -> Statistics:
    """The statistics, read once."""
    content = (Path(__file__).parent / "statistics.json").read_bytes()
    return msgspec.json.decode(content, type=Statistics)


class Draw:
    """One record's draws: the same for the same seed, whatever was drawn for other records."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.uniform = self.random.random
        self.kind = self.code("", "strata")
        self._size = self.uniform()

    def chance(self, share: float) -> bool:
        """True in that share of the cases."""
        return self.uniform() < share

    def number(self, name: str, kind: str | None = None) -> int:
        """A count or a length; those of one record are large together, in a third of the cases."""
        table = _table(name, kind or self.kind)
        at = self._size if self.uniform() < 0.33 else self.uniform()
        step = int(at * STEPS)
        if step == STEPS - 1 and name in TAILED:
            far = 1 / (STEPS * (1 - at))
            return int(min(table[-2] * far**0.6, table[-1] * _FARTHEST))
        return table[step]

    def code(self, name: str, kind: str | None = None) -> str:
        """A code, or several joined by a bar."""
        values, sums = _choices(name, kind or self.kind)
        return values[bisect(sums, self.uniform() * sums[-1], 0, len(sums) - 1)]

    def rank(self, scale: float, shape: float) -> int:
        """A rank of popularity, 0 for what is met most often."""
        return min(int(scale * ((1 - self.uniform()) ** (-1 / shape) - 1)), 1 << 40)

    def pick(self, values: list[str] | tuple[str, ...]) -> str:
        """One of the values, all alike."""
        return values[int(self.uniform() * len(values))]


@cache
def _table(name: str, kind: str) -> list[int]:
    """The value at each thousandth."""
    given, points = statistics().numbers[name], statistics().points
    known = given.get(kind) or next(iter(given.values()))
    table, at = [], 0
    for step in range(STEPS):
        share = (step + 0.5) / STEPS
        while at + 2 < len(points) and points[at + 1] <= share:
            at += 1
        part = (share - points[at]) / (points[at + 1] - points[at])
        table.append(int(known[at] + part * (known[at + 1] - known[at]) + 0.5))
    table[-1] = known[-1]
    return table


@cache
def _choices(name: str, kind: str) -> tuple[list[str], list[int]]:
    if kind == "strata":
        shares = statistics().strata
    else:
        given = statistics().codes[name]
        shares = given.get(kind) or next(iter(given.values()))
    return list(shares), list(accumulate(shares.values()))
