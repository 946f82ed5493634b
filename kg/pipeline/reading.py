"""The first pass: records are read and parsed, and names collected from every version."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.errors import RecordError
from kg.model.record import RawRecord, Rejection
from kg.parse import parse
from kg.parse.provenance import provenance
from kg.pipeline.clock import Clock
from kg.pipeline.progress import Progress
from kg.records.files import read, total_bytes
from kg.resolve.collect import Collector
from kg.spool import Spool


def read_all(
    sources: Sequence[str | Path],
    spool: Spool,
    collector: Collector,
    rejected: list[Rejection],
    unread: dict[str, list[str]],
    tell: Progress,
    clock: Clock,
) -> int:
    """Parse every record into the spool; the number of those that could be read."""
    parsed = 0
    for raw in _read(sources, rejected, tell):
        try:
            trial = parse(raw)
        except RecordError as error:
            rejected.append(Rejection(raw.source, error.record, str(error)))
            continue
        origin = provenance(raw, trial)
        clock.start_lap()
        collector.add(trial, origin)
        clock.lap("resolve")
        spool.add(trial, origin)
        if trial.unread:
            unread.setdefault(trial.nct_id, []).extend(trial.unread)
        parsed += 1
    return parsed


def _read(
    sources: Sequence[str | Path], rejected: list[Rejection], tell: Progress
) -> Iterator[RawRecord]:
    total = total_bytes(sources)
    done = 0

    def advance(size: int) -> None:
        nonlocal done
        done += size
        tell("read", done, total)

    return read(sources, rejected.append, advance)
