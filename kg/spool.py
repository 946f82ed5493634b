"""Parsed trials on their way through a build: kept on disk, the newest version of each found first.

A build needs every trial twice (to learn all names, then to map), and must choose one record where
a trial was read several times. Trials wait in a file as MessagePack; memory holds one small entry
per record.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec
from msgspec import Struct

from kg.model.record import Format, Provenance
from kg.model.trial import Trial

_RANK: dict[Format, int] = {
    "ctgov-v2-json": 3,
    "ctgov-v1-json": 2,
    "ctgov-legacy-xml": 1,
    "ctgov-text-page": 0,
}
"""Of two records with the same last-update date, the format that says more comes first."""


class Chosen(Struct, frozen=True):
    """A trial as its best record tells it, and the records that stood behind it."""

    trial: Trial
    provenance: Provenance
    superseded: tuple[Provenance, ...]


class _Entry(Struct, frozen=True, gc=False):
    provenance: Provenance
    offset: int
    length: int

    def order(self) -> tuple[str, int, str, str]:
        origin = self.provenance
        return (origin.version_date or "", _RANK[origin.format], origin.checksum, origin.source)


class Spool:
    """A file of parsed trials with an index by NCT id."""

    def __init__(self, path: Path) -> None:
        self._file: BinaryIO = open(path, "w+b", buffering=1 << 20)  # noqa: SIM115
        self._entries: dict[str, list[_Entry]] = {}
        self._end = 0
        self._encode = msgspec.msgpack.Encoder().encode
        self._decode = msgspec.msgpack.Decoder(Trial).decode

    def add(self, trial: Trial, provenance: Provenance) -> None:
        """Keep one parsed record."""
        content = self._encode(trial)
        self._file.write(content)
        entry = _Entry(provenance, self._end, len(content))
        self._end += len(content)
        self._entries.setdefault(trial.nct_id, []).append(entry)

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[Chosen]:
        """Each trial once, by NCT id; the registry's own last-update date decides its record."""
        self._file.flush()
        for nct_id in sorted(self._entries):
            entries = sorted(self._entries[nct_id], key=_Entry.order, reverse=True)
            best = entries[0]
            self._file.seek(best.offset)
            trial = self._decode(self._file.read(best.length))
            distinct = {entry.provenance.checksum: entry.provenance for entry in entries[1:]}
            distinct.pop(best.provenance.checksum, None)
            yield Chosen(trial, best.provenance, tuple(distinct.values()))

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()
