"""`kg path`: how two things are connected."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import show
from kg.cli.options import format_option, store_option

if TYPE_CHECKING:
    from kg.explore.paths import Paths


@click.command()
@click.argument("a")
@click.argument("b")
@click.option(
    "-k", "most", type=click.IntRange(1, 100), default=3, show_default=True, help="How many paths."
)
@store_option
@format_option("table", "json", piped="json")
def path(a: str, b: str, most: int, store: Path, form: str) -> None:
    """Show how A and B are connected: NCT ids, or names of drugs, targets or sponsors.

    Paths through what few others are linked to come first.
    """
    from kg.graph import Graph

    found = Graph(store).paths(a, b, most)
    if form == "json":
        show.json(found)
    else:
        for line in lines(found, a, b):
            click.echo(line)


def lines(found: Paths, a: str, b: str) -> list[str]:
    """The paths as text: each with its cost, then a line for each step."""
    if found.paths and not found.paths[0].steps:
        start = found.paths[0].start
        return [f"{a} and {b} are the same {start.kind}: {start.label} <{start.iri}>"]
    told = [] if found.paths else [f"no path from {a} to {b}"]
    for number, one in enumerate(found.paths, start=1):
        told.append(f"{number}. {one.start.label}  (cost {one.cost:g})")
        for step in one.steps:
            node = step.node
            rarity = f", {show.many(node.links, 'link')}" if step is not one.steps[-1] else ""
            told.append(f"   {step.relation} {node.label}  ({node.kind}{rarity})")
    told.extend(f"not followed, too many links: {hub}" for hub in found.common_hubs)
    if not found.complete:
        told.append("the search was cut short: a closer path may be missing")
    return told
