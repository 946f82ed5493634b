"""What a file is, told by its first bytes and never by its name."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from typing import Literal, Protocol

Reject = Callable[[str, str], None]
"""Takes what could not be read: the place inside its source, and the reason."""

Advance = Callable[[int], None]
"""Takes a number of bytes that have been dealt with."""

RECORD_LIMIT = 64 << 20
"""The longest record read, in bytes. The registry's largest are under 10 MB with all results;
what is longer is damage or an attack, and is skipped without being held in memory."""

CHUNK = 1 << 20
HEAD = 1 << 16

TOO_LONG = f"found a record longer than {RECORD_LIMIT >> 20} MiB, expected a study"

Kind = Literal[
    "empty", "json-array", "json-page", "json-old-page", "json-lines",
    "json-values", "xml", "page",
]  # fmt: skip


class Readable(Protocol):
    """Anything bytes can be read from, in order."""

    def read(self, size: int, /) -> bytes: ...  # noqa: D102


class Stream:
    """Bytes in order, which can be looked at before they are taken."""

    def __init__(self, raw: Readable) -> None:
        self._raw = raw
        self._ahead = b""

    def peek(self, size: int) -> bytes:
        """The next bytes, left in place; fewer than asked for only at the end."""
        while len(self._ahead) < size and (chunk := self._raw.read(size - len(self._ahead))):
            self._ahead += chunk
        return self._ahead[:size]

    def read(self, size: int, /) -> bytes:
        """The next bytes, at least one and at most `size`; none at the end."""
        if self._ahead:
            taken, self._ahead = self._ahead[:size], self._ahead[size:]
            return taken
        return self._raw.read(size)


def utf8_fault(content: bytes) -> str | None:
    """Why the bytes are not UTF-8; None where they are."""
    try:
        if not content.isascii():
            content.decode()
    except UnicodeDecodeError as error:
        byte = content[error.start]
        return f"found the byte 0x{byte:02x} at position {error.start}, expected UTF-8"
    return None


class Unrecognised(Exception):
    """No form of a registry record; says what was found instead."""


_UTF8_BOM = codecs.BOM_UTF8
_WIDE = (  # the longer byte order marks first: UTF-32's begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UNMARKED = re.compile(rb"(?P<le>[\s<{\[]\x00)|(?P<be>\x00[\s<{\[])")
_DECLARED = re.compile(rb"""\s*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")


def _encoding(head: bytes) -> str:
    """The encoding of the text a file begins with, `utf-8` unless something says otherwise."""
    for mark, name in _WIDE:
        if head.startswith(mark):
            return name
    if match := _UNMARKED.match(head):
        return "utf-16-le" if match["le"] else "utf-16-be"
    if match := _DECLARED.match(head):
        return match[1].decode("ascii").lower()
    return "utf-8"


class _Recoded:
    """A stream of another encoding, read as UTF-8."""

    def __init__(self, raw: Readable, encoding: str) -> None:
        self._raw = raw
        self._decode = codecs.getincrementaldecoder(encoding)().decode

    def read(self, size: int, /) -> bytes:
        while chunk := self._raw.read(size):
            if text := self._decode(chunk):
                return text.encode()
        return self._decode(b"", True).encode()


def as_utf8(stream: Stream) -> Stream:
    """The stream's text in UTF-8 without a byte order mark, whatever encoding it declares."""
    head = stream.peek(HEAD)
    if head.startswith(_UTF8_BOM):
        stream.read(len(_UTF8_BOM))
        return stream
    encoding = _encoding(head)
    try:
        if codecs.lookup(encoding).name in {"utf-8", "ascii"}:
            return stream
        return Stream(_Recoded(stream, encoding))
    except LookupError:
        raise Unrecognised(f"XML in an unknown encoding, {encoding!r}") from None


_PAGE_KEYS = re.compile(rb'\{\s*"(?:studies|totalCount|nextPageToken)"\s*:')
_OLD_PAGE_KEYS = re.compile(rb'\{\s*"FullStudiesResponse"\s*:')
_STUDY_ELEMENT = re.compile(rb"<clinical_study[\s>]")
_ROOT = re.compile(rb"<([A-Za-z_][\w.:-]{0,60})")
_PAGE = re.compile(rb"^NCT ID:\s*NCT\d{8}\b", re.MULTILINE)
_SIGNATURES = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"PAR1", "a Parquet table"),
    (b"SQLite format 3", "an SQLite database"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
)


def _json_kind(head: bytes) -> Kind:
    """Lines of JSON, or values that run over several lines."""
    first, newline, others = head.partition(b"\n")
    if not newline or first.rstrip().endswith(b"}") or others.lstrip(b"\r\n").startswith(b"{"):
        return "json-lines"
    return "json-values"


def _xml_kind(head: bytes) -> Kind:
    if _STUDY_ELEMENT.search(head):
        return "xml"
    if b"<Trials_downloaded_from_ICTRP" in head:
        raise Unrecognised("a WHO ICTRP export, not a ClinicalTrials.gov record")
    root = _ROOT.search(head)
    raise Unrecognised(f"XML of another kind, <{root[1].decode()}>" if root else "damaged XML")


def packing(head: bytes) -> Literal["gzip", "zip"] | None:
    """The archive the bytes are the beginning of, None for no archive."""
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    return "zip" if head.startswith((b"PK\x03\x04", b"PK\x05\x06")) else None


def kind(head: bytes) -> Kind:
    """What the bytes are the beginning of; raises Unrecognised for what holds no records.

    >>> kind(b'{"studies":[')
    'json-page'
    >>> kind(b"<?xml version='1.0'?><clinical_study rank='1'>")
    'xml'
    """
    for signature, name in _SIGNATURES:
        if head.startswith(signature):
            raise Unrecognised(name)
    text = head.lstrip()
    if not text:
        return "empty"
    if text.startswith(b"["):
        return "json-array"
    if _PAGE_KEYS.match(text):
        return "json-page"
    if _OLD_PAGE_KEYS.match(text):
        return "json-old-page"
    if text.startswith(b"{"):
        return _json_kind(text)
    if text.startswith(b"<"):
        return _xml_kind(text)
    if b"\x00" in head:
        raise Unrecognised("binary data")
    if _PAGE.search(text):
        return "page"
    first = text.partition(b"\n")[0].lower()
    if b"trialid" in first and b"source_register" in first:
        raise Unrecognised("a WHO ICTRP export, not a ClinicalTrials.gov record")
    if b"\n{" in text or b"\n" not in text:
        return "json-lines"  # damaged or very long first line
    shown = first[:40].strip().decode("utf-8", "replace")
    raise Unrecognised(f"text that begins {shown!r}")
