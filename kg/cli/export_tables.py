"""`kg export kgx`, `parquet` and `sssom`: the graph as tables."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Final

import click

from kg.cli import show
from kg.cli.export_neo4j import mapping_option
from kg.cli.options import folder_option, force_option, out_option, store_option

Write = Callable[..., Counter[str]]


@click.command()
@folder_option
@force_option
@mapping_option
@store_option
def kgx(out: Path, force: bool, mapping: Path | None, store: Path) -> None:
    """Write KGX nodes and edges, TSV and JSON Lines, in the words of the Biolink model."""
    from kg.export.kgx import export_kgx

    _write(export_kgx, store, mapping, out, force)


@click.command()
@folder_option
@force_option
@mapping_option
@store_option
def parquet(out: Path, force: bool, mapping: Path | None, store: Path) -> None:
    """Write Parquet tables, one for each class and each relationship (needs trialkg[parquet])."""
    from kg.export.parquet import export_parquet

    _write(export_parquet, store, mapping, out, force)


@click.command()
@out_option
@force_option
@store_option
def sssom(out: str, force: bool, store: Path) -> None:
    """Write the names, targets and conditions as SSSOM mappings, accepted and refused."""
    from kg.export import whole_file
    from kg.export.sssom import write_sssom
    from kg.graph import Graph

    graph = Graph(store)
    base = graph.report().base_iri
    if out == "-":
        count = write_sssom(graph.store, sys.stdout.buffer, base=base)
    else:
        with whole_file(Path(out), force=force) as file:
            count = write_sssom(graph.store, file, base=base)
    show.say(show.many(count, "mapping"))


def _write(write: Write, store: Path, mapping: Path | None, out: Path, force: bool) -> None:
    from kg.export.neo4j.mapping import mapping as read_mapping
    from kg.store import open_read_only

    left_out = write(open_read_only(store)[0], read_mapping(mapping), out, force=force)
    for what, count in sorted(left_out.items()):
        show.say(f"left out: {count:,} of {what}: the mapping has no place for them")
    show.say(f"{out}: see {out / 'README.md'}")


TABLES: Final = (kgx, parquet, sssom)
"""The commands."""
