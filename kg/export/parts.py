"""A graph as a folder of files of some size each, with a manifest.

A blank node is known by its label only inside one file. So what blank nodes hang on stands with
them in one part, the last, which may be larger.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from kg.export import write_packed
from kg.export.folders import MARK, new_folder
from kg.export.forms import FORMATS, runs, subject_of
from kg.export.ordered import lines

if TYPE_CHECKING:
    from pyoxigraph import Store

_README = """\
# A clinical-trial graph in {count} parts

{mark} {kind} --split`: {triples:,} triples. Each part is a {media_type} file of its own{packed};
all of a subject stands in one part, and all that blank nodes connect. `manifest.json` counts the
triples of each and gives its SHA-256.
"""


def export_parts(
    store: Store, kind: str, path: Path, size: int, *, gzip: bool = False, force: bool = False
) -> int:
    """Write a folder of parts of about `size` triples; the number of parts."""
    with new_folder(path, force=force) as folder:
        parts = write_parts(store, kind, folder, size, gzip=gzip)
        triples = sum(part["triples"] for part in parts)
        manifest = {"format": kind, "triples": triples, "parts": parts}
        (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")
        readme = _README.format(
            count=len(parts),
            mark=MARK,
            kind=kind,
            triples=triples,
            media_type=FORMATS[kind].media_type,
            packed=", compressed" if gzip else "",
        )
        (folder / "README.md").write_text(readme, encoding="utf-8")
    return len(parts)


def write_parts(
    store: Store, kind: str, folder: Path, size: int, *, gzip: bool = False
) -> list[dict[str, Any]]:
    """Write the parts into a folder that is there; what each holds."""
    form = FORMATS[kind]
    source = _Source(lines(store, graphs=form.graphs, scratch=folder))
    parts: list[dict[str, Any]] = []
    for run in runs(source.named(), size):
        parts.append(_part(run, kind, folder, len(parts) + 1, gzip))
    if source.connected or not parts:
        # An empty graph has one part: an empty folder would look like a failure.
        parts.append(_part(source.connected, kind, folder, len(parts) + 1, gzip))
    return parts


class _Source:
    """The lines of a graph, those that blank nodes connect kept for the end."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self.connected: list[bytes] = []
        self._lines = lines

    def named(self) -> Iterator[bytes]:
        """The lines of all subjects that have nothing to do with blank nodes."""
        for subject, group in groupby(self._lines, key=subject_of):
            said = list(group)
            if subject.startswith(b"_:") or any(
                line.split(b" ", 2)[2][:2] == b"_:" for line in said
            ):
                self.connected += said
            else:
                yield from said


def _part(run: Iterable[bytes], kind: str, folder: Path, number: int, gzip: bool) -> dict[str, Any]:
    form = FORMATS[kind]
    path = folder / f"part-{number:05}{form.suffix}{'.gz' if gzip else ''}"
    counted = _Counted(run)
    with path.open("wb", buffering=1 << 20) as file:
        out = _Summed(file)
        if gzip:
            write_packed(form.text(counted), cast("IO[bytes]", out))
        else:
            for piece in form.text(counted):
                out.write(piece)
    return {
        "file": path.name,
        "triples": counted.count,
        "bytes": out.size,
        "sha256": out.sum.hexdigest(),
    }


class _Counted:
    """Lines, and how many there were."""

    def __init__(self, run: Iterable[bytes]) -> None:
        self.count = 0
        self._run = run

    def __iter__(self) -> Iterator[bytes]:
        for line in self._run:
            self.count += 1
            yield line


class _Summed(io.RawIOBase):
    """Writes to a file, and sums what was written."""

    def __init__(self, file: IO[bytes]) -> None:
        self.size = 0
        self.sum = hashlib.sha256()
        self._file = file

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, piece: Any, /) -> int:
        """Pass a piece on."""
        self.size += len(piece)
        self.sum.update(piece)
        return self._file.write(piece)
