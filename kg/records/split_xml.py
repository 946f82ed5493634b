"""Studies cut out of legacy XML, one `<clinical_study>` after another, without parsing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model.record import RawRecord
from kg.records.sniff import CHUNK, RECORD_LIMIT, TOO_LONG, Readable, Reject, utf8_fault

_START = re.compile(rb"<clinical_study[\s>]")
_END = b"</clinical_study>"
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)\b")
_OVERLAP = len(_END) + 2
"""What may be the beginning of a tag at the end of what was read so far."""


def split_xml(stream: Readable, name: str, reject: Reject) -> Iterator[RawRecord]:
    """Every study element in its own bytes; what stands around them is left off.

    A document type definition is refused here: it could change what the elements say.
    """
    held, index, inside, searched = b"", 0, False, 0
    while chunk := stream.read(CHUNK):
        held += chunk
        while True:
            if not inside:
                start = _START.search(held)
                if _DOCTYPE.search(held, 0, start.start() if start else len(held)):
                    reject(name, "found a document type definition, expected plain XML")
                    return
                if start is None:
                    held = held[-_OVERLAP:]
                    break
                held, inside, searched = held[start.start() :], True, 0
            end = held.find(_END, searched) + len(_END)
            if end < len(_END):
                searched = max(0, len(held) - _OVERLAP)
                break
            place, content = f"{name}[{index}]", held[:end]
            if fault := utf8_fault(content):
                reject(place, fault)
            else:
                yield RawRecord(place, "ctgov-legacy-xml", content)
            held, inside, index = held[end:], False, index + 1
        if len(held) > RECORD_LIMIT:
            reject(f"{name}[{index}]", f"{TOO_LONG}; the rest of the file is not read")
            return
    if inside:
        reject(f"{name}[{index}]", "found the end of the file inside this record")
