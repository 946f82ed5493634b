"""Joins parts into one index that depends on the trials in it alone, not on how they came there.

Things are numbered by kind and digest of their key, trials by NCT id. How much a thing weighs
depends on how many trials have it, so each change of the graph changes all weights a little: what
is stored are raw counts, and weights are made from them when a question is asked.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from pathlib import Path

import numpy as np
from msgspec import Struct

from kg.related.arrays import (
    Array,
    ArrayFile,
    Forgetting,
    Int32,
    StringsFile,
    save,
    write_picked,
)
from kg.related.columns import joined
from kg.related.kinds import Kind
from kg.related.numbering import numbering, shown
from kg.related.part import Part, pieces
from kg.related.weigh import weigh


class Merged(Struct, frozen=True, kw_only=True):
    """What an index is, beside its arrays."""

    trials: int
    first_of_kind: list[int]
    statuses: list[str]
    phases: list[str]
    mean_length: float
    final: list[Int32]
    """For each part, the new numbers of its things."""


class Run(Struct, frozen=True):
    """Trials of one part that follow one another in the index too."""

    part: int
    first: int
    last: int


def merge(folder: Path, parts: Sequence[Part], removed: Set[str], needed: Set[int]) -> Merged:
    """Write the parts as one index, the first part without the removed trials.

    `needed` are things of the last part that are kept whether or not a trial has them.
    Raises `ValueError` where two parts have the same trial.
    """
    ids = np.array(sorted(nct_id.encode("ascii", "replace") for nct_id in removed), "S11")
    dropped = np.flatnonzero(np.isin(parts[0].nct_ids, ids))
    found_in = [parts[0].found_without(dropped.tolist()), *(part.found_in for part in parts[1:])]
    numbers = numbering(parts, found_in, needed)
    for name in ("labels", "keys"):
        sources = [getattr(part, name) for part in parts]
        write_picked(folder, name, sources, numbers.part, numbers.place)
    part, place, nct_ids = _order(parts, dropped)
    runs = _runs(part, place)
    rows = StringsFile(folder, "rows")
    forgetting = Forgetting([part.rows.bytes for part in parts])
    for run in runs:
        rows.copy(parts[run.part].rows, run.first, run.last, forgetting)
    rows.close()
    _write_entries(folder, parts, numbers.final, runs)
    lead = [
        np.where(one.columns.lead >= 0, final[one.columns.lead], -1).astype(np.int32)
        if len(final)
        else one.columns.lead
        for one, final in zip(parts, numbers.final, strict=True)
    ]
    columns = joined([one.columns for one in parts], part, place, np.concatenate(lead))
    first_of_kind = np.searchsorted(numbers.kinds, np.arange(len(Kind) + 1))
    save(
        folder,
        {
            "nct_ids": nct_ids,
            "status": columns.status,
            "phase": columns.phase,
            "start": columns.start,
            "lead": columns.lead,
            "digests": numbers.digests,
            "found_in": numbers.found_in,
            "spells": numbers.spells,
            "shown": shown(numbers),
        },
    )
    mean = weigh(folder, first_of_kind, numbers.found_in, len(nct_ids))
    return Merged(
        trials=len(nct_ids),
        first_of_kind=first_of_kind.tolist(),
        statuses=columns.statuses,
        phases=columns.phases,
        mean_length=mean,
        final=numbers.final,
    )


def _order(parts: Sequence[Part], dropped: Array) -> tuple[Array, Array, Array]:
    """The trials of the index in order: in which part, where there, and their ids."""
    kept = [np.delete(np.arange(len(parts[0].nct_ids)), dropped)]
    kept += [np.arange(len(part.nct_ids)) for part in parts[1:]]
    part = np.repeat(np.arange(len(parts)), [len(trials) for trials in kept])
    place = np.concatenate(kept)
    ids = np.concatenate([one.nct_ids[trials] for one, trials in zip(parts, kept, strict=True)])
    order = np.argsort(ids, kind="stable")
    ids = ids[order]
    twice = np.flatnonzero(ids[1:] == ids[:-1])
    if len(twice):
        raise ValueError(f"{ids[twice[0]].decode()}: is in the index already")
    return part[order], place[order], ids


def _runs(part: Array, place: Array) -> list[Run]:
    new = np.ones(len(part), bool)
    new[1:] = (np.diff(part) != 0) | (np.diff(place) != 1)
    begins = np.flatnonzero(new)
    ends = np.append(begins[1:], len(part))
    return (
        [
            Run(int(part[begin]), int(place[begin]), int(place[end - 1]) + 1)
            for begin, end in zip(begins, ends, strict=True)
        ]
        if len(part)
        else []
    )


def _write_entries(
    folder: Path, parts: Sequence[Part], final: Sequence[Int32], runs: Sequence[Run]
) -> None:
    """What each trial is made of, in the new numbers and in their order."""
    each = [
        np.diff(part.ends[run.first : run.last], prepend=part.begin(run.first))
        for part, run in ((parts[run.part], run) for run in runs)
    ]
    ends = np.cumsum(np.concatenate([np.empty(0, np.int64), *each]), dtype=np.int64)
    save(folder, {"ends": ends})
    size = int(ends[-1]) if len(ends) else 0
    things = ArrayFile(folder / "things.npy", np.int32, size)
    counts = ArrayFile(folder / "counts.npy", np.uint8, size)
    forgetting = Forgetting([array for part in parts for array in (part.things, part.counts)])
    for run in runs:
        part = parts[run.part]
        for low, high in pieces(part.ends, run.first, run.last):
            piece = slice(part.begin(low), int(part.ends[high - 1]))
            number, count = final[run.part][part.things[piece]], part.counts[piece]
            if not part.ordered:
                owner = np.repeat(
                    np.arange(high - low), np.diff(part.ends[low:high], prepend=part.begin(low))
                )
                number, count = _ordered(owner, number, count)
            things.write(number)
            counts.write(count)
            forgetting.read(number.nbytes + count.nbytes)
    things.close()
    counts.close()


def _ordered(owner: Array, number: Int32, count: Array) -> tuple[Int32, Array]:
    """The entries by trial and number: sorted as one number each, which is far the fastest."""
    packed = (owner.astype(np.int64) << 40) | (number.astype(np.int64) << 8) | count
    packed.sort()
    return ((packed >> 8) & 0xFFFFFFFF).astype(np.int32), (packed & 0xFF).astype(np.uint8)
