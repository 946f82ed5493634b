"""The first pass: records are read, parsed into the spool, and names collected from every version.

The parent cuts records out of their files and finds those it has seen before; workers parse them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct, structs

from kg.errors import RecordError
from kg.model.record import RawRecord, Rejection
from kg.parse import parse
from kg.parse.provenance import checksum, provenance, source_name
from kg.pipeline.clock import Clock, Laps
from kg.pipeline.progress import Progress
from kg.pipeline.workers import Workers, processes
from kg.records.files import read, total_bytes
from kg.resolve.collect import Collected, Collector
from kg.spool import Entry, Spool, SpoolFile

MOST_RECORDS = 64
MOST_BYTES = 1 << 20
"""Records are handed to a worker as soon as there are so many, or so much of them."""
ALONE = 2 << 20
"""Sources of fewer bytes are read in this process: starting others would take longer."""


class Numbered(Struct, frozen=True):
    """A record with its place in the order of reading."""

    number: int
    checksum: str
    raw: RawRecord


class Refused(Struct, frozen=True):
    """A rejection with its record's place in the order of reading."""

    number: int
    checksum: str
    rejection: Rejection


class Parsed(Struct, frozen=True):
    """What became of some records."""

    entries: list[Entry]
    refused: list[Refused]
    unread: dict[str, list[str]]


class Read(Struct, frozen=True):
    """What the first pass found."""

    parsed: int
    """Records that were read, the same one as often as it was met."""
    rejected: list[Rejection]
    unread: dict[str, list[str]]
    """Lines of text pages that stand in no section known, by NCT id."""


class Reader:
    """Parses records into a file of its own, and collects what they say of names."""

    def __init__(self, folder: Path, number: int) -> None:
        self._file = SpoolFile(folder, number)
        self._collector = Collector()
        self._laps = Laps()

    def do(self, records: list[Numbered]) -> Parsed:
        """Parse some records."""
        made = Parsed([], [], {})
        for one in records:
            try:
                trial = parse(one.raw)
            except RecordError as error:
                rejection = Rejection(one.raw.source, error.record, str(error))
                made.refused.append(Refused(one.number, one.checksum, rejection))
                continue
            origin = provenance(one.raw, trial, one.checksum)
            made.entries.append(self._file.add(trial, origin))
            if trial.unread:
                made.unread.setdefault(trial.nct_id, []).extend(trial.unread)
            self._laps.start()
            self._collector.add(trial, origin)
            self._laps.stop("resolve")
        return made

    def finish(self) -> tuple[Collected, dict[str, float]]:
        """What all its records say of names, and where its time went."""
        self._file.close()
        self._laps.start()
        collected = self._collector.collected()
        self._laps.stop("resolve")
        return collected, dict(self._laps.seconds)


def read_all(
    sources: Sequence[str | Path],
    spool: Spool,
    folder: Path,
    collector: Collector,
    tell: Progress,
    clock: Clock,
    wanted: int | None = None,
) -> Read:
    """Parse every record into the spool in `folder`; the same record twice counts once.

    Unless told how many workers are wanted, few records are read by one.
    """
    cut = _Cut(sources, tell)
    first = spool.next_file()
    workers = processes(wanted if wanted is not None or cut.total > ALONE else 1)
    unread: dict[str, list[str]] = {}
    refused: list[Refused] = []
    entries = 0
    with Workers(
        workers, lambda number: Reader(folder, first + number), list[Numbered], Parsed
    ) as crew:
        for made in crew.run(cut.pieces(spool)):
            entries += len(made.entries)
            for entry in made.entries:
                spool.enter(entry)
            refused += made.refused
            for nct_id, lines in made.unread.items():
                unread.setdefault(nct_id, []).extend(lines)
        for collected, seconds in crew.finish():
            collector.merge(collected)
            clock.add(seconds)
        clock.add({}, crew.cpu_seconds)
    again = cut.settle(spool, refused)
    rejections = sorted((*cut.rejected, *refused), key=lambda one: one.number)
    return Read(entries + again, [one.rejection for one in rejections], unread)


class _Cut:
    """Records as they are cut out of their sources, each for the first time only."""

    def __init__(self, sources: Sequence[str | Path], tell: Progress) -> None:
        self.rejected: list[Refused] = []
        self.total = total_bytes(sources)
        self._sources, self._tell = sources, tell
        self._number = self._done = 0
        self._seen: set[bytes] = set()
        self._again: dict[str, list[tuple[int, str]]] = {}

    def pieces(self, spool: Spool) -> Iterator[list[Numbered]]:
        """Records that were not seen before, some at a time."""
        self._seen.update(bytes.fromhex(one.provenance.checksum) for one in spool.all_entries())
        piece: list[Numbered] = []
        size = 0
        for raw in read(self._sources, self._reject, self._advance):
            self._number += 1
            mark = checksum(raw)
            digest = bytes.fromhex(mark)
            if digest in self._seen:
                self._again.setdefault(mark, []).append((self._number, raw.source))
                continue
            self._seen.add(digest)
            piece.append(Numbered(self._number, mark, raw))
            size += len(raw.content)
            if len(piece) >= MOST_RECORDS or size >= MOST_BYTES:
                yield piece
                piece, size = [], 0
        if piece:
            yield piece

    def settle(self, spool: Spool, refused: list[Refused]) -> int:
        """Deal with the records met again; the number of those that could be read.

        A record that stands in several sources is said to come from the last of them by name,
        so that their order makes no difference.
        """
        reasons = {one.checksum: one.rejection for one in refused}
        read = 0
        known = {mark: places for mark, places in self._again.items() if mark not in reasons}
        for mark, places in self._again.items():
            if mark in known:
                read += len(places)
                continue
            for number, source in places:
                rejection = structs.replace(reasons[mark], source=source)
                self.rejected.append(Refused(number, mark, rejection))
        if known:
            spool.met_again(
                {
                    mark: [source_name(source) for _, source in places]
                    for mark, places in known.items()
                }
            )
        return read

    def _reject(self, rejection: Rejection) -> None:
        self._number += 1
        self.rejected.append(Refused(self._number, "", rejection))

    def _advance(self, size: int) -> None:
        self._done += size
        self._tell("read", self._done, self.total)
