"""A trial's card: what it is, what it tests and why we think so, and which record says it."""

from __future__ import annotations

import re

from msgspec import Struct
from pyoxigraph import Store

from kg.cards.node import Node, having
from kg.errors import NotFoundError
from kg.vocab import TKG

_NCT_ID = re.compile(r"NCT\d{8}")


class DrugUse(Struct, frozen=True):
    """A drug as an intervention of the trial means it."""

    iri: str
    label: str


class InterventionCard(Struct, frozen=True):
    """An intervention as registered, its role, and the drugs it means."""

    name: str
    type: str | None
    role: str | None
    other_names: list[str]
    drugs: list[DrugUse]


class GroundingCard(Struct, frozen=True):
    """What a name in the record was taken to mean, and why."""

    mention: str | None
    field: str | None
    drug: str | None
    rule: str | None
    confidence: float | None
    status: str
    reason: str | None


class BiomarkerCard(Struct, frozen=True):
    """A gene that participants must have at work or changed, and the words that say so."""

    iri: str
    symbol: str
    qualifier: str | None
    field: str | None
    sentence: str | None
    rule: str | None
    confidence: float | None


class RecordCard(Struct, frozen=True):
    """The record a trial was read from, or one it replaces."""

    source: str | None
    format: str | None
    version_date: str | None
    checksum: str | None


class TrialCard(Struct, frozen=True, kw_only=True):
    """Everything a reader wants to know of one trial at a glance."""

    iri: str
    nct_id: str
    title: str
    official_title: str | None
    acronym: str | None
    status: str | None
    why_stopped: str | None
    phases: list[str]
    study_type: str | None
    enrollment: int | None
    start_date: str | None
    primary_completion_date: str | None
    completion_date: str | None
    last_update_date: str | None
    has_results: bool | None
    summary: str | None
    conditions: list[str]
    condition_mesh: list[str]
    interventions: list[InterventionCard]
    drugs: list[DrugUse]
    targets: list[str]
    biomarkers: list[BiomarkerCard]
    lead_sponsor: str | None
    collaborators: list[str]
    countries: list[str]
    sites: int
    identifiers: list[str]
    publications: list[str]
    groundings: list[GroundingCard]
    record: RecordCard | None
    superseded: list[RecordCard]


def trial_card(store: Store, nct_id: str) -> TrialCard:
    """The trial of an NCT id, also of an id it had before.

    Raises `NotFoundError` where the graph has no such trial.
    """
    trial = find_trial(store, nct_id)
    enrollment = trial.text(TKG.enrollment)
    has_results = trial.text(TKG.hasResults)
    record = trial.link(TKG.record)
    return TrialCard(
        iri=trial.iri,
        nct_id=trial.text(TKG.nctId) or nct_id,
        title=trial.label(),
        official_title=trial.text(TKG.officialTitle),
        acronym=trial.text(TKG.acronym),
        status=trial.code(TKG.overallStatus),
        why_stopped=trial.text(TKG.whyStopped),
        phases=trial.codes(TKG.phase),
        study_type=trial.code(TKG.studyType),
        enrollment=int(enrollment) if enrollment else None,
        start_date=trial.text(TKG.startDate),
        primary_completion_date=trial.text(TKG.primaryCompletionDate),
        completion_date=trial.text(TKG.completionDate),
        last_update_date=trial.text(TKG.lastUpdatePostDate) or trial.text(TKG.lastUpdateSubmitDate),
        has_results=None if has_results is None else has_results == "true",
        summary=trial.text(TKG.briefSummary),
        conditions=_labels(trial, TKG.condition),
        condition_mesh=_labels(trial, TKG.conditionMesh),
        interventions=sorted(
            (_intervention(node) for node in trial.links(TKG.hasIntervention)),
            key=lambda card: (card.name.casefold(), card.type or ""),
        ),
        drugs=_drugs(trial, TKG.studiesDrug),
        targets=_labels(trial, TKG.studiesTarget),
        biomarkers=sorted(
            (_biomarker(node) for node in trial.links(TKG.hasBiomarkerRequirement)),
            key=lambda card: card.symbol,
        ),
        lead_sponsor=trial.text(TKG.leadSponsorName),
        collaborators=trial.texts(TKG.collaboratorName),
        countries=_labels(trial, TKG.country),
        sites=len(trial.links(TKG.site)),
        identifiers=_labels(trial, TKG.identifier),
        publications=[node.iri for node in trial.links(TKG.publication)],
        groundings=sorted(
            (_grounding(node) for node in trial.links(TKG.hasGrounding)),
            key=lambda card: (card.field or "", card.mention or "", card.drug or ""),
        ),
        record=_record(record) if record else None,
        superseded=[_record(node) for node in trial.links(TKG.supersededRecord)],
    )


def find_trial(store: Store, nct_id: str) -> Node:
    """The trial of an NCT id in any case, or the one that lists it as an id it had before."""
    wanted = nct_id.strip().upper()
    if not _NCT_ID.fullmatch(wanted):
        raise NotFoundError(f"{nct_id!r} is no trial id, expected NCT and eight digits")
    trials = having(store, TKG.nctId, wanted) or [
        trial
        for identifier in having(store, TKG.identifierValue, wanted)
        if identifier.code(TKG.identifierSource) == "NCT_ID_ALIAS"
        for trial in identifier.sources(TKG.identifier)
    ]
    if not trials:
        raise NotFoundError(f"the graph has no trial {wanted}")
    return trials[0]


def _labels(trial: Node, predicate: str) -> list[str]:
    return sorted({node.label() for node in trial.links(predicate)}, key=str.casefold)


def _drugs(node: Node, predicate: str) -> list[DrugUse]:
    uses = (DrugUse(drug.iri, drug.label()) for drug in node.links(predicate))
    return sorted(uses, key=lambda use: (use.label.casefold(), use.iri))


def _intervention(node: Node) -> InterventionCard:
    return InterventionCard(
        name=node.label(),
        type=node.code(TKG.interventionType),
        role=node.code(TKG.interventionRole),
        other_names=node.texts(TKG.otherName),
        drugs=_drugs(node, TKG.usesDrug),
    )


def _grounding(node: Node) -> GroundingCard:
    drug = node.link(TKG.groundedTo)
    confidence = node.text(TKG.confidence)
    return GroundingCard(
        mention=node.text(TKG.mention),
        field=node.text(TKG.field),
        drug=drug.label() if drug else None,
        rule=node.text(TKG.rule),
        confidence=float(confidence) if confidence else None,
        status=(node.code(TKG.groundingStatus) or "").lower(),
        reason=node.text(TKG.reason),
    )


def _biomarker(node: Node) -> BiomarkerCard:
    target = node.link(TKG.biomarker)
    confidence = node.text(TKG.confidence)
    return BiomarkerCard(
        iri=target.iri if target else "",
        symbol=target.label() if target else "",
        qualifier=node.text(TKG.qualifier),
        field=node.text(TKG.field),
        sentence=node.text(TKG.sentence),
        rule=node.text(TKG.rule),
        confidence=float(confidence) if confidence else None,
    )


def _record(node: Node) -> RecordCard:
    return RecordCard(
        source=node.text(TKG.recordSource),
        format=node.code(TKG.recordFormat),
        version_date=node.text(TKG.versionDate),
        checksum=node.text(TKG.checksum),
    )
