"""Records from files, folders, archives and streams, whatever form they are in."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO

from kg.errors import SourceError
from kg.model.record import RawRecord, Rejection
from kg.records.recognise import recognise
from kg.records.sniff import Advance, Reject

STDIN = "-"


def read(
    sources: Iterable[str | Path],
    rejected: Callable[[Rejection], None],
    advance: Advance | None = None,
) -> Iterator[RawRecord]:
    """Every record of the sources, in their order; folders and archives sorted by name.

    Sources are paths, or `-` for standard input. What cannot be read goes to `rejected`, and
    reading goes on; a path that does not exist raises SourceError before anything is read.
    `advance` is told the bytes of the sources that have been dealt with (see `total_bytes`).
    """
    paths = _checked(sources)
    return _read_all(paths, rejected, advance or (lambda size: None))


def total_bytes(sources: Iterable[str | Path]) -> int:
    """The size of all files of the sources; standard input counts nothing."""
    files = _files(_checked(sources), lambda place, reason: None)
    return sum(Path(file).stat().st_size for file in files if file != STDIN)


def list_files(sources: Iterable[str | Path]) -> list[str]:
    """The files of the sources, folders walked; what is no file there is left for `read` to tell.

    Raises `SourceError` where a path does not exist.
    """
    return list(_files(_checked(sources), lambda place, reason: None))


def _checked(sources: Iterable[str | Path]) -> list[str]:
    names = [str(source) for source in sources]
    for name in names:
        if name != STDIN and not os.path.exists(name):
            raise SourceError(f"{name}: found nothing there, expected a file or folder of records")
    return names


def _files(names: list[str], reject: Reject) -> Iterator[str]:
    """The files of the sources; each folder is walked once, even where links lead in circles."""
    for name in names:
        if name != STDIN and os.path.isdir(name):
            yield from _walk(name, set(), reject)
        else:
            yield name


def _walk(folder: str, seen: set[str], reject: Reject) -> Iterator[str]:
    real = os.path.realpath(folder)
    if real in seen:
        return
    seen.add(real)
    try:
        names = sorted(os.listdir(folder))
    except OSError as error:
        reject(folder, f"found a folder that cannot be read ({error.strerror})")
        return
    for name in names:
        path = os.path.join(folder, name)
        if os.path.isdir(path):
            yield from _walk(path, seen, reject)
        elif os.path.isfile(path):
            yield path
        else:
            reject(path, "found a dead link or a device, expected a file")


def _read_all(
    names: list[str], rejected: Callable[[Rejection], None], advance: Advance
) -> Iterator[RawRecord]:
    def reject_folder(place: str, reason: str) -> None:
        rejected(Rejection(place, place, reason))

    for name in _files(names, reject_folder):
        yield from _read_file(name, rejected, advance)


class _Counted:
    """A file that tells how many of its bytes were read."""

    def __init__(self, raw: IO[bytes], advance: Advance) -> None:
        self._raw, self._advance = raw, advance

    def read(self, size: int, /) -> bytes:
        chunk = self._raw.read(size)
        self._advance(len(chunk))
        return chunk


class _Meter:
    """Passes on how far a file was read: its size in the end, never more on the way."""

    def __init__(self, size: int, advance: Advance) -> None:
        self._left, self._advance = size, advance

    def __call__(self, size: int) -> None:
        step = min(size, self._left)
        self._left -= step
        if step:
            self._advance(step)

    def finish(self) -> None:
        """Passes on what was never read: the file was given up."""
        self(self._left)


def _read_file(
    name: str, rejected: Callable[[Rejection], None], advance: Advance
) -> Iterator[RawRecord]:
    """The records of one file of the sources."""

    def reject(place: str, reason: str) -> None:
        rejected(Rejection(name, place, reason))

    if name == STDIN:
        raw = _Counted(sys.stdin.buffer, advance)
        yield from recognise(STDIN, raw, reject, None, advance)
        return
    try:
        file = open(name, "rb")  # noqa: SIM115 (only opening may fail here)
    except OSError as error:
        reject(name, f"found a file that cannot be read ({error.strerror})")
        return
    with file:
        seekable = file.seekable()
        meter = _Meter(os.fstat(file.fileno()).st_size, advance)
        raw = _Counted(file, meter)
        yield from recognise(name, raw, reject, file if seekable else None, meter)
        meter.finish()
