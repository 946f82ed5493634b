"""The graph as tables: one for each property, of the things it links or the values it gives.

A thing's number is a hash of its IRI, so that no table has to be looked up to make another. Blank
nodes, which only the ontology's class expressions are, are left out.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from pyoxigraph import DefaultGraph, RdfFormat, Store

from kg.errors import KgError, StoreError
from kg.vocab import XSD

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MEMORY = "1GiB"
"""What DuckDB may use to make the tables; beyond it, it sorts on the disk."""
LONGEST = 64 << 20
"""Bytes of the longest line of N-Triples that is read."""
_ESCAPES = {"\\n": "\n", "\\r": "\r", "\\t": "\t", "\\b": "\b", "\\f": "\f", '\\"': '"'}
_CONTROLS = {f"\\u{code:04X}": chr(code) for code in (*range(1, 32), 127)}


class Tables(NamedTuple):
    """The tables of one property; empty names where it has none of that kind."""

    links: str
    values: str


class Columns:
    """The tables of one store, open for reading."""

    def __init__(self, connection: DuckDBPyConnection) -> None:
        self.connection = connection
        rows = connection.execute("SELECT iri, links, literals FROM properties").fetchall()
        self.properties = {iri: Tables(links, literals) for iri, links, literals in rows}

    def number(self, iri: str) -> int:
        """The number of a thing, whether the graph knows it or not."""
        [(found,)] = self.connection.execute("SELECT hash(?)", [iri]).fetchall()
        return int(found)


def connect(path: Path | str = ":memory:", *, read_only: bool = False) -> DuckDBPyConnection:
    """A DuckDB connection that reaches for nothing outside its own file."""
    try:
        import duckdb
    except ImportError:
        raise KgError("the columns engine needs DuckDB: pip install 'trialkg[columns]'") from None
    connection = duckdb.connect(str(path), read_only=read_only)
    connection.execute("SET autoinstall_known_extensions = false")
    connection.execute("SET autoload_known_extensions = false")
    return connection


def open_columns(build: Path, store: Store) -> Columns:
    """The tables of a build, made at the first question and kept beside its graph.

    Raises `StoreError` where the build's folder cannot be written.
    """
    path = build / _file_name()
    if not path.exists():
        try:
            scratch = Path(tempfile.mkdtemp(dir=build, prefix="columns-"))
        except OSError as error:
            raise StoreError(
                f"{build}: the tables for the columns engine cannot be written "
                f"({error.strerror}), expected a folder that can be written the first time"
            ) from None
        try:
            with dumped(store) as lines:
                made = connect(scratch / "tables")
                make(made, lines, scratch)
                made.close()
            os.replace(scratch / "tables", path)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
    return _opened(path)


def _opened(path: Path) -> Columns:
    connect().close()
    import duckdb

    try:
        return Columns(connect(path, read_only=True))
    except duckdb.Error as error:
        reason = str(error).partition("\n")[0]
        raise StoreError(
            f"{path}: the tables cannot be read ({reason}); remove the file, and it is made anew"
        ) from None


def made(build: Path) -> bool:
    """Whether the tables of a build are made, and DuckDB is there to read them."""
    try:
        return (build / _file_name()).exists()
    except KgError:
        return False


def _file_name() -> str:
    """Numbers are the hashes of one version of DuckDB, and its file is read by that version."""
    connect().close()
    import duckdb

    return f"columns-{duckdb.__version__}.duckdb"


@contextmanager
def dumped(store: Store) -> Iterator[str]:
    """The path of a pipe that gives the store's triples as N-Triples, once."""
    reading, writing = os.pipe()

    def give() -> None:
        # A broken pipe is no fault here: the reader gave up, and says why.
        with suppress(BrokenPipeError), os.fdopen(writing, "wb") as out:
            store.dump(out, RdfFormat.N_TRIPLES, from_graph=DefaultGraph())

    giver = threading.Thread(target=give, name="columns")
    giver.start()
    try:
        yield f"/dev/fd/{reading}"
    finally:
        os.close(reading)
        giver.join()


def make(connection: DuckDBPyConnection, lines: str, scratch: Path) -> None:
    """Fill an empty database from N-Triples at a path; `scratch` is a folder for what is sorted."""
    parts = scratch / "parts"
    connection.execute(f"SET temp_directory = {_quoted(str(scratch / 'spill'))}")
    connection.execute(f"SET memory_limit = '{MEMORY}'")
    connection.execute("SET preserve_insertion_order = false")
    connection.execute(_split(lines, parts))
    everything = f"read_parquet({_quoted(f'{parts}/*/*.parquet')}, hive_partitioning = false)"
    connection.execute(
        f"""
        CREATE TABLE things AS SELECT hash(iri) AS id, iri FROM (
          SELECT s[2:-2] AS iri FROM {everything}
          UNION SELECT o[2:-2] FROM {everything} WHERE o[1] = '<'
        )
        """
    )
    [(things, numbers)] = connection.execute(
        "SELECT count(*), count(DISTINCT id) FROM things"
    ).fetchall()
    if things != numbers:
        raise StoreError(f"{scratch}: found two IRIs of one hash, expected none")
    connection.execute("CREATE TABLE properties (iri VARCHAR, links VARCHAR, literals VARCHAR)")
    for number, folder in enumerate(sorted(parts.iterdir())):
        _property(connection, number, folder)
    shutil.rmtree(parts)


def _split(lines: str, parts: Path) -> str:
    """SQL that cuts lines into their terms and sorts them into a folder for each property."""
    return f"""
        COPY (
          SELECT s, p, line[length(s) + length(p) + 3:-3] AS o FROM (
            SELECT line, split_part(line, ' ', 1) AS s, split_part(line, ' ', 2) AS p
            FROM read_csv({_quoted(lines)}, header = false, auto_detect = false, delim = '\x01',
              quote = '', escape = '', parallel = false, columns = {{'line': 'VARCHAR'}},
              max_line_size = {LONGEST}, buffer_size = {2 * LONGEST})
          )
          WHERE s[1] = '<' AND line[length(s) + length(p) + 3] <> '_'
        ) TO {_quoted(str(parts))} (FORMAT parquet, COMPRESSION lz4, PARTITION_BY (p))
    """


def _property(connection: DuckDBPyConnection, number: int, folder: Path) -> None:
    """The tables of one property."""
    triples = f"read_parquet({_quoted(f'{folder}/*.parquet')}, hive_partitioning = false)"
    [(links, literals)] = connection.execute(
        f"SELECT count(*) FILTER (o[1] = '<'), count(*) FILTER (o[1] = '\"') FROM {triples}"
    ).fetchall()
    tables = Tables(f"link_{number}" if links else "", f"value_{number}" if literals else "")
    if tables.links:
        connection.execute(
            f"""
            CREATE TABLE {tables.links} AS
            SELECT DISTINCT hash(s[2:-2]) AS s, hash(o[2:-2]) AS o FROM {triples}
            WHERE o[1] = '<' ORDER BY s, o
            """
        )
    if tables.values:
        connection.execute(
            f"""
            CREATE TABLE {tables.values} AS
            SELECT DISTINCT hash(s[2:-2]) AS s, {_unescaped("o[2:-length(tail) - 1]")} AS o,
              CASE WHEN tail = '"' THEN '{XSD.string}' WHEN tail[2] = '@' THEN tail[2:]
                ELSE tail[5:-2] END AS t
            FROM (
              SELECT s, o, CASE WHEN o[-1] = '"' THEN '"'
                ELSE regexp_extract(o, '"(?:\\^\\^<[^<>"]*>|@[A-Za-z0-9-]+)$') END AS tail
              FROM {triples} WHERE o[1] = '"'
            )
            ORDER BY s, o
            """
        )
    iri = unquote(folder.name.removeprefix("p="))[1:-1]
    connection.execute("INSERT INTO properties VALUES (?, ?, ?)", [iri, *tables])


def _unescaped(sql: str) -> str:
    """SQL for the text that an escaped one stands for: cut at escaped backslashes, then read."""
    text = "x"
    for escape, sign in _ESCAPES.items():
        text = f"replace({text}, '{escape}', chr({ord(sign)}))"
    rare = text
    for escape, sign in _CONTROLS.items():
        rare = f"replace({rare}, '{escape}', chr({ord(sign)}))"
    read = f"CASE WHEN contains(x, '\\u') THEN {rare} ELSE {text} END"
    pieces = f"list_transform(string_split({sql}, '\\\\'), lambda x: {read})"
    return f"CASE WHEN contains({sql}, '\\') THEN array_to_string({pieces}, '\\') ELSE {sql} END"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
