"""Parsed trials, kept on disk in few bytes; the newest version of each is found first.

A build needs every trial twice (to learn all names, then to map) and must choose one record where
a trial was read several times; an update needs the trials that did not change. Trials are kept as
compressed MessagePack, memory holds one small entry per record, and several processes can write
and read at once: each writes a file of its own, and reading moves nothing.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

import msgspec
from msgspec import Struct, structs

from kg.errors import StoreError
from kg.model.record import Format, Provenance
from kg.model.trial import Trial

_RANK: dict[Format, int] = {
    "ctgov-v2-json": 3,
    "ctgov-v1-json": 2,
    "ctgov-legacy-xml": 1,
    "ctgov-text-page": 0,
}
"""Of two records with the same last-update date, the format that says more comes first."""
_INDEX = "index"
_LEVEL = 1
"""zlib's quickest level: the others save no tenth more and take longer."""


class Chosen(Struct, frozen=True):
    """A trial as its best record tells it, and the records that stood behind it."""

    trial: Trial
    provenance: Provenance
    superseded: tuple[Provenance, ...]


class Entry(Struct, frozen=True, gc=False):
    """One record's place in the spool."""

    nct_id: str
    provenance: Provenance
    file: int
    offset: int
    length: int

    def order(self) -> tuple[str, int, str, str]:
        """What comes later in this order is the better record of its trial."""
        return order(self.provenance)


def order(origin: Provenance) -> tuple[str, int, str, str]:
    """What comes later in this order is the better record of its trial."""
    return (origin.version_date or "", _RANK[origin.format], origin.checksum, origin.source)


class SpoolFile:
    """One process's file of a spool."""

    def __init__(self, folder: Path, number: int) -> None:
        self._number = number
        self._file: BinaryIO = open(folder / f"{number:04}", "wb", buffering=1 << 20)  # noqa: SIM115
        self._end = 0
        self._encode = msgspec.msgpack.Encoder().encode

    def add(self, trial: Trial, provenance: Provenance) -> Entry:
        """Keep one parsed record; the entry is for `Spool.enter`."""
        content = zlib.compress(self._encode(trial), _LEVEL)
        self._file.write(content)
        entry = Entry(trial.nct_id, provenance, self._number, self._end, len(content))
        self._end += len(content)
        return entry

    def flush(self) -> None:
        """Let readers see what was added."""
        self._file.flush()

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


class Spool:
    """A folder of parsed trials with an index by NCT id."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._entries: dict[str, list[Entry]] = {}
        self._open: dict[int, int] = {}
        self._decode = msgspec.msgpack.Decoder(Trial).decode

    @classmethod
    def load(cls, folder: Path) -> Spool:
        """The spool of a finished build.

        Raises `StoreError` where it cannot be read.
        """
        spool = cls(folder)
        try:
            content = zlib.decompress((folder / _INDEX).read_bytes())
            entries = msgspec.msgpack.decode(content, type=list[Entry])
        except (OSError, zlib.error, msgspec.DecodeError) as error:
            raise StoreError(f"{folder / _INDEX}: cannot be read ({error})") from None
        for entry in entries:
            spool._entries.setdefault(entry.nct_id, []).append(entry)
        return spool

    def save(self) -> None:
        """Write the index, so that the spool can be loaded again."""
        entries = [entry for nct_id in sorted(self._entries) for entry in self._entries[nct_id]]
        content = zlib.compress(msgspec.msgpack.encode(entries), _LEVEL)
        (self._folder / _INDEX).write_bytes(content)

    def enter(self, entry: Entry) -> None:
        """Take in a record that a `SpoolFile` keeps; its checksum must be new to the trial."""
        self._entries.setdefault(entry.nct_id, []).append(entry)

    def also_from(self, sources: Mapping[str, str]) -> None:
        """Records met again, by checksum: of all their sources the last by name counts."""
        for entries in self._entries.values():
            for at, entry in enumerate(entries):
                origin = entry.provenance
                source = sources.get(origin.checksum)
                if source is not None and source > origin.source:
                    origin = structs.replace(origin, source=source)
                    entries[at] = structs.replace(entry, provenance=origin)

    def next_file(self) -> int:
        """The number of a file that no entry uses yet."""
        used = (entry.file for entries in self._entries.values() for entry in entries)
        return max(used, default=-1) + 1

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, nct_id: str) -> bool:
        return nct_id in self._entries

    def entries(self, nct_id: str) -> list[Entry]:
        """The records of a trial, the best first."""
        return sorted(self._entries[nct_id], key=Entry.order, reverse=True)

    def all_entries(self) -> Iterator[Entry]:
        """Every record."""
        for entries in self._entries.values():
            yield from entries

    def nct_ids(self) -> list[str]:
        """The trials, in order."""
        return sorted(self._entries)

    def missing(self) -> list[Path]:
        """The files that end before their last record, or are not there."""
        ends: dict[int, int] = {}
        for entry in self.all_entries():
            ends[entry.file] = max(ends.get(entry.file, 0), entry.offset + entry.length)
        places = ((self._folder / f"{file:04}", end) for file, end in sorted(ends.items()))
        return [place for place, end in places if not place.is_file() or place.stat().st_size < end]

    def trial(self, entry: Entry) -> Trial:
        """A record as it was parsed.

        Raises `StoreError` where the file is damaged.
        """
        if entry.file not in self._open:
            self._open[entry.file] = os.open(self._folder / f"{entry.file:04}", os.O_RDONLY)
        content = os.pread(self._open[entry.file], entry.length, entry.offset)
        try:
            return self._decode(zlib.decompress(content))
        except (zlib.error, msgspec.DecodeError) as error:
            place = self._folder / f"{entry.file:04}"
            raise StoreError(f"{place}: {entry.nct_id} cannot be read ({error})") from None

    def choose(self, nct_id: str) -> Chosen:
        """A trial by its best record: the registry's own last-update date decides."""
        best, *others = self.entries(nct_id)
        superseded = tuple(entry.provenance for entry in others)
        return Chosen(self.trial(best), best.provenance, superseded)

    def __iter__(self) -> Iterator[Chosen]:
        """Each trial once, by NCT id."""
        return map(self.choose, self.nct_ids())

    def close(self) -> None:
        """Let go of the files."""
        for file in self._open.values():
            os.close(file)
        self._open.clear()
