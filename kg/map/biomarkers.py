"""Genes that a trial requires of its participants, each with the words that say so."""

from __future__ import annotations

from kg.iris import Iris
from kg.map.drugs import map_target, target_iri
from kg.map.ntriples import Lines, Subject
from kg.model.resolved import BiomarkerRequirement
from kg.model.trial import Trial
from kg.vocab import TKG


def map_biomarkers(
    own: Lines,
    node: Subject,
    shared: list[str],
    trial: Trial,
    biomarkers: tuple[BiomarkerRequirement, ...],
    iris: Iris,
) -> None:
    """Say which genes participants must have at work or changed, and why we think so."""
    for one in biomarkers:
        target = target_iri(one.target)
        iri = iris.part(trial.nct_id, "biomarker", one.target.symbol)
        node.link(TKG.requiresBiomarker, target)
        node.link(TKG.hasBiomarkerRequirement, iri)
        item = own.about(iri, TKG.BiomarkerRequirement)
        item.label(f"{one.target.symbol}: {one.qualifier}")
        item.link(TKG.biomarker, target)
        item.text(TKG.qualifier, one.qualifier)
        item.text(TKG.field, one.field)
        item.text(TKG.rule, one.rule)
        item.decimal(TKG.confidence, one.confidence)
        item.text(TKG.sentence, one.sentence)
        shared.append(map_target(one.target))
