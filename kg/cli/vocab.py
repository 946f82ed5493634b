"""`kg vocab`: the vocabularies in use, and how newer, bigger and own ones come into use."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import show
from kg.cli.options import format_option
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.vocabularies.described import Vocabulary
    from kg.vocabularies.kept import Group


@click.group(invoke_without_command=True)
@format_option("table", "json", piped="json")
@click.pass_context
def vocab(ctx: click.Context, form: str) -> None:
    """List the vocabularies in use: what each holds, its edition, source and licence.

    Those inside the package need no network. Fetched and added ones are used from the next build
    on; KG_VOCABULARIES names the folder that keeps them, or says `bundled` to use none of them.
    """
    if ctx.invoked_subcommand:
        return
    from kg.vocabularies import catalog

    if form == "json":
        show.json(list(catalog()))
        return
    for table in catalog():
        _print(table)


@vocab.command()
@click.argument("names", metavar="[NAME]…", nargs=-1)
@click.option(
    "--from",
    "places",
    metavar="PLACE",
    multiple=True,
    help="A file that was downloaded already, or a mirror's address; for one NAME.",
)
@click.option("--sha256", metavar="HEX", help="Refuse a download with another checksum.")
def fetch(names: tuple[str, ...], places: tuple[str, ...], sha256: str | None) -> None:
    """Download current and larger vocabularies: all, or those named.

    hgnc, unii, mesh, mondo, opentargets (needs trialkg[parquet]), ror, rxnorm. A download that was
    cut goes on where it stopped. What was in use stays in use where a download fails.
    """
    from kg.vocabularies.fetch import SOURCES
    from kg.vocabularies.fetch import fetch as fetch_one
    from kg.web import Web

    if (places or sha256) and len(names) != 1:
        raise click.UsageError("--from and --sha256 are for one NAME")
    failed = []
    with show.bytes_progress() as progress:
        for name in names or tuple(SOURCES):
            try:
                group = fetch_one(
                    name,
                    places=places,
                    checksum=f"sha256:{sha256}" if sha256 else None,
                    web=Web(say=show.say),
                    progress=progress,
                )
            except KgError as error:
                if len(names) == 1:
                    raise
                show.say(f"{name}: {error}")
                failed.append(name)
            else:
                _print_group(group)
    if failed:
        raise KgError(f"not fetched: {', '.join(failed)}; what was in use before stays in use")


@vocab.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--name", metavar="NAME", help="What to call it; the file's name otherwise.")
@click.option("--edition", metavar="TEXT", help="Its date or version; a checksum otherwise.")
def add(file: Path, name: str | None, edition: str | None) -> None:
    """Use a table of your own: names or targets of drugs, conditions, organisations.

    FILE is a TSV with the columns `drug name`, `drug target`, `condition mesh` or `organization
    name`, or an SSSOM table; see docs/vocabularies.md.
    """
    from kg.vocabularies.add import add as add_table

    added = add_table(file, name=name, edition=edition)
    _print_group(added.group)
    for reason, count in added.left_out.items():
        show.say(f"left out: {count:,} {reason}")


@vocab.command()
@click.argument("names", metavar="NAME…", nargs=-1, required=True)
def remove(names: tuple[str, ...]) -> None:
    """Use NAME no longer: what was fetched gives way to the bundle again."""
    from kg.vocabularies import kept

    for name in names:
        for table in kept.remove(name).tables:
            click.echo(f"removed {table.name} {table.edition}")


def _print_group(group: Group) -> None:
    for table in group.tables:
        _print(table)


def _print(table: Vocabulary) -> None:
    click.echo(f"{table.name:<20} {table.rows:>8,}  {table.title}")
    origin = "" if table.origin == "bundled" else f"{table.origin}; "
    click.echo(f"{'':<20} {'':>8}  {origin}{table.source}, {table.edition}; {table.licence}")
