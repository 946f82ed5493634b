"""The graph pushed into a running database over Bolt, in batches.

Every batch is one transaction, which also says in the database how many batches are done; a push
that was stopped goes on where it stopped when it is run again. Rows are merged by IRI, so a push
that is run twice changes nothing.
"""

from __future__ import annotations

import csv
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from kg.errors import KgError
from kg.export.neo4j.constraints import constraints
from kg.export.neo4j.mapping import RESOURCE, UNDESCRIBED, PropertyGraph
from kg.export.neo4j.rows import row
from kg.export.neo4j.stream import Node, Stream

if TYPE_CHECKING:
    from neo4j import Driver, ManagedTransaction
    from pyoxigraph import Store

BATCH_ROWS = 2000
"""Rows of one transaction at most."""
BATCH_CHARACTERS = 4_000_000
"""Text of one transaction, roughly, at most: it must fit into the database's memory."""

_DONE = "MATCH (p:TrialkgPush {of: $of}) RETURN p.batches AS batches"
_MARK = "MERGE (p:TrialkgPush {of: $of}) SET p.batches = $batches"
_FINISHED = "MATCH (p:TrialkgPush) DELETE p"

Progress = Callable[[str, int], None]
"""Told after each batch: what is being sent, and how many rows so far."""


@dataclass
class Pushed:
    """What a push did."""

    nodes: int = 0
    relationships: int = 0
    skipped: int = 0
    left_out: Counter[str] = field(default_factory=Counter)

    @property
    def rows(self) -> int:
        """How many rows the database now has, those of a stopped push included."""
        return self.skipped + self.nodes + self.relationships


@dataclass(frozen=True)
class _Batch:
    what: str
    statement: str
    rows: list[Any]


def push(
    store: Store,
    mapping: PropertyGraph,
    driver: Driver,
    *,
    database: str | None = None,
    graph: str = "",
    progress: Progress = lambda what, rows: None,
) -> Pushed:
    """Push a store; `graph` names its state, so that a stopped push knows its own batches.

    Constraints come first. What the database holds beside this graph stays as it is.
    """
    from neo4j.exceptions import DriverError, Neo4jError

    of = blake2b(f"{graph}\n{len(store)}\n{mapping!r}".encode(), digest_size=16).hexdigest()
    pushed = Pushed()
    try:
        with driver.session(database=database) as session:
            for statement in constraints(mapping):
                session.run(statement).consume()
            done = session.execute_read(_batches_done, of)
            for number, batch in enumerate(_batches(store, mapping, pushed), 1):
                if number <= done:
                    pushed.skipped += len(batch.rows)
                    continue
                session.execute_write(_send, batch, of, number)
                if batch.what == "nodes":
                    pushed.nodes += len(batch.rows)
                else:
                    pushed.relationships += len(batch.rows)
                progress(batch.what, pushed.rows)
            session.run(_FINISHED).consume()
    except (DriverError, Neo4jError) as error:
        raise KgError(
            f"the push stopped after {pushed.rows:,} rows, run it again to go on: {error}"
        ) from error
    return pushed


def connect(uri: str, user: str, password: str) -> Driver:
    """A connection that answers; needs the `neo4j` extra, which is imported only here."""
    try:
        from neo4j import GraphDatabase
        from neo4j.exceptions import AuthError, ConfigurationError, DriverError, Neo4jError
    except ImportError as missing:
        raise KgError("a push needs Neo4j's driver: pip install 'trialkg[neo4j]'") from missing
    try:
        driver = GraphDatabase.driver(uri, auth=(user, password), notifications_min_severity="OFF")
    except (ConfigurationError, ValueError) as error:
        raise KgError(f"{uri}: found no address of a database, expected bolt://host") from error
    try:
        driver.verify_connectivity()
    except (AuthError, DriverError, Neo4jError, OSError) as error:
        driver.close()
        why = "refused the user or the password" if isinstance(error, AuthError) else "no answer"
        raise KgError(f"{uri}: {why} ({type(error).__name__})") from None
    return driver


def _batches_done(tx: ManagedTransaction, of: str) -> int:
    found = tx.run(_DONE, of=of).single()
    return int(found["batches"]) if found else 0


def _send(tx: ManagedTransaction, batch: _Batch, of: str, number: int) -> None:
    tx.run(batch.statement, rows=batch.rows).consume()
    tx.run(_MARK, of=of, batches=number).consume()


def _batches(store: Store, mapping: PropertyGraph, pushed: Pushed) -> Iterator[_Batch]:
    """The batches of a store, in the same order each time: nodes, then relationships."""
    from neo4j.spatial import WGS84Point

    def point(longitude: float, latitude: float) -> Any:
        return WGS84Point((longitude, latitude))

    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="", prefix="kg-push-") as aside:
        waiting = csv.writer(aside)
        stream = Stream(store, mapping)
        nodes: dict[tuple[str, ...], _Rows] = {}
        for each in stream:
            if not isinstance(each, Node):
                waiting.writerow((each.type, each.start, each.end))
                continue
            rows = nodes.setdefault(each.labels, _Rows())
            if rows.add(row(each, mapping.columns(each.labels), point), _size(each)):
                yield _Batch("nodes", _merge_nodes(each.labels), rows.taken())
        for labels, rows in sorted(nodes.items()):
            if rows.held:
                yield _Batch("nodes", _merge_nodes(labels), rows.taken())
        pushed.left_out = stream.left_out
        aside.seek(0)
        edges: dict[str, _Rows] = {}
        for kind, start, end in csv.reader(aside):
            rows = edges.setdefault(kind, _Rows())
            if rows.add([start, end], len(start) + len(end)):
                yield _Batch("relationships", _merge_edges(kind), rows.taken())
        for kind, rows in sorted(edges.items()):
            if rows.held:
                yield _Batch("relationships", _merge_edges(kind), rows.taken())


class _Rows:
    """Rows that wait to make a batch."""

    def __init__(self) -> None:
        self.held: list[Any] = []
        self._characters = 0

    def add(self, each: Any, characters: int) -> bool:
        """Whether there is enough for a batch now."""
        self.held.append(each)
        self._characters += characters
        return len(self.held) >= BATCH_ROWS or self._characters >= BATCH_CHARACTERS

    def taken(self) -> list[Any]:
        held, self.held, self._characters = self.held, [], 0
        return held


def _size(node: Node) -> int:
    return sum(
        len(each) if isinstance(each, str) else sum(map(len, each)) for each in node.values.values()
    )


def _merge_nodes(labels: tuple[str, ...]) -> str:
    if labels == (UNDESCRIBED,):
        # another push may have described it since
        return (
            f"UNWIND $rows AS row MERGE (n:{RESOURCE} {{iri: row.iri}}) "
            f"ON CREATE SET n:{UNDESCRIBED}"
        )
    return (
        f"UNWIND $rows AS row MERGE (n:{RESOURCE} {{iri: row.iri}}) "
        f"SET n:{':'.join(labels)}, n = row REMOVE n:{UNDESCRIBED}"
    )


def _merge_edges(kind: str) -> str:
    return (
        f"UNWIND $rows AS row MATCH (a:{RESOURCE} {{iri: row[0]}}) "
        f"MATCH (b:{RESOURCE} {{iri: row[1]}}) MERGE (a)-[:{kind}]->(b)"
    )
