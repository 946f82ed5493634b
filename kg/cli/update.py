"""`kg update` and `kg changes`: new records into a graph, and what they changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import show
from kg.cli.options import format_option, store_option

if TYPE_CHECKING:
    from kg.history import Entry
    from kg.pipeline import UpdateReport

MOST_SHOWN = 10
"""Rejected records named on the terminal; `build.json` names them all."""


@click.command()
@click.argument("sources", metavar="[SOURCE…]", nargs=-1)
@store_option
@click.option(
    "--remove",
    "unwanted",
    metavar="NCT…|FILE",
    multiple=True,
    help="A trial to forget, by NCT id, or a file of such ids, one a line; may be given several "
    "times. What SOURCE says of it is read afterwards.",
)
@click.option("--no-check", is_flag=True, help="Do not judge what changed by the shapes.")
@format_option("table", "json", piped="table")
def update(
    sources: tuple[str, ...], store: Path, unwanted: tuple[str, ...], no_check: bool, form: str
) -> None:
    """Bring new and changed records into a graph, and forget trials.

    SOURCE is as for `kg build`. The graph becomes what a build of all records would make, older
    versions among them; records that were read before are skipped. A trial that is removed goes
    with all its records, as if they had never been given. `kg changes` tells later what became of
    which trial.
    """
    if not sources and not unwanted:
        raise click.UsageError("Give records to read, or trials to --remove.")

    from kg.pipeline import update as update_store
    from kg.records.asked import nct_ids_in

    remove = [nct_id for given in unwanted for nct_id in nct_ids_in(given)]
    with show.progress() as progress:
        report = update_store(sources, store, remove=remove, check=not no_check, progress=progress)
    if form == "json":
        show.json(report)
    else:
        _print(report, store)


@click.command()
@store_option
@click.option("--since", metavar="DATE", help="Only updates from then on: 2026-11-26, or a time.")
@click.option("--trial", "trials", metavar="NCT…", multiple=True, help="Only this trial.")
@format_option("table", "json", "csv", "tsv", piped="csv")
def changes(store: Path, since: str | None, trials: tuple[str, ...], form: str) -> None:
    """Tell what updates changed: trials added, changed and removed, field by field."""
    from kg import history
    from kg.store import current

    build = current(store)
    entries = history.since(build, since) if since else history.entries(build)[1:]
    found = [_only(entry, {trial.upper() for trial in trials}) for entry in entries]
    if form == "json":
        show.json(found)
        return
    header = ("made", "nct_id", "change", "version", "field", "before", "after")
    lines = [line for entry in found for line in _lines(entry)]
    show.rows(header, lines, form)
    if form == "table" and not lines:
        show.say("nothing changed")


def _only(entry: Entry, trials: set[str]) -> Entry:
    import msgspec

    kept = tuple(one for one in entry.trials if not trials or one.nct_id in trials)
    return msgspec.structs.replace(entry, trials=kept)


def _lines(entry: Entry) -> list[tuple[object, ...]]:
    lines: list[tuple[object, ...]] = []
    for one in entry.trials:
        start = (entry.made, one.nct_id, one.kind, one.version_after or one.version_before)
        for field in one.fields:
            before, after = "; ".join(field.before), "; ".join(field.after)
            lines.append((*start, field.field, before, after))
        if not one.fields:
            lines.append((*start, "", "", ""))
    return lines


def _print(report: UpdateReport, store: Path) -> None:
    click.echo(
        f"{store}: {report.added:,} trials added, {report.changed:,} changed, "
        f"{report.removed:,} removed in {sum(report.seconds.values()):.1f} s"
    )
    fresh = report.records_read - report.unchanged - len(report.rejected)
    click.echo(
        f"{show.many(report.records_read, 'record')} read = {fresh:,} new "
        f"+ {report.unchanged:,} known before + {len(report.rejected):,} rejected"
    )
    click.echo(
        f"{show.many(report.triples_added, 'triple')} came, {report.triples_removed:,} went, "
        f"{report.triples:,} in all; "
        f"{show.many(report.mapped_again, 'other trial')} looked at because words changed meaning"
    )
    if report.conforms is not None:
        told = "conforms" if report.conforms else show.many(report.violations, "violation")
        click.echo(f"SHACL, what changed: {told}")
    for nct_id in report.absent:
        show.say(f"{nct_id} was to be removed and is not in the graph")
    for rejection in report.rejected[:MOST_SHOWN]:
        show.say(f"rejected {rejection.source}: {rejection.reason}")
    if len(report.rejected) > MOST_SHOWN:
        show.say(f"… and {len(report.rejected) - MOST_SHOWN:,} more rejected")
