"""Takes features in and keeps them on the disk, numbered as they come."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TypeVar

import msgspec
import numpy as np

from kg.related.arrays import (
    Strings,
    StringsFile,
    digest,
    forget,
    mapped,
    raw,
    save,
    spelling_digest,
)
from kg.related.columns import ColumnsWriter, read_columns
from kg.related.features import LEADS, Features, Thing
from kg.related.kinds import AS_WRITTEN, Kind
from kg.related.part import Part, pieces
from kg.related.words import words_of

MOST = 255
"""What a count or a weight is at most, in one byte; a thing of full weight has it."""
MOST_PIECES = 1 << 18
"""Pieces of text whose words are remembered; they are looked up anew when there are more."""

Found = TypeVar("Found")


class Segment:
    """Trials in the order of their NCT ids.

    Memory holds one entry per distinct word and thing, however many trials there are.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._folder = folder
        self._kinds = bytearray()
        self._digests = array("Q")
        self._spells = array("i")
        self._labels = StringsFile(folder, "labels")
        self._keys = StringsFile(folder, "keys")
        self._rows = StringsFile(folder, "rows")
        self._things = open(folder / "things.raw", "wb")  # noqa: SIM115
        self._counts = open(folder / "counts.raw", "wb")  # noqa: SIM115
        self._ends = array("q")
        self._end = 0
        self._nct_ids: list[bytes] = []
        self._columns = ColumnsWriter()
        self._encode = msgspec.msgpack.Encoder().encode
        self._words = _Known(lambda word: self._new(Kind.TEXT, word, word, "", -1))
        self._pieces = _Known(lambda piece: tuple(self._words[word] for word in words_of(piece)))
        self._numbers: dict[Kind, dict[str, int]] = {kind: {} for kind in Kind}

    def keep(self, made: Features) -> None:
        """Keep the features of one trial.

        Raises `ValueError` where the trial does not come after the one before.
        """
        nct_id = made.row.nct_id.encode()
        if self._nct_ids and nct_id <= self._nct_ids[-1]:
            raise ValueError(f"{made.row.nct_id}: comes after {self._nct_ids[-1].decode()}")
        self._nct_ids.append(nct_id)
        self._rows.add(self._encode(made.row))
        found: dict[int, int] = {}
        known = self._pieces
        for piece, times in made.pieces.items():
            for number in known[piece]:
                found[number] = found.get(number, 0) + times
        if len(known) > MOST_PIECES:
            known.clear()
        numbers = array("i", list(found))
        counts = _in_bytes(found.values())
        lead = -1
        for thing in made.things:
            number = self.number(thing)
            numbers.append(number)
            counts.append(round(min(thing.weight, 1.0) * MOST))
            if thing.kind in AS_WRITTEN:
                numbers.append(self._spelling(thing, number))
                counts.append(MOST)
            if thing.kind is Kind.SPONSOR and thing.weight == LEADS:
                lead = number
        self._things.write(numbers)
        self._counts.write(counts)
        self._end += len(numbers)
        self._ends.append(self._end)
        self._columns.add(made.row, lead)

    def number(self, thing: Thing) -> int:
        """The number of a thing, from now on known whether or not any trial has it."""
        known = self._numbers[thing.kind].get(thing.key)
        if known is not None:
            return known
        label = "" if thing.kind in AS_WRITTEN else thing.label
        number = self._new(thing.kind, thing.key, label, thing.key, -1)
        self._numbers[thing.kind][thing.key] = number
        return number

    def _spelling(self, thing: Thing, number: int) -> int:
        key = f"{number} {thing.label}"
        known = self._numbers[Kind.SPELLING].get(key)
        if known is None:
            spelled = f"{thing.key}\n{thing.label}"
            known = self._new(Kind.SPELLING, spelled, thing.label, "", number)
            self._numbers[Kind.SPELLING][key] = known
        return known

    def _new(self, kind: Kind, key: str, label: str, kept_key: str, spells: int) -> int:
        self._kinds.append(kind)
        of = Kind(self._kinds[spells]) if spells >= 0 else None
        self._digests.append(digest(kind, key) if of is None else spelling_digest(of, key))
        self._spells.append(spells)
        self._labels.add(label.encode("utf-8", "replace"))
        self._keys.add(kept_key.encode("utf-8", "replace"))
        return len(self._kinds) - 1

    def close(self) -> None:
        """Write down the rest of what was kept; `read` finds it, in any process."""
        for file in (self._things, self._counts, self._labels, self._keys, self._rows):
            file.close()
        # most of the memory that taking trials in needs, and making an index of them does not
        self._words.clear()
        self._pieces.clear()
        self._numbers.clear()
        save(
            self._folder,
            {
                "kinds": np.frombuffer(bytes(self._kinds), np.uint8),
                "digests": np.array(self._digests, np.uint64),
                "spells": np.array(self._spells, np.int32),
                "nct_ids": np.array(self._nct_ids, "S11"),
                "ends": np.array(self._ends, np.int64),
            },
        )
        self._columns.close(self._folder)


def read(folder: Path) -> Part:
    """What a closed segment kept."""
    things, ends = raw(folder / "things.raw", np.int32), mapped(folder, "ends")
    kinds = mapped(folder, "kinds")
    found_in = np.zeros(len(kinds), np.int64)
    for first, last in pieces(ends, 0, len(ends)):
        begin = ends[first - 1] if first else 0
        found_in += np.bincount(things[begin : ends[last - 1]], minlength=len(found_in))
        forget(things)
    return Part(
        kinds=kinds,
        digests=mapped(folder, "digests"),
        labels=Strings(folder, "labels"),
        keys=Strings(folder, "keys"),
        spells=mapped(folder, "spells"),
        found_in=found_in,
        nct_ids=mapped(folder, "nct_ids"),
        rows=Strings(folder, "rows"),
        columns=read_columns(folder),
        ends=ends,
        things=things,
        counts=raw(folder / "counts.raw", np.uint8),
        ordered=False,
    )


def _in_bytes(counts: Collection[int]) -> bytearray:
    """Counts in a byte each, those above `MOST` as `MOST`."""
    try:
        return bytearray(counts)
    except ValueError:
        return bytearray(min(count, MOST) for count in counts)


class _Known(dict[str, Found]):
    """What was found for each key, when it was first met."""

    def __init__(self, find: Callable[[str], Found]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, key: str) -> Found:
        found = self[key] = self._find(key)
        return found
