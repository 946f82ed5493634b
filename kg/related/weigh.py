"""From raw counts to weights whose products are summands of a score, and from trials to things."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np

from kg.related.arrays import Array, ArrayFile, Floats, Int32, Int64, mapped, save
from kg.related.kinds import DESCRIBING, Kind

PRIOR = 1000
"""Trials that every graph is taken to have beside its own, so that a small one can tell rare from
common no better than it should."""
BEST_WORDS = 100
"""Words of a trial under which it is found; all of them count once it is found."""
SLICE = 1 << 23


class Block:
    """Raw features of some trials, on their way to the disk."""

    def __init__(self) -> None:
        self._numbers: list[Int32] = []
        self._weights: list[Floats] = []
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def add(self, numbers: list[int], weights: list[float]) -> None:
        """Keep one trial's."""
        self._numbers.append(np.array(numbers, np.int32))
        self._weights.append(np.array(weights, np.float32))
        self._size += len(numbers)

    def spill(self, path: Path) -> None:
        """Write the block to files that begin with `path`."""
        lengths = [len(numbers) for numbers in self._numbers]
        empty = np.empty(0)
        save(
            path.parent,
            {
                f"{path.name}-numbers": np.concatenate([*self._numbers, empty.astype(np.int32)]),
                f"{path.name}-weights": np.concatenate([*self._weights, empty.astype(np.float32)]),
                f"{path.name}-lengths": np.array(lengths, np.int64),
            },
        )


def rarity(found_in: Int64, trials: int, kinds: Array) -> Floats:
    """How much sharing something says, by the number of trials that have it.

    For words the usual inverse document frequency; for things the square of its share of the
    most there can be, so that what many trials have soon counts nothing; 1 for what no score uses.
    """
    counted = np.maximum(found_in, 1)
    words = np.log((1 + trials) / (1 + counted)) + 1
    things = (np.log((trials + PRIOR) / counted) / math.log(trials + PRIOR)) ** 2
    describing = np.isin(kinds, [int(kind) for kind in DESCRIBING])
    chosen = np.where(kinds == Kind.TEXT, words, np.where(describing, 1.0, things))
    return chosen.astype(np.float32)


def weigh(folder: Path, blocks: list[Path], final: Int32, first: Int64, trials: int) -> None:
    """Turn the blocks into the index's two matrices: things by trial, and trials by thing."""
    total = int(first[-1])
    kinds = np.repeat(np.arange(len(Kind), dtype=np.uint8), np.diff(first))
    found_in = np.zeros(total, np.int64)
    size = 0
    for block in blocks:
        numbers = mapped(folder, f"{block.name}-numbers")
        size += len(numbers)
        found_in += np.bincount(final[numbers], minlength=total)
    rare = rarity(found_in, trials, kinds)
    save(folder, {"rarity": rare, "found_in": found_in})
    things = ArrayFile(folder / "things.npy", np.int32, size)
    values = ArrayFile(folder / "values.npy", np.float16, size)
    ends: list[Int64] = []
    kept: list[Path] = []
    done = trial = 0
    for block in blocks:
        numbers = final[mapped(folder, f"{block.name}-numbers")]
        raw = np.array(mapped(folder, f"{block.name}-weights"))
        lengths = mapped(folder, f"{block.name}-lengths")
        owner = np.repeat(np.arange(len(lengths), dtype=np.int64), lengths)
        value = normalised(raw, numbers, owner, kinds, rare)
        order = np.lexsort((numbers, owner))
        numbers, value = numbers[order], value[order]
        things.write(numbers)
        values.write(value)
        ends.append(done + np.cumsum(lengths))
        done += len(numbers)
        chosen = _findable(numbers, value, owner, kinds)
        kept.append(_spill_by_thing(block, numbers, value, owner + trial, chosen))
        trial += len(lengths)
        for part in ("numbers", "weights", "lengths"):
            (folder / f"{block.name}-{part}.npy").unlink()
    things.close()
    values.close()
    save(folder, {"ends": np.concatenate([*ends, np.empty(0, np.int64)])})
    _invert(folder, kept, total)


def normalised(raw: Floats, numbers: Int32, owner: Int64, kinds: Array, rare: Floats) -> Floats:
    """Weights such that the sum of products over what two trials share is their likeness.

    Words are scaled to length 1 (cosine). Things are scaled down to length 1 where they are longer
    and left alone where they are shorter: two trials whose only common thing is a common one are
    not alike, though a cosine of one-thing lists would say so.
    """
    kind = kinds[numbers]
    text = kind == Kind.TEXT
    value = np.where(text, 1 + np.log(np.maximum(raw, 1)), raw) * rare[numbers]
    group = owner * len(Kind) + kind
    if not len(group):
        return value.astype(np.float32)
    length = np.sqrt(np.bincount(group, value * value))
    of_text = np.arange(len(length)) % len(Kind) == Kind.TEXT
    describing = np.arange(len(length)) % len(Kind) >= min(DESCRIBING)
    scale = np.where(of_text, np.where(length > 0, length, 1), np.maximum(length, 1))
    scale[describing] = 1
    return (value / scale[group]).astype(np.float32)


def _findable(numbers: Int32, value: Floats, owner: Int64, kinds: Array) -> Array:
    """Which entries a trial can be found by: every thing of some weight, and its best words."""
    text = np.flatnonzero(kinds[numbers] == Kind.TEXT)
    order = text[np.lexsort((numbers[text], -value[text], owner[text]))]
    chosen: Array = (kinds[numbers] != Kind.TEXT) & (value > 0)
    if len(order):
        sorted_owner = owner[order]
        start = np.flatnonzero(np.diff(sorted_owner, prepend=-1))
        rank = np.arange(len(order)) - np.repeat(start, np.diff(start, append=len(order)))
        chosen[order[rank < BEST_WORDS]] = True
    return chosen


def _spill_by_thing(
    block: Path, numbers: Int32, value: Floats, trial: Int64, chosen: Array
) -> Path:
    order = np.flatnonzero(chosen)
    order = order[np.argsort(numbers[order], kind="stable")]
    path = block.with_name(f"inverse-{block.name}")
    save(
        path.parent,
        {
            f"{path.name}-numbers": numbers[order],
            f"{path.name}-trials": trial[order].astype(np.int32),
            f"{path.name}-values": value[order].astype(np.float16),
        },
    )
    return path


def _invert(folder: Path, spilled: list[Path], total: int) -> None:
    """Merge the blocks thing by thing: a slice of the numbers at a time from each."""
    numbers = [mapped(folder, f"{path.name}-numbers") for path in spilled]
    counts = np.zeros(total, np.int64)
    for block in numbers:
        counts += np.bincount(block, minlength=total)
    ends = np.cumsum(counts)
    save(folder, {"posting_ends": ends})
    size = int(ends[-1]) if total else 0
    trials = ArrayFile(folder / "postings.npy", np.int32, size)
    values = ArrayFile(folder / "posting_values.npy", np.float16, size)
    low = 0
    while low < total:
        before = int(ends[low - 1]) if low else 0
        high = max(low + 1, int(np.searchsorted(ends, before + SLICE, "right")))
        parts = [np.searchsorted(block, [low, high]) for block in numbers]
        joined = np.concatenate([block[a:b] for block, (a, b) in zip(numbers, parts, strict=True)])
        order = np.argsort(joined, kind="stable")
        for name, out in (("trials", trials), ("values", values)):
            pieces = [
                mapped(folder, f"{path.name}-{name}")[a:b]
                for path, (a, b) in zip(spilled, parts, strict=True)
            ]
            out.write(np.concatenate(pieces)[order])
        low = high
    trials.close()
    values.close()
    for path in spilled:
        for name in ("numbers", "trials", "values"):
            (folder / f"{path.name}-{name}.npy").unlink()
