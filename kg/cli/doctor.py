"""`kg doctor`: what is wrong with a store, and what to do."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import show
from kg.cli.options import format_option, store_option


@click.command()
@store_option
@click.option("--thorough", is_flag=True, help="Also read every triple and every kept trial.")
@format_option("text", "json", piped="text")
@click.pass_context
def doctor(ctx: click.Context, store: Path, thorough: bool, form: str) -> None:
    """Say what is wrong with a store, and what to do.

    Nothing is changed. Exit code 0 where nothing is wrong, 1 where something is.
    """
    from kg.doctor import examine

    health = examine(store, thorough=thorough)
    if form == "json":
        show.json(health)
    else:
        for finding in health.findings:
            click.echo(f"{finding.severity}: {finding.message}\n  {finding.advice}")
        if health.healthy:
            click.echo(f"{store}: healthy")
    ctx.exit(0 if health.healthy else 1)
