"""All results of a judgement in bounded memory: what is too much waits on the disk, sorted.

A shape that speaks of every trial may have millions of results. So many are held in memory at a
time; further ones go to temporary files, and a report is read from all of them in its order.
"""

from __future__ import annotations

import heapq
import tempfile
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import IO

import msgspec

from kg.errors import ValidationError
from kg.validate.report import Violation, order

MOST_HELD = 50_000
"""Results in memory at a time; each takes about a kilobyte."""
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Violation).decode


class Findings:
    """Takes results in any order; gives them in the order of a report, each once.

    It is read as a `Report` is, as often as wanted, once all results have been taken in.
    """

    def __init__(self, most_held: int = MOST_HELD) -> None:
        self._most = most_held
        self._held: set[Violation] = set()
        self._runs: list[IO[bytes]] = []

    def take(self, result: Violation) -> None:
        """One more result.

        Raises `ValidationError` where it has to wait on the disk, which has no room.
        """
        self._held.add(result)
        if len(self._held) >= self._most:
            self._put_aside()

    def _put_aside(self) -> None:
        run: IO[bytes] = tempfile.TemporaryFile(prefix="kg-validate-")  # noqa: SIM115
        self._runs.append(run)
        try:
            run.writelines(_encode(result) + b"\n" for result in sorted(self._held, key=order))
            run.flush()
        except OSError as error:
            raise ValidationError(
                f"{tempfile.gettempdir()}: has no room for {self._most:,} results of the report "
                f"({error.strerror}); make room, or set TMPDIR to another folder"
            ) from None
        self._held = set()

    @property
    def results(self) -> Iterator[Violation]:
        """Every result, the worst severity first."""
        held = iter(sorted(self._held, key=order))
        before: Violation | None = None
        for result in heapq.merge(*map(_read, self._runs), held, key=order):
            if result != before:
                yield result
            before = result

    @cached_property
    def _counted(self) -> tuple[bool, dict[str, int]]:
        counts: Counter[str] = Counter()
        conforms = True
        for result in self.results:
            counts[result.shape] += 1
            conforms = conforms and result.severity != "Violation"
        return conforms, dict(counts)

    @property
    def conforms(self) -> bool:
        """No result of severity Violation."""
        return self._counted[0]

    @property
    def counts(self) -> dict[str, int]:
        """Number of results by shape, the worst severity first."""
        return self._counted[1]


def _read(run: IO[bytes]) -> Iterator[Violation]:
    """The results of a file; several may read it at once, each from its own place."""
    place = 0
    while True:
        run.seek(place)
        lines = run.readlines(1 << 16)
        if not lines:
            return
        place = run.tell()
        yield from map(_decode, lines)
