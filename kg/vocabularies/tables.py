"""The tables in use: where they are, how they are read, what they are."""

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
from kg.vocabularies import kept
from kg.vocabularies.described import Kind, Vocabulary


def place() -> Path:
    """The folder of the bundle."""
    return folder("vocabularies")


@cache
def bundled() -> tuple[Vocabulary, ...]:
    """Every vocabulary of the bundle, by name.

    >>> [v.licence for v in bundled() if v.name == "hgnc"]
    ['CC0-1.0']
    """
    return msgspec.json.decode(
        (place() / "manifest.json").read_bytes(), type=tuple[Vocabulary, ...]
    )


@cache
def catalog() -> tuple[Vocabulary, ...]:
    """Every vocabulary in use, by name: the bundle, but where a newer one was fetched, and more.

    A running program keeps what it found when it first asked.
    """
    found = {vocabulary.name: vocabulary for vocabulary in bundled()}
    found |= {table.name: table for group in kept.groups() for table in group.tables}
    return tuple(found[name] for name in sorted(found))


def of_kind(kind: Kind) -> tuple[Vocabulary, ...]:
    """The tables of one kind, by name."""
    return tuple(vocabulary for vocabulary in catalog() if vocabulary.kind == kind)


def text(name: str) -> str:
    """A table's lines after its header, as one text."""
    return _text(_known(name, catalog()))


def bundled_rows(name: str) -> list[list[str]]:
    """A table's rows as the bundle has them, whatever was fetched since."""
    return [line.split("\t") for line in _text(_known(name, bundled())).split("\n")]


def _known(name: str, among: Sequence[Vocabulary]) -> Vocabulary:
    for known in among:
        if known.name == name:
            return known
    raise KgError(f"vocabulary {name}: found no table of that name, expected one of `kg vocab`")


def _text(known: Vocabulary) -> str:
    if known.origin == "bundled":
        content = (place() / known.file).read_bytes()
    else:
        content = kept.content(known.name, known.file, known.sha256)
    if known.file.endswith(".xz"):
        content = lzma.decompress(content)
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
