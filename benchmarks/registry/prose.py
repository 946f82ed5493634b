"""Running text of made-up words, as varied as the real one.

Little words are English; the others are made up, the commoner the shorter. How often each is used
follows a law whose vocabulary never ends, so that the index of words grows as it would with real
text, and a record comes back to the words of its own topic.
"""

from __future__ import annotations

from functools import lru_cache
from random import Random

import numpy as np

from benchmarks.registry.draw import Draw, statistics

BLOCK = 1024
LITTLE = (
    "the of and to in with for or a be at will is by on from that are as an than after this who "
    "any not have study patients treatment between during which least prior other these may was "
    "within before were their participants trial up all been it has should clinical day weeks "
    "days months group use each one two more no mg 1 2 3 4 5 12 24 30 10 years age time disease "
    "therapy dose history blood test if can such both into through when how about only also per "
    "must does except including only based over under same first last further every while then"
).split()
LITTLE_SHARE, TOPIC_SHARE = 0.47, 0.25
_CONSONANTS = "b c d f g h j k l m n p r s t v w z br cl dr gl pr st tr th".split()
_VOWELS = "a e i o u ae ia or en al".split()
_SYLLABLES = [one + other for one in _CONSONANTS for other in _VOWELS]


def word(rank: int) -> str:
    """The made-up word of this rank; no two ranks have the same.

    >>> word(0), word(1), word(1_000_000)
    ('baba', 'babe', 'babagawi')
    """
    rank += len(_SYLLABLES)
    parts = []
    while rank >= 0:
        rank, at = divmod(rank, len(_SYLLABLES))
        parts.append(_SYLLABLES[at])
        rank -= 1
    return "".join(reversed(parts))


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
    return tuple(_rank(random.random()) for _ in range(30))


def _rank(uniform: float) -> int:
    law = statistics().popularity["word"]
    return int(min(law.scale * ((1 - uniform) ** (-1 / law.shape) - 1), 1 << 40))


class Prose:
    """The running text of one record."""

    def __init__(self, draw: Draw, topics: tuple[str, ...], said: tuple[str, ...]) -> None:
        self._draw = draw
        self._random = np.random.RandomState(draw.random.getrandbits(32))
        self._said = said
        """Names that come up again and again."""
        own = [_rank(draw.uniform()) for _ in range(30)]
        self._topic = np.array([*own, *(rank for key in topics for rank in topic(key))])
        self._law = statistics().popularity["word"]
        self._ready: list[str] = []

    def _fill(self) -> None:
        which, at = self._random.random_sample((2, BLOCK))
        law = self._law
        ranks = np.minimum(law.scale * ((1 - at) ** (-1 / law.shape) - 1), 1e12).astype(np.int64)
        topical = self._topic[(at * len(self._topic)).astype(np.int64)]
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
        sentences, uniform = [], self._draw.uniform
        while count > 0:
            size = min(count, 8 + int(uniform() * 18))
            count -= size
            at = uniform()
            end = f" in {self._said[int(at * 4) % len(self._said)]}." if at < 0.25 else "."
            sentences.append(self.line(size) + end)
        return " ".join(sentences)
