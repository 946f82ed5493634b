"""Options that several commands share."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])


class Decorator(Protocol):
    """Adds an option to a command."""

    def __call__(self, command: Command, /) -> Command:
        """The command with the option."""
        ...


store_option: Decorator = click.option(
    "--store",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("kg-store"),
    envvar="KG_STORE",
    show_envvar=True,
    show_default=True,
    help="The folder that holds the graph.",
)


def format_option(*formats: str, piped: str) -> Decorator:
    """`--format`; where it is not given, the first on a terminal and `piped` elsewhere."""

    def choose(ctx: click.Context, parameter: click.Parameter, value: str | None) -> str:
        return value or (formats[0] if sys.stdout.isatty() else piped)

    return click.option(
        "--format",
        "form",
        type=click.Choice(formats),
        callback=choose,
        help=f"How to print: {formats[0]} on a terminal, {piped} elsewhere, unless given.",
    )


out_option: Decorator = click.option(
    "--out", metavar="PATH", required=True, help="The file to write, `-` for stdout."
)


def _folder(ctx: click.Context, parameter: click.Parameter, value: Path) -> Path:
    if str(value) == "-":
        raise click.BadParameter("this writes a folder, which cannot be `-`")
    return value


folder_option: Decorator = click.option(
    "--out",
    metavar="DIR",
    required=True,
    type=click.Path(path_type=Path),
    callback=_folder,
    help="The folder to write.",
)
force_option: Decorator = click.option("--force", is_flag=True, help="Replace what exists.")
