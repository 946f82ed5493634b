"""Places, countries and MeSH terms of a trial, in the terms of the public vocabularies."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from kg.model.resolved import Country, MeshNode, Place, ResolvedFacts
from kg.model.trial import Location, MeshTerm, Trial
from kg.resolve.biomarkers import required
from kg.resolve.conditions import ground
from kg.resolve.identifiers import scheme_of
from kg.resolve.organizations import organization
from kg.resolve.places import city_of, place_key
from kg.resolve.sites import is_anonymous, place_name
from kg.vocabularies import conditions, countries, mesh, mondo


def resolve_facts(trial: Trial) -> ResolvedFacts:
    """What the vocabularies know of a trial's places, countries and MeSH terms.

    >>> facts = resolve_facts(Trial(nct_id="NCT99000001", countries=("Korea, Republic of",)))
    >>> facts.countries
    (Country(name='South Korea', alpha2='KR', alpha3='KOR'),)
    """
    sponsors = [
        sponsor.name
        for sponsor in (trial.lead_sponsor, *trial.collaborators)
        if sponsor is not None
    ]
    own = [trial.organization.name] if trial.organization is not None else []
    return ResolvedFacts(
        organizations={name: organization(name) for name in (*sponsors, *own)},
        places=tuple(_place(location, sponsors) for location in trial.locations),
        countries=tuple(dict.fromkeys(map(country, trial.countries))),
        removed_countries=tuple(dict.fromkeys(map(country, trial.removed_countries))),
        identifier_schemes=tuple(scheme_of(identifier.id) for identifier in trial.identifiers),
        condition_groundings=tuple(map(ground, trial.conditions)),
        condition_mesh=_mesh(trial.condition_mesh),
        condition_ancestors=_mesh(trial.condition_ancestors),
        intervention_mesh=_mesh(trial.intervention_mesh),
        intervention_ancestors=_mesh(trial.intervention_ancestors),
        biomarkers=required(trial),
    )


@lru_cache(maxsize=4096)
def country(name: str) -> Country:
    """The country a registered name means; a name that ISO 3166 does not know stays a name."""
    found = countries.country(name)
    return Country(found.name, found.alpha2, found.alpha3) if found else Country(name)


def mesh_terms_in(facts: ResolvedFacts) -> set[str]:
    """The MeSH ids that a trial's own terms and conditions come to, without those above them."""
    stated = (*facts.condition_mesh, *facts.intervention_mesh)
    return {mesh.id for mesh in stated if mesh.id} | {
        found.mesh_id for found in facts.condition_groundings if found
    }


def mesh_tree(mesh_ids: Iterable[str]) -> list[MeshNode]:
    """The given MeSH descriptors and every one above them, each with those directly above it.

    >>> "Lung Neoplasms" in {node.term for node in mesh_tree(["D002289"])}
    True
    """
    nodes: dict[str, MeshNode] = {}
    waiting = sorted(set(mesh_ids))
    while waiting:
        mesh_id = waiting.pop()
        heading = mesh.by_id(mesh_id)
        if heading is None or heading.mesh_id in nodes:
            continue
        above = tuple(parent.mesh_id for parent in mesh.parents(heading.mesh_id))
        nodes[heading.mesh_id] = _node(heading, above)
        waiting.extend(above)
    return [nodes[mesh_id] for mesh_id in sorted(nodes)]


def _node(heading: mesh.Heading, above: tuple[str, ...]) -> MeshNode:
    names = {*heading.entries, *conditions.names(heading.mesh_id)} - {heading.term}
    diseases = mondo.by_mesh(heading.mesh_id)
    numbers = tuple(sorted(disease.mondo_id for disease in diseases))
    same = len(diseases) == 1 and len(diseases[0].mesh) == 1
    return MeshNode(
        heading.mesh_id,
        heading.term,
        above,
        tuple(sorted(names)),
        same=numbers if same else (),
        close=() if same else numbers,
    )


def _place(location: Location, sponsors: list[str]) -> Place:
    where = [part for part in (location.city, location.state, location.country) if part]
    anonymous = is_anonymous(location.facility, where, sponsors)
    return _placed(
        anonymous,
        location.facility,
        location.city,
        location.state,
        location.country,
        location.latitude,
        location.longitude,
    )


@lru_cache(maxsize=1 << 16)
def _placed(
    anonymous: bool,
    facility: str | None,
    city: str | None,
    state: str | None,
    country_name: str | None,
    latitude: float | None,
    longitude: float | None,
) -> Place:
    location = Location(
        city=city, state=state, country=country_name, latitude=latitude, longitude=longitude
    )
    name = place_name(facility) if facility else None
    land = country(country_name) if country_name else None
    known = city_of(location, land)
    return Place(
        anonymous=anonymous,
        name=name,
        country=land,
        key=() if anonymous or name is None else place_key(name, location, land),
        geonames_id=known.geonames_id if known else None,
    )


def _mesh(terms: tuple[MeshTerm, ...]) -> tuple[MeshTerm, ...]:
    return tuple(dict.fromkeys([_heading(term.term, term.id) for term in terms]))


@lru_cache(maxsize=1 << 16)
def _heading(term: str, mesh_id: str | None) -> MeshTerm:
    """The term with today's id; from its words alone where the record gives no id.

    A descriptor's preferred term is unique, so words that are one are safe; mere entry terms of
    several descriptors are not.
    """
    if mesh_id is not None:
        known = mesh.by_id(mesh_id)
        return MeshTerm(known.term, known.mesh_id) if known else MeshTerm(term, mesh_id)
    found = mesh.by_term(term)
    return MeshTerm(found[0].term, found[0].mesh_id) if len(found) == 1 else MeshTerm(term)
