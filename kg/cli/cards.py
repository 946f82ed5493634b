"""`kg trial`, `kg drug`, `kg target`, `kg sponsor`: one card each, with evidence."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import show
from kg.cli.options import format_option, store_option

if TYPE_CHECKING:
    from kg.cards.drug import DrugCard
    from kg.cards.evidence import EvidenceCard
    from kg.cards.sponsor import LinkCard, SponsorCard
    from kg.cards.target import TargetPage
    from kg.cards.trial import TrialCard


@click.command()
@click.argument("nct_id", metavar="NCT")
@store_option
@format_option("table", "json", piped="json")
def trial(nct_id: str, store: Path, form: str) -> None:
    """Show a trial: what it tests, where, and what its names were taken to mean."""
    from kg.graph import Graph

    card = Graph(store).trial(nct_id)
    if form == "json":
        show.json(card)
    else:
        _print_trial(card)


@click.command()
@click.argument("name")
@store_option
@format_option("table", "json", piped="json")
def drug(name: str, store: Path, form: str) -> None:
    """Show the drug that goes by NAME: every name and target with its evidence, and its trials."""
    from kg.graph import Graph

    card = Graph(store).drug(name)
    if form == "json":
        show.json(card)
    else:
        for line in drug_lines(card):
            click.echo(line)


@click.command()
@click.argument("name")
@store_option
@format_option("table", "json", piped="json")
def target(name: str, store: Path, form: str) -> None:
    """Show the target that goes by NAME (symbol, name or alias): its drugs and their trials."""
    from kg.graph import Graph

    card = Graph(store).target(name)
    if form == "json":
        show.json(card)
    else:
        _print_target(card)


@click.command()
@click.argument("name")
@store_option
@format_option("table", "json", piped="json")
def sponsor(name: str, store: Path, form: str) -> None:
    """Show the sponsor or collaborator that goes by NAME: its parents, trials and drugs."""
    from kg.graph import Graph

    card = Graph(store).sponsor(name)
    if form == "json":
        show.json(card)
    else:
        _print_sponsor(card)


def drug_lines(card: DrugCard, most_evidence: int = 2) -> list[str]:
    """A drug's card as lines of text."""
    head = f"{card.label} <{card.iri}>" + (f" UNII {card.unii}" if card.unii else "")
    lines = [head]
    for name in card.names:
        reason = f" because {name.reason}" if name.reason else ""
        lines.append(f"  {name.status} {name.kind}: {name.name}{reason}")
        lines.extend(f"    {because(evidence)}" for evidence in name.evidence[:most_evidence])
    for kind, found in (
        *(("target", found) for found in card.targets),
        *(("payload acts on", found) for found in card.payloads),
    ):
        qualifier = f" ({found.qualifier})" if found.qualifier else ""
        lines.append(f"  {kind} {found.symbol}{qualifier} <{found.iri}>")
        lines.extend(f"    {because(evidence)}" for evidence in found.evidence[:most_evidence])
    lines.append(f"  {show.many(len(card.trials), 'trial')}: {', '.join(card.trials)}")
    return lines


def because(evidence: EvidenceCard) -> str:
    """One reason as a line of text."""
    where = " ".join(filter(None, (evidence.record, evidence.field)))
    sure = "" if evidence.confidence is None else f", confidence {evidence.confidence:g}"
    text = f": {evidence.text}" if evidence.text else ""
    return f"{evidence.source} {where} ({evidence.rule}{sure}){text}"


def _print_target(card: TargetPage) -> None:
    protein = f" UniProt {card.uniprot}" if card.uniprot else ""
    kind = f" ({card.kind.replace('_', ' ')})" if card.kind else ""
    click.echo(f"{card.symbol} {card.name or ''}{kind} <{card.iri}>{protein}")
    if card.names:
        click.echo(f"  also {', '.join(card.names)}")
    for role, drugs in (("drug", card.drugs), ("payload of", card.payload_of)):
        for found in drugs:
            click.echo(f"  {role} {found.label}: {', '.join(found.trials)}")
            for evidence in found.evidence[:2]:
                click.echo(f"    {because(evidence)}")
    click.echo(f"  {show.many(len(card.trials), 'trial')}: {', '.join(card.trials)}")
    if card.required_by:
        required = ", ".join(card.required_by)
        click.echo(f"  required by {show.many(len(card.required_by), 'trial')}: {required}")


_LINKS = {"parent": "belongs to", "successor": "lives on in", "spin_off": "left"}


def _print_sponsor(card: SponsorCard) -> None:
    click.echo(f"{card.label} {', '.join(card.classes)} <{card.iri}>")
    if card.names:
        click.echo(f"  also {'; '.join(card.names)}")
    for link in card.links:
        click.echo(f"  {_LINKS[link.kind]} {link.label}{_when(link)}")
    for link in card.linked_from:
        click.echo(f"  {link.label} {_LINKS[link.kind]} it{_when(link)}")
    for drug in card.drugs:
        click.echo(f"  drug {drug.label}: {show.many(drug.trials, 'trial')}")
    click.echo(f"  leads {show.many(len(card.lead), 'trial')}: {', '.join(card.lead)}")
    click.echo(
        f"  collaborates in {show.many(len(card.collaborator), 'trial')}: "
        f"{', '.join(card.collaborator)}"
    )


def _when(link: LinkCard) -> str:
    since = f" since {link.since}" if link.since else ""
    until = f" until {link.until}" if link.until else ""
    return f"{since}{until} ({link.source})"


def _print_trial(card: TrialCard) -> None:
    click.echo(f"{card.nct_id} {card.title}")
    facts = {
        "status": " ".join(filter(None, (card.status, card.why_stopped))),
        "phase": ", ".join(card.phases),
        "type": card.study_type,
        "enrolment": card.enrollment,
        "start": card.start_date,
        "completion": card.completion_date,
        "last update": card.last_update_date,
        "conditions": ", ".join(card.conditions),
        "MeSH": ", ".join(card.condition_mesh),
        "drugs": ", ".join(use.label for use in card.drugs),
        "targets": ", ".join(card.targets),
        "requires": ", ".join(f"{one.symbol} ({one.qualifier})" for one in card.biomarkers),
        "sponsor": card.lead_sponsor,
        "collaborators": ", ".join(card.collaborators),
        "countries": ", ".join(card.countries),
        "sites": card.sites or None,
        "identifiers": ", ".join(card.identifiers),
        "publications": ", ".join(card.publications),
    }
    for name, value in facts.items():
        if value:
            click.echo(f"  {name:<14}{value}")
    for intervention in card.interventions:
        role = f" [{intervention.role.lower()}]" if intervention.role else ""
        means = ", ".join(use.label for use in intervention.drugs)
        meaning = f" = {means}" if means else ""
        click.echo(f"  intervention  {intervention.type}: {intervention.name}{role}{meaning}")
    if card.record:
        click.echo(
            f"  record        {card.record.source} ({card.record.format}, "
            f"version of {card.record.version_date or 'unknown date'})"
        )
