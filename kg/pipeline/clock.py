"""Where the time of a build went."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Mapping

from msgspec import Struct


class Laps:
    """Processor seconds of one thread, by kind of work."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._since = time.thread_time()

    def start(self) -> None:
        """Begin a piece of work."""
        self._since = time.thread_time()

    def stop(self, part: str) -> None:
        """End a piece of work, and begin the next."""
        now = time.thread_time()
        self.seconds[part] += now - self._since
        self._since = now


class Spent(Struct, frozen=True):
    """Processor seconds of other processes: by kind of work, and in all."""

    parts: dict[str, float]
    whole: float


class Clock:
    """Wall seconds of each stage, and processor seconds by kind of work."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.cpu_seconds: defaultdict[str, float] = defaultdict(float)
        self._wall, self._cpu = time.perf_counter(), time.process_time()
        self._told = 0.0

    def add(self, parts: Mapping[str, float], elsewhere: float = 0.0) -> None:
        """Tell what kinds of work took; `elsewhere` is the whole of another process."""
        for part, seconds in parts.items():
            self.cpu_seconds[part] += seconds
            self._told += seconds
        self._told -= elsewhere

    def stop(self, stage: str, rest: str) -> None:
        """End a stage; the processor time that nobody told of is that of `rest`."""
        wall, cpu = time.perf_counter(), time.process_time()
        self.seconds[stage] = round(wall - self._wall, 3)
        self.cpu_seconds[rest] += cpu - self._cpu - self._told
        self._wall, self._cpu, self._told = wall, cpu, 0.0
