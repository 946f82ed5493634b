"""`kg export turtle`, `jsonld` and the other RDF formats: the graph, or a part of it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kg.cli import show
from kg.cli.export_changes import write_changes
from kg.cli.options import force_option, out_option, store_option
from kg.cli.part import Part, part_options

if TYPE_CHECKING:
    from pyoxigraph import Store

_HELP = """Write the graph as {name}.

The whole of it, or what is known of some trials (--trial) and drugs (--drug, with the trials that
study them) and of what is --hops steps away; or what a CONSTRUCT query builds (--query). With
--split, PATH is a folder of parts with a manifest. With --since, SPARQL Update of what changed is
written instead, as `kg export sparql-update` does.
"""


def _command(form: str, name: str) -> click.Command:
    @click.command(form, help=_HELP.format(name=name), short_help=f"Write the graph as {name}.")
    @out_option
    @force_option
    @click.option("--gzip", is_flag=True, help="Compress.")
    @click.option(
        "--split", type=click.IntRange(min=1), metavar="N", help="Parts of about N triples."
    )
    @part_options
    @click.option("--since", metavar="DATE", help="SPARQL Update of what changed since, instead.")
    @store_option
    def rdf(
        out: str,
        force: bool,
        gzip: bool,
        split: int | None,
        part: Part,
        since: str | None,
        store: Path,
    ) -> None:
        if split and out == "-":
            raise click.UsageError("--split writes a folder, which cannot be `-`.")
        if since:
            if not part.whole:
                raise click.UsageError("--since is of the whole graph: it goes with no part of it.")
            write_changes(store, out, since, gzip=gzip, split=split, force=force)
            return
        _write(part.of(store), form, out, gzip=gzip, force=force, split=split)

    return rdf


def _write(
    graph: Store, form: str, out: str, *, gzip: bool, force: bool, split: int | None
) -> None:
    from kg.export import export, write
    from kg.export.parts import export_parts

    if split:
        count = export_parts(graph, form, Path(out), split, gzip=gzip, force=force)
        show.say(f"{out}: {show.many(count, 'part')}, see {Path(out) / 'manifest.json'}")
    elif out == "-":
        write(graph, form, sys.stdout.buffer, gzip=gzip)
    else:
        export(graph, form, Path(out), gzip=gzip, force=force)


RDF: Final = (
    _command("turtle", "Turtle, which people can read"),
    _command("ntriples", "N-Triples"),
    _command("nquads", "N-Quads"),
    _command("trig", "TriG"),
    _command("rdfxml", "RDF/XML"),
    _command("jsonld", "JSON-LD, compact, with its context"),
)
"""The commands."""
