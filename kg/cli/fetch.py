"""`kg fetch`: downloads records from the registry's API."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kg.records.download import Fetched

Progress = Callable[[int, int | None], None]
Say = Callable[[str], None]


@click.command()
@click.argument("ids", metavar="[NCT]...", nargs=-1)
@click.option("--condition", metavar="TEXT", help="Studies of a condition.")
@click.option("--intervention", metavar="TEXT", help="Studies of a drug, device or procedure.")
@click.option("--term", metavar="TEXT", help="Studies with these words anywhere.")
@click.option("--sponsor", metavar="TEXT", help="Studies of a sponsor or collaborator.")
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Studies whose last update was posted on this date (YYYY-MM-DD) or later.",
)
@click.option("--all", "everything", is_flag=True, help="The whole registry.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("trials.jsonl.gz"),
    show_default=True,
    help="The file to write: gzip of JSON Lines, one study a line.",
)
@click.option(
    "--force", is_flag=True, help="Replace the file, and drop another fetch of it that was cut."
)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most N studies.")
@click.option(
    "--base-url",
    envvar="KG_API",
    show_envvar=True,
    metavar="URL",
    help="A mirror of the registry's API v2.",
)
def fetch(
    ids: tuple[str, ...],
    condition: str | None,
    intervention: str | None,
    term: str | None,
    sponsor: str | None,
    since: datetime | None,
    everything: bool,
    out: Path,
    force: bool,
    limit: int | None,
    base_url: str | None,
) -> None:
    """Download studies from ClinicalTrials.gov: by NCT id, by words, by date, or all.

    Options given together must all hold. A fetch that was cut goes on where it stopped when the
    same command is given again.
    """
    words = [condition, intervention, term, sponsor, since]
    if sum(map(bool, (ids, any(words), everything))) != 1:
        raise click.UsageError("Give NCT ids, or words and dates to search by, or --all.")

    from kg.records.api import BASE_URL, Api
    from kg.records.asked import Asked, nct_ids
    from kg.records.download import fetch as fetch_studies

    asked = Asked(
        ids=nct_ids(ids),
        condition=condition,
        intervention=intervention,
        term=term,
        sponsor=sponsor,
        since=since.date().isoformat() if since else None,
        limit=limit,
    )
    with _shown() as (progress, say), Api(base_url or BASE_URL, say=say) as api:
        fetched = fetch_studies(api, asked, out, force=force, progress=progress, say=say)
    _report(fetched, limit)


def _report(fetched: Fetched, limit: int | None) -> None:
    """Say what came, and everything that did not."""
    from kg.errors import NotFoundError

    of = f" of the registry's data of {fetched.data_timestamp}" if fetched.data_timestamp else ""
    studies = "study" if fetched.studies == 1 else "studies"
    click.echo(f"{fetched.out}: {fetched.studies:,} {studies}{of}", err=True)
    if fetched.repeated:
        click.echo(f"came again on a later page and left out: {fetched.repeated:,}", err=True)
    came = fetched.studies + fetched.repeated
    if limit is None and fetched.total is not None and fetched.total != came:
        click.echo(f"the registry counted {fetched.total:,} studies, {came:,} came", err=True)
    if fetched.data_changed:
        click.echo(
            "the registry published new data meanwhile: fetch again --since the date above"
            " for what changed",
            err=True,
        )
    if fetched.missing:
        raise NotFoundError(f"the registry has no study {', '.join(fetched.missing)}")


@contextmanager
def _shown() -> Iterator[tuple[Progress, Say]]:
    """A progress bar on a terminal's stderr; elsewhere the messages alone."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    console = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
    with Progress(
        "fetching studies",
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    ) as bar:
        task = bar.add_task("fetch", total=None)
        yield (
            lambda done, total: bar.update(task, completed=done, total=total),
            lambda text: console.print(text),
        )
