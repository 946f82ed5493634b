"""`kg validate`: the SHACL report."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import format_option, store_option

VIOLATIONS_FOUND = 3


@click.command()
@store_option
@format_option("text", "json", "turtle", piped="text")
def validate(store: Path, form: str) -> None:
    """Check the graph against the SHACL shapes; exits 3 where it finds violations.

    A warning says that the registry's record is incomplete or contradicts itself; a violation says
    that the graph is wrong.
    """
    from kg.graph import Graph
    from kg.validate import report_json, report_text, report_turtle

    report = Graph(store).validate()
    if form == "json":
        click.echo(report_json(report))
    elif form == "turtle":
        click.echo(report_turtle(report), nl=False)
    else:
        click.echo(report_text(report), nl=False)
    if not report.conforms:
        raise click.exceptions.Exit(VIOLATIONS_FOUND)
