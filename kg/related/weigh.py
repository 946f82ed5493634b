"""From raw counts to weights whose products are summands of a score, and from trials to things.

What two trials have in common counts by its value in each: raw count times rarity, over the length
of all the trial has of that kind. Lengths are kept for each trial; the rest is worked out when a
question is asked.
"""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
from numpy.typing import DTypeLike

from kg.related.arrays import Array, Floats, Int32, Int64, forget, mapped, save
from kg.related.kinds import DESCRIBING, WEIGHTS, Kind
from kg.related.part import pieces

PRIOR = 1000
"""Trials that every graph is taken to have beside its own, so that a small one can tell rare from
common no better than it should."""
EVERYWHERE = 0.1
"""Share of all trials above which a word finds no trial; it still counts in one that is found."""
ALWAYS = 1000
"""Trials up to which any word finds them, in a graph however small."""
COUNTED = np.sqrt(np.arange(256)).astype(np.float32)
"""What a word counts that stands so many times in a trial."""
SHORT = 1 / 3
"""Share of the mean length that each trial's words are taken to be longer than they are, so that a
record of a few words is not like every record that has them."""
SAID = ((np.arange(256) / 255) ** 2).astype(np.float32)
"""What a thing counts, by its weight of 255: what is half of what a trial is about, a quarter."""
RARE = 0.7
"""From this share of the most there can be, a drug and what it acts on are as rare as can be."""
RESOLVED = [int(kind) for kind in (Kind.DRUG, Kind.TARGET, Kind.MARKER, Kind.PAYLOAD)]


def rarity(found_in: Int64, trials: int, kinds: Array) -> Floats:
    """How much sharing something says, by the number of trials that have it.

    For words the usual inverse document frequency; for things the square of its share of the
    most there can be, so that what many trials have soon counts nothing, and for sponsors, some of
    which have thousands of trials, that square again. A drug that few trials have counts in full,
    whether two or twenty, and falls with the cube from there, as does what drugs act on. 1 for what
    no score uses.
    """
    counted = np.maximum(found_in, 1)
    words = np.log((1 + trials) / (1 + counted)) + 1
    share = np.log((trials + PRIOR) / counted) / math.log(trials + PRIOR)
    things = share**2
    things[kinds == Kind.SPONSOR] **= 2
    resolved = np.isin(kinds, RESOLVED)
    things[resolved] = np.minimum(share[resolved] / RARE, 1) ** 3
    things[np.isin(kinds, [int(kind) for kind in DESCRIBING])] = 1
    return np.where(kinds == Kind.TEXT, words, things).astype(np.float32)


def raw_values(things: Int32, counts: Array, rare: Floats, words: int) -> Floats:
    """What entries weigh before they are scaled; the first `words` things are words."""
    value: Floats = np.where(things < words, COUNTED[counts], SAID[counts]) * rare[things]
    return value


def lengths(
    value: Floats, things: Int32, owner: Int64, trials: int, first_of_kind: Int64
) -> Floats:
    """How long each trial's values of each scored kind are: a line per trial."""
    kinds = len(WEIGHTS)
    scored = np.flatnonzero(things < first_of_kind[kinds])
    kind = np.searchsorted(first_of_kind[1 : kinds + 1], things[scored], "right")
    squares = np.bincount(owner[scored] * kinds + kind, value[scored] ** 2, trials * kinds)
    length: Floats = np.sqrt(squares).reshape(trials, kinds).astype(np.float32)
    return length


def scales(length: Floats, mean: float) -> Floats:
    """By what the values are divided, given how long a trial's words are on the average.

    Words are scaled to less than length 1. Things are scaled down to length 1 where they are longer
    and left alone where they are shorter: two trials whose only common thing is a common one are
    not alike, though a cosine of one-thing lists would say so.
    """
    scale = np.maximum(length, 1)
    scale[:, Kind.TEXT] = length[:, Kind.TEXT] + SHORT * mean
    scale[scale == 0] = 1
    return scale


def weigh(folder: Path, first_of_kind: Int64, found_in: Int64, trials: int) -> float:
    """Write rarity and scales, and for each thing the trials that can be found by it.

    Gives how long a trial's words are on the average.
    """
    kinds = np.repeat(np.arange(len(Kind), dtype=np.uint8), np.diff(first_of_kind))
    rare = rarity(found_in, trials, kinds)
    words = int(first_of_kind[Kind.TEXT + 1])
    findable = kinds != Kind.SPELLING
    findable[:words] = found_in[:words] <= max(EVERYWHERE * trials, ALWAYS)
    posted = np.where(findable, found_in, 0)
    posting_ends = np.cumsum(posted, dtype=np.int64)
    save(folder, {"rarity": rare, "posting_ends": posting_ends})
    size = int(posting_ends[-1]) if len(posting_ends) else 0
    postings = _new(folder, "postings", np.int32, size)
    posting_counts = _new(folder, "posting_counts", np.uint8, size)
    length = np.empty((trials, len(WEIGHTS)), np.float32)
    cursor = posting_ends - posted
    ends, things = mapped(folder, "ends"), mapped(folder, "things")
    counts = mapped(folder, "counts")
    for first, last in pieces(ends, 0, trials):
        begin = int(ends[first - 1]) if first else 0
        thing, count = np.array(things[begin : ends[last - 1]]), counts[begin : ends[last - 1]]
        each = np.diff(ends[first:last], prepend=begin)
        owner = np.repeat(np.arange(last - first, dtype=np.int64), each)
        value = raw_values(thing, count, rare, words)
        length[first:last] = lengths(value, thing, owner, last - first, first_of_kind)
        chosen = np.flatnonzero(findable[thing])
        packed = thing[chosen].astype(np.int64) << 32 | (owner[chosen] << 8) | count[chosen]
        packed.sort()
        thing = (packed >> 32).astype(np.int32)
        begins = np.flatnonzero(np.diff(thing, prepend=-1))
        run = np.diff(begins, append=len(thing))
        having = thing[begins]
        into = np.arange(len(thing)) + np.repeat(cursor[having] - begins, run)
        cursor[having] += run
        postings[into] = ((packed >> 8) & 0xFFFFFF) + first
        posting_counts[into] = packed & 0xFF
        for array in (things, counts, postings, posting_counts):
            forget(array)
    mean = float(length[:, Kind.TEXT].mean(dtype=np.float64)) if trials else 0.0
    save(folder, {"scales": np.ascontiguousarray(scales(length, mean).T)})
    return mean


def _new(folder: Path, name: str, dtype: DTypeLike, size: int) -> Array:
    if not size:
        save(folder, {name: np.empty(0, dtype)})
        return np.empty(0, dtype)
    return np.lib.format.open_memmap(folder / f"{name}.npy", "w+", dtype, (size,))
