"""`kg query`: SPARQL from the catalogue, a file or standard input."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import show
from kg.cli.options import format_option, store_option

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Triple

    from kg.query.catalogue import Query


@click.command()
@click.argument("what", metavar="[NAME|FILE|-]", required=False)
@click.option(
    "-p", "--parameter", "parameters", metavar="NAME=VALUE", multiple=True, help="Give a value."
)
@click.option("--list", "listed", is_flag=True, help="Show the catalogue.")
@click.option(
    "--engine",
    type=click.Choice(("graph", "columns")),
    default="graph",
    help="What answers: the graph itself, or its columns, for questions that read much of it.",
)
@click.option("--timeout", type=click.FloatRange(min=0.0, min_open=True), metavar="SECONDS")
@store_option
@format_option("table", "json", "csv", "tsv", piped="csv")
def query(
    what: str | None,
    parameters: tuple[str, ...],
    listed: bool,
    engine: str,
    timeout: float | None,
    store: Path,
    form: str,
) -> None:
    """Ask the graph: a query of the catalogue by NAME, a FILE of SPARQL, or `-`.

    CONSTRUCT and DESCRIBE print Turtle. With --timeout the query is stopped after that long.
    With --engine columns the first question to a store takes longer: its tables are made then.
    """
    if listed:
        _list(form)
        return
    if what is None:
        raise click.UsageError("Give the name of a query, a file, or `-`; --list shows the names.")
    values = _values(parameters)
    asked = _find(what)
    _answer(asked, values, store, engine, timeout, form)


def _list(form: str) -> None:
    from kg.query.catalogue import catalogue, listing

    if form == "json":
        show.json(listing(catalogue()))
        return
    lines = [
        (
            one.family,
            one.name,
            one.summary,
            one.counts,
            " ".join(f"{parameter.name}={parameter.default}" for parameter in one.parameters),
        )
        for one in catalogue()
    ]
    show.rows(("family", "name", "summary", "counts", "parameters"), lines, form)


def _values(parameters: tuple[str, ...]) -> dict[str, str]:
    values = {}
    for given in parameters:
        name, equals, value = given.partition("=")
        if not equals or not name:
            raise click.UsageError(f"-p {given}: expected NAME=VALUE.")
        values[name] = value
    return values


def _find(what: str) -> Query:
    from kg.errors import QueryError
    from kg.query.catalogue import find, read

    path = Path(what)
    if what != "-" and not path.is_file():
        return find(what)
    try:
        content = sys.stdin.buffer.read() if what == "-" else path.read_bytes()
        return read(content.decode(), "standard input" if what == "-" else what)
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"{what}: cannot be read as UTF-8 text ({error})") from None


def _answer(
    asked: Query,
    values: dict[str, str],
    store: Path,
    engine: str,
    timeout: float | None,
    form: str,
) -> None:
    from pyoxigraph import QueryBoolean, QuerySolutions

    from kg.query.limit import run_with_timeout
    from kg.query.results import rows, table, turtle
    from kg.query.run import run
    from kg.store import graph_folder, open_read_only

    answer: QueryBoolean | QuerySolutions | Iterable[Triple]
    if engine == "columns":
        from kg.query.columns.answer import run_on_columns
        from kg.query.columns.tables import open_columns

        graph, build = open_read_only(store)
        answer = run_on_columns(open_columns(build, graph), graph, asked, values, timeout)
    elif timeout is None:
        answer = run(open_read_only(store)[0], asked, values)
    else:
        answer = run_with_timeout(graph_folder(store), asked, values, timeout)
    if isinstance(answer, QueryBoolean) and form == "table":
        click.echo("yes" if answer else "no")
    elif isinstance(answer, QuerySolutions) and form == "table":
        show.rich(table(answer))
    elif isinstance(answer, QueryBoolean | QuerySolutions):
        if form in ("csv", "tsv") and isinstance(answer, QueryBoolean):
            click.echo("true" if answer else "false")
        else:
            click.echo(rows(answer, form), nl=form == "json")  # type: ignore[arg-type]
    else:
        click.echo(turtle(answer), nl=False)
