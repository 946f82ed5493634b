"""`kg export graphml` and `gexf`: the graph, or what lies around one thing, as a network."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import click

from kg.cli import show
from kg.cli.options import force_option, out_option, store_option


def _command(form: str, programs: str) -> click.Command:
    @click.command(form, help=_HELP.format(form=form, programs=programs))
    @out_option
    @force_option
    @click.option("--view", metavar="VIEW", default="trial-drug-target", help="Which network.")
    @click.option("--around", metavar="NCT|NAME", help="Only what lies near this.")
    @click.option(
        "--hops", type=click.IntRange(min=1), default=2, show_default=True, help="How near."
    )
    @store_option
    def network(
        out: str, force: bool, view: str, around: str | None, hops: int, store: Path
    ) -> None:
        _write(form, out, force, view, around, hops, store)

    return network


_HELP = """Write a network of the graph as {form}, for {programs}.

A network is a view, trial-drug-target unless --view says trials, drugs, sponsors, sites or
links (see docs/explore.md); whole, or what lies --around a trial, drug, target or sponsor.
"""

NETWORKS: Final = (
    _command("graphml", "Cytoscape, yEd and igraph"),
    _command("gexf", "Gephi"),
)
"""The commands."""


def _write(
    form: str, out: str, force: bool, view: str, around: str | None, hops: int, store: Path
) -> None:
    from kg.export import whole_file
    from kg.export.networks import NETWORK_FORMATS
    from kg.graph import Graph

    network = Graph(store).to_networkx(view, around=around, hops=hops)
    for words in network.graph["left_out"]:
        show.say(f"left out: {words}")
    if out == "-":
        NETWORK_FORMATS[form](network, sys.stdout.buffer)
    else:
        with whole_file(Path(out), force=force) as file:
            NETWORK_FORMATS[form](network, file)
    nodes, edges = network.number_of_nodes(), network.number_of_edges()
    show.say(f"{show.many(nodes, 'node')}, {show.many(edges, 'edge')}")
