"""MeSH ids as MeSH writes them."""

from __future__ import annotations

import re

_PADDED = re.compile(r"([CD])000(\d{6})", re.ASCII)
_FIRST_LONG = {"C": 588_455, "D": 66_388}
"""Ids from these numbers on were made with nine digits; older ones have six."""


def mesh_id(text: str | None) -> str | None:
    """A MeSH id without the zeros that some registry dumps put before the older ones.

    >>> mesh_id("D000014947"), mesh_id("D000069347"), mesh_id("D002289")
    ('D014947', 'D000069347', 'D002289')
    """
    match = _PADDED.fullmatch(text or "")
    if match and int(match[2]) < _FIRST_LONG[match[1]]:
        return match[1] + match[2]
    return text
