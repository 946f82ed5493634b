"""What an index is made from: trials with numbered things and raw counts, before any is weighed.

The index of an earlier build is such a part too, so that adding trials to it and building from
nothing are the same work.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from msgspec import Struct

from kg.related.arrays import Array, Int32, Int64, Strings
from kg.related.columns import Columns

PIECE = 1 << 21
"""Entries that are worked on at a time."""


class Part(Struct, frozen=True, kw_only=True):
    """Some trials, by NCT id, and the words and things that they have."""

    kinds: Array
    digests: Array
    """Of each thing's key; kind and digest tell whether the things of two parts are the same."""
    labels: Strings
    keys: Strings
    spells: Int32
    """For a spelling the number of the thing that is written so, else -1."""
    found_in: Int64
    """In how many trials of the part each thing stands."""
    nct_ids: Array
    rows: Strings
    columns: Columns
    ends: Int64
    """Where the entries of each trial end."""
    things: Int32
    counts: Array
    """How often, for a word; how much, of 255, for a thing."""
    ordered: bool
    """Whether each trial's things stand in the order of kind and digest."""

    def begin(self, trial: int) -> int:
        """Where the entries of a trial begin."""
        return int(self.ends[trial - 1]) if trial else 0

    def found_without(self, dropped: Sequence[int]) -> Int64:
        """In how many trials each thing stands when some trials are left out."""
        found = np.array(self.found_in, np.int64)
        for trial in dropped:
            found[self.things[self.begin(trial) : int(self.ends[trial])]] -= 1
        return found


def pieces(ends: Int64, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Ranges of whole trials from `first` to before `last`, each of about `PIECE` entries.

    >>> list(pieces(np.array([1, 3, 5]) * (PIECE // 2), 0, 3))
    [(0, 1), (1, 2), (2, 3)]
    """
    while first < last:
        begin = int(ends[first - 1]) if first else 0
        stop = int(np.searchsorted(ends, begin + PIECE, "right"))
        stop = min(max(stop, first + 1), last)
        yield first, stop
        first = stop
