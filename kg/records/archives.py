"""Members of zip archives, one at a time and never extracted."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from kg.records.sniff import Advance, Readable, Reject

DAMAGE = (
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
)
"""What the standard library raises for damaged or unsupported archives, encodings and files."""

_ENCRYPTED = 0x1


def members(
    archive: IO[bytes], name: str, reject: Reject, advance: Advance
) -> Iterator[tuple[str, Readable]]:
    """The files of an archive, sorted by name, each open for reading until the next is asked for.

    Names are only shown, never used as paths.
    """
    try:
        opened = zipfile.ZipFile(archive)
    except DAMAGE as error:
        reject(name, f"found a damaged zip archive ({error}), expected a whole one")
        return
    with opened:
        for info in sorted(opened.infolist(), key=lambda info: info.filename):
            if info.filename.endswith("/"):
                continue
            place = f"{name}!{info.filename}"
            if info.flag_bits & _ENCRYPTED:
                reject(place, "found an encrypted file, expected a readable one")
                continue
            try:
                member = opened.open(info)
            except DAMAGE as error:
                reject(place, f"found a damaged zip member ({error}), expected a whole one")
                continue
            with member:
                yield place, member
            advance(info.compress_size)
