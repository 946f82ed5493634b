"""Between the passes: names are read with the vocabulary by several processes at once."""

from __future__ import annotations

from collections.abc import Iterable

from kg.pipeline.clock import Clock
from kg.pipeline.workers import Workers, processes
from kg.resolve.reading import Reader, Reading
from kg.resolve.vocabulary import Substance

MOST_TEXTS = 500
"""Texts that a worker reads at a time."""
ALONE = 10_000
"""Fewer texts are read in this process: starting others would take longer."""

Met = tuple[dict[str, Substance], dict[str, str]]
"""Salts and carried forms, as a reader keeps them."""


class Namer:
    """Reads texts as the reader it was forked with would."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def do(self, texts: list[str]) -> list[Reading]:
        """What each text says."""
        return [self._reader.read(text) for text in texts]

    def finish(self) -> Met:
        """What was met in all of them."""
        return self._reader.salts, self._reader.carried


class NameReading:
    """Has a reader read many texts, by as many processes as are wanted; the result is the same."""

    def __init__(self, clock: Clock, wanted: int | None = None) -> None:
        self._clock, self._wanted = clock, wanted

    def __call__(self, reader: Reader, texts: Iterable[str]) -> None:
        """Read all that were not read yet."""
        unread = reader.unread(texts)
        workers = processes(self._wanted if len(unread) > ALONE else 1)
        if workers == 1:
            reader.read_all(unread)
            return
        # Read here, so that the tables they are looked up in are loaded before they are shared.
        reader.read_all(unread[:MOST_TEXTS])
        starts = range(MOST_TEXTS, len(unread), MOST_TEXTS)
        pieces = [unread[start : start + MOST_TEXTS] for start in starts]
        with Workers(workers, lambda _: Namer(reader), list[str], list[Reading]) as crew:
            for piece, readings in zip(pieces, crew.run(pieces), strict=True):
                reader.learn(piece, readings)
            for salts, carried in crew.finish():
                reader.meet(salts, carried)
            self._clock.add({"resolve": crew.cpu_seconds}, crew.cpu_seconds)
