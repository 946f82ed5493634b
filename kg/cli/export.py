"""`kg export FORMAT`: the graph in the formats other programs read, one command for each."""

from __future__ import annotations

import click

from kg.cli.export_changes import CHANGES
from kg.cli.export_neo4j import NEO4J
from kg.cli.export_networks import NETWORKS
from kg.cli.export_rdf import RDF
from kg.cli.export_release import RELEASE
from kg.cli.export_tables import TABLES


class _Formats(click.Group):
    """Formats in families, the most asked for first."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


@click.group(cls=_Formats, subcommand_metavar="FORMAT [ARGS]...")
def export() -> None:
    """Write the graph as FORMAT: RDF, tables, Neo4j, networks, or a release of all of them.

    Nothing is overwritten without --force. `kg export FORMAT --help` tells what each can do.
    """


for _command in (*RDF, *CHANGES, *NEO4J, *TABLES, *NETWORKS, *RELEASE):
    export.add_command(_command)
