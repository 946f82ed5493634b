"""The graph as tables: one for each property, of the things it links or the values it gives.

Things are numbered in the order of their IRIs, so that sorting by number is sorting by IRI. Blank
nodes, which only the ontology's class expressions are, are left out.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import QueryResultsFormat, QuerySolutions, Store

from kg.errors import KgError, StoreError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FILE = "columns.duckdb"
_ALL = """
SELECT (STR(?s) AS ?subject) (STR(?p) AS ?predicate) (STR(?o) AS ?value)
  (DATATYPE(?o) AS ?datatype) (LANG(?o) AS ?language)
{ ?s ?p ?o FILTER(!ISBLANK(?s) && !ISBLANK(?o)) }
"""
_TEXT = ("subject", "predicate", "value", "datatype", "language")


class Tables(NamedTuple):
    """The tables of one property; empty names where it has none of that kind."""

    links: str
    values: str


class Columns:
    """The tables of one store, open for reading."""

    def __init__(self, connection: DuckDBPyConnection) -> None:
        self.connection = connection
        rows = connection.execute("SELECT iri, links, values_ FROM properties").fetchall()
        self.properties = {iri: Tables(links, values) for iri, links, values in rows}
        self._numbers: dict[str, int | None] = {}
        [(self._count,)] = connection.execute("SELECT count(*) FROM things").fetchall()

    def number(self, iri: str) -> int | None:
        """The number of a thing; None where the graph does not know it."""
        if iri not in self._numbers:
            self._numbers[iri] = self._search(iri)
        return self._numbers[iri]

    def _search(self, iri: str) -> int | None:
        """By halves: numbers are in the order of IRIs, and an index would be as large again."""
        low, high = 0, self._count - 1
        while low <= high:
            middle = (low + high) // 2
            found = self.connection.execute(
                "SELECT iri FROM things WHERE id = ?", [middle]
            ).fetchall()[0][0]
            if found == iri:
                return middle
            if found.encode() < iri.encode():
                low = middle + 1
            else:
                high = middle - 1
        return None


def connect(path: Path | str = ":memory:", *, read_only: bool = False) -> DuckDBPyConnection:
    """A DuckDB connection that reaches for nothing outside its own file."""
    try:
        import duckdb
    except ImportError:
        raise KgError("this engine needs DuckDB: pip install 'trialkg[columns]'") from None
    connection = duckdb.connect(str(path), read_only=read_only)
    connection.execute("SET autoinstall_known_extensions = false")
    connection.execute("SET autoload_known_extensions = false")
    return connection


def open_columns(build: Path, store: Store) -> Columns:
    """The tables of a build, made on first use and kept beside its graph.

    Raises `StoreError` where the build's folder cannot be written.
    """
    path = build / FILE
    if not path.exists():
        try:
            scratch = Path(tempfile.mkdtemp(dir=build, prefix="columns-"))
        except OSError as error:
            raise StoreError(
                f"{build}: the tables cannot be written ({error.strerror}), expected a folder "
                "that can be written at the first question"
            ) from None
        try:
            connection = connect(scratch / FILE)
            make(connection, store, scratch)
            connection.close()
            os.replace(scratch / FILE, path)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
    return Columns(connect(path, read_only=True))


def make(connection: DuckDBPyConnection, store: Store, scratch: Path) -> None:
    """Fill an empty database from a store; `scratch` is a folder for what is sorted on the way."""
    raw = scratch / "triples.parquet"
    connection.execute(f"SET temp_directory = '{scratch / 'spill'}'")
    connection.execute("SET preserve_insertion_order = false")
    _read(connection, store, raw)
    triples = f"read_parquet('{raw}')"
    connection.execute(
        f"""
        CREATE TABLE things AS
        SELECT (row_number() OVER (ORDER BY iri) - 1)::INTEGER AS id, iri
        FROM (SELECT subject AS iri FROM {triples}
              UNION SELECT value FROM {triples} WHERE datatype IS NULL)
        ORDER BY iri
        """
    )
    connection.execute("CREATE TABLE properties (iri VARCHAR, links VARCHAR, values_ VARCHAR)")
    found = connection.execute(
        f"""
        SELECT predicate, count(*) FILTER (datatype IS NULL), count(datatype)
        FROM {triples} GROUP BY predicate ORDER BY predicate
        """
    ).fetchall()
    for number, (iri, links, values) in enumerate(found):
        tables = Tables(f"link_{number}" if links else "", f"value_{number}" if values else "")
        if tables.links:
            connection.execute(
                f"""
                CREATE TABLE {tables.links} AS
                SELECT s.id AS s, o.id AS o FROM {triples} t
                JOIN things s ON s.iri = t.subject JOIN things o ON o.iri = t.value
                WHERE t.predicate = ? AND t.datatype IS NULL ORDER BY s.id, o.id
                """,
                [iri],
            )
        if tables.values:
            connection.execute(
                f"""
                CREATE TABLE {tables.values} AS
                SELECT s.id AS s, t.value AS o, t.datatype AS t FROM {triples} t
                JOIN things s ON s.iri = t.subject
                WHERE t.predicate = ? AND t.datatype IS NOT NULL ORDER BY s.id
                """,
                [iri],
            )
        connection.execute("INSERT INTO properties VALUES (?, ?, ?)", [iri, *tables])
    raw.unlink()


def _read(connection: DuckDBPyConnection, store: Store, raw: Path) -> None:
    """All triples as one Parquet file; they come as CSV through a pipe, row by row."""
    reading, writing = os.pipe()

    def give() -> None:
        with os.fdopen(writing, "wb") as out:
            answer = store.query(_ALL)
            assert isinstance(answer, QuerySolutions)
            answer.serialize(out, format=QueryResultsFormat.CSV)

    giver = threading.Thread(target=give, name="columns")
    giver.start()
    names = ", ".join(f"'{name}': 'VARCHAR'" for name in _TEXT)
    try:
        connection.execute(
            f"""
            COPY (
              SELECT subject, predicate, value,
                CASE WHEN language <> '' THEN '@' || language
                     WHEN datatype <> '' THEN datatype END AS datatype
              FROM read_csv('/dev/fd/{reading}', header = true, auto_detect = false,
                delim = ',', quote = '"', escape = '"', new_line = '\\r\\n', nullstr = '\x01',
                parallel = false, max_line_size = 67108864, buffer_size = 134217728,
                columns = {{{names}}})
            ) TO '{raw}' (FORMAT parquet, COMPRESSION lz4)
            """
        )
    finally:
        os.close(reading)
        giver.join()
