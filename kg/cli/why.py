"""`kg why`: what joins or parts two names of drugs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import show
from kg.cli.cards import because
from kg.cli.options import format_option, store_option

if TYPE_CHECKING:
    from kg.cards.chain import Step
    from kg.cards.why import NamedBy, WhyCard

_ANSWERS = {True: "one drug", False: "two drugs", None: "not both names of one known drug"}


@click.command()
@click.argument("one")
@click.argument("other")
@store_option
@format_option("table", "json", piped="json")
def why(one: str, other: str, store: Path, form: str) -> None:
    """Say why ONE and OTHER are, or are not, names of one drug, step by step."""
    from kg.graph import Graph

    card = Graph(store).why(one, other)
    if form == "json":
        show.json(card)
    else:
        for line in why_lines(card):
            click.echo(line)


def why_lines(card: WhyCard) -> list[str]:
    """The answer as lines of text, one for each step."""
    lines = [f"{card.one.name} and {card.other.name}: {_ANSWERS[card.same]}"]
    lines += [_named(card.one), _named(card.other)]
    if card.same:
        return lines + (_without_chain(card) if card.steps is None else _steps(card.steps))
    lines += [f"  refused: {told(step)}: {step.reason}" for step in card.refused]
    if not card.refused and not (card.one.candidates or card.other.candidates):
        lines.append("  no record and no vocabulary puts them together")
    return lines


def _named(name: NamedBy) -> str:
    return f"  {name.problem}" if name.problem else f"  {name.name} is {name.drug} <{name.iri}>"


def _without_chain(card: WhyCard) -> list[str]:
    """What is known of each name alone."""
    lines = ["  the store keeps no chain of claims between them"]
    for name in (card.one.found, card.other.found):
        if name:
            lines += [f"  {name.name}: {because(evidence)}" for evidence in name.evidence]
    return lines


def _steps(steps: list[Step]) -> list[str]:
    if not steps:
        return ["  they differ in nothing but case, spaces and punctuation"]
    return [f"  {at}. {told(step)}" for at, step in enumerate(steps, 1)]


def told(step: Step) -> str:
    """One step as a line of text."""
    sure = "" if step.confidence is None else f", confidence {step.confidence:g}"
    if step.entries:
        base = "".join(f", counted as {_entry(entry)}" for entry in step.entries[1:])
        said = f"both are names of {_entry(step.entries[0])}{base}"
        return f"{step.name} → {step.other}: {said} ({step.source}, {step.rule}{sure})"
    where = f" {step.field}" if step.field else ""
    records = f" of {', '.join(step.records)}" if step.records else ""
    text = f": {step.text}" if step.text else ""
    return f"{step.name} → {step.other}: {step.source}{where}{records} ({step.rule}{sure}){text}"


def _entry(entry: str) -> str:
    return f"the entry {entry[5:]!r}" if entry.startswith("name:") else f"UNII {entry}"
