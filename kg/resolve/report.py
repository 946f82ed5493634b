"""How far the records' drugs were understood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Literal

from kg.model.drug import Coverage
from kg.resolve.reading import Reader
from kg.resolve.union import Union

MOST_UNRESOLVED = 100

CameTo = Literal["vocabulary", "mined", "unresolved", "not a drug"]
"""What a name came to: a drug of a vocabulary, one known from records only, nothing, no drug."""


def reached(name: str, reader: Reader, union: Union) -> CameTo:
    """What a registered name came to."""
    parts = reader.read(name).parts
    roots = [union.root(part.node) for part in parts if part.node]
    if any(root.startswith("unii:") for root in roots):
        return "vocabulary"
    if roots:
        return "mined"
    return "not a drug" if all(part.not_drug for part in parts) else "unresolved"


def coverage(counted: Iterable[tuple[str, int, CameTo]]) -> Coverage:
    """Counts interventions (not trials) of type drug and biological by what they reached."""
    totals: Counter[CameTo] = Counter()
    strings: dict[str, int] = {}
    for name, count, reached in counted:
        totals[reached] += count
        if reached == "unresolved":
            strings[name] = count
    frequent = sorted(strings.items(), key=lambda item: (-item[1], item[0]))
    return Coverage(
        totals["vocabulary"],
        totals["mined"],
        totals["unresolved"],
        totals["not a drug"],
        tuple(frequent[:MOST_UNRESOLVED]),
    )
