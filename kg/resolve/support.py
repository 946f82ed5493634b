"""How often something was said, and its first few sayings: compact, whatever the order."""

from __future__ import annotations

from typing import NamedTuple

KEPT = 3


class Saying(NamedTuple):
    """One record's word: which record, and the words themselves where they matter."""

    record: str
    text: str


class Support:
    """A count, and the few sayings that come first in record order.

    >>> support = Support()
    >>> for record in ("NCT99000002", "NCT99000001", "NCT99000002"):
    ...     support.add(record)
    >>> support.count, [saying.record for saying in support.first]
    (3, ['NCT99000001', 'NCT99000002'])
    """

    __slots__ = ("count", "first")

    def __init__(self) -> None:
        self.count = 0
        self.first: tuple[Saying, ...] = ()

    def add(self, record: str, text: str = "") -> None:
        """One more saying."""
        self.count += 1
        first = self.first
        if len(first) == KEPT and (record, text) >= first[-1]:
            return
        saying = Saying(record, text)
        if saying not in first:
            self.first = tuple(sorted((*first, saying))[:KEPT])
