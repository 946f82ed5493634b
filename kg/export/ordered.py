"""A store's statements in one fixed order, whatever order the store keeps them in.

The order is by subject, so that a trial comes right before the parts it owns, then by predicate
and object. A store of any size is sorted in a fixed amount of memory: runs are sorted, written
aside, and merged.
"""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

if TYPE_CHECKING:
    from pyoxigraph import Store

RUN_BYTES = 64 << 20
"""Text sorted in memory at a time; takes some three times as much memory."""


def lines(
    store: Store, *, graphs: bool = False, scratch: Path | None = None, run_bytes: int = RUN_BYTES
) -> Iterator[bytes]:
    """The default graph as sorted N-Triples lines; with `graphs`, all graphs as N-Quads lines.

    The runs stand in `scratch` (by default where the system keeps its temporary files) and take as
    much room as the text itself.
    """
    from pyoxigraph import DefaultGraph, RdfFormat

    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="kg-export-", dir=scratch))
        runs = _Runs(Path(folder), run_bytes)
        output = cast("IO[bytes]", runs)  # `dump` asks for `write` and `flush` alone
        if graphs:
            store.dump(output, RdfFormat.N_QUADS)
        else:
            store.dump(output, RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
        last = runs.sorted_rest()
        files = [stack.enter_context(path.open("rb", buffering=1 << 16)) for path in runs.paths]
        for line in heapq.merge(*files, last) if files else last:
            yield _as_written(line)


class _Runs:
    """Takes text as it comes and puts it aside in sorted runs."""

    def __init__(self, folder: Path, run_bytes: int) -> None:
        self.paths: list[Path] = []
        self._folder, self._run_bytes = folder, run_bytes
        self._pieces: list[bytes] = []
        self._size = 0

    def write(self, piece: bytes) -> int:
        self._pieces.append(piece)
        self._size += len(piece)
        if self._size >= self._run_bytes:
            self._put_aside()
        return len(piece)

    def flush(self) -> None:
        """Nothing to do: a piece may end inside a line."""

    def sorted_rest(self) -> list[bytes]:
        """The lines not put aside."""
        return self._take(b"")

    def _put_aside(self) -> None:
        end = self._pieces[-1].rfind(b"\n") + 1
        if not end:
            return  # one line longer than a piece: its end is still to come
        begun, self._pieces[-1] = self._pieces[-1][end:], self._pieces[-1][:end]
        path = self._folder / str(len(self.paths))
        with path.open("wb") as file:
            file.writelines(self._take(begun))
        self.paths.append(path)

    def _take(self, begun: bytes) -> list[bytes]:
        """The lines held, sorted; what is begun of the next one stays."""
        text = b"".join(self._pieces)
        self._pieces, self._size = [begun], len(begun)
        held = text.split(b"\n")
        del text, held[-1]  # what follows the last line end: nothing
        for place, line in enumerate(held):  # in place: a second list would double the memory
            held[place] = _to_sort(line)
        held.sort()
        return held


def _to_sort(line: bytes) -> bytes:
    r"""A line without the `>` of its subject, which would sort `…/NCT1/arm` before `…/NCT1`.

    >>> _to_sort(b'<http://s> <http://p> "o" .')
    b'<http://s <http://p> "o" .\n'
    """
    return (line.replace(b"> ", b" ", 1) if line.startswith(b"<") else line) + b"\n"


def _as_written(line: bytes) -> bytes:
    return line.replace(b" ", b"> ", 1) if line.startswith(b"<") else line
