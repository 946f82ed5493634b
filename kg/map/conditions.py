"""Conditions: stated term, the registry's MeSH term for it, and MeSH ancestors, kept apart."""

from __future__ import annotations

from kg.iris import MESH, Iris
from kg.map.ntriples import Lines, Subject
from kg.model.resolved import ResolvedFacts
from kg.model.trial import MeshTerm, Trial
from kg.vocab import TKG


def map_conditions(
    node: Subject, shared: list[str], trial: Trial, facts: ResolvedFacts, iris: Iris
) -> None:
    """Say what the trial is about, in the registrant's words and in MeSH."""
    for term in trial.conditions:
        iri = iris.condition(term)
        node.link(TKG.condition, iri)
        shared.append(_named(iri, TKG.Condition, term))
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


def _named(iri: str, type_iri: str, label: str) -> str:
    lines = Lines()
    lines.about(iri, type_iri).label(label)
    return "".join(lines)
