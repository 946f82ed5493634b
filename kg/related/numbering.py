"""One numbering for the things of several parts."""

from __future__ import annotations

from collections.abc import Sequence, Set

import numpy as np
from msgspec import Struct

from kg.related.arrays import Array, Int32, Int64
from kg.related.kinds import Kind
from kg.related.part import Part


class Numbering(Struct, frozen=True, kw_only=True):
    """The things of an index in the order of their numbers: by kind and by digest of their key."""

    kinds: Array
    digests: Array
    found_in: Int64
    spells: Int32
    part: Array
    """In which part each thing's texts stand."""
    place: Int64
    """Its number in that part."""
    final: list[Int32]
    """For each part, the numbers its things have now; -1 for what no trial has any more."""


def numbering(parts: Sequence[Part], found_in: Sequence[Int64], needed: Set[int]) -> Numbering:
    """Number the things that some trial has, and those of the last part that are needed anyway.

    `found_in` tells in how many of the trials that stay each part's things stand.
    """
    kinds = np.concatenate([part.kinds for part in parts])
    digests = np.concatenate([part.digests for part in parts])
    sizes = [len(part.kinds) for part in parts]
    order = np.lexsort((digests, kinds))
    new = np.ones(len(order), bool)
    new[1:] = (np.diff(digests[order]) != 0) | (np.diff(kinds[order]) != 0)
    one = np.empty(len(order), np.int64)
    one[order] = np.cumsum(new) - 1
    having = np.bincount(one, np.concatenate(found_in), minlength=int(new.sum())).astype(np.int64)
    alive = having > 0
    begins = np.cumsum([0, *sizes])
    alive[one[begins[-2] + np.array(sorted(needed), np.int64)]] = True
    number = np.where(alive, np.cumsum(alive) - 1, -1).astype(np.int32)
    # The last part knows best: a drug that no trial has any more may have another label by now.
    chosen = order[np.roll(new, -1)][alive]
    final = [number[one[begin : begin + size]] for begin, size in zip(begins, sizes, strict=False)]
    part = np.searchsorted(begins, chosen, "right") - 1
    return Numbering(
        kinds=kinds[chosen],
        digests=digests[chosen],
        found_in=having[alive],
        spells=_spells(parts, final, begins)[chosen],
        part=part.astype(np.uint8),
        place=chosen - begins[part],
        final=final,
    )


def _spells(parts: Sequence[Part], final: Sequence[Int32], begins: Int64) -> Int32:
    spells = np.full(begins[-1], -1, np.int32)
    for part, numbers, begin in zip(parts, final, begins, strict=False):
        known = np.flatnonzero(part.spells >= 0)
        spells[begin + known] = numbers[part.spells[known]]
    return spells


def shown(numbers: Numbering) -> Int32:
    """For each thing the one whose label is shown: itself, or the spelling most trials use."""
    chosen = np.arange(len(numbers.kinds), dtype=np.int32)
    spellings = np.flatnonzero(numbers.kinds == Kind.SPELLING)
    of = numbers.spells[spellings]
    order = np.lexsort((spellings, -numbers.found_in[spellings], of))
    first = np.flatnonzero(np.diff(of[order], prepend=-1))
    chosen[of[order][first]] = spellings[order][first]
    return chosen
