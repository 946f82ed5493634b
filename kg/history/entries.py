"""The history on disk: one folder per update, inside the folder of the build it led to.

`history/000000/change.json` says when the graph was built. Each update adds a folder with its own
`change.json`, `removed.nt.gz` and `added.nt.gz`: the sorted triples that turn the graph before it
into the graph after it. As the history lies in the build's own folder, it is swapped in with it.
"""

from __future__ import annotations

import gzip
import os
import shutil
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from kg.errors import StoreError

FOLDER = "history"
CHANGE = "change.json"
ADDED, REMOVED = "added.nt.gz", "removed.nt.gz"

ChangeKind = Literal["ADDED", "CHANGED", "REMOVED"]
EntryKind = Literal["BUILT", "UPDATED"]


class FieldChange(Struct, frozen=True):
    """What a field of a trial lost and gained."""

    field: str
    """The registry's name of the field (`overallStatus`, `armGroups[Arm A].description`)."""
    before: tuple[str, ...]
    """The values that are gone; empty where there was none."""
    after: tuple[str, ...]
    """The values that came; empty where there is none any more."""


class TrialChange(Struct, frozen=True, kw_only=True):
    """What an update did to one trial."""

    nct_id: str
    kind: ChangeKind
    version_before: str | None = None
    """The registry's own last-update date of the record that stood for the trial before."""
    version_after: str | None = None
    fields: tuple[FieldChange, ...] = ()
    """Only of a CHANGED trial, and never the terms that the registry derives."""


class Entry(Struct, frozen=True, kw_only=True):
    """One step of a graph's history."""

    number: int
    """0 for the build, then one more with each update."""
    kind: EntryKind
    made: str
    """When it ended, ISO date and time, UTC; in the history only, never in the graph."""
    sources: tuple[str, ...]
    triples_added: int = 0
    triples_removed: int = 0
    trials: tuple[TrialChange, ...] = ()
    """By NCT id; none for a build."""


def begin(build: Path, sources: Iterable[str], made: str) -> Entry:
    """Start the history of a graph that was built from scratch."""
    entry = Entry(number=0, kind="BUILT", made=made, sources=tuple(sources))
    _save(build, entry)
    return entry


def carry(old: Path, new: Path) -> None:
    """Give a build folder the history of the one it follows, without a copy where links work."""
    if not (old / FOLDER).is_dir():
        raise _unreadable(old, "no history")
    for step in sorted((old / FOLDER).iterdir()):
        (new / FOLDER / step.name).mkdir(parents=True)
        for file in sorted(step.iterdir()):
            target = new / FOLDER / step.name / file.name
            try:
                os.link(file, target)
            except OSError:
                shutil.copyfile(file, target)


def write(build: Path, entry: Entry, removed: Iterable[str], added: Iterable[str]) -> Entry:
    """Keep one update: N-Triples lines that are gone and that are new, each sorted and once.

    Returns the entry with the triples counted.
    """
    folder = _folder(build, entry.number)
    folder.mkdir(parents=True)
    entry = msgspec.structs.replace(
        entry,
        triples_removed=_write_lines(folder / REMOVED, removed),
        triples_added=_write_lines(folder / ADDED, added),
    )
    _save(build, entry)
    return entry


def entries(build: Path) -> list[Entry]:
    """The build and every update since, in order.

    Raises `StoreError` where the build folder has none: it was made by an older version.
    """
    steps = sorted((build / FOLDER).glob("[0-9]*")) if (build / FOLDER).is_dir() else []
    if not steps:
        raise _unreadable(build, "no history")
    found = []
    for step in steps:
        try:
            found.append(msgspec.json.decode((step / CHANGE).read_bytes(), type=Entry))
        except (OSError, msgspec.DecodeError) as error:
            raise _unreadable(step, f"{CHANGE} that cannot be read ({error})") from None
    return found


def since(build: Path, when: str) -> list[Entry]:
    """The updates made at or after a moment: an ISO date (its first second) or date and time, UTC.

    Raises `StoreError` where the moment is none, or lies before the graph was built: what the
    graph was then is not known, so no list of changes leads from there to here.
    """
    asked = moment(when)
    first, *updates = entries(build)
    if asked < moment(first.made):
        raise StoreError(
            f"{when}: the history begins later, the graph was built anew on {first.made}: "
            "take it whole, or ask for changes since then"
        )
    return [entry for entry in updates if moment(entry.made) >= asked]


def moment(when: str) -> datetime:
    """An ISO date or date and time, as a moment of UTC.

    >>> moment("2026-11-26").isoformat()
    '2026-11-26T00:00:00+00:00'
    """
    try:
        found = datetime.fromisoformat(when)
    except ValueError:
        raise StoreError(
            f"{when}: found no date, expected one such as 2026-11-26 or 2026-11-26T09:30:00"
        ) from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def removed(build: Path, number: int) -> Iterator[str]:
    """The triples that an update took out, as sorted N-Triples lines."""
    return _read_lines(_folder(build, number) / REMOVED)


def added(build: Path, number: int) -> Iterator[str]:
    """The triples that an update brought in, as sorted N-Triples lines."""
    return _read_lines(_folder(build, number) / ADDED)


def _folder(build: Path, number: int) -> Path:
    return build / FOLDER / f"{number:06d}"


def _save(build: Path, entry: Entry) -> None:
    folder = _folder(build, entry.number)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / CHANGE).write_bytes(msgspec.json.format(msgspec.json.encode(entry), indent=1))


def _write_lines(path: Path, lines: Iterable[str]) -> int:
    count = 0
    # No name and no time in the header: same in, same out.
    with (
        open(path, "wb") as file,
        gzip.GzipFile("", "wb", compresslevel=3, fileobj=file, mtime=0) as packed,
    ):
        for line in lines:
            packed.write(line.encode())
            count += 1
    return count


def _read_lines(path: Path) -> Iterator[str]:
    try:
        with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
            yield from file
    except FileNotFoundError:
        return
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise _unreadable(path, f"a file that cannot be read ({error})") from None


def _unreadable(place: Path, found: str) -> StoreError:
    return StoreError(f"{place}: found {found}, expected the history of a build; build it again")
