"""`kg validate`: the SHACL report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import format_option, store_option

if TYPE_CHECKING:
    from kg.validate import Engine, Judgement

VIOLATIONS_FOUND = 3


@click.command()
@store_option
@format_option("text", "json", "turtle", piped="text")
@click.option(
    "--engine",
    type=click.Choice(["auto", "pyshacl", "sparql"]),
    default="auto",
    show_default=True,
    help="pyshacl: the reference. sparql: the same report, much faster. auto: pyshacl for up to 50 "
    "trials, sparql above.",
)
@click.option(
    "--shapes",
    "files",
    type=click.Path(path_type=Path),
    multiple=True,
    help="Your own shapes (Turtle) in place of the project's; may be given several times.",
)
def validate(store: Path, form: str, engine: Engine, files: tuple[Path, ...]) -> None:
    """Check the graph against the SHACL shapes; exits 3 where it finds violations.

    A warning says that the registry's record is incomplete or contradicts itself; a violation says
    that the graph is wrong.
    """
    from kg.graph import Graph
    from kg.validate import judge, read_shapes, report_json, report_text, report_turtle

    shapes = read_shapes(files) if files else None
    judged = judge(Graph(store).store, shapes, engine=engine)
    report = judged.report
    click.echo(_who(judged), err=True)
    if form in ("json", "turtle"):
        for piece in report_json(report) if form == "json" else report_turtle(report):
            click.echo(piece, nl=False)
    else:
        click.echo(report_text(report), nl=False)
    if not report.conforms:
        raise click.exceptions.Exit(VIOLATIONS_FOUND)


def _who(judged: Judgement) -> str:
    lines = [f"Judged by the engine {judged.engine}."]
    lines += [
        f"{shape} was left to pyshacl: it uses {part}." for shape, part in judged.left.items()
    ]
    return "\n".join(lines)
