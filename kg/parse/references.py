"""What a citation says of itself besides its words."""

from __future__ import annotations

import re

_DOI = re.compile(r"(?<![\w.])10\.\d{4,9}/\S+", re.ASCII)
_PAIRS = {")": "(", "]": "[", "}": "{", ">": "<"}


def doi(citation: str | None) -> str | None:
    """The DOI a citation names, in lower case; the first one, which is the cited work's own.

    >>> doi("Doe J. A study. J Ex. 2020;1(1):1-9. doi: 10.1000/ABC(1)2. Epub 2020 Jan 1.")
    '10.1000/abc(1)2'
    >>> doi("Doe J. A study. J Ex. 1998;10.") is None
    True
    """
    match = _DOI.search(citation or "")
    if match is None:
        return None
    found = match.group()
    while found and (
        found[-1] in ".,;:'\"”’"
        or (found[-1] in _PAIRS and found.count(found[-1]) > found.count(_PAIRS[found[-1]]))
    ):
        found = found[:-1]
    return found.lower() if not found.endswith("/") else None
