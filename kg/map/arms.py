"""Arms, interventions and planned outcomes: they belong to their trial and are never shared."""

from __future__ import annotations

from kg.iris import Iris
from kg.map.ntriples import Lines, Subject
from kg.model.trial import Intervention, Trial
from kg.vocab import TKG


def intervention_iri(trial: Trial, intervention: Intervention, iris: Iris) -> str:
    """The intervention under its trial, keyed by type and registered name."""
    return iris.part(trial.nct_id, "intervention", intervention.type or "", intervention.name)


def map_arms(own: Lines, node: Subject, trial: Trial, iris: Iris) -> None:
    """Say which arms there are, which interventions, and which arm gets which."""
    arms: dict[str, Subject] = {}
    for arm_group in trial.arm_groups:
        iri = iris.part(trial.nct_id, "arm", arm_group.label)
        node.link(TKG.hasArm, iri)
        arm = own.about(iri, TKG.ArmGroup)
        arm.label(arm_group.label)
        arm.code(TKG.armGroupType, "arm-group-type", arm_group.type)
        arm.text(TKG.description, arm_group.description)
        arms[iri] = arm
    for intervention in trial.interventions:
        iri = intervention_iri(trial, intervention, iris)
        node.link(TKG.hasIntervention, iri)
        item = own.about(iri, TKG.Intervention)
        item.label(intervention.name)
        item.code(TKG.interventionType, "intervention-type", intervention.type)
        item.text(TKG.description, intervention.description)
        for name in intervention.other_names:
            item.text(TKG.otherName, name)
        for label in intervention.arm_group_labels:
            arm_iri = iris.part(trial.nct_id, "arm", label)
            if arm_iri not in arms:
                # The registry lets an intervention name an arm that the record does not list.
                node.link(TKG.hasArm, arm_iri)
                arms[arm_iri] = own.about(arm_iri, TKG.ArmGroup)
                arms[arm_iri].label(label)
            arms[arm_iri].link(TKG.armIntervention, iri)
    node.text(TKG.unassignedOtherName, trial.unassigned_other_names)


def map_outcomes(own: Lines, node: Subject, trial: Trial, iris: Iris) -> None:
    """Say what the trial set out to measure."""
    for outcome in trial.outcomes:
        iri = iris.part(
            trial.nct_id,
            "outcome",
            outcome.kind,
            outcome.time_frame or "",
            outcome.description or "",
            outcome.measure,
        )
        node.link(TKG.hasOutcome, iri)
        item = own.about(iri, TKG.Outcome)
        item.label(outcome.measure)
        item.code(TKG.outcomeKind, "outcome-kind", outcome.kind)
        item.text(TKG.timeFrame, outcome.time_frame)
        item.text(TKG.description, outcome.description)
