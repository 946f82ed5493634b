"""The kinds of things that trials share, and how much each counts."""

from __future__ import annotations

from enum import IntEnum


class Kind(IntEnum):
    """What a shared thing is. The first ones make trials related, the others only describe."""

    TEXT = 0
    DRUG = 1
    TARGET = 2
    PAYLOAD = 3
    CONDITION = 4
    SPONSOR = 5
    OFFICIAL = 6
    SITE = 7
    STATED_CONDITION = 8
    COUNTRY = 9
    REGISTRY_ID = 10
    ALIAS = 11
    MENTION = 12

    @property
    def label(self) -> str:
        """As users write it.

        >>> Kind.DRUG.label, Kind.STATED_CONDITION.label
        ('drug', 'stated-condition')
        """
        return self.name.lower().replace("_", "-")


DESCRIBING = frozenset(kind for kind in Kind if kind >= Kind.STATED_CONDITION)
"""Kinds that filters and typed relations use and no score ever does."""

WEIGHTS: dict[Kind, float] = {
    Kind.TEXT: 0.55,
    Kind.DRUG: 0.16,
    Kind.TARGET: 0.10,
    Kind.PAYLOAD: 0.04,
    Kind.CONDITION: 0.05,
    Kind.SPONSOR: 0.0,
    Kind.OFFICIAL: 0.06,
    Kind.SITE: 0.04,
}
"""Share of each kind in the score; tuned on development trials, see docs/related.md."""


def scored(label: str) -> Kind | None:
    """The scored kind that goes by a label.

    >>> scored("target"), scored("country") is None
    (<Kind.TARGET: 2>, True)
    """
    return next((kind for kind in WEIGHTS if kind.label == label), None)
