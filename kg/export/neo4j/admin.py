"""A folder that `neo4j-admin database import full` loads: CSV, the command, the constraints.

https://neo4j.com/docs/operations-manual/5/import/
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.export.folders import MARK, new_folder
from kg.export.neo4j.constraints import constraints
from kg.export.neo4j.mapping import RESOURCE, Column, PropertyGraph
from kg.export.neo4j.stream import Stream
from kg.export.neo4j.tables import Table, Tables

if TYPE_CHECKING:
    from pyoxigraph import Store

TYPES = {
    "string": "string",
    "code": "string",
    "int": "long",
    "float": "double",
    "boolean": "boolean",
    "date": "date",
    "point": "point{crs:WGS-84}",
}
"""The name of each type in a header."""

_README = """\
# A clinical-trial graph for Neo4j

{mark} neo4j-csv`: {nodes:,} nodes, {edges:,} relationships.

1. Stop the database (the import writes to a database that is offline).
2. `./import.sh` loads the folder into the database `neo4j`; `./import.sh trials` into another, and
   `./import.sh neo4j --overwrite-destination` replaces what is there. `NEO4J_ADMIN` names the
   program where it is not on the path.
3. Start the database, then run `constraints.cypher`: `cypher-shell -f constraints.cypher`.

Each `.header.csv` belongs to the files of the same name. Every node has the label `Resource` and
its IRI as `iri`. Lists have U+001F between their values, because the import cannot escape `;` and
many names hold one; `import.sh` says so to the import, and so must you if you write the command
yourself. Long text has line ends: `--multiline-fields=true`. One field may be as long as 16 MiB.

| nodes | rows |
|---|---|
{node_rows}
| relationships | rows |
|---|---|
{edge_rows}"""

_IMPORT = """\
#!/usr/bin/env bash
# Loads this folder into an offline database: ./import.sh [DATABASE [OPTION…]]
set -euo pipefail
cd "$(dirname "$0")"
database=${{1:-neo4j}}
[ $# -eq 0 ] || shift
exec "${{NEO4J_ADMIN:-neo4j-admin}}" database import full "$database" "$@" \\
  --id-type=string --multiline-fields=true --array-delimiter=U+001F \\
  --read-buffer-size=16m --bad-tolerance=0 \\
{files}
"""


def export_admin_csv(
    store: Store, mapping: PropertyGraph, path: Path, *, gzip: bool = False, force: bool = False
) -> Counter[str]:
    """Write the folder; what the mapping had no place for, counted."""
    with new_folder(path, force=force) as folder:
        stream = Stream(store, mapping, scratch=folder)
        tables = Tables(folder, mapping, packed=gzip)
        tables.fill(stream)
        _headers(folder, tables)
        (folder / "constraints.cypher").write_text(
            "".join(each + ";\n" for each in constraints(mapping)), encoding="utf-8"
        )
        script = folder / "import.sh"
        script.write_text(_IMPORT.format(files=" \\\n".join(_arguments(folder, tables))))
        script.chmod(0o755)
        (folder / "README.md").write_text(_readme(tables), encoding="utf-8")
    return stream.left_out


def header(columns: Sequence[Column]) -> str:
    """The header of a table of nodes.

    >>> header([Column("phase", "code", many=True)])
    'iri:ID,phase:string[],:LABEL'
    """
    named = (f"{each.name}:{TYPES[each.type]}{'[]' if each.many else ''}" for each in columns)
    return ",".join(["iri:ID", *named, ":LABEL"])


def _headers(folder: Path, tables: Tables) -> None:
    for table in tables.nodes.values():
        path = folder / "nodes" / f"{table.name}.header.csv"
        path.write_text(header(table.columns) + "\n", encoding="utf-8")
    for table in tables.edges.values():
        path = folder / "relationships" / f"{table.name}.header.csv"
        path.write_text(":START_ID,:END_ID,:TYPE\n", encoding="utf-8")


def _arguments(folder: Path, tables: Tables) -> Iterator[str]:
    for table in sorted(tables.nodes.values(), key=lambda each: each.name):
        yield f"  --nodes={RESOURCE}={_files(folder, table)}"
    for table in sorted(tables.edges.values(), key=lambda each: each.name):
        yield f"  --relationships={_files(folder, table)}"


def _files(folder: Path, table: Table) -> str:
    parts = [path.relative_to(folder).as_posix() for path in table.parts]
    return ",".join([f"{Path(parts[0]).parent.as_posix()}/{table.name}.header.csv", *parts])


def _readme(tables: Tables) -> str:
    def rows(found: Sequence[Table]) -> str:
        ordered = sorted(found, key=lambda each: each.name)
        return "".join(f"| {each.name} | {each.rows:,} |\n" for each in ordered)

    nodes, edges = list(tables.nodes.values()), list(tables.edges.values())
    return _README.format(
        mark=MARK,
        nodes=sum(each.rows for each in nodes),
        edges=sum(each.rows for each in edges),
        node_rows=rows(nodes),
        edge_rows=rows(edges),
    )
