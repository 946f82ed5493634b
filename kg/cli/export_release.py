"""`kg export release`, `void` and `schema-org`: the graph for those who look for data."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

import click

from kg.cli import show
from kg.cli.options import folder_option, force_option, out_option, store_option


@click.command()
@folder_option
@force_option
@store_option
def release(out: Path, force: bool, store: Path) -> None:
    """Write a release: every form of the graph, counts, checksums, licences, descriptions."""
    from kg.export.release import export_release
    from kg.graph import Graph

    graph = Graph(store)
    base = graph.report().base_iri
    version = export_release(graph.store, out, base=base, force=force, tell=show.say)
    show.say(f"{out}: version {version}, see {out / 'README.md'}")


@click.command()
@out_option
@force_option
@store_option
def void(out: str, force: bool, store: Path) -> None:
    """Write what the graph holds as VoID and DCAT, Turtle."""
    from kg.export.described import counted, write_void

    _write(store, out, force, lambda graph, file: write_void(counted(graph), file))


@click.command("schema-org")
@out_option
@force_option
@store_option
def schema_org(out: str, force: bool, store: Path) -> None:
    """Write each trial as a schema.org MedicalTrial, JSON-LD, one on a line."""
    from kg.export.schema_org import write_schema_org

    _write(store, out, force, write_schema_org)


def _write(store: Path, out: str, force: bool, write: Callable[..., object]) -> None:
    from kg.store import open_read_only

    graph = open_read_only(store)[0]
    with _opened(out, force) as file:
        write(graph, file)


@contextmanager
def _opened(out: str, force: bool) -> Iterator[IO[bytes]]:
    from kg.export import whole_file

    if out == "-":
        yield sys.stdout.buffer
    else:
        with whole_file(Path(out), force=force) as file:
            yield file


RELEASE: Final = (release, void, schema_org)
"""The commands."""
