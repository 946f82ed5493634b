"""How far what records say was understood, counted."""

from __future__ import annotations

from msgspec import Struct


class Reached(Struct, frozen=True):
    """How many things of one kind were understood, by how, and the commonest that were not."""

    counts: dict[str, int]
    """By what was reached; everything counted stands in one of them."""
    not_reached: tuple[str, ...]
    """Those of the counts that mean nothing was."""
    most_frequent_unresolved: tuple[tuple[str, int], ...] = ()

    @property
    def total(self) -> int:
        """Everything counted."""
        return sum(self.counts.values())

    @property
    def share(self) -> float:
        """The part that was understood; 1 of nothing.

        >>> Reached({"mapped": 3, "unknown": 1}, ("unknown",)).share
        0.75
        """
        missed = sum(self.counts[name] for name in self.not_reached)
        return 1 - missed / self.total if self.total else 1.0
