"""The file in which a build remembers: what was collected, and what it came to."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import cast

import msgspec

from kg.errors import StoreError
from kg.model.decision import UserDecision
from kg.model.drug import Drug
from kg.pipeline.state.rows import SCHEMA, Rows, each
from kg.resolve.identifiers import GatheredIds
from kg.resolve.reached import Counts
from kg.resolve.readings import Once, Reading
from kg.resolve.report import CameTo
from kg.resolve.site_names import Seen, SiteKey
from kg.resolve.vocabulary import Substance

FILE = "state.db"
_SCHEMA = """
CREATE TABLE counted (name TEXT PRIMARY KEY, count INTEGER NOT NULL, reached TEXT NOT NULL)
    WITHOUT ROWID;
CREATE TABLE salt (unii TEXT PRIMARY KEY, parent TEXT NOT NULL, name TEXT NOT NULL);
CREATE TABLE drug (key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE tally (kind TEXT NOT NULL, key TEXT NOT NULL, count INTEGER NOT NULL,
                    PRIMARY KEY (kind, key)) WITHOUT ROWID;
CREATE TABLE site (key BLOB NOT NULL, seen BLOB NOT NULL, count INTEGER NOT NULL,
                   PRIMARY KEY (key, seen)) WITHOUT ROWID;
CREATE TABLE reading (text TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE note (name TEXT PRIMARY KEY, value BLOB NOT NULL);
"""
_decode_drug = msgspec.msgpack.Decoder(Drug).decode
_decode_reading = msgspec.msgpack.Decoder(Once[Reading]).decode
_decode_seen = msgspec.msgpack.Decoder(Seen).decode
_encode = msgspec.msgpack.Encoder(order="deterministic").encode


class State:
    """The memory of a build. Nothing is kept before `commit`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._db = sqlite3.connect(path, isolation_level=None)
        self.rows = Rows(self._db)
        """What was collected from records."""
        # The file belongs to a build folder that counts only when it is whole.
        self._db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")

    @classmethod
    def create(cls, path: Path) -> State:
        """A new memory, empty."""
        state = cls(path)
        state._db.executescript(SCHEMA + _SCHEMA)
        state._db.execute("BEGIN")
        return state

    @classmethod
    def open(cls, path: Path) -> State:
        """The memory of an earlier build, to be changed.

        Raises `StoreError` where the file is none.
        """
        try:
            state = cls(path)
            state._db.execute("SELECT value FROM note").fetchall()
        except sqlite3.DatabaseError as error:
            raise StoreError(f"{path}: cannot be read ({error}); build it again") from None
        state._db.execute("BEGIN")
        return state

    def commit(self) -> None:
        """Keep all changes, and close the file."""
        try:
            self._db.execute("COMMIT")
        except sqlite3.DatabaseError as error:
            raise StoreError(f"{self._path}: cannot be written ({error})") from None
        finally:
            self._db.close()

    def close(self) -> None:
        """Let go of the file without a word on what was changed."""
        self._db.close()

    def note(self, name: str) -> bytes:
        """A single value by its name; empty where there is none."""
        found = self._db.execute("SELECT value FROM note WHERE name = ?", (name,)).fetchone()
        return cast(bytes, found[0]) if found else b""

    def set_note(self, name: str, value: bytes) -> None:
        """Keep a single value."""
        self._db.execute("INSERT OR REPLACE INTO note VALUES (?, ?)", (name, value))

    def readings(self, texts: Iterable[str]) -> dict[str, Once[Reading]]:
        """What some strings were read as, whatever records mean by them, where it is known."""
        query = "SELECT text, value FROM reading WHERE text IN ({})"
        return {text: _decode_reading(value) for text, value in each(self._db, query, list(texts))}

    def all_readings(self) -> dict[str, Once[Reading]]:
        """What every string was read as that is known."""
        found = self._db.execute("SELECT text, value FROM reading")
        return {text: _decode_reading(value) for text, value in found}

    def set_readings(self, readings: Mapping[str, Once[Reading]]) -> None:
        """Keep what strings were read as."""
        rows = ((text, _encode(readings[text])) for text in sorted(readings))
        self._db.executemany("INSERT OR REPLACE INTO reading VALUES (?, ?)", rows)

    def salts(self) -> dict[str, Substance]:
        """Every salt that a record names, by UNII, and the substance it is counted as."""
        found = self._db.execute("SELECT unii, parent, name FROM salt")
        return {unii: Substance(parent, name) for unii, parent, name in found}

    def set_salts(self, salts: Mapping[str, Substance]) -> None:
        """Keep the salts that records name."""
        self._db.execute("DELETE FROM salt")
        self._db.executemany(
            "INSERT INTO salt VALUES (?, ?, ?)",
            sorted((unii, parent.unii, parent.name) for unii, parent in salts.items()),
        )

    def counted(self, names: Iterable[str]) -> dict[str, int]:
        """How many interventions of type drug or biological have each of these names."""
        query = "SELECT name, count FROM counted WHERE name IN ({})"
        return dict(each(self._db, query, list(names)))

    def all_counted(self) -> Iterator[tuple[str, int, CameTo]]:
        """What each name of a drug or biological came to, and how many interventions have it."""
        return self._db.execute("SELECT name, count, reached FROM counted")

    def set_counted(self, rows: Iterable[tuple[str, int, CameTo]]) -> None:
        """Keep what some names came to."""
        self._db.executemany("INSERT OR REPLACE INTO counted VALUES (?, ?, ?)", rows)

    def forget_counted(self, names: Iterable[str]) -> None:
        """Forget what names came to that no intervention has any more."""
        self._db.executemany("DELETE FROM counted WHERE name = ?", ((name,) for name in names))

    def drugs(self) -> Iterator[Drug]:
        """Every drug of the graph, by key."""
        for (value,) in self._db.execute("SELECT value FROM drug ORDER BY key"):
            yield _decode_drug(value)

    def set_drugs(self, drugs: Iterable[Drug], gone: Iterable[str] = ()) -> None:
        """Keep drugs as they are now, and forget others by key."""
        self._db.executemany("DELETE FROM drug WHERE key = ?", [(key,) for key in gone])
        self._db.executemany(
            "INSERT OR REPLACE INTO drug VALUES (?, ?)", ((d.key, _encode(d)) for d in drugs)
        )

    def tally(self, kind: str) -> dict[str, int]:
        """How often each thing of a kind stands in the graph."""
        found = self._db.execute("SELECT key, count FROM tally WHERE kind = ?", (kind,))
        return dict(found)

    def set_tally(self, kind: str, counts: Mapping[str, int]) -> None:
        """Keep how often things of a kind stand in the graph; what stands nowhere is forgotten."""
        self._db.executemany(
            "INSERT OR REPLACE INTO tally VALUES (?, ?, ?)",
            [(kind, key, count) for key, count in counts.items() if count],
        )
        self._db.executemany(
            "DELETE FROM tally WHERE kind = ? AND key = ?",
            [(kind, key) for key, count in counts.items() if not count],
        )

    def sites(self, keys: Iterable[SiteKey]) -> dict[SiteKey, Counter[Seen]]:
        """In how many trials some places are described in which way."""
        marks = {_site(key): key for key in keys}
        found: dict[SiteKey, Counter[Seen]] = {key: Counter() for key in marks.values()}
        query = "SELECT key, seen, count FROM site WHERE key IN ({})"
        for mark, seen, count in each(self._db, query, list(marks)):
            found[marks[mark]][_decode_seen(seen)] = count
        return found

    def set_sites(self, sites: Mapping[SiteKey, Mapping[Seen, int]]) -> None:
        """Keep in how many trials places are described in which way, or forget where it is none."""
        rows = ((_site(k), _encode(seen), n) for k in sites for seen, n in sites[k].items())
        self._db.executemany("INSERT OR REPLACE INTO site VALUES (?, ?, ?)", rows)
        self._db.execute("DELETE FROM site WHERE count = 0")

    def decisions(self) -> tuple[UserDecision, ...]:
        """What a user decided of names."""
        return msgspec.msgpack.decode(self.note("decisions"), type=tuple[UserDecision, ...])

    def set_decisions(self, decisions: Sequence[UserDecision]) -> None:
        """Keep what a user decided of names."""
        self.set_note("decisions", _encode(decisions))

    def counts(self) -> Counts:
        """How far what trials state was understood."""
        kinds = [kind for (kind,) in self._db.execute("SELECT DISTINCT kind FROM tally")]
        return Counts.again({kind: self.tally(kind) for kind in kinds})

    def ids(self) -> GatheredIds:
        """The ids of all trials."""
        return msgspec.msgpack.decode(self.note("ids"), type=GatheredIds)

    def set_ids(self, ids: GatheredIds) -> None:
        """Keep the ids of all trials."""
        self.set_note("ids", _encode(ids))


def _site(key: SiteKey) -> bytes:
    return blake2b(_encode(key), digest_size=12).digest()
