"""The kinds of things that trials share, and how much each counts."""

from __future__ import annotations

from enum import IntEnum


class Kind(IntEnum):
    """What a shared thing is. The first ones make trials related, the others only describe."""

    TEXT = 0
    DRUG = 1
    TARGET = 2
    MARKER = 3
    PAYLOAD = 4
    CONDITION = 5
    SPONSOR = 6
    OFFICIAL = 7
    SITE = 8
    STATED_CONDITION = 9
    COUNTRY = 10
    REGISTRY_ID = 11
    ALIAS = 12
    MENTION = 13
    SPELLING = 14

    @property
    def label(self) -> str:
        """As users write it.

        >>> Kind.DRUG.label, Kind.STATED_CONDITION.label
        ('drug', 'stated-condition')
        """
        return self.name.lower().replace("_", "-")


DESCRIBING = frozenset(kind for kind in Kind if kind >= Kind.STATED_CONDITION)
"""Kinds that filters and typed relations use and no score ever does."""
AS_WRITTEN = frozenset(
    {
        Kind.SPONSOR,
        Kind.OFFICIAL,
        Kind.SITE,
        Kind.STATED_CONDITION,
        Kind.REGISTRY_ID,
    }
)
"""Kinds whose things records spell in many ways: shown as most trials spell them. The label of
other kinds follows from the key."""

WEIGHTS: dict[Kind, float] = {
    Kind.TEXT: 1.0,
    Kind.DRUG: 0.18,
    Kind.TARGET: 0.08,
    Kind.MARKER: 0.03,
    Kind.PAYLOAD: 0.07,
    Kind.CONDITION: 0.0,
    Kind.SPONSOR: 0.4,
    Kind.OFFICIAL: 0.1,
    Kind.SITE: 0.05,
}
"""How much each kind counts beside the words; how this was chosen stands in docs/related.md."""


WHERE_ASKED = 0.1
"""How much a kind counts that counts nothing by itself, where the user gives it a weight."""


def scored(label: str) -> Kind | None:
    """The scored kind that goes by a label.

    >>> scored("target"), scored("country") is None
    (<Kind.TARGET: 2>, True)
    """
    return next((kind for kind in WEIGHTS if kind.label == label), None)
