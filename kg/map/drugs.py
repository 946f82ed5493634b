"""Drugs and what a trial's words mean: belief, kept apart from the registered text it rests on."""

from __future__ import annotations

from collections.abc import Mapping

from kg.iris import HGNC, TARGET, UNIPROT, Iris
from kg.map.arms import intervention_iri
from kg.map.ntriples import Lines, Subject
from kg.model.drug import Drug, Evidence, Target, TrialGroundings
from kg.model.trial import Trial
from kg.names import squash
from kg.vocab import DCTERMS, SCHEMA, SKOS, SKOSXL, TKG


def target_iri(target: Target) -> str:
    """The public IRI of a gene, `http://identifiers.org/hgnc/1817`, or ours: `…/target/gd2`."""
    if target.hgnc_id is None:
        return TARGET + target.key
    return HGNC + target.hgnc_id.removeprefix("HGNC:")


def map_groundings(
    own: Lines,
    trial: Trial,
    groundings: TrialGroundings,
    targets: Mapping[str, tuple[str, ...]],
    iris: Iris,
) -> None:
    """Say which drugs a trial's interventions are, in which role, and why we think so.

    `targets` gives the target IRIs of each drug key.
    """
    node = Subject(own, iris.trial(trial.nct_id))
    for drug_key in groundings.drugs:
        node.link(TKG.studiesDrug, iris.drug(drug_key))
    for iri in sorted({iri for key in groundings.drugs for iri in targets.get(key, ())}):
        node.link(TKG.studiesTarget, iri)
    interventions = {}
    for intervention in trial.interventions:
        item = Subject(own, intervention_iri(trial, intervention, iris))
        key = (intervention.type, intervention.name)
        interventions[key] = item
        item.code(TKG.interventionRole, "intervention-role", groundings.roles.get(key))
    for grounding in groundings.groundings:
        place = grounding.intervention or ("", "")
        iri = iris.part(
            trial.nct_id,
            "grounding",
            grounding.field,
            grounding.rule,
            grounding.drug_key or "",
            place[0] or "",
            place[1],
            grounding.mention,
        )
        node.link(TKG.hasGrounding, iri)
        item = own.about(iri, TKG.Grounding)
        item.text(TKG.mention, grounding.mention)
        item.text(TKG.field, grounding.field)
        item.text(TKG.rule, grounding.rule)
        item.decimal(TKG.confidence, grounding.confidence)
        item.code(TKG.groundingStatus, "name-status", grounding.status)
        item.text(TKG.reason, grounding.reason)
        for candidate in grounding.candidates:
            item.text(TKG.candidate, candidate)
        drug = iris.drug(grounding.drug_key) if grounding.drug_key else None
        item.link(TKG.groundedTo, drug)
        used = interventions.get(grounding.intervention) if grounding.intervention else None
        if used is not None:
            item.link(TKG.groundedIntervention, used.iri)
            if grounding.status == "ACCEPTED":
                used.link(TKG.usesDrug, drug)


def map_drug(drug: Drug, iris: Iris) -> str:
    """Describe a drug: its names, each with its reasons, and its targets, each with theirs."""
    lines = Lines()
    iri = iris.drug(drug.key)
    node = lines.about(iri, TKG.Drug)
    node.label(drug.label)
    node.text(SKOS.prefLabel, drug.label)
    node.text(TKG.unii, drug.unii)
    for name in drug.names:
        if name.status == "ACCEPTED" and name.name != drug.label:
            node.text(SKOS.altLabel, name.name)
        name_iri = iris.drug_name(drug.key, name.name)
        node.link(TKG.hasName, name_iri)
        item = lines.about(name_iri, TKG.DrugName)
        item.label(name.name)
        item.text(SKOSXL.literalForm, name.name)
        item.text(TKG.lookupKey, squash(name.name))
        item.code(TKG.nameKind, "name-kind", name.kind)
        item.code(TKG.nameStatus, "name-status", name.status)
        item.text(TKG.reason, name.refused_because)
        item.integer(TKG.evidenceCount, name.evidence_count)
        _evidence(lines, item, name.evidence, iris)
    for link in drug.targets:
        target = target_iri(link.target)
        kind = "payload" if link.payload else "target"
        link_iri = f"{iri}/{kind}/{link.target.other_key or link.target.symbol}"
        node.link(TKG.hasPayloadTarget if link.payload else TKG.hasTarget, target)
        node.link(TKG.hasPayloadLink if link.payload else TKG.hasTargetLink, link_iri)
        item = lines.about(link_iri, TKG.TargetLink)
        actor = f"The payload of {drug.label}" if link.payload else drug.label
        item.label(f"{actor} acts on {link.target.symbol}")
        item.link(TKG.linkTarget, target)
        item.text(TKG.qualifier, link.qualifier)
        _evidence(lines, item, link.evidence, iris)
    for key in drug.former_keys:
        former = lines.about(iris.drug(key), TKG.FormerDrug)
        former.label(f"{key}, now {drug.label}")
        former.link(DCTERMS.isReplacedBy, iri)
    return "".join(lines)


def map_target(target: Target) -> str:
    """Describe a target: symbol, name, and the names it is looked up by; what it is if no gene."""
    lines = Lines()
    node = lines.about(target_iri(target), TKG.Target)
    node.label(target.symbol)
    node.text(TKG.symbol, target.symbol)
    node.code(TKG.targetKind, "target-kind", target.kind)
    node.text(SKOS.prefLabel, target.name)
    node.link(SCHEMA.sameAs, UNIPROT + target.uniprot if target.uniprot else None)
    names = [target.symbol, *((target.name,) if target.name else ()), *target.aliases]
    for alias in target.aliases:
        node.text(SKOS.altLabel, alias)
    for key in sorted({squash(name) for name in names} - {""}):
        node.text(TKG.lookupKey, key)
    return "".join(lines)


def _evidence(lines: Lines, about: Subject, evidence: tuple[Evidence, ...], iris: Iris) -> None:
    for reason in evidence:
        iri = iris.evidence(
            about.iri,
            reason.source,
            reason.record or "",
            reason.field,
            reason.text or "",
            reason.rule,
            *((reason.other_name,) if reason.other_name else ()),
        )
        about.link(TKG.evidence, iri)
        item = lines.about(iri, TKG.Evidence)
        item.text(TKG.evidenceSource, reason.source)
        if reason.record is not None and reason.record.startswith("NCT"):
            item.link(TKG.evidenceRecord, iris.trial(reason.record))
        else:
            item.text(TKG.evidenceEntry, reason.record)
        item.text(TKG.field, reason.field)
        item.text(TKG.rule, reason.rule)
        item.decimal(TKG.confidence, reason.confidence)
        item.text(TKG.sentence, reason.text)
        item.text(TKG.evidenceOtherName, reason.other_name)
        item.text(TKG.reason, reason.refused_because)
