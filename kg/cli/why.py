"""`kg why`: what joins or parts two names of drugs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import show
from kg.cli.cards import because
from kg.cli.options import format_option, store_option

if TYPE_CHECKING:
    from kg.cards.drug import NameCard
    from kg.cards.why import NamedBy, WhyCard

_ANSWERS = {True: "one drug", False: "two drugs", None: "not both names of one known drug"}


@click.command()
@click.argument("one")
@click.argument("other")
@store_option
@format_option("table", "json", piped="json")
def why(one: str, other: str, store: Path, form: str) -> None:
    """Say why ONE and OTHER are, or are not, names of one drug, with all evidence."""
    from kg.graph import Graph

    card = Graph(store).why(one, other)
    if form == "json":
        show.json(card)
    else:
        for line in why_lines(card):
            click.echo(line)


def why_lines(card: WhyCard) -> list[str]:
    """The answer as lines of text."""
    lines = [f"{card.one.name} and {card.other.name}: {_ANSWERS[card.same]}"]
    lines += [*_named(card.one), *_named(card.other)]
    for name in card.refused:
        lines.append(f"  refused {name.name}: {name.reason}")
        lines += _reasons(name)
    return lines


def _named(name: NamedBy) -> list[str]:
    if name.problem:
        return [f"  {name.problem}"]
    lines = [f"  {name.name} is {name.drug} <{name.iri}>"]
    return lines + (_reasons(name.found) if name.found else [])


def _reasons(name: NameCard) -> list[str]:
    return [f"    {because(evidence)}" for evidence in name.evidence]
