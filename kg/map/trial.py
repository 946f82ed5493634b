"""A trial to triples: what the trial itself says, and the joining of its parts."""

from __future__ import annotations

from msgspec import Struct

from kg.iris import Iris
from kg.map.arms import map_arms, map_outcomes
from kg.map.biomarkers import map_biomarkers
from kg.map.conditions import map_conditions
from kg.map.design import map_design, map_ipd_sharing, map_oversight
from kg.map.eligibility import map_eligibility
from kg.map.ntriples import Lines, Subject
from kg.map.people import map_people
from kg.map.places import map_places
from kg.map.provenance import map_record
from kg.map.publications import map_documents, map_publications
from kg.map.results import map_results
from kg.map.status import map_status
from kg.model.record import Provenance
from kg.model.resolved import ResolvedFacts
from kg.model.trial import Trial
from kg.vocab import SCHEMA, TKG

REGISTRY_PAGE = "https://clinicaltrials.gov/study/"


class Mapped(Struct, frozen=True):
    """The triples of one trial."""

    own: Lines
    """What the trial owns: every subject below the trial's IRI."""
    shared: list[str]
    """One block of lines for each shared thing the trial mentions: the same thing described the
    same way is the same text, so that a build can write it once."""


def map_trial(
    trial: Trial,
    facts: ResolvedFacts,
    provenance: Provenance,
    superseded: tuple[Provenance, ...] = (),
    iris: Iris = Iris(),  # noqa: B008 - immutable
) -> Mapped:
    """Say in RDF what a record says; a pure function of its arguments.

    >>> trial = Trial(nct_id="NCT99000001", brief_title="A study")
    >>> origin = Provenance("a.json", "ctgov-v2-json", "0" * 64)
    >>> print(map_trial(trial, ResolvedFacts(), origin).own[2], end="")
    <https://w3id.org/trialkg/trial/NCT99000001>
    <http://www.w3.org/2000/01/rdf-schema#label> "A study" .
    """
    own = Lines()
    shared: list[str] = []
    node = own.about(iris.trial(trial.nct_id), TKG.Trial)
    node.text(TKG.nctId, trial.nct_id)
    node.label(trial.brief_title or trial.official_title or trial.nct_id)
    node.link(SCHEMA.sameAs, REGISTRY_PAGE + trial.nct_id)
    _titles(node, trial)
    map_status(node, trial.status, iris)
    map_design(node, trial.design)
    map_eligibility(node, trial.eligibility)
    map_oversight(node, trial.oversight)
    map_ipd_sharing(node, trial.ipd_sharing)
    node.boolean(TKG.hasResults, trial.has_results)
    map_conditions(node, shared, trial, facts, iris)
    map_biomarkers(own, node, shared, trial, facts.biomarkers, iris)
    map_arms(own, node, trial, iris)
    map_outcomes(own, node, trial, iris)
    map_people(own, node, shared, trial, facts, iris)
    map_places(own, node, shared, trial, facts, iris)
    map_publications(own, node, shared, trial, iris)
    map_documents(own, node, trial, iris)
    map_results(own, node, trial, iris)
    map_record(own, node, trial, provenance, superseded, iris)
    return Mapped(own, shared)


def _titles(node: Subject, trial: Trial) -> None:
    node.text(TKG.briefTitle, trial.brief_title)
    node.text(TKG.officialTitle, trial.official_title)
    node.text(TKG.acronym, trial.acronym)
    node.text(TKG.briefSummary, trial.brief_summary)
    node.text(TKG.detailedDescription, trial.detailed_description)
    for keyword in trial.keywords:
        node.text(TKG.keyword, keyword)
