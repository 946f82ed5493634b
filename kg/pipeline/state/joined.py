"""Words that rows join: each is in one set with all that any row joins it to."""

from __future__ import annotations

from hashlib import blake2b

from kg.resolve.together import Circle


class Joined:
    """Words as sets that grow into one another."""

    def __init__(self) -> None:
        self.numbers: dict[int, int] = {}
        self._above: list[int] = []

    def root(self, number: int) -> int:
        """The number that stands for a set."""
        above = self._above
        while above[number] != number:
            above[number] = above[above[number]]
            number = above[number]
        return number

    def join(self, circle: Circle) -> int:
        """Make one set of some words; a number in it."""
        first = -1
        for word in sorted(circle):
            known = mark(word)
            number = self.numbers.get(known)
            if number is None:
                number = self.numbers[known] = len(self._above)
                self._above.append(number)
            number = self.root(number)
            if first < 0:
                first = number
            elif first != number:
                self._above[number] = first
        return first


def mark(word: str) -> int:
    """A word as a number that SQLite can hold."""
    digest = blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
