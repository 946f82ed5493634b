"""What updates changed in a graph, triple by triple, each with how it ended.

A triple that several updates touched is told once, as the last of them left it, even where that is
how it began. So whoever has an older graph, or already some of the changes, has the newer graph
after taking them all: taking a change twice, or too many, does no harm.
"""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import msgspec

from kg import history

AT_ONCE = 100
"""Updates merged at a time; each takes two open files."""


class Change(NamedTuple):
    """A triple, as an N-Triples line, and whether the graph has it now."""

    line: str
    there: bool


def changes(build: Path, numbers: Sequence[int]) -> Iterator[Change]:
    """What the updates of these numbers touched, sorted by line; memory does not grow with it."""
    if len(numbers) > AT_ONCE:
        yield from _in_stages(build, numbers)
        return
    yield from _last(_touched(build, number) for number in numbers)


def states(build: Path) -> list[str]:
    """A mark for each state of a graph: when it was built, and after each update.

    Two graphs share a mark only where they share the whole history up to it.
    """
    found: list[str] = []
    for entry in history.entries(build):
        content = (found[-1] if found else "").encode() + msgspec.json.encode(entry)
        found.append(blake2b(content, digest_size=16).hexdigest())
    return found


def _touched(build: Path, number: int) -> Iterator[tuple[str, int, bool]]:
    gone = ((line, number, False) for line in history.removed(build, number))
    came = ((line, number, True) for line in history.added(build, number))
    return heapq.merge(gone, came)


def _last(sources: Iterable[Iterable[tuple[str, int, bool]]]) -> Iterator[Change]:
    for line, touched in groupby(heapq.merge(*sources), key=lambda change: change[0]):
        *_, (_, _, there) = touched
        yield Change(line, there)


def _in_stages(build: Path, numbers: Sequence[int]) -> Iterator[Change]:
    """The same for more updates than files may be open: some are merged and put aside."""
    with tempfile.TemporaryDirectory(prefix="kg-changes-") as folder:
        paths: list[Path] = []
        for first in range(0, len(numbers), AT_ONCE):
            paths.append(Path(folder) / str(first))
            with paths[-1].open("w", encoding="utf-8", newline="") as aside:
                for change in changes(build, numbers[first : first + AT_ONCE]):
                    aside.write(f"{int(change.there)}{change.line}")
        yield from _last(_put_aside(path, at) for at, path in enumerate(paths))


def _put_aside(path: Path, number: int) -> Iterator[tuple[str, int, bool]]:
    with path.open(encoding="utf-8", newline="\n") as aside:
        for line in aside:
            yield line[1:], number, line[0] == "1"
