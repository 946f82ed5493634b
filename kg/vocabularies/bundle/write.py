"""Writes tables so that the same rows always give the same bytes."""

from __future__ import annotations

import hashlib
import lzma
from collections.abc import Iterable, Sequence
from pathlib import Path

from kg.errors import SourceError

Row = Sequence[str]

SEPARATOR = "|"
"""Between the values of one cell."""


def joined(values: Iterable[str]) -> str:
    """Several values as one cell, in their order, each once.

    >>> joined(["CD66e", "CEA", "CD66e"])
    'CD66e|CEA'
    """
    kept = dict.fromkeys(values)
    for value in kept:
        if SEPARATOR in value:
            raise SourceError(f"value {value!r}: found '{SEPARATOR}', expected a value without it")
    return SEPARATOR.join(kept)


def table(path: Path, header: Row, rows: Iterable[Row]) -> int:
    """Write the rows, sorted and each once, under their header; the number of rows.

    A path that ends in `.xz` is compressed.
    """
    count, content = content_of(header, rows)
    if path.suffix == ".xz":
        content = lzma.compress(content, preset=9 | lzma.PRESET_EXTREME)
    path.write_bytes(content)
    return count


def content_of(header: Row, rows: Iterable[Row]) -> tuple[int, bytes]:
    """The rows, sorted and each once, under their header; first how many they are."""
    lines = sorted({"\t".join(_checked(row, header)) for row in rows})
    return len(lines), "".join(line + "\n" for line in ["\t".join(header), *lines]).encode()


def checksum(path: Path) -> str:
    """The sha256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _checked(row: Row, header: Row) -> Row:
    if len(row) != len(header) or any(sign in cell for cell in row for sign in "\t\n\r"):
        raise SourceError(f"row {row!r}: expected {len(header)} cells without tabs or line ends")
    return row
