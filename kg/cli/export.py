"""`kg export`: the graph in the formats other programs read."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli import show
from kg.cli.options import store_option

FORMATS = ("turtle", "ntriples", "nquads")
NETWORKS = ("graphml", "gexf")
FOLDERS = ("neo4j-csv", "cypher")


@click.command()
@click.argument(
    "form", metavar="FORMAT", type=click.Choice((*FORMATS, *NETWORKS, *FOLDERS, "neo4j"))
)
@click.option("--out", metavar="PATH", help="The file to write, `-` for stdout; or the folder.")
@click.option("--gzip", is_flag=True, help="Compress.")
@click.option("--force", is_flag=True, help="Replace the file or folder if it exists.")
@click.option("--view", metavar="VIEW", help="graphml, gexf: which network (docs/explore.md).")
@click.option("--around", metavar="NCT|NAME", help="graphml, gexf: only what lies near this.")
@click.option("--hops", type=click.IntRange(min=1), help="How near: 2 steps unless given.")
@click.option(
    "--mapping",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Another mapping to labels, keys and relationship types (neo4j-csv, cypher, neo4j).",
)
@click.option("--uri", metavar="URI", help="neo4j: the database, such as bolt://127.0.0.1:7687.")
@click.option("--user", metavar="NAME", default="neo4j", show_default=True, help="neo4j: the user.")
@click.option("--database", metavar="NAME", help="neo4j: its database, where it is not the first.")
@store_option
def export(
    form: str,
    out: str | None,
    gzip: bool,
    force: bool,
    view: str | None,
    around: str | None,
    hops: int | None,
    mapping: Path | None,
    uri: str | None,
    user: str,
    database: str | None,
    store: Path,
) -> None:
    r"""Write the graph as FORMAT.

    \b
    turtle, ntriples, nquads  one file
    graphml, gexf             a network of it: --view trial-drug-target, trials,
                              drugs, sponsors, sites or links; whole, or what
                              lies --around a trial, drug, target or sponsor
    neo4j-csv                 a folder for `neo4j-admin database import full`
    cypher                    a folder of Cypher scripts, with CSV for LOAD CSV
    neo4j                     into a running database over Bolt; the password is
                              asked for, or taken from NEO4J_PASSWORD
    """
    if (view or around or hops) and form not in NETWORKS:
        raise click.UsageError("--view, --around and --hops are for graphml and gexf.")
    if gzip and form in (*NETWORKS, "neo4j"):
        raise click.UsageError(f"--gzip is not for {form}.")
    if form == "neo4j":
        from kg.cli.export_neo4j import push_graph

        if uri is None:
            raise click.UsageError("neo4j needs --uri, such as --uri bolt://127.0.0.1:7687")
        push_graph(store, mapping, uri, user, database)
        return
    if out is None:
        raise click.UsageError(f"{form} needs --out PATH")
    if form in FOLDERS:
        from kg.cli.export_neo4j import write_folder

        if out == "-":
            raise click.UsageError(f"{form} writes a folder, which cannot be `-`")
        write_folder(form, store, mapping, Path(out), gzip=gzip, force=force)
    elif form in NETWORKS:
        _network(form, out, force, view or "trial-drug-target", around, hops or 2, store)
    else:
        _file(form, out, store, gzip=gzip, force=force)


def _file(form: str, out: str, store: Path, *, gzip: bool, force: bool) -> None:
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
