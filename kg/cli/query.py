"""`kg query`: SPARQL from the catalogue, a file or standard input."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import show
from kg.cli.options import format_option, store_option

if TYPE_CHECKING:
    from kg.query.catalogue import Query
    from kg.query.engines import Engine


@click.command()
@click.argument("what", metavar="[NAME|FILE|-]", required=False)
@click.option(
    "-p", "--parameter", "parameters", metavar="NAME=VALUE", multiple=True, help="Give a value."
)
@click.option("--list", "listed", is_flag=True, help="Show the catalogue.")
@click.option("--prepare", is_flag=True, help="Answer and keep all whole-graph questions.")
@click.option(
    "--engine",
    type=click.Choice(("auto", "graph", "columns")),
    default="auto",
    help="What answers: the graph itself, its columns, or what suits the question.",
)
@click.option("--timeout", type=click.FloatRange(min=0.0, min_open=True), metavar="SECONDS")
@store_option
@format_option("table", "json", "csv", "tsv", piped="csv")
def query(
    what: str | None,
    parameters: tuple[str, ...],
    listed: bool,
    prepare: bool,
    engine: Engine,
    timeout: float | None,
    store: Path,
    form: str,
) -> None:
    """Ask the graph: a query of the catalogue by NAME, a FILE of SPARQL, or `-`.

    CONSTRUCT and DESCRIBE print Turtle. With --timeout the query is stopped after that long.
    A catalogue query without parameters reads the whole graph: it is answered once for a build
    and the answer kept; --engine graph asks again, and --prepare asks them all, as after an update.
    With --engine columns a question takes longer the first time that it or another names a
    property: its tables are made then.
    """
    if listed:
        _list(form)
        return
    if prepare:
        from kg.query.engines import prepare as prepare_all

        click.echo(f"{prepare_all(store, timeout)} answers are kept in {store}", err=True)
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
    engine: Engine,
    timeout: float | None,
    form: str,
) -> None:
    from pyoxigraph import QueryBoolean, QuerySolutions

    from kg.query.engines import ask
    from kg.query.results import rows, table, turtle

    answer = ask(store, asked, values, engine, timeout)
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
