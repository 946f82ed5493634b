"""Properties as tables: of the things that one links, and of the values that it gives.

The tables of a property are made when a question first names it: each triple costs two look-ups of
terms in the store, and a question names few of the properties there are. A thing's number is a
hash of its IRI, so that no table has to be looked up to make another. Blank nodes, which only the
ontology's class expressions are, are left out.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode, QueryResultsFormat, QuerySolutions, Store

from kg.errors import KgError, StoreError
from kg.vocab import XSD

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MEMORY = "1GiB"
"""What DuckDB may use to make the tables; beyond it, it sorts on the disk."""
LONGEST = 64 << 20
"""Bytes of the longest line that is read."""
_BARE = {
    r"[+-]?[0-9]+": XSD.integer,
    r"[+-]?[0-9]*[.][0-9]+": XSD.decimal,
    r"[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)[eE][+-]?[0-9]+": "http://www.w3.org/2001/XMLSchema#double",
    "true|false": XSD.boolean,
}
"""Literals that SPARQL's TSV writes bare, and their datatypes."""
_ESCAPES = {"\\n": "\n", "\\r": "\r", "\\t": "\t", "\\b": "\b", "\\f": "\f", '\\"': '"'}
_CONTROLS = {f"\\u{code:04X}": chr(code) for code in (*range(1, 32), 127)}


class Tables(NamedTuple):
    """The tables of one property; empty names where it has none of that kind."""

    links: str
    values: str


class Columns:
    """The tables of one build, open for reading; those that a question lacks can be made."""

    def __init__(self, build: Path, store: Store) -> None:
        self._build, self._store = build, store
        self._path = build / _file_name()
        self.missing: set[str] = set()
        """Properties that were asked for and whose tables are not made."""
        self._open()

    def _open(self) -> None:
        self.connection = _opened(self._path) if self._path.exists() else _empty()
        rows = self.connection.execute("SELECT iri, links, literals FROM properties").fetchall()
        self._known = {iri: Tables(links, literals) for iri, links, literals in rows}

    def tables(self, iri: str) -> Tables:
        """The tables of a property; where they are not made, it is noted as missing.

        It may then link things or give values: a query over it can be understood, but not run.
        """
        if iri not in self._known:
            self.missing.add(iri)
        return self._known.get(iri, Tables("unmade", "unmade"))

    def number(self, iri: str) -> int:
        """The number of a thing, whether the graph knows it or not."""
        [(found,)] = self.connection.execute("SELECT hash(?)", [iri]).fetchall()
        return int(found)

    def complete(self) -> None:
        """Make the tables that are missing, in a copy that replaces the file when it is whole.

        Raises `StoreError` where the build's folder cannot be written.
        """
        self.connection.close()
        try:
            scratch = Path(tempfile.mkdtemp(dir=self._build, prefix="columns-"))
        except OSError as error:
            raise StoreError(
                f"{self._build}: the tables for the columns engine cannot be written "
                f"({error.strerror}), expected a folder that can be written the first time"
            ) from None
        try:
            if self._path.exists():
                shutil.copyfile(self._path, scratch / "tables")
            made = connect(scratch / "tables")
            make(made, self._store, sorted(self.missing), scratch)
            made.close()
            os.replace(scratch / "tables", self._path)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
        self.missing.clear()
        self._open()


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


def _opened(path: Path) -> DuckDBPyConnection:
    connect().close()
    import duckdb

    try:
        connection = connect(path, read_only=True)
        connection.execute("FROM properties")
    except duckdb.Error as error:
        reason = str(error).partition("\n")[0]
        raise StoreError(
            f"{path}: the tables cannot be read ({reason}); remove the file, and it is made anew"
        ) from None
    return connection


def _empty() -> DuckDBPyConnection:
    connection = connect()
    _prepare(connection)
    return connection


def _prepare(connection: DuckDBPyConnection) -> None:
    connection.execute("CREATE TABLE IF NOT EXISTS things (id UBIGINT, iri VARCHAR)")
    connection.execute(
        "CREATE TABLE IF NOT EXISTS properties (iri VARCHAR, links VARCHAR, literals VARCHAR)"
    )


def _file_name() -> str:
    """Numbers are the hashes of one version of DuckDB, and its file is read by that version."""
    connect().close()
    import duckdb

    return f"columns-{duckdb.__version__}.duckdb"


@contextmanager
def told(store: Store, iri: str) -> Iterator[str]:
    """The path of a pipe that gives the triples of a property, as SPARQL's TSV, once."""
    reading, writing = os.pipe()

    def give() -> None:
        # A broken pipe is no fault here: the reader gave up, and says why.
        with suppress(BrokenPipeError), os.fdopen(writing, "wb", buffering=1 << 20) as out:
            found = store.query(f"SELECT ?s ?o {{ ?s {NamedNode(iri)} ?o }}")
            if isinstance(found, QuerySolutions):
                found.serialize(out, QueryResultsFormat.TSV)

    giver = threading.Thread(target=give, name="columns")
    giver.start()
    try:
        yield f"/dev/fd/{reading}"
    finally:
        os.close(reading)
        giver.join()


def make(
    connection: DuckDBPyConnection, store: Store, properties: Iterable[str], scratch: Path
) -> None:
    """Add the tables of properties to a database; `scratch` is a folder for what is sorted."""
    connection.execute(f"SET temp_directory = {_quoted(str(scratch / 'spill'))}")
    connection.execute(f"SET memory_limit = '{MEMORY}'")
    connection.execute("SET preserve_insertion_order = false")
    _prepare(connection)
    part = scratch / "part.parquet"
    [(number,)] = connection.execute("SELECT count(*) FROM properties").fetchall()
    for at, iri in enumerate(properties, number):
        with told(store, iri) as lines:
            connection.execute(_read(lines, part))
        tables = _property(connection, at, f"read_parquet({_quoted(str(part))})")
        connection.execute("INSERT INTO properties VALUES (?, ?, ?)", [iri, *tables])
        part.unlink()


def _read(lines: str, part: Path) -> str:
    """SQL that reads pairs of terms; a number or a truth value stands in TSV without quotes."""
    types = "".join(
        f"WHEN regexp_full_match(o, '{form}') THEN '\"' || o || '\"^^<{datatype}>' "
        for form, datatype in _BARE.items()
    )
    return f"""
        COPY (
          SELECT s, CASE WHEN o[1] IN ('<', '\"') THEN o {types}END AS o
          FROM read_csv({_quoted(lines)}, header = true, auto_detect = false, delim = '\t',
            quote = '', escape = '', parallel = false,
            columns = {{'s': 'VARCHAR', 'o': 'VARCHAR'}},
            max_line_size = {LONGEST}, buffer_size = {2 * LONGEST})
          WHERE s[1] = '<' AND o[1] <> '_'
        ) TO {_quoted(str(part))} (FORMAT parquet, COMPRESSION lz4)
    """


def _property(connection: DuckDBPyConnection, number: int, triples: str) -> Tables:
    """The tables of one property, from its triples; its things are added to those known."""
    [(links, literals)] = connection.execute(
        f"SELECT count(*) FILTER (o[1] = '<'), count(*) FILTER (o[1] = '\"') FROM {triples}"
    ).fetchall()
    tables = Tables(f"link_{number}" if links else "", f"value_{number}" if literals else "")
    connection.execute(
        f"""
        CREATE TEMP TABLE named AS SELECT hash(iri) AS id, iri FROM (
          SELECT s[2:-2] AS iri FROM {triples}
          UNION SELECT o[2:-2] FROM {triples} WHERE o[1] = '<'
        )
        """
    )
    connection.execute("INSERT INTO things FROM named ANTI JOIN things USING (id, iri)")
    [(things, numbers)] = connection.execute(
        "SELECT count(*), count(DISTINCT id) FROM things SEMI JOIN named USING (id)"
    ).fetchall()
    connection.execute("DROP TABLE named")
    if things != numbers:
        raise StoreError("found two IRIs of one hash, expected none: ask without --engine columns")
    if tables.links:
        connection.execute(
            f"""
            CREATE TABLE {tables.links} AS
            SELECT hash(s[2:-2]) AS s, hash(o[2:-2]) AS o FROM {triples}
            WHERE o[1] = '<' ORDER BY s, o
            """
        )
    if tables.values:
        connection.execute(
            f"""
            CREATE TABLE {tables.values} AS
            SELECT hash(s[2:-2]) AS s, {_unescaped("o[2:-length(tail) - 1]")} AS o,
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
    return tables


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
