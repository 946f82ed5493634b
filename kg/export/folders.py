"""Exports that are folders: they appear only when they are complete."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import KgError


@contextmanager
def new_folder(path: Path, *, force: bool = False) -> Iterator[Path]:
    """An empty folder beside `path`, which takes its place when the block ends well.

    What is at `path` is replaced with `force`, unless it is a file or a folder of someone else: a
    folder that an export made holds a `README.md` that says so.
    """
    if path.exists() and not force:
        raise KgError(f"{path} exists: name another folder, or replace it with --force")
    if path.exists() and not (path.is_dir() and _ours(path)):
        raise KgError(f"{path} is not a folder that an export made: remove it yourself first")
    part, old = (path.with_name(path.name + ending) for ending in (".part", ".old"))
    try:
        for each in (part, old):
            shutil.rmtree(each, ignore_errors=True)
        part.mkdir()
        yield part
        if path.exists():
            path.rename(old)
        part.rename(path)
    except OSError as error:
        raise KgError(f"{path} cannot be written: {error.strerror or error}") from error
    finally:
        for each in (part, old):
            shutil.rmtree(each, ignore_errors=True)


MARK = "Written by `kg export"
"""Begins the second line of every export's README."""


def _ours(path: Path) -> bool:
    readme = path / "README.md"
    return readme.is_file() and MARK in readme.read_text(encoding="utf-8", errors="replace")
