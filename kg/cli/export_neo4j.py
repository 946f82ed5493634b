"""`kg export neo4j-csv`, `cypher` and `neo4j`: the graph for Neo4j, as files or over Bolt."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kg.cli.options import Decorator, folder_option, force_option, store_option
from kg.cli.part import Part, part_options

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.export.neo4j.push import Pushed

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
@part_options
@mapping_option
@store_option
def neo4j_csv(
    out: Path, force: bool, gzip: bool, part: Part, mapping: Path | None, store: Path
) -> None:
    """Write a folder for `neo4j-admin database import full`."""
    _folder("neo4j-csv", part.of(store), mapping, out, gzip=gzip, force=force)


@click.command()
@folder_option
@force_option
@gzip_option
@part_options
@mapping_option
@store_option
def cypher(
    out: Path, force: bool, gzip: bool, part: Part, mapping: Path | None, store: Path
) -> None:
    """Write a folder of Cypher scripts, with CSV for LOAD CSV."""
    _folder("cypher", part.of(store), mapping, out, gzip=gzip, force=force)


@click.command()
@click.option("--uri", metavar="URI", required=True, help="Such as bolt://127.0.0.1:7687.")
@click.option("--user", metavar="NAME", default="neo4j", show_default=True, help="The user.")
@click.option("--database", metavar="NAME", help="The database, where it is not the first.")
@click.option("--since", metavar="DATE", help="Only what updates from this date on changed.")
@click.option("--whole", is_flag=True, help="All of it, whatever the database holds.")
@mapping_option
@store_option
def neo4j(
    uri: str,
    user: str,
    database: str | None,
    since: str | None,
    whole: bool,
    mapping: Path | None,
    store: Path,
) -> None:
    """Push the graph into a running database over Bolt.

    The database remembers what it holds: the first push sends the whole graph, later ones send
    what `kg update` changed, deletions too. One that was stopped goes on. --since is for a database
    that was loaded otherwise. The password is asked for, or taken from NEO4J_PASSWORD.
    """
    if since and whole:
        raise click.UsageError("--since and --whole exclude each other.")
    _push(store, mapping, uri, user, database, since, whole)


NEO4J: Final = (neo4j_csv, cypher, neo4j)
"""The commands."""


def _folder(
    form: str, graph: Store, mapping: Path | None, out: Path, *, gzip: bool, force: bool
) -> None:
    from kg.export.neo4j.admin import export_admin_csv
    from kg.export.neo4j.mapping import mapping as read_mapping
    from kg.export.neo4j.script import export_cypher

    write = export_admin_csv if form == "neo4j-csv" else export_cypher
    _tell(write(graph, read_mapping(mapping), out, gzip=gzip, force=force))
    click.echo(f"{out}: see {out / 'README.md'}", err=True)


def _push(
    store: Path,
    mapping: Path | None,
    uri: str,
    user: str,
    database: str | None,
    since: str | None,
    everything: bool,
) -> None:
    from kg.cli.password import password
    from kg.export.neo4j.connect import connect
    from kg.export.neo4j.mapping import mapping as read_mapping
    from kg.export.neo4j.push import push
    from kg.export.neo4j.states import States
    from kg.store import open_read_only

    graph, build = open_read_only(store)
    labels = read_mapping(mapping)
    terminal = sys.stderr.isatty()

    def progress(what: str, rows: int) -> None:
        if terminal:
            click.echo(f"\r{rows:,} rows, now {what} ", nl=False, err=True)

    with connect(uri, user, password("NEO4J_PASSWORD", f"Password of {user}")) as driver:
        pushed = push(
            graph,
            labels,
            driver,
            States.of(build),
            database=database,
            everything=everything,
            since=since,
            progress=progress,
        )
    if terminal:
        click.echo(err=True)
    _tell(pushed.left_out)
    click.echo(f"{uri}: {'; '.join(_told(pushed))}", err=True)


def _told(pushed: Pushed) -> Iterator[str]:
    if not (pushed.whole or pushed.rows or pushed.nodes_gone or pushed.relationships_gone):
        yield "holds this graph already, nothing to send"
        return
    what = "the whole graph" if pushed.whole else "what changed"
    yield f"{what}: {pushed.nodes:,} nodes, {pushed.relationships:,} relationships sent"
    if pushed.nodes_gone or pushed.relationships_gone:
        yield f"{pushed.nodes_gone:,} nodes, {pushed.relationships_gone:,} relationships removed"
    if pushed.skipped:
        yield f"{pushed.skipped:,} rows were there from a push that stopped"
    if pushed.held_another:
        yield "what the database held of another graph or mapping is still there"


def _tell(left_out: Counter[str]) -> None:
    for what, count in sorted(left_out.items()):
        click.echo(f"left out: {count:,} of {what}: the mapping has no place for them", err=True)
