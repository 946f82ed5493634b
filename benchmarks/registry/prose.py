"""Running text of made-up words, as varied as the real one.

Little words are English; the others are made up, the commoner the shorter. How often each is used
follows a law whose vocabulary never ends, so that the index of words grows as it would with real
text, and a record comes back to the words of its own topic.
"""

from __future__ import annotations

from functools import lru_cache
from random import Random

import numpy as np

from benchmarks.registry.draw import Draw

BLOCK = 512
LITTLE = (
    "the of and to in with for or a be at will is by on from that are as an than after this who "
    "any not have study patients treatment between during which least prior other these may was "
    "within before were their participants trial up all been it has should clinical day weeks "
    "days months group use each one two more no mg 1 2 3 4 5 12 24 30 10 years age time disease "
    "therapy dose history blood test if can such both into through when how about only also per "
    "must does except including only based over under same first last further every while then"
).split()
SCALE, SHAPE = 500.0, 1.2
"""The law of ranks of words, chosen so that `compare.py` shows the growth of real text."""
LITTLE_SHARE, TOPIC_SHARE = 0.47, 0.32
OWN, TOPIC = 24, 16
"""Words that come back in one record, and in all of one drug or condition."""
_CONSONANTS = "b c d f g h j k l m n p r s t v w z br cl dr gl pr st tr th".split()
_VOWELS = "a e i o u ae ia or en al".split()
_SYLLABLES = [one + other for one in _CONSONANTS for other in _VOWELS]
_PAIRS = [one + other for one in _SYLLABLES for other in _SYLLABLES]


def word(rank: int) -> str:
    """The made-up word of this rank; no two ranks have the same.

    >>> word(0), word(1), word(1_000_000)
    ('baba', 'babe', 'bablacoradra')
    """
    count = len(_PAIRS)
    if rank < count:
        return _PAIRS[rank]
    rest, at = divmod(rank - count, count)
    return word(rest) + _PAIRS[at]


class _Words(dict[int, str]):
    """Words by rank; little words have the ranks below zero. Only common ones are remembered."""

    def __missing__(self, rank: int) -> str:
        made = word(rank) if rank >= 0 else LITTLE[rank + len(LITTLE)]
        if rank < 200_000:
            self[rank] = made
        return made


_words = _Words()
_little = np.concatenate(
    [np.full(max(1, 4000 // (at + 4)), at - len(LITTLE)) for at in range(len(LITTLE))]
)


@lru_cache(maxsize=1 << 14)
def topic(key: str) -> tuple[int, ...]:
    """The ranks of the words that belong to a subject."""
    random = Random(key)
    return tuple(_rank(random.random()) for _ in range(TOPIC))


def _rank(uniform: float) -> int:
    return int(min(SCALE * ((1 - uniform) ** (-1 / SHAPE) - 1), 1 << 40))


class Prose:
    """The running text of one record."""

    def __init__(self, draw: Draw, topics: tuple[str, ...], said: tuple[str, ...]) -> None:
        self._draw = draw
        self._said = said
        """Names that come up again and again."""
        own = [_rank(draw.uniform()) for _ in range(OWN)]
        self._topic = np.array([*own, *(rank for key in topics for rank in topic(key))])
        self._ready: list[str] = []

    def _fill(self) -> None:
        bits = np.frombuffer(self._draw.random.randbytes(16 * BLOCK), "<u8")
        which, at = ((bits >> np.uint64(11)) * 2.0**-53).reshape(2, BLOCK)
        ranks = np.minimum(SCALE * ((1 - at) ** (-1 / SHAPE) - 1), 1e12).astype(np.int64)
        topical = self._topic[(at**2 * len(self._topic)).astype(np.int64)]
        little = _little[(at * len(_little)).astype(np.int64)]
        ranks = np.where(which < LITTLE_SHARE + TOPIC_SHARE, topical, ranks)
        ranks = np.where(which < LITTLE_SHARE, little, ranks)
        self._ready.extend(map(_words.__getitem__, ranks.tolist()))

    def take(self, count: int) -> list[str]:
        """So many words."""
        while len(self._ready) < count:
            self._fill()
        taken = self._ready[-count:] if count else []
        del self._ready[len(self._ready) - count :]
        return taken

    def line(self, count: int) -> str:
        """A phrase of so many words."""
        text = " ".join(self.take(count))
        return text[:1].upper() + text[1:]

    def text(self, count: int) -> str:
        """Sentences of so many words together."""
        if count <= 0:
            return ""
        words, uniform = self.take(count), self._draw.uniform
        step = 9 + int(uniform() * 14)
        for at in range(0, count, step):
            words[at] = words[at].capitalize()
            end = min(at + step, count) - 1
            named = uniform() * 4
            said = f" in {self._said[int(named * 97) % len(self._said)]}." if named < 1 else "."
            words[end] += said
        return " ".join(words)
