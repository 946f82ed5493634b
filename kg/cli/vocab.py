"""`kg vocab`: the look-up tables inside the package."""

from __future__ import annotations

import click

from kg.cli import show
from kg.cli.options import format_option


@click.command()
@format_option("table", "json", piped="json")
def vocab(form: str) -> None:
    """List the vocabularies in use: what each holds, its edition, source and licence."""
    from kg.vocabularies import catalog

    if form == "json":
        show.json(list(catalog()))
        return
    for table in catalog():
        click.echo(f"{table.name:<20} {table.rows:>8,}  {table.title}")
        click.echo(f"{'':<20} {'':>8}  {table.source}, {table.edition}; {table.licence}")
