"""What a user decided of two names, and what became of it."""

from __future__ import annotations

from msgspec import Struct


class UserDecision(Struct, frozen=True):
    """Whether two names are one drug, as a user decided."""

    name: str
    other: str
    accepted: bool
    comment: str
    place: str
    """File and line: `decisions.tsv line 3`."""


class Outcome(Struct, frozen=True):
    """What became of a decision in a build."""

    name: str
    other: str
    decision: str
    """`ACCEPTED` or `REFUSED`."""
    comment: str
    place: str
    used: bool
    """Whether it is about a drug that the records name."""
