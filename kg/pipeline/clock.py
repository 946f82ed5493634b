"""Where the time of a build went."""

from __future__ import annotations

import time
from collections import defaultdict


class Clock:
    """Wall seconds of each stage, and its share of the processor."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.cpu_seconds: defaultdict[str, float] = defaultdict(float)
        self._wall, self._cpu = time.perf_counter(), time.process_time()
        self._lap, self._lapped = time.thread_time(), 0.0

    def stop(self, stage: str, rest: str) -> None:
        """End a stage; what no lap of it took is the processor time of `rest`."""
        wall, cpu = time.perf_counter(), time.process_time()
        self.seconds[stage] = round(wall - self._wall, 3)
        self.cpu_seconds[rest] += cpu - self._cpu - self._lapped
        self._wall, self._cpu, self._lapped = wall, cpu, 0.0

    def start_lap(self) -> None:
        """Begin a piece of work inside a stage."""
        self._lap = time.thread_time()

    def lap(self, part: str) -> None:
        """End a piece of work of this thread, and begin the next."""
        now = time.thread_time()
        self.cpu_seconds[part] += now - self._lap
        self._lapped += now - self._lap
        self._lap = now
