"""Sponsors, collaborators, officials and the other ids they gave the trial."""

from __future__ import annotations

from kg.iris import Iris
from kg.map.ntriples import Lines, Subject
from kg.model.resolved import ResolvedFacts
from kg.model.trial import Official, Organization, ResponsibleParty, Trial
from kg.vocab import TKG


def map_people(
    own: Lines, node: Subject, shared: list[str], trial: Trial, facts: ResolvedFacts, iris: Iris
) -> None:
    """Say who runs the trial, and under which other ids."""
    if (sponsor := trial.lead_sponsor) is not None:
        node.link(TKG.leadSponsor, _organization(shared, sponsor, facts, iris))
        node.text(TKG.leadSponsorName, sponsor.name)
    for collaborator in trial.collaborators:
        node.link(TKG.collaborator, _organization(shared, collaborator, facts, iris))
        node.text(TKG.collaboratorName, collaborator.name)
    if trial.organization is not None:
        registrant = _organization(shared, trial.organization, facts, iris)
        node.link(TKG.registeringOrganization, registrant)
    for official in trial.officials:
        node.link(TKG.hasOfficial, map_official(own, trial.nct_id, official, iris))
    if trial.responsible_party is not None:
        _responsible_party(own, node, trial.nct_id, trial.responsible_party, iris)
    _identifiers(own, node, trial, facts, iris)


def map_official(own: Lines, nct_id: str, official: Official, iris: Iris, place: str = "") -> str:
    """Describe an official of the trial, or of one place of it; returns the IRI."""
    iri = iris.part(
        nct_id, "official", place, official.role or "", official.affiliation or "", official.name
    )
    person = own.about(iri, TKG.Official)
    person.label(official.name)
    person.code(TKG.officialRole, "official-role", official.role)
    person.text(TKG.affiliation, official.affiliation)
    return iri


def _organization(
    shared: list[str], organization: Organization, facts: ResolvedFacts, iris: Iris
) -> str:
    known = facts.organizations.get(organization.name)
    iri = iris.organization(known.key if known else organization.name)
    lines = Lines()
    item = lines.about(iri, TKG.Organization)
    item.code(TKG.organizationClass, "organization-class", organization.org_class)
    shared.append("".join(lines))
    return iri


def _responsible_party(
    own: Lines, node: Subject, nct_id: str, party: ResponsibleParty, iris: Iris
) -> None:
    name = party.investigator_full_name or party.old_name_title or party.old_organization
    label = name or (party.type or "").replace("_", " ").capitalize()
    iri = iris.part(nct_id, "responsible-party", party.type or "", label)
    node.link(TKG.responsibleParty, iri)
    item = own.about(iri, TKG.ResponsibleParty)
    item.label(label)
    item.code(TKG.responsiblePartyType, "responsible-party-type", party.type)
    item.text(TKG.investigatorTitle, party.investigator_title)
    item.text(TKG.affiliation, party.investigator_affiliation)
    item.text(TKG.oldOrganization, party.old_organization)


def _identifiers(own: Lines, node: Subject, trial: Trial, facts: ResolvedFacts, iris: Iris) -> None:
    schemes = facts.identifier_schemes or (None,) * len(trial.identifiers)
    for identifier, scheme in zip(trial.identifiers, schemes, strict=True):
        iri = iris.part(trial.nct_id, "identifier", identifier.source, identifier.id)
        node.link(TKG.identifier, iri)
        item = own.about(iri, TKG.Identifier)
        item.label(identifier.id)
        item.text(TKG.identifierValue, identifier.id)
        item.code(TKG.identifierSource, "identifier-source", identifier.source)
        item.code(TKG.identifierType, "identifier-type", identifier.type)
        if scheme is not None:
            item.code(TKG.identifierScheme, "identifier-scheme", scheme.scheme)
            item.text(TKG.normalizedId, scheme.id)
        item.text(TKG.identifierDomain, identifier.domain)
        item.uri(TKG.identifierLink, identifier.link)
