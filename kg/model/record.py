"""A record as a registry gave it, and where it came from."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Format = Literal["ctgov-v2-json", "ctgov-v1-json", "ctgov-legacy-xml", "ctgov-text-page"]


class RawRecord(Struct, frozen=True):
    """One study's own bytes, cut out of whatever file held it."""

    source: str
    """The place inside its source: `ctgov.zip!NCT00000102.xml`, `dump.jsonl:17`."""
    format: Format
    content: bytes


class Provenance(Struct, frozen=True):
    """What the graph says of a record: enough to find it again and to order its versions."""

    source: str
    """Base name of the source, so that a graph never holds a machine's paths."""
    format: Format
    checksum: str
    """SHA-256 of the record's bytes, hexadecimal."""
    version_date: str | None = None
    """The registry's own last-update date (post date, else submit date), ISO."""


class Rejection(Struct, frozen=True):
    """A record that could not be read, and why."""

    source: str
    record: str
    """NCT id where known, else the place inside the source."""
    reason: str
