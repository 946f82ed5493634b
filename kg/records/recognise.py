"""One file's records: what form it has, and the splitter for that form."""

from __future__ import annotations

import gzip
import shutil
import tempfile
from collections.abc import Iterator
from typing import IO, cast

import msgspec

from kg.model.record import RawRecord
from kg.records.archives import DAMAGE, members
from kg.records.sniff import (
    CHUNK,
    HEAD,
    RECORD_LIMIT,
    TOO_LONG,
    Advance,
    Readable,
    Reject,
    Stream,
    Unrecognised,
    as_utf8,
    kind,
    packing,
    utf8_fault,
)
from kg.records.split_json import split_elements, split_lines
from kg.records.split_xml import split_xml

_LEVELS = {"json-values": 0, "json-array": 1, "json-page": 2, "json-old-page": 3}
_EXPECTED = "expected registry JSON, XML or a text page"
_DEEPEST = 2
"""Layers unwrapped: a zip of gzip files, no archive inside an archive inside an archive."""


def recognise(
    name: str,
    raw: Readable,
    reject: Reject,
    archive: IO[bytes] | None,
    advance: Advance,
    layer: int = 0,
) -> Iterator[RawRecord]:
    """The records of a file; `archive` is the same file where it can be read at any position.

    Every file gives a record or a rejection: an empty one or a list of nothing is rejected.
    """
    outcomes = 0

    def counted(place: str, reason: str) -> None:
        nonlocal outcomes
        outcomes += 1
        reject(place, reason)

    stream = Stream(raw)
    try:
        form = packing(stream.peek(HEAD))
        if form and layer == _DEEPEST:
            raise Unrecognised("an archive inside an archive")
        if form == "gzip":
            unpacked = gzip.GzipFile(fileobj=cast("IO[bytes]", stream))
            found = recognise(name, unpacked, counted, None, advance, layer + 1)
        elif form == "zip":
            found = _zipped(name, stream, counted, archive, advance, layer)
        else:
            found = _alone(_split(as_utf8(stream), name, counted), name)
        for record in found:
            outcomes += 1
            yield record
    except Unrecognised as error:
        counted(name, f"found {error}, {_EXPECTED}")
    except DAMAGE as error:
        counted(name, f"found damaged content ({error}), expected a whole file")
    if not outcomes:
        counted(name, "found no study in it, expected at least one")


def _zipped(
    name: str,
    stream: Stream,
    reject: Reject,
    archive: IO[bytes] | None,
    advance: Advance,
    layer: int,
) -> Iterator[RawRecord]:
    """The records of every member; an archive that came as a stream is first kept aside."""
    if layer:
        raise Unrecognised("a zip archive inside an archive")
    with tempfile.TemporaryFile() as aside:
        if archive is None:
            shutil.copyfileobj(cast("IO[bytes]", stream), aside, CHUNK)
        for place, member in members(archive or aside, name, reject, advance):
            yield from recognise(place, member, reject, None, advance, layer + 1)


def _split(stream: Stream, name: str, reject: Reject) -> Iterator[RawRecord]:
    """The records of plain text in one of the registry's forms."""
    form = kind(stream.peek(HEAD))
    if form in _LEVELS:
        yield from split_elements(stream, _LEVELS[form], name, reject)
    elif form == "json-lines":
        yield from split_lines(stream, name, reject)
    elif form == "xml":
        yield from split_xml(stream, name, reject)
    elif form == "page":
        content = stream.peek(RECORD_LIMIT + 1)
        if len(content) > RECORD_LIMIT:
            reject(name, TOO_LONG)
        elif fault := utf8_fault(content):
            reject(name, fault)
        else:
            yield RawRecord(name, "ctgov-text-page", content)
    else:
        raise Unrecognised("an empty file")


def _alone(records: Iterator[RawRecord], name: str) -> Iterator[RawRecord]:
    """The records; the only one of a file goes by the file's name alone."""
    first = next(records, None)
    if first is None:
        return
    second = next(records, None)
    if second is None:
        only = first.source in {name, f"{name}[0]", f"{name}:1"}
        yield msgspec.structs.replace(first, source=name) if only else first
        return
    yield first
    yield second
    yield from records
