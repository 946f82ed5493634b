"""`kg export`: the graph in the formats other programs read."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli import show
from kg.cli.options import store_option

FORMATS = ("turtle", "ntriples", "nquads")
NETWORKS = ("graphml", "gexf")


@click.command()
@click.argument("form", metavar="FORMAT", type=click.Choice(FORMATS + NETWORKS))
@click.option("--out", metavar="PATH", required=True, help="The file to write, `-` for stdout.")
@click.option("--gzip", is_flag=True, help="Compress.")
@click.option("--force", is_flag=True, help="Replace the file if it exists.")
@click.option("--view", metavar="VIEW", help="Which network (see docs/explore.md).")
@click.option("--around", metavar="NCT|NAME", help="Only what lies near this.")
@click.option("--hops", type=click.IntRange(min=1), help="How near: 2 steps unless given.")
@store_option
def export(
    form: str,
    out: str,
    gzip: bool,
    force: bool,
    view: str | None,
    around: str | None,
    hops: int | None,
    store: Path,
) -> None:
    """Write the graph as turtle, ntriples or nquads, or a network of it as graphml or gexf.

    A network is a view, trial-drug-target unless --view says trials, drugs, sponsors, sites or
    links; whole, or what lies --around a trial, drug, target or sponsor.
    """
    if form in NETWORKS:
        if gzip:
            raise click.UsageError("--gzip is for turtle, ntriples and nquads.")
        _network(form, out, force, view or "trial-drug-target", around, hops or 2, store)
        return
    if view or around or hops:
        raise click.UsageError("--view, --around and --hops are for graphml and gexf.")
    from kg.export import export as write_file
    from kg.export import write
    from kg.store import open_read_only

    graph = open_read_only(store)[0]
    if out == "-":
        write(graph, form, sys.stdout.buffer, gzip=gzip)
    else:
        write_file(graph, form, Path(out), gzip=gzip, force=force)


def _network(
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
