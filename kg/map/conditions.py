"""Conditions: stated term, what we take it to mean, the registry's MeSH terms, kept apart."""

from __future__ import annotations

from kg.iris import MESH, Iris
from kg.map.ntriples import Lines, Subject
from kg.model.resolved import ConditionGrounding, ResolvedFacts
from kg.model.trial import MeshTerm, Trial
from kg.vocab import TKG


def map_conditions(
    node: Subject, shared: list[str], trial: Trial, facts: ResolvedFacts, iris: Iris
) -> None:
    """Say what the trial is about, in the registrant's words and in MeSH."""
    groundings = facts.condition_groundings or (None,) * len(trial.conditions)
    for term, grounding in zip(trial.conditions, groundings, strict=True):
        node.link(TKG.condition, iris.condition(term))
        shared.append(_condition(term, grounding, iris))
    for predicate, terms in (
        (TKG.conditionMesh, facts.condition_mesh),
        (TKG.conditionAncestor, facts.condition_ancestors),
        (TKG.interventionMesh, facts.intervention_mesh),
        (TKG.interventionAncestor, facts.intervention_ancestors),
    ):
        for mesh in terms:
            iri = mesh_iri(mesh, iris)
            node.link(predicate, iri)
            shared.append(_named(iri, TKG.MeshTerm, mesh.term))


def mesh_iri(mesh: MeshTerm, iris: Iris) -> str:
    """The MeSH RDF IRI of a term, or one of our own where only its words are known."""
    return MESH + mesh.id if mesh.id else iris.mesh_term(mesh.term)


def _condition(term: str, grounding: ConditionGrounding | None, iris: Iris) -> str:
    lines = Lines()
    node = lines.about(iris.condition(term), TKG.Condition)
    node.label(term)
    if grounding is not None:
        node.link(TKG.groundedCondition, MESH + grounding.mesh_id)
        node.text(TKG.rule, grounding.rule)
        node.decimal(TKG.confidence, grounding.confidence)
        node.text(TKG.evidenceSource, grounding.source)
    return "".join(lines)


def _named(iri: str, type_iri: str, label: str) -> str:
    lines = Lines()
    lines.about(iri, type_iri).label(label)
    return "".join(lines)
