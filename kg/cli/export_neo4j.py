"""`kg export neo4j-csv`, `cypher` and `neo4j`: the graph for Neo4j, as files or over Bolt."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Final

import click

from kg.cli.options import Decorator, folder_option, force_option, store_option

mapping_option: Decorator = click.option(
    "--mapping",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Another mapping to labels, keys and relationship types.",
)
gzip_option: Decorator = click.option("--gzip", is_flag=True, help="Compress.")


@click.command("neo4j-csv")
@folder_option
@force_option
@gzip_option
@mapping_option
@store_option
def neo4j_csv(out: Path, force: bool, gzip: bool, mapping: Path | None, store: Path) -> None:
    """Write a folder for `neo4j-admin database import full`."""
    _folder("neo4j-csv", store, mapping, out, gzip=gzip, force=force)


@click.command()
@folder_option
@force_option
@gzip_option
@mapping_option
@store_option
def cypher(out: Path, force: bool, gzip: bool, mapping: Path | None, store: Path) -> None:
    """Write a folder of Cypher scripts, with CSV for LOAD CSV."""
    _folder("cypher", store, mapping, out, gzip=gzip, force=force)


@click.command()
@click.option("--uri", metavar="URI", required=True, help="Such as bolt://127.0.0.1:7687.")
@click.option("--user", metavar="NAME", default="neo4j", show_default=True, help="The user.")
@click.option("--database", metavar="NAME", help="The database, where it is not the first.")
@mapping_option
@store_option
def neo4j(uri: str, user: str, database: str | None, mapping: Path | None, store: Path) -> None:
    """Push the graph into a running database over Bolt.

    The password is asked for, or taken from NEO4J_PASSWORD.
    """
    _push(store, mapping, uri, user, database)


NEO4J: Final = (neo4j_csv, cypher, neo4j)
"""The commands."""


def _folder(
    form: str, store: Path, mapping: Path | None, out: Path, *, gzip: bool, force: bool
) -> None:
    from kg.export.neo4j.admin import export_admin_csv
    from kg.export.neo4j.mapping import mapping as read_mapping
    from kg.export.neo4j.script import export_cypher
    from kg.store import open_read_only

    write = export_admin_csv if form == "neo4j-csv" else export_cypher
    graph = open_read_only(store)[0]
    _tell(write(graph, read_mapping(mapping), out, gzip=gzip, force=force))
    click.echo(f"{out}: see {out / 'README.md'}", err=True)


def _push(store: Path, mapping: Path | None, uri: str, user: str, database: str | None) -> None:
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
