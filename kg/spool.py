"""Parsed trials, kept on disk in few bytes; the newest version of each is found first.

A build needs every trial twice (to learn all names, then to map) and must choose one record where
a trial was read several times; an update needs the trials that did not change. Trials are kept as
compressed MessagePack, memory holds one small entry per record, and several processes can write
and read at once: each writes a file of its own, and reading moves nothing.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

import msgspec
from msgspec import Struct, structs
from zstandard import ZstdCompressor, ZstdDecompressor, ZstdError

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
"""Of Zstandard: level 3 saves a hundredth more and takes a third longer."""
_DAMAGED = (ZstdError, MemoryError, msgspec.DecodeError)
"""What reading a damaged file raises; one that claims to be endless asks for the memory."""


def _compressor() -> ZstdCompressor:
    return ZstdCompressor(level=_LEVEL, write_checksum=True)


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
    times: int = 1
    """How often the same bytes were read."""

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
        # Never an existing one: it may be shared with the build before.
        self._file: BinaryIO = open(folder / f"{number:04}", "xb", buffering=1 << 20)  # noqa: SIM115
        self._end = 0
        self._encode = msgspec.msgpack.Encoder().encode
        self._compress = _compressor().compress

    def add(self, trial: Trial, provenance: Provenance) -> Entry:
        """Keep one parsed record; the entry is for `Spool.enter`."""
        content = self._compress(self._encode(trial))
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
        self._decompress = ZstdDecompressor().decompress

    @classmethod
    def load(cls, folder: Path) -> Spool:
        """The spool of a finished build.

        Raises `StoreError` where it cannot be read.
        """
        spool = cls(folder)
        try:
            content = spool._decompress((folder / _INDEX).read_bytes())
            entries = msgspec.msgpack.decode(content, type=list[Entry])
        except (OSError, *_DAMAGED) as error:
            raise StoreError(f"{folder / _INDEX}: cannot be read ({error})") from None
        for entry in entries:
            spool._entries.setdefault(entry.nct_id, []).append(entry)
        return spool

    def follow(self, folder: Path) -> Spool:
        """The same records for the next build, in another folder; this spool stays as it is.

        The files of records are never written again, so they are shared where links work.
        """
        spool = Spool(folder)
        spool._entries = {nct_id: list(entries) for nct_id, entries in self._entries.items()}
        for number in sorted({entry.file for entry in self.all_entries()}):
            name = f"{number:04}"
            try:
                os.link(self._folder / name, folder / name)
            except OSError:
                shutil.copyfile(self._folder / name, folder / name)
        return spool

    def differing(self, other: Spool) -> list[str]:
        """The trials of which another spool has other records, or other sources, in order."""
        ids = self._entries.keys() | other._entries.keys()
        kept, others = self._entries, other._entries
        return sorted(
            n for n in ids if kept.get(n) != others.get(n) and self._origins(n) != other._origins(n)
        )

    def _origins(self, nct_id: str) -> list[Provenance]:
        return [entry.provenance for entry in self._entries.get(nct_id, ())]

    def save(self) -> None:
        """Write the index, so that the spool can be loaded again."""
        entries = [entry for nct_id in sorted(self._entries) for entry in self._entries[nct_id]]
        content = _compressor().compress(msgspec.msgpack.encode(entries))
        (self._folder / _INDEX).write_bytes(content)

    def enter(self, entry: Entry) -> None:
        """Take in a record that a `SpoolFile` keeps; its checksum must be new to the trial."""
        self._entries.setdefault(entry.nct_id, []).append(entry)

    def met_again(self, places: Mapping[str, Sequence[str]]) -> None:
        """Records that were read once more, by checksum, each with the sources that had it.

        Of all its sources the last by name counts.
        """
        for entries in self._entries.values():
            for at, entry in enumerate(entries):
                origin = entry.provenance
                sources = places.get(origin.checksum)
                if sources:
                    source = max(origin.source, *sources)
                    entries[at] = structs.replace(
                        entry,
                        provenance=structs.replace(origin, source=source),
                        times=entry.times + len(sources),
                    )

    def remove(self, nct_id: str) -> int:
        """Forget a trial; how many records of it were read.

        What is told of it stays in the files, which are never written again.
        """
        return sum(entry.times for entry in self._entries.pop(nct_id, ()))

    def next_file(self) -> int:
        """The number of the next file: the folder may have some that no entry uses any more."""
        used = [int(file.name) for file in self._folder.iterdir() if file.name.isdigit()]
        return max(used, default=-1) + 1

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, nct_id: str) -> bool:
        return nct_id in self._entries

    def entries(self, nct_id: str) -> list[Entry]:
        """The records of a trial, the best first."""
        return sorted(self._entries[nct_id], key=Entry.order, reverse=True)

    def checksums(self, nct_id: str) -> set[str]:
        """What tells the records of a trial apart; none where there is no such trial."""
        return {entry.provenance.checksum for entry in self._entries.get(nct_id, ())}

    def with_several(self) -> Iterator[str]:
        """The trials of which there are several records."""
        return (nct_id for nct_id, entries in self._entries.items() if len(entries) > 1)

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
        try:
            return self._decode(self._decompress(self._packed(entry)))
        except _DAMAGED as error:
            raise self._unreadable(entry, error) from None

    def holds(self, entry: Entry, marks: Sequence[bytes]) -> bool:
        """Whether any of some bytes stand in a record as it is kept, which is quick to see.

        Raises `StoreError` where the file is damaged.
        """
        try:
            content = self._decompress(self._packed(entry))
        except _DAMAGED as error:
            raise self._unreadable(entry, error) from None
        return any(mark in content for mark in marks)

    def _packed(self, entry: Entry) -> bytes:
        if entry.file not in self._open:
            self._open[entry.file] = os.open(self._folder / f"{entry.file:04}", os.O_RDONLY)
        return os.pread(self._open[entry.file], entry.length, entry.offset)

    def _unreadable(self, entry: Entry, error: Exception) -> StoreError:
        place = self._folder / f"{entry.file:04}"
        return StoreError(f"{place}: {entry.nct_id} cannot be read ({error})")

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
