"""A file of studies that is being written, such that a cut at any moment loses one page at most.

Each page is appended as a whole gzip member; a note beside the file then says how far the pages
go. What stands past that point is the rest of a page that was cut, and is dropped on resuming.
"""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from kg.errors import SourceError
from kg.records.asked import Asked


class Note(Struct, kw_only=True, frozen=True):
    """How far a fetch has come."""

    asked: Asked
    base_url: str
    data_timestamp: str | None
    series: int = 0
    """Series of pages that are complete."""
    token: str | None = None
    """Names the next page of the present series; without one it is the first."""
    offset: int = 0
    """Bytes of the file that hold complete pages."""
    repeated: int = 0
    """Studies left out because an earlier page held them."""
    total: int | None = None
    """Studies the registry counts in the series begun so far."""


class Partial:
    """The unfinished file `OUT.part` and its note `OUT.part.json`."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.data = out.with_name(out.name + ".part")
        self.note = out.with_name(out.name + ".part.json")

    def read_note(self) -> Note | None:
        """The note of an earlier fetch, if there is one to go on from."""
        try:
            return msgspec.json.decode(self.note.read_bytes(), type=Note)
        except (FileNotFoundError, msgspec.DecodeError):
            return None

    def begin(self, note: Note) -> None:
        """Start an empty file."""
        self.note.unlink(missing_ok=True)
        self.data.write_bytes(b"")
        self._write_note(note)

    def cut(self, offset: int) -> bool:
        """Drop what stands past the last complete page; false where the pages are not all there."""
        if not self.data.is_file() or self.data.stat().st_size < offset:
            return False
        os.truncate(self.data, offset)
        return True

    def lines(self) -> Iterator[bytes]:
        """The studies written so far."""
        try:
            with gzip.open(self.data) as lines:
                yield from lines
        except (EOFError, OSError) as error:
            raise SourceError(
                f"{self.data} is damaged ({error}): remove it, or start over with --force"
            ) from error

    def append(self, studies: list[bytes], note: Note) -> Note:
        """Write one page and then the note that it is there; gives that note."""
        with self.data.open("ab") as data:
            if data.tell() != note.offset:
                raise SourceError(
                    f"{self.data} has {data.tell():,} bytes, expected {note.offset:,}:"
                    " is another fetch writing it?"
                )
            if studies:
                lines = b"".join(study + b"\n" for study in studies)
                data.write(gzip.compress(lines, compresslevel=6, mtime=0))
                data.flush()
                os.fsync(data.fileno())
            note = msgspec.structs.replace(note, offset=data.tell())
        self._write_note(note)
        return note

    def finish(self) -> None:
        """Put the complete file in its place."""
        if not self.data.stat().st_size:
            self.data.write_bytes(gzip.compress(b"", mtime=0))
        os.replace(self.data, self.out)
        self.note.unlink()

    def _write_note(self, note: Note) -> None:
        new = self.note.with_name(self.note.name + ".new")
        with new.open("wb") as file:
            file.write(msgspec.json.format(msgspec.json.encode(note), indent=1))
            file.flush()
            os.fsync(file.fileno())
        os.replace(new, self.note)
