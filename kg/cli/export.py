"""`kg export`: the graph in the formats other programs read."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import click

from kg.cli.options import store_option

FORMATS = ("turtle", "ntriples", "nquads", "neo4j-csv", "cypher", "neo4j")
FOLDERS = ("neo4j-csv", "cypher")


@click.command()
@click.argument("form", metavar="FORMAT", type=click.Choice(FORMATS))
@click.option("--out", metavar="PATH", help="The file to write, `-` for stdout; or the folder.")
@click.option("--gzip", is_flag=True, help="Compress.")
@click.option("--force", is_flag=True, help="Replace the file or folder if it exists.")
@click.option(
    "--mapping",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Another mapping to labels, keys and relationship types (neo4j-csv, cypher, neo4j).",
)
@click.option("--uri", metavar="URI", help="neo4j: the database, such as bolt://127.0.0.1:7687.")
@click.option("--user", metavar="NAME", default="neo4j", show_default=True, help="neo4j: the user.")
@click.option("--database", metavar="NAME", help="neo4j: its database, where it is not the first.")
@store_option
def export(
    form: str,
    out: str | None,
    gzip: bool,
    force: bool,
    mapping: Path | None,
    uri: str | None,
    user: str,
    database: str | None,
    store: Path,
) -> None:
    r"""Write the graph as FORMAT.

    \b
    turtle, ntriples, nquads  one file
    neo4j-csv                 a folder for `neo4j-admin database import full`
    cypher                    a folder of Cypher scripts, with CSV for LOAD CSV
    neo4j                     into a running database over Bolt; the password is
                              asked for, or taken from NEO4J_PASSWORD
    """
    if form == "neo4j":
        if uri is None:
            raise click.UsageError("neo4j needs --uri, such as --uri bolt://127.0.0.1:7687")
        _push(store, mapping, uri, user, database)
        return
    if out is None:
        raise click.UsageError(f"{form} needs --out PATH")
    if form in FOLDERS:
        if out == "-":
            raise click.UsageError(f"{form} writes a folder, which cannot be `-`")
        _folder(form, store, mapping, Path(out), gzip=gzip, force=force)
        return
    from kg.export import export as write_file
    from kg.export import write
    from kg.store import open_read_only

    graph = open_read_only(store)[0]
    if out == "-":
        write(graph, form, sys.stdout.buffer, gzip=gzip)
    else:
        write_file(graph, form, Path(out), gzip=gzip, force=force)


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
