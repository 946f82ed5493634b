"""The states a graph has been in, by which a database remembers the one it holds."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

from kg import history
from kg.errors import StoreError
from kg.export.changes import Change, changes, states
from kg.export.neo4j.delta import Changes
from kg.history.entries import FOLDER


class States:
    """The build of a graph, state 0, and what each update made of it.

    A graph whose build folder has no history has one state.
    """

    def __init__(self, build: Path | None, marks: list[str]) -> None:
        self._build, self._marks = build, marks

    @classmethod
    def of(cls, build: Path) -> States:
        """The states of a build folder."""
        if (build / FOLDER).is_dir():
            return cls(build, states(build))
        report = build / "build.json"
        content = report.read_bytes() if report.is_file() else str(build).encode()
        return cls(None, [blake2b(content, digest_size=16).hexdigest()])

    @property
    def last(self) -> int:
        """The number of the state the graph is in."""
        return len(self._marks) - 1

    @property
    def now(self) -> str:
        """The mark of the state the graph is in."""
        return self._marks[-1]

    def number(self, mark: str) -> int | None:
        """The state with a mark; none where this graph never was in it."""
        return self._marks.index(mark) if mark in self._marks else None

    def since(self, when: str) -> int:
        """The state before the updates from a date on; raises `StoreError` for a date too early."""
        if self._build is None:
            raise StoreError("found no history of this graph, so not what changed: push it whole")
        updates = history.since(self._build, when)
        return updates[0].number - 1 if updates else self.last

    def after(self, number: int) -> Changes:
        """What the updates after a state changed."""

        def found() -> Iterable[Change]:
            if self._build is None:
                return ()
            return changes(self._build, range(number + 1, self.last + 1))

        return found
