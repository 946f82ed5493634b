"""Looks at a store and says in plain sentences what is wrong with it and what to do."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import msgspec
import numpy as np
from msgspec import Struct
from pyoxigraph import Store

from kg.errors import StoreError
from kg.pipeline import REPORT, BuildReport
from kg.pipeline.building import SPOOL
from kg.related.index import Index
from kg.related.writer import FOLDER, FORMAT, Meta
from kg.spool import Spool
from kg.store import builds, current, is_locked, open_read_only

LEAST_FREE = 1 << 30
"""Bytes that should be free on the store's disk, where the graph in force needs no more."""


class Finding(Struct, frozen=True):
    """One thing that was found: what it is, and what to do about it."""

    what: str
    """A short name that programs can rely on: `graph-damaged`."""
    severity: Literal["problem", "note"]
    """A `problem` makes answers wrong or impossible; a `note` is good to know."""
    message: str
    advice: str


class Health(Struct, frozen=True):
    """How a store is."""

    store: str
    healthy: bool
    """Whether nothing is a problem."""
    findings: list[Finding]


def examine(store_dir: Path, *, thorough: bool = False) -> Health:
    """Look at every part of a store; nothing is changed.

    The triples are counted and every file is opened; `thorough` also reads every triple and every
    kept trial, which takes minutes for a whole registry.
    """
    findings = list(_findings(store_dir, thorough))
    healthy = all(finding.severity == "note" for finding in findings)
    return Health(str(store_dir), healthy, findings)


def _findings(store_dir: Path, thorough: bool) -> Iterator[Finding]:
    again = f"build it again: `kg build SOURCE… --store {store_dir}`"
    if not store_dir.is_dir():
        yield _problem(
            "no-store", f"{store_dir}: found no folder there", again.replace("it again", "one", 1)
        )
        return
    if is_locked(store_dir):
        yield _note(
            "build-under-way",
            f"{store_dir}: a build or update is under way",
            "nothing needs to be done; the graph before it answers until it ends",
        )
    try:
        build = current(store_dir)
    except StoreError as error:
        yield _no_build(store_dir, str(error), again)
    else:
        if build.is_dir():
            report, found = _report(build, again)
            yield from found
            yield from _graph(store_dir, report, again, thorough)
            yield from _index(build, again)
            yield from _trials(build, again, thorough)
            yield from _leftovers(store_dir, build)
        else:
            yield _no_build(store_dir, f"{build}: found nothing there, expected a build", again)
    yield from _disk(store_dir)


def _no_build(store_dir: Path, message: str, again: str) -> Finding:
    """No build is in force; perhaps a whole one stands beside the damaged name."""
    whole = [build for build in builds(store_dir) if (build / REPORT).is_file()]
    if whole:
        name = whole[-1].name
        again = f"{name} was finished: write its name into {store_dir / 'CURRENT'}, or {again}"
    return _problem("no-build-in-force", message, again)


def _report(build: Path, again: str) -> tuple[BuildReport | None, list[Finding]]:
    place = build / REPORT
    try:
        return msgspec.json.decode(place.read_bytes(), type=BuildReport), []
    except (OSError, msgspec.DecodeError) as error:
        return None, [_problem("report-damaged", f"{place}: cannot be read ({error})", again)]


def _graph(
    store_dir: Path, report: BuildReport | None, again: str, thorough: bool
) -> Iterator[Finding]:
    try:
        store, build = open_read_only(store_dir)
        triples = _read_all(store) if thorough else len(store)
    except (StoreError, OSError, RuntimeError, ValueError) as error:
        message = f"{store_dir}: the graph cannot be read ({error})"
        yield _problem("graph-damaged", message, again)
        return
    if report is not None and triples != report.triples:
        yield _problem(
            "triples-missing",
            f"{build}: found {triples:,} triples, expected {report.triples:,}",
            again,
        )


def _read_all(store: Store) -> int:
    return sum(1 for _ in store)


def _index(build: Path, again: str) -> Iterator[Finding]:
    folder = build / FOLDER
    try:
        meta = msgspec.json.decode((folder / "meta.json").read_bytes(), type=Meta)
        if meta.format != FORMAT:
            yield _problem(
                "other-format",
                f"{folder}: found an index of format {meta.format}, expected {FORMAT}: another "
                "version of this program made it",
                again,
            )
            return
        Index(build)
        for file in sorted(folder.glob("*.npy")):
            np.load(file, mmap_mode="r")
    except (OSError, ValueError, StoreError, msgspec.DecodeError) as error:
        yield _problem(
            "index-damaged", f"{folder}: the index of related trials is damaged ({error})", again
        )


def _trials(build: Path, again: str, thorough: bool) -> Iterator[Finding]:
    try:
        spool = Spool.load(build / SPOOL)
        missing = spool.missing()
        if missing:
            raise StoreError(f"{missing[0]} is shorter than its index says, or is not there")
        if thorough:
            for entry in spool.all_entries():
                spool.trial(entry)
        spool.close()
    except (OSError, StoreError) as error:
        yield _problem(
            "trials-damaged",
            f"{build / SPOOL}: the kept trials are damaged ({error}); queries are right, but "
            "`kg update` needs them",
            again,
        )


def _leftovers(store_dir: Path, in_force: Path) -> Iterator[Finding]:
    others = [build for build in builds(store_dir) if build != in_force]
    if others and not is_locked(store_dir):
        size = sum(map(_size, others))
        names = ", ".join(build.name for build in others)
        yield _note(
            "leftovers",
            f"{store_dir}: {names} ({_shown(size)}) was left by a build that was killed",
            "the next build removes it, or delete it",
        )


def _disk(store_dir: Path) -> Iterator[Finding]:
    free = shutil.disk_usage(store_dir).free
    needed = max(LEAST_FREE, 2 * sum(map(_size, builds(store_dir))))
    if free < needed:
        yield _note(
            "disk-nearly-full",
            f"{store_dir}: {_shown(free)} are free on its disk, and the next build may need "
            f"{_shown(needed)} beside the graph in force",
            "free some space, or build into a store on another disk",
        )


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def _shown(size: int) -> str:
    return f"{size / (1 << 30):,.1f} GiB" if size >= 1 << 30 else f"{size / (1 << 20):,.0f} MiB"


def _finding(severity: Literal["problem", "note"]) -> Callable[[str, str, str], Finding]:
    return lambda what, message, advice: Finding(what, severity, message, advice)


_problem, _note = _finding("problem"), _finding("note")
