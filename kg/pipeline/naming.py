"""Between the passes: names are read with the vocabulary by several processes at once."""

from __future__ import annotations

from collections.abc import Iterable

from kg.pipeline.clock import Clock
from kg.pipeline.workers import Workers, processes
from kg.resolve.reading import Reader
from kg.resolve.readings import Once, Reading

MOST_TEXTS = 500
"""Texts that a worker reads at a time."""
ALONE = 10_000
"""Fewer texts are read in this process: starting others would take longer."""


class Namer:
    """Reads texts as the reader it was forked with would."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def do(self, texts: list[str]) -> list[Once[Reading]]:
        """What each text says."""
        return [self._reader.once(text) for text in texts]

    def finish(self) -> None:
        """There is nothing else to tell."""


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
        with Workers(workers, lambda _: Namer(reader), list[str], list[Once[Reading]]) as crew:
            for piece, found in zip(pieces, crew.run(pieces), strict=True):
                reader.know(dict(zip(piece, found, strict=True)))
            crew.finish()
            self._clock.add({"resolve": crew.cpu_seconds}, crew.cpu_seconds)
        reader.read_all(unread)
