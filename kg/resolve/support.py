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

    def merge(self, count: int, first: tuple[Saying, ...]) -> None:
        """Take in what another knows of the same thing.

        >>> support = Support()
        >>> support.add("NCT99000002")
        >>> support.merge(2, (Saying("NCT99000001", ""),))
        >>> support.count, [saying.record for saying in support.first]
        (3, ['NCT99000001', 'NCT99000002'])
        """
        self.count += count
        if not self.first:
            self.first = first
        elif first != self.first:
            self.first = tuple(sorted({*self.first, *first})[:KEPT])
