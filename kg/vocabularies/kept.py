"""The folder of vocabularies that were fetched or added: what it holds, and how it changes.

Each group of tables that came together has a manifest, written last and in one step: a group is
there whole or not at all, whenever a change is cut.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

import msgspec

from kg.errors import KgError
from kg.vocabularies.described import Vocabulary

VARIABLE = "KG_VOCABULARIES"
BUNDLED_ONLY = "bundled"
"""What the variable says where nothing but the bundle is to be used."""


class Group(msgspec.Struct, frozen=True):
    """Tables that came together, under the name they are removed by."""

    name: str
    tables: tuple[Vocabulary, ...]


def folder() -> Path | None:
    """The folder; None where the bundle alone is to be used.

    It is what `KG_VOCABULARIES` names, else `trialkg/vocabularies` in the user's cache.
    """
    stated = os.environ.get(VARIABLE, "")
    if stated == BUNDLED_ONLY:
        return None
    if stated:
        return Path(stated)
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "trialkg" / "vocabularies"


def use_bundled_only() -> None:
    """Use nothing but the bundle from now on, in this process and those it starts."""
    os.environ[VARIABLE] = BUNDLED_ONLY


def writable() -> Path:
    """The folder, to put something into."""
    place = folder()
    if place is None:
        raise KgError(f"{VARIABLE} is {BUNDLED_ONLY!r}: unset it, or name a folder to keep tables")
    return place


def groups() -> tuple[Group, ...]:
    """Every group that is there, by name."""
    place = folder()
    manifests = sorted(place.glob("*.json")) if place and place.is_dir() else []
    return tuple(map(_read, manifests))


def content(name: str, file: str, sha256: str) -> bytes:
    """The bytes of a table; refused where they are not those that were put there."""
    place = writable()
    try:
        found = (place / file).read_bytes()
    except OSError as error:
        raise KgError(f"vocabulary {name}: {place / file} cannot be read: {error}") from error
    if (checksum := hashlib.sha256(found).hexdigest()) != sha256:
        raise KgError(
            f"vocabulary {name}: found checksum {checksum} of {place / file}, expected {sha256}; "
            "fetch or add it again, or remove it"
        )
    return found


def put(group: Group, files: Iterable[tuple[str, bytes]]) -> None:
    """Keep a group, in place of an earlier one of its name."""
    place = writable()
    manifest = place / f"{group.name}.json"
    try:
        place.mkdir(parents=True, exist_ok=True)
        for name, text in files:
            _write(place / name, text)
        _write(manifest, msgspec.json.format(msgspec.json.encode(group), indent=2))
        _sweep(place, group.name)
    except OSError as error:
        raise KgError(f"{place} cannot be written: {error.strerror or error}") from error


def remove(name: str) -> Group:
    """Remove a group, so that the bundle is used again; what it was."""
    place = writable()
    known = {group.name: group for group in groups()}
    if name not in known:
        there = ", ".join(sorted(known)) or "none"
        raise KgError(f"{name}: not fetched or added; there to remove: {there}")
    (place / f"{name}.json").unlink()
    _sweep(place, name)
    return known[name]


def _read(manifest: Path) -> Group:
    try:
        return msgspec.json.decode(manifest.read_bytes(), type=Group)
    except (OSError, msgspec.DecodeError) as error:
        raise KgError(
            f"{manifest}: found no manifest of a vocabulary ({error}); remove the file, and fetch "
            "or add the vocabulary again"
        ) from error


def _write(path: Path, text: bytes) -> None:
    new = path.with_name(path.name + ".new")
    with new.open("wb") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(new, path)


def _sweep(place: Path, name: str) -> None:
    """Remove the files of a group's tables that its manifest does not name."""
    manifest = place / f"{name}.json"
    listed = {table.file for table in _read(manifest).tables} if manifest.is_file() else set()
    for path in place.glob(f"{name}.*.tsv"):
        if path.name not in listed:
            path.unlink()
