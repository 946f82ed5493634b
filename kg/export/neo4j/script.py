r"""A folder with two Cypher scripts for a running database.

`load.cypher` reads CSV files with LOAD CSV, from the database's import folder or from the web (the
only way into Aura); `graph.cypher` holds the whole graph as text, where it is small. Both may be
run twice.

LOAD CSV takes a backslash in a quoted field as an escape, unlike RFC 4180, unless the server is
told otherwise; so these CSV files are not those of the admin import.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from kg.export.folders import MARK, new_folder
from kg.export.neo4j.constraints import constraints
from kg.export.neo4j.mapping import RESOURCE, Column, PropertyGraph
from kg.export.neo4j.rows import expression
from kg.export.neo4j.stream import Stream
from kg.export.neo4j.tables import SEPARATOR, Table, Tables, quoted
from kg.export.neo4j.whole import SMALL, Whole

if TYPE_CHECKING:
    from pyoxigraph import Store

_LOAD_ROWS = 2000

_README = """\
# A clinical-trial graph as Cypher

{mark} cypher`: {nodes:,} nodes, {edges:,} relationships.

- `load.cypher` loads the CSV files beside it with LOAD CSV. Copy this folder into the database's
  import folder as `trialkg`, or put it on a web server (Aura reads nothing else), and set the
  parameter `base` to where it is: `'file:///trialkg/'` or `'https://…/'`. Then
  `cypher-shell -f load.cypher`, or paste it into the browser, with `:auto` before each `LOAD CSV`.
  It expects the server's default `db.import.csv.legacy_quote_escaping=true`.
{small}
Both run the constraints first, and both may be run again: nothing is doubled.
"""
_SMALL = "- `graph.cypher` holds the whole graph and needs no other file.\n"
_LARGE = (
    f"- There is no `graph.cypher`: the graph has more than {SMALL:,} nodes and relationships.\n"
)


def backslashed(text: str) -> str:
    r'''Text in quotes as LOAD CSV reads it by default.

    >>> print(backslashed('"a" \\ b'))
    """a"" \\ b"
    '''
    return quoted(text.replace("\\", "\\\\"))


def export_cypher(
    store: Store, mapping: PropertyGraph, path: Path, *, gzip: bool = False, force: bool = False
) -> Counter[str]:
    """Write the folder; what the mapping had no place for, counted."""
    with new_folder(path, force=force) as folder:
        stream = Stream(store, mapping, scratch=folder)
        tables = Tables(
            folder,
            mapping,
            quote=backslashed,
            header=lambda columns: ",".join(["iri", *(c.name for c in columns), "labels"]) + "\n",
            edge_header="start,end,type\n",
            packed=gzip,
        )
        with (folder / "graph.cypher").open("w", encoding="utf-8", newline="\n") as file:
            whole = Whole(file, mapping)
            tables.fill(stream, also=whole.add)
            whole.close()
        if whole.count > SMALL:
            (folder / "graph.cypher").unlink()
        (folder / "load.cypher").write_text(_load(folder, tables, mapping), encoding="utf-8")
        (folder / "README.md").write_text(
            _README.format(
                mark=MARK,
                nodes=sum(each.rows for each in tables.nodes.values()),
                edges=sum(each.rows for each in tables.edges.values()),
                small=_SMALL if whole.count <= SMALL else _LARGE,
            ),
            encoding="utf-8",
        )
    return stream.left_out


def _load(folder: Path, tables: Tables, mapping: PropertyGraph) -> str:
    statements = [":param base => 'file:///trialkg/'", *constraints(mapping)]
    for labels, table in sorted(tables.nodes.items()):
        keys = ", ".join(["iri: row.iri", *(_from_csv(column) for column in table.columns)])
        merge = f"MERGE (n:{RESOURCE} {{iri: row.iri}}) SET n:{':'.join(labels)}, n = {{{keys}}}"
        statements += _each_part(folder, table, merge)
    for kind, table in sorted(tables.edges.items()):
        statements += _each_part(
            folder,
            table,
            f"MATCH (a:{RESOURCE} {{iri: row.start}}) MATCH (b:{RESOURCE} {{iri: row.end}}) "
            f"MERGE (a)-[:{kind}]->(b)",
        )
    return "".join(each + ";\n" for each in statements)


def _each_part(folder: Path, table: Table, body: str) -> list[str]:
    return [
        f"LOAD CSV WITH HEADERS FROM $base + '{part.relative_to(folder).as_posix()}' AS row\n"
        f"CALL {{ WITH row {body} }} IN TRANSACTIONS OF {_LOAD_ROWS} ROWS"
        for part in table.parts
    ]


def _from_csv(column: Column) -> str:
    field = f"row.{column.name}"
    if column.type == "point":
        # A map as text, '{latitude: 50.1, longitude: 8.2}'; a point of nulls is null.
        latitude = f"toFloat(split(substring({field}, 11), ',')[0])"
        longitude = f"toFloat(replace(split({field}, 'longitude: ')[1], '}}', ''))"
        return f"{column.name}: point({{latitude: {latitude}, longitude: {longitude}}})"
    if not column.many:
        return f"{column.name}: {expression(field, column.type)}"
    values = f"split({field}, '\\u{ord(SEPARATOR):04X}')"
    one = expression("x", column.type)
    return f"{column.name}: {values}" if one == "x" else f"{column.name}: [x IN {values} | {one}]"
