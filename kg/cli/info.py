"""`kg info`: what is in the store."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import show
from kg.cli.options import format_option, store_option


@click.command()
@store_option
@format_option("table", "json", piped="json")
def info(store: Path, form: str) -> None:
    """Show what the store holds, where it came from, and which vocabularies were used."""
    from kg.graph import Graph

    found = Graph(store).info()
    if form == "json":
        show.json(found)
        return
    for name in ("trials", "drugs", "targets", "triples", "records_read", "superseded", "rejected"):
        click.echo(f"{name.replace('_', ' '):<14}{getattr(found, name):,}")
    click.echo(f"{'built':<14}{found.built}")
    for line in show.reached(found.coverage, found.reached):
        click.echo(f"{'understood':<14}{line}")
    for source in found.sources:
        click.echo(f"{'source':<14}{source}")
    for vocabulary in found.vocabularies:
        origin = "" if vocabulary.origin == "bundled" else f" ({vocabulary.origin})"
        click.echo(f"{'vocabulary':<14}{vocabulary.name} {vocabulary.edition}{origin}")
