"""What filters look at before anything is ranked: a value for each trial."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from msgspec import Struct

from kg.related.arrays import Array, Int32, mapped, save
from kg.related.row import Row


class Columns(Struct, frozen=True, kw_only=True):
    """Status, phases, start and lead sponsor of each trial."""

    statuses: list[str]
    phases: list[str]
    status: Array
    """Places in `statuses`."""
    phase: Array
    """A bit for each of `phases`."""
    start: Array
    """Day the trial started, as 20200131; 0 in place of what is not known."""
    lead: Int32
    """Number of the lead sponsor, -1 where there is none."""


class ColumnsWriter:
    """Takes the values trial by trial."""

    def __init__(self) -> None:
        self._statuses: list[str] = []
        self._phases: list[str] = []
        self._status = bytearray()
        self._phase = array("I")
        self._start = array("i")
        self._lead = array("i")

    def add(self, row: Row, lead: int) -> None:
        """Take those of one trial."""
        self._status.append(_place(self._statuses, row.status or ""))
        self._phase.append(
            sum(1 << _place(self._phases, phase) for phase in sorted(set(row.phases)))
        )
        self._start.append(int((row.start_date or "0").replace("-", "").ljust(8, "0")))
        self._lead.append(lead)

    def close(self, folder: Path) -> None:
        """Write down those of all trials."""
        save(
            folder,
            {
                "statuses": np.array(self._statuses, np.str_),
                "phases": np.array(self._phases, np.str_),
                "status": np.frombuffer(bytes(self._status), np.uint8),
                "phase": np.array(self._phase, np.uint32),
                "start": np.array(self._start, np.int32),
                "lead": np.array(self._lead, np.int32),
            },
        )


def read_columns(folder: Path) -> Columns:
    """The values that a writer wrote down."""
    return Columns(
        statuses=mapped(folder, "statuses").tolist(),
        phases=mapped(folder, "phases").tolist(),
        status=mapped(folder, "status"),
        phase=mapped(folder, "phase"),
        start=mapped(folder, "start"),
        lead=mapped(folder, "lead"),
    )


def joined(parts: Sequence[Columns], part: Array, place: Array, lead: Int32) -> Columns:
    """The values of the trials at some places of several parts, named as they are needed.

    `lead` are the lead sponsors of all parts, one part after the other, as they are numbered now.
    """
    begins = np.cumsum([0, *(len(one.status) for one in parts)])
    at = begins[part] + place
    statuses = sorted({name for one in parts for name in one.statuses})
    status = np.concatenate([_places(one.statuses, statuses)[one.status] for one in parts])[at]
    used = np.unique(status)
    phases = sorted({name for one in parts for name in one.phases})
    has = [np.concatenate([_has(one, name) for one in parts])[at] for name in phases]
    kept = [number for number, trials in enumerate(has) if trials.any()]
    phase = np.zeros(len(at), np.uint32)
    for bit, number in enumerate(kept):
        phase |= has[number].astype(np.uint32) << np.uint32(bit)
    return Columns(
        statuses=[statuses[number] for number in used],
        phases=[phases[number] for number in kept],
        status=np.searchsorted(used, status).astype(np.uint8),
        phase=phase,
        start=np.concatenate([one.start for one in parts])[at],
        lead=lead[at],
    )


def _places(names: Sequence[str], known: Sequence[str]) -> Array:
    return np.array([known.index(name) for name in names], np.uint8)


def _has(columns: Columns, phase: str) -> Array:
    if phase not in columns.phases:
        return np.zeros(len(columns.phase), bool)
    bit = np.uint32(1 << columns.phases.index(phase))
    has: Array = (columns.phase & bit) != 0
    return has


def _place(known: list[str], value: str) -> int:
    if value not in known:
        known.append(value)
    return known.index(value)
