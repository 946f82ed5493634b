"""The graph, or what changed in it, pushed into a running database over Bolt, in batches.

The database remembers, in one node `TrialkgPush`, which state of the graph it holds and how much
of a push under way is done. So a push sends what it holds not yet: the whole graph the first time,
what updates changed after that; and one that was stopped goes on where it stopped. Rows are merged
by IRI, so what is sent twice changes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import chain
from typing import TYPE_CHECKING

from kg.errors import KgError
from kg.export.neo4j import batches
from kg.export.neo4j.batches import Batch
from kg.export.neo4j.constraints import constraints
from kg.export.neo4j.delta import Delta
from kg.export.neo4j.mapping import PropertyGraph
from kg.export.neo4j.states import States

if TYPE_CHECKING:
    from neo4j import Driver, ManagedTransaction, Session
    from pyoxigraph import Store

_REMEMBERED = "MATCH (p:TrialkgPush) RETURN properties(p) AS said"
_BEGIN = "MERGE (p:TrialkgPush) SET p.job = $job, p.towards = $towards, p.batches = 0"
_MARK = "MATCH (p:TrialkgPush) SET p.batches = $batches"
_FINISHED = "MATCH (p:TrialkgPush) SET p = {holds: $holds}"

Progress = Callable[[str, int], None]
"""Told after each batch: what is being sent, and how many rows so far."""


@dataclass
class Pushed:
    """What a push did."""

    whole: bool = True
    """Whether it sent the whole graph, or what changed."""
    nodes: int = 0
    relationships: int = 0
    nodes_gone: int = 0
    relationships_gone: int = 0
    skipped: int = 0
    """Rows that were there from a push that stopped."""
    held_another: bool = False
    """Whether the database held a graph that this one does not descend from."""
    left_out: Counter[str] = field(default_factory=Counter)

    @property
    def rows(self) -> int:
        """How many rows the database now has of this push, those of a stopped one included."""
        return self.skipped + self.nodes + self.relationships


def push(
    store: Store,
    mapping: PropertyGraph,
    driver: Driver,
    states: States,
    *,
    database: str | None = None,
    everything: bool = False,
    since: str | None = None,
    progress: Progress = lambda what, rows: None,
) -> Pushed:
    """Push what the database does not hold yet of a store.

    `everything` sends the whole graph whatever the database remembers; `since` a date sends what
    updates from then on changed, into a database that was loaded otherwise. Constraints come first.
    What the database holds beside this graph stays as it is.
    """
    from neo4j.exceptions import ClientError, DriverError, Neo4jError

    pushed = Pushed()
    try:
        with driver.session(database=database) as session:
            for statement in constraints(mapping):
                session.run(statement).consume()
            _Push(store, mapping, session, states, pushed, progress).run(everything, since)
    except ClientError as error:
        if error.code == "Neo.ClientError.Database.DatabaseNotFound":
            raise KgError(f"found no database {database!r}, expected the name of one") from None
        raise KgError(_stopped(pushed, error)) from error
    except (DriverError, Neo4jError) as error:
        raise KgError(_stopped(pushed, error)) from error
    return pushed


class _Push:
    """One push over an open session."""

    def __init__(
        self,
        store: Store,
        mapping: PropertyGraph,
        session: Session,
        states: States,
        pushed: Pushed,
        progress: Progress,
    ) -> None:
        self._store, self._mapping, self._session = store, mapping, session
        self._states, self._pushed, self._progress = states, pushed, progress
        # By other labels and keys it is another graph.
        self._labels = blake2b(repr(mapping).encode(), digest_size=8).hexdigest()

    def run(self, everything: bool, since: str | None) -> None:
        """Send what is to be sent, and say in the database that it is there."""
        remembered = self._session.execute_read(_remembered)
        holds, towards = self._number(remembered.holds), self._number(remembered.towards)
        self._pushed.held_another = bool(remembered.holds) and holds is None
        begin = None if everything else holds
        if since is not None:
            first = self._states.since(since)
            begin = first if holds is None else min(first, holds)
        self._pushed.whole = begin is None
        if begin == self._states.last:
            return
        if begin is not None:
            parts = [self._delta(begin)]
        elif towards is None or towards == self._states.last:
            parts = [self._all()]
        else:
            # A push of an older state stopped half-way: what it brought may be gone since.
            parts = [self._all(), self._delta(towards)]
        oldest = self._now if towards is None else remembered.towards
        job = f"{self._now} from {begin} by {batches.BATCH_ROWS} beside {oldest}"
        done = remembered.batches if remembered.job == job else 0
        if not done:
            self._session.execute_write(_begin, job, oldest)
        for number, batch in enumerate(chain(*parts), 1):
            self._send(batch, number, skip=number <= done)
        self._session.run(_FINISHED, holds=self._now).consume()

    @property
    def _now(self) -> str:
        return f"{self._states.now}-{self._labels}"

    def _number(self, mark: str) -> int | None:
        state, _, labels = mark.partition("-")
        return self._states.number(state) if labels == self._labels else None

    def _all(self) -> Iterable[Batch]:
        return batches.whole(self._store, self._mapping, self._pushed.left_out)

    def _delta(self, begin: int) -> Iterable[Batch]:
        changes = self._states.after(begin)
        return Delta(self._store, self._mapping, changes, self._pushed.left_out)

    def _send(self, batch: Batch, number: int, *, skip: bool) -> None:
        if skip:
            self._pushed.skipped += len(batch.rows)
            return
        nodes, relationships = self._session.execute_write(_send, batch, number)
        self._pushed.nodes_gone += nodes
        self._pushed.relationships_gone += relationships
        if batch.what == "nodes":
            self._pushed.nodes += len(batch.rows)
        elif batch.what == "relationships":
            self._pushed.relationships += len(batch.rows)
        self._progress(batch.what, self._pushed.rows)


@dataclass(frozen=True)
class _Remembered:
    """What the database knows of earlier pushes."""

    holds: str = ""
    """The state that it holds whole."""
    job: str = ""
    """The push that is under way."""
    towards: str = ""
    """The oldest state that pushes led to which did not end."""
    batches: int = 0


def _remembered(tx: ManagedTransaction) -> _Remembered:
    found = tx.run(_REMEMBERED).single()
    return _Remembered(**found["said"]) if found else _Remembered()


def _begin(tx: ManagedTransaction, job: str, towards: str) -> None:
    tx.run(_BEGIN, job=job, towards=towards).consume()


def _send(tx: ManagedTransaction, batch: Batch, number: int) -> tuple[int, int]:
    """Send a batch; how many nodes and relationships that took away."""
    counters = tx.run(batch.statement, rows=batch.rows).consume().counters
    tx.run(_MARK, batches=number).consume()
    return counters.nodes_deleted, counters.relationships_deleted


def _stopped(pushed: Pushed, error: Exception) -> str:
    return f"the push stopped after {pushed.rows:,} rows, run it again to go on: {error}"
