"""How far the records' drugs were understood."""

from __future__ import annotations

from collections.abc import Mapping

from kg.model.drug import Coverage
from kg.resolve.reading import Reader
from kg.resolve.union import Union

MOST_UNRESOLVED = 100


def coverage(counted: Mapping[str, int], reader: Reader, union: Union) -> Coverage:
    """Counts interventions (not trials) of type drug and biological by what they reached."""
    vocabulary = mined = unresolved = not_a_drug = 0
    strings: dict[str, int] = {}
    for name, count in counted.items():
        parts = reader.read(name).parts
        roots = [union.root(part.node) for part in parts if part.node]
        if any(root.startswith("unii:") for root in roots):
            vocabulary += count
        elif roots:
            mined += count
        elif all(part.not_drug for part in parts):
            not_a_drug += count
        else:
            unresolved += count
            strings[name] = count
    frequent = sorted(strings.items(), key=lambda item: (-item[1], item[0]))
    return Coverage(vocabulary, mined, unresolved, not_a_drug, tuple(frequent[:MOST_UNRESOLVED]))
