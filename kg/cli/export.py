"""`kg export`: the graph in the formats other programs read."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli.options import store_option

FORMATS = ("turtle", "ntriples", "nquads")


@click.command()
@click.argument("form", metavar="FORMAT", type=click.Choice(FORMATS))
@click.option("--out", metavar="PATH", required=True, help="The file to write, `-` for stdout.")
@click.option("--gzip", is_flag=True, help="Compress.")
@click.option("--force", is_flag=True, help="Replace the file if it exists.")
@store_option
def export(form: str, out: str, gzip: bool, force: bool, store: Path) -> None:
    """Write the graph as turtle, ntriples or nquads."""
    from kg.export import export as write_file
    from kg.export import write
    from kg.store import open_read_only

    graph = open_read_only(store)[0]
    if out == "-":
        write(graph, form, sys.stdout.buffer, gzip=gzip)
    else:
        write_file(graph, form, Path(out), gzip=gzip, force=force)
