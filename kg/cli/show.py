"""Printing: JSON, rows, and progress."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import RenderableType

    from kg.model.coverage import Reached
    from kg.model.drug import Coverage
    from kg.pipeline import Progress


def json(value: object) -> None:
    """Print a value as indented JSON."""
    import msgspec

    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())


def rich(*parts: RenderableType) -> None:
    """Print tables and text for a terminal; as wide as the text needs where it is piped."""
    from rich.console import Console

    console = Console(highlight=False, markup=False, soft_wrap=True)
    if not console.is_terminal:
        console = Console(highlight=False, markup=False, width=120)
    for part in parts:
        console.print(part)


def rows(header: Sequence[str], lines: Sequence[Sequence[object]], form: str) -> None:
    """Print rows as a table, CSV or TSV."""
    if form == "table":
        from kg.query.grid import Grid

        rich(Grid(header, [["" if cell is None else str(cell) for cell in line] for line in lines]))
        return
    text = io.StringIO()
    writer = csv.writer(text, dialect="excel" if form == "csv" else "excel-tab")
    writer.writerow(header)
    writer.writerows(lines)
    click.echo(text.getvalue(), nl=False)


@contextmanager
def progress() -> Iterator[Progress]:
    """A bar for each stage of a build on a terminal's stderr, nothing elsewhere."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskID, TaskProgressColumn, TimeRemainingColumn

    console = Console(stderr=True)
    tasks: dict[str, TaskID] = {}
    with Progress(
        "{task.description:>8}",
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    ) as bar:

        def tell(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total or None)
            bar.update(tasks[stage], completed=done, total=total or None)

        yield tell


@contextmanager
def bytes_progress() -> Iterator[Callable[[str], Callable[[int, int | None], None]]]:
    """A bar for each file that is downloaded on a terminal's stderr, nothing elsewhere."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TransferSpeedColumn

    console = Console(stderr=True)
    with Progress(
        "{task.description}",
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    ) as bar:

        def of(file: str) -> Callable[[int, int | None], None]:
            task = bar.add_task(file, total=None)
            return lambda done, total: bar.update(task, completed=done, total=total)

        yield of


def many(count: int, one: str, several: str | None = None) -> str:
    """A count with its noun.

    >>> many(1, "trial"), many(1200, "trial"), many(2, "study", "studies")
    ('1 trial', '1,200 trials', '2 studies')
    """
    return f"{count:,} {one if count == 1 else several or one + 's'}"


_UNDERSTOOD = {
    "targets": "drugs have a target",
    "conditions": "stated conditions are mapped, by their words or the record's MeSH",
    "sites": "places are told apart",
    "cities": "cities are known",
    "countries": "countries are known",
    "sponsors": "mentions of sponsors are in a register",
}


def reached(drugs: Coverage, others: Mapping[str, Reached]) -> list[str]:
    """How far a build understood its records, a line for each kind of thing."""
    lines = [f"{drugs.resolved_share:.1%} of interventions that are drugs reach one"]
    for kind, words in _UNDERSTOOD.items():
        if found := others.get(kind):
            lines.append(f"{found.share:.1%} of {found.total:,} {words}")
    return lines


Say = Callable[[str], None]


def say(text: str) -> None:
    """Tell the user something on standard error."""
    click.echo(text, err=True)
