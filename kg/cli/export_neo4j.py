"""The Neo4j forms of `kg export`: folders to import, and a push over Bolt."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import click


def write_folder(
    form: str, store: Path, mapping: Path | None, out: Path, *, gzip: bool, force: bool
) -> None:
    """Write the folder of a form: CSV for the import tool, or Cypher scripts."""
    from kg.export.neo4j.admin import export_admin_csv
    from kg.export.neo4j.mapping import mapping as read_mapping
    from kg.export.neo4j.script import export_cypher
    from kg.store import open_read_only

    write = export_admin_csv if form == "neo4j-csv" else export_cypher
    graph = open_read_only(store)[0]
    _tell(write(graph, read_mapping(mapping), out, gzip=gzip, force=force))
    click.echo(f"{out}: see {out / 'README.md'}", err=True)


def push_graph(
    store: Path, mapping: Path | None, uri: str, user: str, database: str | None
) -> None:
    """Send the graph into a running database."""
    from kg.cli.password import password
    from kg.export.neo4j.mapping import mapping as read_mapping
    from kg.export.neo4j.push import connect, push
    from kg.store import open_read_only

    graph, build = open_read_only(store)
    report = build / "build.json"
    terminal = sys.stderr.isatty()

    def progress(what: str, rows: int) -> None:
        if terminal:
            click.echo(f"\r{rows:,} rows, now {what} ", nl=False, err=True)

    with connect(uri, user, password("NEO4J_PASSWORD", f"Password of {user}")) as driver:
        pushed = push(
            graph,
            read_mapping(mapping),
            driver,
            database=database,
            graph=report.read_text(encoding="utf-8") if report.is_file() else str(build),
            progress=progress,
        )
    if terminal:
        click.echo(err=True)
    _tell(pushed.left_out)
    went_on = f", {pushed.skipped:,} rows were there from a push that stopped"
    click.echo(
        f"{uri}: {pushed.nodes:,} nodes, {pushed.relationships:,} relationships sent"
        + (went_on if pushed.skipped else ""),
        err=True,
    )


def _tell(left_out: Counter[str]) -> None:
    for what, count in sorted(left_out.items()):
        click.echo(f"left out: {count:,} of {what}: the mapping has no place for them", err=True)
