"""Conjugates that no register holds, read by the build of their names.

The antibody before the payload tells the target, the payload's last syllables what is carried:
`becotatug vedotin` is known as soon as becotatug is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.names import squash
from kg.vocabularies import drugs, tables

_ANTIBODY_ENDS = re.compile(r"(?<=[a-z]{3})(?:mab|tug|bart|mig|ment)(?=[a-z0-9]{3})")


def parts(key: str) -> Iterator[tuple[str, str]]:
    """Where a squashed name may be parted in an antibody and a payload.

    >>> list(parts("tusamitamabmafodotin"))
    [('tusamitamab', 'mafodotin')]
    """
    for end in _ANTIBODY_ENDS.finditer(key):
        if payloads(key[end.end() :]):
            yield key[: end.end()], key[end.end() :]


def payloads(word: str) -> tuple[tuple[str, str, str], ...]:
    """Mechanism, symbol (`~dna` where it is no protein) and suffix that a payload's name tells.

    >>> payloads("mafodotin"), payloads("hyaluronidase")
    ((('tubulin', 'TUBB', 'dotin'),), ())
    """
    return tuple(
        (mechanism, symbol, suffix)
        for suffix, mechanism, symbols, _ in _suffixes()
        if squash(word).endswith(suffix)
        for symbol in symbols.split("|")
    )


@cache
def _suffixes() -> list[list[str]]:
    return tables.rows("payloads")


@cache
def antibody(name: str) -> str | None:
    """The identifier of the one antibody of this name.

    >>> antibody("tusamitamab")
    'L5ZKA40LJR'
    """
    found = drugs.by_name(name)
    return found[0].unii if len(found) == 1 else None
