"""`kg export sparql-update`: what updates changed, for a store that has the graph as it was."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import click

from kg.cli import show
from kg.cli.options import force_option, out_option, store_option


@click.command("sparql-update")
@out_option
@force_option
@click.option("--since", metavar="DATE", help="What updates from this date on changed.")
@click.option("--graph", metavar="IRI", help="The graph to change, where it is no default graph.")
@click.option("--gzip", is_flag=True, help="Compress.")
@click.option("--split", type=click.IntRange(min=1), metavar="N", help="Files of N triples.")
@store_option
def sparql_update(
    out: str,
    force: bool,
    since: str | None,
    graph: str | None,
    gzip: bool,
    split: int | None,
    store: Path,
) -> None:
    """Write what changed as SPARQL Update: DELETE DATA and INSERT DATA.

    Since a date, or since the graph was built. A store that had the graph then has it as it is now
    after taking them all; taking them twice does no harm. With --split, PATH is a folder of files
    that are sent one after another.
    """
    if split and out == "-":
        raise click.UsageError("--split writes a folder, which cannot be `-`.")
    write_changes(store, out, since, graph, gzip=gzip, split=split, force=force)


def write_changes(
    store: Path,
    out: str,
    since: str | None,
    graph: str | None = None,
    *,
    gzip: bool,
    split: int | None,
    force: bool,
) -> None:
    """Write the changes to a file, a folder or `-`, and say how many there are."""
    from kg.export import whole_file
    from kg.export.sparql_update import Update, write_update, write_update_parts
    from kg.store import current

    update = Update.of(current(store), since, graph)
    if split:
        files = write_update_parts(update, Path(out), split, gzip=gzip, force=force)
        show.say(f"{out}: {show.many(files, 'file')}, see {Path(out) / 'README.md'}")
    elif out == "-":
        write_update(update, sys.stdout.buffer, gzip=gzip)
    else:
        with whole_file(Path(out), force=force) as file:
            write_update(update, file, gzip=gzip)
    show.say(
        f"{show.many(update.updates, 'update')}: {show.many(update.removed, 'triple')} to delete, "
        f"{show.many(update.added, 'triple')} to insert"
    )


CHANGES: Final = (sparql_update,)
"""The commands."""
