"""What was collected from records, row by row, found by what it bears on.

Rows are filed under circles: words that a row joins are in one circle, so that the rows which bear
on a name are found without the others.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from kg.pipeline.state.joined import Joined, mark
from kg.resolve.together import KINDS, Circle, Row

SCHEMA = """
CREATE TABLE row (id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, key BLOB NOT NULL,
                  value BLOB NOT NULL);
CREATE TABLE place (circle INTEGER NOT NULL, row INTEGER NOT NULL,
                    PRIMARY KEY (circle, row)) WITHOUT ROWID;
CREATE TABLE word (word INTEGER PRIMARY KEY, circle INTEGER NOT NULL);
"""
_INDEXES = """
CREATE UNIQUE INDEX row_by_key ON row (kind, key);
CREATE INDEX place_by_row ON place (row);
CREATE INDEX word_by_circle ON word (circle);
"""
_AT_ONCE = 500


class Rows:
    """The rows in the file of a build, and their circles."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def fill(
        self, rows: Iterable[tuple[Row, list[Circle]]], decided: Iterable[Circle] = ()
    ) -> None:
        """Keep all rows of a new build, each with the circles it stands in."""
        joined = Joined()
        for circle in decided:
            joined.join(circle)
        placed: list[list[int]] = []

        def keep() -> Iterator[tuple[int, int, bytes, bytes]]:
            for number, (row, circles) in enumerate(rows):
                placed.append([joined.join(circle) for circle in circles])
                yield number, KINDS.index(row.kind), row.key, row.value

        self._db.executemany("INSERT INTO row VALUES (?, ?, ?, ?)", keep())
        root = joined.root
        places = {(root(word), row) for row, words in enumerate(placed) for word in words}
        self._db.executemany("INSERT INTO place VALUES (?, ?)", sorted(places))
        words = sorted((known, root(number)) for known, number in joined.numbers.items())
        self._db.executemany("INSERT INTO word VALUES (?, ?)", words)
        self._db.executescript(_INDEXES)
        if not self._db.in_transaction:  # which a script ends
            self._db.execute("BEGIN")

    def circles_of_words(self, words: Iterable[str]) -> dict[str, int]:
        """The circle of each word that is known."""
        marks = {mark(word): word for word in words}
        return {
            marks[known]: circle
            for known, circle in each(
                self._db, "SELECT word, circle FROM word WHERE word IN ({})", list(marks)
            )
        }

    def circles_of_names(self, names: Iterable[str]) -> set[int]:
        """The circles of interventions by their registered name."""
        keys = [msgspec.msgpack.encode(name) for name in set(names)]
        query = (
            "SELECT DISTINCT circle FROM row JOIN place ON row.id = place.row "
            f"WHERE kind IN ({KINDS.index('name')}, {KINDS.index('other')}) AND key IN ({{}})"
        )
        return {circle for (circle,) in each(self._db, query, keys)}

    def of(self, circles: Iterable[int], read: set[int] | None = None) -> list[Row]:
        """Every row that stands in one of the circles.

        Rows whose numbers are `read` already are left out; the others' are read from then on.
        """
        query = "SELECT DISTINCT row FROM place WHERE circle IN ({})"
        numbers = sorted(
            {number for (number,) in each(self._db, query, list(circles))} - (read or set())
        )
        if read is not None:
            read.update(numbers)
        return [
            Row(KINDS[kind], key, value)
            for kind, key, value in each(
                self._db, "SELECT kind, key, value FROM row WHERE id IN ({})", numbers
            )
        ]

    def all(self) -> Iterator[Row]:
        """Every row, in the order they were kept."""
        for kind, key, value in self._db.execute("SELECT kind, key, value FROM row ORDER BY id"):
            yield Row(KINDS[kind], key, value)

    def known(self, rows: Iterable[Row]) -> list[Row]:
        """The rows that are kept under the keys of some others."""
        by_kind: dict[str, list[bytes]] = {}
        for row in rows:
            by_kind.setdefault(row.kind, []).append(row.key)
        return [
            Row(KINDS[kind], key, value)
            for name, keys in by_kind.items()
            for kind, key, value in each(
                self._db,
                f"SELECT kind, key, value FROM row WHERE kind = {KINDS.index(name)} "
                "AND key IN ({})",
                keys,
            )
        ]

    def put(self, rows: Iterable[tuple[Row, list[Circle]]]) -> None:
        """Keep new rows, and others under new values; join the circles that they join."""
        (last_row,) = self._db.execute("SELECT COALESCE(MAX(id), 0) FROM row").fetchone()
        (last,) = self._db.execute("SELECT COALESCE(MAX(circle), 0) FROM word").fetchone()
        for row, circles in rows:
            kind = KINDS.index(row.kind)
            found = self._db.execute(
                "SELECT id FROM row WHERE kind = ? AND key = ?", (kind, row.key)
            ).fetchone()
            if found:
                number = found[0]
                self._db.execute("UPDATE row SET value = ? WHERE id = ?", (row.value, number))
            else:
                last_row += 1
                number = last_row
                self._db.execute(
                    "INSERT INTO row VALUES (?, ?, ?, ?)", (number, kind, row.key, row.value)
                )
            for circle in circles:
                known = self.circles_of_words(circle)
                if not known:
                    last += 1
                joined = min(known.values(), default=last)
                for other in set(known.values()) - {joined}:
                    self._merge(other, joined)
                self._db.executemany(
                    "INSERT INTO word VALUES (?, ?)",
                    [(mark(word), joined) for word in circle if word not in known],
                )
                self._db.execute("INSERT OR IGNORE INTO place VALUES (?, ?)", (joined, number))

    def _merge(self, circle: int, into: int) -> None:
        self._db.execute("UPDATE word SET circle = ? WHERE circle = ?", (into, circle))
        self._db.execute(
            "INSERT OR IGNORE INTO place SELECT ?, row FROM place WHERE circle = ?", (into, circle)
        )
        self._db.execute("DELETE FROM place WHERE circle = ?", (circle,))

    def remove(self, rows: Iterable[Row]) -> None:
        """Forget rows."""
        for row in rows:
            at = (KINDS.index(row.kind), row.key)
            self._db.execute(
                "DELETE FROM place WHERE row = (SELECT id FROM row WHERE kind = ? AND key = ?)", at
            )
            self._db.execute("DELETE FROM row WHERE kind = ? AND key = ?", at)


def each(db: sqlite3.Connection, query: str, values: Sequence[object]) -> Iterator[tuple]:  # type: ignore[type-arg]
    """What a query finds for many values, some at a time; `{}` in it is their place."""
    for at in range(0, len(values), _AT_ONCE):
        some = values[at : at + _AT_ONCE]
        yield from db.execute(query.format(",".join("?" * len(some))), some)
