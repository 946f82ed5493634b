"""The bundled tables: where they are, how they are read, what they are."""

from __future__ import annotations

import lzma
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import msgspec

from kg.errors import KgError
from kg.names import squash
from kg.resources import folder


class Vocabulary(msgspec.Struct, frozen=True, kw_only=True):
    """One vocabulary of the bundle: what `kg vocab` shows."""

    name: str
    """Short name, also of its file."""
    title: str
    """What it holds."""
    file: str
    edition: str
    """Date or version the source gives its content."""
    source: str
    """Who made the content."""
    package: str
    """The pinned package it was extracted from; empty for tables made here."""
    licence: str
    rows: int
    sha256: str
    """Checksum of the file."""


def place() -> Path:
    """The folder of the bundle."""
    return folder("vocabularies")


@cache
def catalog() -> tuple[Vocabulary, ...]:
    """Every vocabulary of the bundle, by name.

    >>> [v.licence for v in catalog() if v.name == "hgnc"]
    ['CC0-1.0']
    """
    return msgspec.json.decode(
        (place() / "manifest.json").read_bytes(), type=tuple[Vocabulary, ...]
    )


def text(name: str) -> str:
    """A table's lines after its header, as one text."""
    packed, plain = place() / f"{name}.tsv.xz", place() / f"{name}.tsv"
    if packed.is_file():
        content = lzma.decompress(packed.read_bytes())
    elif plain.is_file():
        content = plain.read_bytes()
    else:
        raise KgError(f"vocabulary {name}: found no table in the package, expected {packed.name}")
    return content.decode().partition("\n")[2].rstrip("\n")


def lines(name: str) -> list[str]:
    """A table's rows, each as it stands."""
    return text(name).split("\n")


def rows(name: str) -> list[list[str]]:
    """A table's rows, each split into its cells."""
    return [line.split("	") for line in lines(name)]


def index(table: Sequence[str], *columns: slice) -> dict[str, tuple[int, ...]]:
    """For each squashed value in the columns, the numbers of the lines that hold it."""
    keys: dict[str, tuple[int, ...]] = {}
    for at, line in enumerate(table):
        here = (at,)
        for key in filter(None, _keys(line, columns)):
            known = keys.setdefault(key, here)
            if known[-1] != at:
                keys[key] = (*known, at)
    return keys


_SIGN = re.compile(r"[^a-z0-9|]+")


def _keys(line: str, columns: Sequence[slice]) -> list[str]:
    """The squashed values of a line, all at once where that gives the same."""
    cells = line.split("\t")
    values = "|".join(cell for part in columns for cell in cells[part])
    if line.isascii():
        return _SIGN.sub("", values.lower()).split("|")
    return [squash(value) for value in values.split("|")]
