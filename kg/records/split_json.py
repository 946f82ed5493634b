"""Studies cut out of JSON: lines, arrays, pages of the API, one after another.

Nothing is decoded here. Lines are cut at their ends; in arrays and pages a scanner walks from
bracket to bracket, stepping over strings, and holds no more than one study.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from kg.model.record import RawRecord
from kg.records.sniff import CHUNK, RECORD_LIMIT, TOO_LONG, Readable, Reject, utf8_fault

_CUT = "found the end of the file inside this record, expected its closing bracket"

_STUDY = re.compile(rb'\s*\{\s*"([pP])rotocolSection"\s*:')
_WRAPPERS = ("FullStudiesResponse", "FullStudies", "FullStudy", "Study", "studies", "study")


def lines(stream: Readable) -> Iterator[tuple[int, bytes | None]]:
    """The lines that are not blank, with their numbers from 1; None for one that is too long."""
    number, held, size = 1, [b""], 0
    while chunk := stream.read(CHUNK):
        first, *others = chunk.split(b"\n")
        size += len(first)
        if size <= RECORD_LIMIT:
            held.append(first)
        else:
            held = []
        for start in others:
            yield number, b"".join(held) if size <= RECORD_LIMIT else None
            number, held, size = number + 1, [start], len(start)
    yield number, b"".join(held) if size <= RECORD_LIMIT else None


def split_lines(stream: Readable, name: str, reject: Reject) -> Iterator[RawRecord]:
    """The studies of JSON Lines; a bad line is rejected and the next one read."""
    for number, line in lines(stream):
        if line is None:
            reject(f"{name}:{number}", TOO_LONG)
        elif line.strip():
            yield from studies(line.strip(), f"{name}:{number}", reject)


def studies(content: bytes, place: str, reject: Reject) -> Iterator[RawRecord]:
    """The study that a JSON value is, or the studies it wraps, each in its own bytes."""
    if fault := utf8_fault(content):
        reject(place, fault)
        return
    if match := _STUDY.match(content):
        yield _record(content, place, match[1] == b"p")
        return
    try:
        members = msgspec.json.decode(content, type=dict[str, msgspec.Raw])
    except (msgspec.MsgspecError, RecursionError) as error:
        shown = content[:40].decode("utf-8", "replace")
        reject(place, f"found {shown!r} ({error}), expected a study in JSON")
        return
    for key in ("protocolSection", "ProtocolSection"):
        if key in members:
            yield _record(content, place, key == "protocolSection")
            return
    for key in _WRAPPERS:
        if key in members:
            yield from _unwrap(bytes(members[key]), place, reject)
            return
    found_keys = ", ".join(list(members)[:4]) or "nothing"
    reject(place, f"found a JSON object with {found_keys}, expected a study's protocolSection")


def _record(content: bytes, place: str, is_v2: bool) -> RawRecord:
    return RawRecord(place, "ctgov-v2-json" if is_v2 else "ctgov-v1-json", content)


def _unwrap(content: bytes, place: str, reject: Reject) -> Iterator[RawRecord]:
    if not content.startswith(b"["):
        yield from studies(content, place, reject)
        return
    for index, element in enumerate(msgspec.json.decode(content, type=list[msgspec.Raw])):
        yield from studies(bytes(element), f"{place}[{index}]", reject)


_TO_BRACKET = re.compile(
    rb'[^"{}\[\]]*+(?:"[^"\\]*+(?:\\.[^"\\]*+)*+"[^"{}\[\]]*+)*+([{}\[\]])', re.DOTALL
)
_TO_TOKEN = re.compile(rb'[^"{}\[\]]*+(["{}\[\]])')
_STRING_END = re.compile(rb'[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)


class _Scanner:
    """Walks over the brackets of a JSON stream and holds what lies between `start` and `at`."""

    def __init__(self, stream: Readable) -> None:
        self._stream = stream
        self._held = b""
        self.start = self.at = self.depth = 0

    def _more(self) -> bool:
        """Reads on, more where more is held, so that long strings are not searched too often."""
        self._held = self._held[self.start :]
        self.start, self.at = 0, self.at - self.start
        chunk = self._stream.read(min(max(CHUNK, len(self._held)), 8 * CHUNK))
        self._held += chunk
        return bool(chunk)

    def is_full(self) -> bool:
        """Whether more is held than a record may have."""
        return len(self._held) - self.start > RECORD_LIMIT

    def take(self, end: int) -> bytes:
        """What lies between the start and `end`, which becomes the new start."""
        taken, self.start = self._held[self.start : end], end
        return taken

    def rest(self) -> bytes:
        """All that is still held."""
        return self.take(len(self._held))

    def bracket(self) -> bytes:
        """Steps behind the next bracket outside strings; nothing at the end or when full."""
        while (match := _TO_BRACKET.match(self._held, self.at)) is None:
            if self.is_full() or not self._more():
                return b""
        self.at = match.end()
        self.depth += 1 if match[1] in b"{[" else -1
        return match[1]

    def close(self, depth: int) -> bool:
        """Steps behind the bracket that leads back to a depth; False when it is not reached."""
        while self.depth > depth:
            if not self.bracket():
                return False
        return True

    def skip(self, depth: int) -> bool:
        """As `close`, but holds nothing on the way."""
        in_string = False
        while self.depth > depth:
            match = (_STRING_END if in_string else _TO_TOKEN).match(self._held, self.at)
            if match is None:
                tail = self._held[self.at :]
                escape = in_string and (len(tail) - len(tail.rstrip(b"\\"))) % 2
                self.start = self.at = len(self._held) - escape
                if not self._more():
                    return False
                continue
            self.at = match.end()
            if in_string or match[1] == b'"':
                in_string = not in_string
            else:
                self.depth += 1 if match[1] in b"{[" else -1
        self.start = self.at
        return True


def elements(
    stream: Readable, level: int, name: str, reject: Reject
) -> Iterator[tuple[int, bytes]]:
    """The objects that open below a number of brackets, each with its position.

    The level is 0 for values one after another, 1 for an array, 2 or 3 for a page. What is cut,
    too long, or not an object is rejected.
    """
    scanner, index = _Scanner(stream), 0
    while found := scanner.bracket():
        between = scanner.take(scanner.at - 1)
        if level <= 1:
            index = _reject_between(between, name, index, reject)
        if scanner.depth < 0:
            reject(name, f"found {found.decode()!r} with nothing to close, expected a study")
            return
        if scanner.depth != level + 1 or found not in b"{[":
            continue
        if scanner.close(level):
            yield index, scanner.take(scanner.at)
        elif not scanner.is_full():
            reject(f"{name}[{index}]", _CUT)
            return
        else:
            reject(f"{name}[{index}]", TOO_LONG)
            if not scanner.skip(level):
                return
        index += 1
    if scanner.is_full():
        reject(name, f"found more than {RECORD_LIMIT >> 20} MiB between two studies")
        return
    if level <= 1:
        _reject_between(scanner.rest(), name, index, reject)
    if scanner.depth:
        reject(name, "found the end of the file, expected the closing bracket of the list")


def _reject_between(between: bytes, name: str, index: int, reject: Reject) -> int:
    """Rejects what is neither a study nor a comma; says how far the positions are now."""
    for part in between.lstrip(b"{}[]").split(b","):
        if shown := part.strip()[:40].decode("utf-8", "replace"):
            reject(f"{name}[{index}]", f"found {shown!r}, expected a study")
            index += 1
    return index


def split_elements(stream: Readable, level: int, name: str, reject: Reject) -> Iterator[RawRecord]:
    """The studies of an array, a page, or of values one after another."""
    for index, element in elements(stream, level, name, reject):
        yield from studies(element, f"{name}[{index}]", reject)
