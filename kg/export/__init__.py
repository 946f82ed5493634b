"""Writes a store's graph in the formats other programs read."""

from __future__ import annotations

import gzip as _gzip
import io
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from kg.errors import KgError
from kg.export.forms import FORMATS
from kg.export.ordered import lines

if TYPE_CHECKING:
    from pyoxigraph import Store


def write(
    store: Store, kind: str, out: IO[bytes], *, gzip: bool = False, scratch: Path | None = None
) -> None:
    """Write a store in one of the `FORMATS` to an open file or stream.

    What is sorted meanwhile stands in the folder `scratch`.
    """
    form = FORMATS[kind]
    text = form.text(lines(store, graphs=form.graphs, scratch=scratch))
    if gzip:
        write_packed(text, out)
    else:
        out.writelines(text)


def write_packed(text: Iterable[bytes], out: IO[bytes]) -> None:
    """Write text compressed; the same text gives the same bytes."""
    with (
        _gzip.GzipFile("", "wb", compresslevel=6, fileobj=out, mtime=0) as packed,
        io.BufferedWriter(cast("io.RawIOBase", packed), 1 << 20) as pieces,
    ):
        pieces.writelines(text)


def export(store: Store, kind: str, path: Path, *, gzip: bool = False, force: bool = False) -> None:
    """Write a store to a file that appears only when it is complete.

    What is sorted meanwhile stands in the same folder. An existing file is replaced with `force`.
    """
    with whole_file(path, force=force) as out:
        write(store, kind, out, gzip=gzip, scratch=path.parent)


@contextmanager
def whole_file(path: Path, *, force: bool = False) -> Iterator[IO[bytes]]:
    """A file to write that appears only when it is complete; replaces another with `force`."""
    if path.exists() and not force:
        raise KgError(f"{path} exists: name another file, or replace it with --force")
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb", buffering=1 << 20) as out:
            yield out
        os.replace(part, path)
    except OSError as error:
        raise KgError(f"{path} cannot be written: {error.strerror or error}") from error
    finally:
        part.unlink(missing_ok=True)
