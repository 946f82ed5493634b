"""A trial as words and weighted things."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from kg.iris import MESH, Iris
from kg.map.drugs import target_iri
from kg.map.places import country_iri, site_iri
from kg.model.drug import Drug, Target, TrialGroundings
from kg.model.resolved import ResolvedFacts
from kg.model.trial import Trial
from kg.names import squash
from kg.related.common import BACKBONE_WEIGHT, ROLE_WEIGHT, is_backbone, particularity, person
from kg.related.kinds import Kind
from kg.related.markers import markers
from kg.related.row import Row, row
from kg.related.shown import shown, text_of
from kg.related.words import NCT_ID, REGISTRY_NUMBER, pieces
from kg.resolve.inn import build
from kg.vocabularies import mesh

ANCESTOR_WEIGHT = 0.5
IN_TITLE, NOT_IN_TITLE = 0.8, 0.3
"""Least weight of a drug that the title names, and what is left of the weight of any other."""
TITLE_NAMES_NONE = 0.5
"""What is left of the weight of drugs where the title names none of them."""
TARGETS_FROM = 0.5
"""Least weight of a drug whose targets count as what the trial is about."""
LEADS, TAKES_PART = 1.0, 0.5
"""Weights of a lead sponsor and of a collaborator."""
SAME_ID_TYPES = frozenset({"EUDRACT_NUMBER", "CTIS", "REGISTRY"})


class Thing(NamedTuple):
    """Something a trial can share with others."""

    kind: Kind
    key: str
    """Its IRI where it has one."""
    label: str
    weight: float = 1.0


class Features(Struct, frozen=True):
    """What the index keeps of a trial; plain values, so that another process may make them."""

    row: Row
    pieces: dict[str, int]
    """How often each piece of text, of a word or a few, stands in the trial."""
    things: tuple[Thing, ...]


def features(
    trial: Trial,
    facts: ResolvedFacts,
    groundings: TrialGroundings,
    drugs: Mapping[str, Drug],
    iris: Iris,
) -> Features:
    """Everything that may make a trial related to others, and what describes it."""
    seen = shown(trial)
    things = [
        *_drugs(seen, groundings, drugs, iris),
        *_markers(seen),
        *_conditions(seen, facts, iris),
        *_people_and_places(seen, facts, iris),
        *_identities(trial),
    ]
    best: dict[tuple[Kind, str], Thing] = {}
    for thing in things:
        known = best.get((thing.kind, thing.key))
        if known is None or thing.weight > known.weight:
            best[thing.kind, thing.key] = thing
    return Features(row(trial, facts), pieces(text_of(trial)), tuple(best.values()))


def drug_weights(
    titles: str, groundings: TrialGroundings, drugs: Mapping[str, Drug]
) -> dict[str, float]:
    """How much each drug says of what the trial is about.

    A comparator that the title names counts nearly as much as what it is compared with; what the
    title does not name counts less, least where it names another drug. A backbone counts like any
    drug where nothing else is under study.
    """
    title = squash(titles)
    weights: dict[str, float] = {}
    named: set[str] = set()
    for found in groundings.groundings:
        key = found.drug_key
        if key is not None and key in drugs and found.status == "ACCEPTED":
            weights[key] = max(weights.get(key, 0.0), ROLE_WEIGHT[found.role])
            names = (squash(found.mention), squash(drugs[key].label))
            if any(len(name) > 3 and name in title for name in names):
                named.add(key)
    named = {key for key in named if weights[key] > 0}
    for key in weights:
        if key in named:
            weights[key] = max(weights[key], IN_TITLE)
        elif named:
            weights[key] *= NOT_IN_TITLE
    backbones = {key for key in weights if is_backbone(drugs[key].label)}
    if any(weights[key] == 1.0 for key in weights.keys() - backbones):
        for key in backbones:
            weights[key] *= BACKBONE_WEIGHT
    if not named:
        weights = {key: weight * TITLE_NAMES_NONE for key, weight in weights.items()}
    return weights


def about_drug(drug: Drug, weight: float, iris: Iris) -> Iterator[Thing]:
    """A drug, what it acts on and what it carries."""
    yield Thing(Kind.DRUG, iris.drug(drug.key), drug.label, weight)
    if weight >= TARGETS_FROM:
        for link in drug.targets:
            if not link.payload:  # what a conjugate carries counts by its own name, below
                iri, symbol = target_iri(link.target), link.target.symbol
                yield Thing(Kind.TARGET, iri, symbol, weight)
                yield Thing(Kind.MARKER, iri, symbol, weight)
        for payload, share in payloads(drug.label):
            yield Thing(Kind.PAYLOAD, payload, payload, weight * share)


def payloads(label: str) -> Iterator[tuple[str, float]]:
    """The toxin that a conjugate carries and its family, by the ending of the conjugate's name.

    >>> list(payloads("tusamitamab ravtansine"))
    [('DM4 (ravtansine)', 1.0), ('maytansinoid', 0.5)]
    >>> list(payloads("trastuzumab"))
    []
    """
    made = build(label)
    carried = made.conjugate.removeprefix(squash(made.antibody)) if made.conjugate else ""
    if not carried:
        return
    yield _TOXINS.get(carried.removeprefix("so"), carried), 1.0
    for ending, family in _FAMILIES.items():
        if carried.endswith(ending):
            yield family, FAMILY_WEIGHT
            return


FAMILY_WEIGHT = 0.5
_TOXINS = {
    "ravtansine": "DM4 (ravtansine)",
    "emtansine": "DM1 (emtansine)",
    "mertansine": "DM1 (emtansine)",
    "vedotin": "MMAE (vedotin)",
    "mafodotin": "MMAF (mafodotin)",
    "deruxtecan": "DXd (deruxtecan)",
    "govitecan": "SN-38 (govitecan)",
}
_FAMILIES = {
    "tansine": "maytansinoid",
    "vedotin": "auristatin",
    "dotin": "auristatin",
    "tecan": "camptothecin",
    "sirine": "pyrrolobenzodiazepine",
    "ozogamicin": "calicheamicin",
}


def _drugs(
    trial: Trial, groundings: TrialGroundings, drugs: Mapping[str, Drug], iris: Iris
) -> Iterator[Thing]:
    titles = f"{trial.brief_title or ''} {trial.official_title or ''}"
    weights = drug_weights(titles, groundings, drugs)
    # several drugs under study share the weight
    most = max(weights.values(), default=0.0)
    share = 1 / math.sqrt(max(sum(weight == most for weight in weights.values()), 1))
    for key, weight in sorted(weights.items()):
        if weight:
            for thing in about_drug(drugs[key], weight, iris):
                yield thing._replace(weight=thing.weight * share)


def _markers(trial: Trial) -> Iterator[Thing]:
    for hgnc_id, symbol, weight in markers(trial):
        yield Thing(Kind.MARKER, target_iri(Target(hgnc_id, symbol)), symbol, weight)


def _conditions(trial: Trial, facts: ResolvedFacts, iris: Iris) -> Iterator[Thing]:
    for stated in trial.conditions:
        yield Thing(Kind.STATED_CONDITION, iris.condition(stated), stated)
    for term in facts.condition_mesh:
        if term.id is None:
            yield Thing(Kind.CONDITION, iris.mesh_term(term.term), term.term)
        else:
            yield from about_condition(term.id, term.term)


@lru_cache(maxsize=1 << 15)
def about_condition(mesh_id: str, label: str) -> tuple[Thing, ...]:
    """A MeSH condition and those it is a kind of, which count by how narrow they are.

    The label given is that of a heading newer than the bundled edition.
    """
    known = mesh.by_id(mesh_id)
    term = known.term if known else label
    things = [Thing(Kind.CONDITION, MESH + mesh_id, term, particularity(mesh_id))]
    for above in mesh.ancestors(mesh_id):
        weight = ANCESTOR_WEIGHT * particularity(above.mesh_id)
        things.append(Thing(Kind.CONDITION, MESH + above.mesh_id, above.term, weight))
    return tuple(things)


def _people_and_places(trial: Trial, facts: ResolvedFacts, iris: Iris) -> Iterator[Thing]:
    if trial.lead_sponsor:
        yield _organization(trial.lead_sponsor.name, LEADS, facts, iris)
    for collaborator in trial.collaborators:
        yield _organization(collaborator.name, TAKES_PART, facts, iris)
    responsible = trial.responsible_party
    named = [official.name for official in trial.officials]
    if responsible and responsible.investigator_full_name:
        named.append(responsible.investigator_full_name)
    for name in named:
        key = person(name)
        if key:
            yield Thing(Kind.OFFICIAL, key, name)
    for location, place in zip(trial.locations, facts.places, strict=True):
        if not place.anonymous:
            name = place.name or location.facility or ""
            yield Thing(Kind.SITE, site_iri(place, iris), name)
    for country in facts.countries:
        yield Thing(Kind.COUNTRY, country_iri(country, iris), country.name)


def _organization(name: str, weight: float, facts: ResolvedFacts, iris: Iris) -> Thing:
    found = facts.organizations[name]
    return Thing(Kind.SPONSOR, iris.organization(found.key), found.name or name, weight)


def _identities(trial: Trial) -> Iterator[Thing]:
    """Numbers that tell of the same trial elsewhere, or name another trial; never scored."""
    for identifier in trial.identifiers:
        if identifier.source == "NCT_ID_ALIAS":
            yield Thing(Kind.ALIAS, identifier.id, identifier.id)
        elif identifier.type in SAME_ID_TYPES or is_registry_number(identifier.id):
            yield Thing(Kind.REGISTRY_ID, squash(identifier.id), identifier.id)
    for nct_id in sorted(_mentioned(trial) - {trial.nct_id}):
        yield Thing(Kind.MENTION, nct_id, nct_id)


def is_registry_number(identifier: str) -> bool:
    """Whether a secondary id has the form of another registry's number.

    >>> is_registry_number("2014-001130-29"), is_registry_number("TCD15054")
    (True, False)
    """
    return bool(REGISTRY_NUMBER.fullmatch(identifier.strip()))


def _mentioned(trial: Trial) -> set[str]:
    texts = [
        trial.brief_title,
        trial.official_title,
        trial.brief_summary,
        trial.detailed_description,
        trial.eligibility.criteria,
        trial.eligibility.study_population,
        trial.status.why_stopped,
        *(identifier.id for identifier in trial.identifiers if identifier.source != "NCT_ID_ALIAS"),
        *(arm.description for arm in trial.arm_groups),
        *(given.description for given in trial.interventions),
    ]
    return {found for text in texts if text and "NCT" in text for found in NCT_ID.findall(text)}
