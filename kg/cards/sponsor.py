"""An organisation's card: its names, what became of it, its trials and what they test."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from msgspec import Struct
from pyoxigraph import Store

from kg.cards.near import near_names
from kg.cards.node import Node, having, named
from kg.errors import AmbiguousError, NotFoundError
from kg.names import squash
from kg.resolve.organizations import organization
from kg.vocab import RDF, SKOS, TKG

MOST_DRUGS = 20


class LinkCard(Struct, frozen=True):
    """What became of an organisation, or what became part of it."""

    kind: str
    """`parent`, `successor` or `spin_off`: the first belongs to, lives on in, left the second."""
    iri: str
    label: str
    """The other organisation."""
    since: str | None
    until: str | None
    source: str | None


class SponsorDrug(Struct, frozen=True):
    """A drug in the organisation's trials."""

    iri: str
    label: str
    trials: int
    """How many of the trials that it leads study the drug."""


class SponsorCard(Struct, frozen=True):
    """Everything the graph knows of one organisation."""

    iri: str
    label: str
    names: list[str]
    classes: list[str]
    links: list[LinkCard]
    """Its parents, successors and origins."""
    linked_from: list[LinkCard]
    """Organisations that belong to it, live on in it or left it."""
    lead: list[str]
    collaborator: list[str]
    drugs: list[SponsorDrug]
    """The drugs of the trials it leads, most studied first, no more than twenty."""


def sponsor_card(store: Store, name: str) -> SponsorCard:
    """The organisation that goes by a name, in any spelling.

    Raises `NotFoundError` with near names, or `AmbiguousError` with every organisation so named.
    """
    sponsor = find_sponsor(store, name)
    lead = sponsor.sources(TKG.leadSponsor)
    return SponsorCard(
        iri=sponsor.iri,
        label=sponsor.label(),
        names=sponsor.texts(SKOS.altLabel),
        classes=sponsor.codes(TKG.organizationClass),
        links=_sorted(
            _link(link, other)
            for link in sponsor.links(TKG.hasOrganizationLink)
            for other in link.links(TKG.linkedOrganization)
        ),
        linked_from=_sorted(
            _link(link, other)
            for link in sponsor.sources(TKG.linkedOrganization)
            for other in link.sources(TKG.hasOrganizationLink)
        ),
        lead=_ids(lead),
        collaborator=_ids(sponsor.sources(TKG.collaborator)),
        drugs=_drugs(store, lead),
    )


def find_sponsor(store: Store, name: str) -> Node:
    """The one organisation a name means: as written, else in any case, with any legal form."""
    found = (
        _organizations(named(store, name))
        or _organizations(having(store, TKG.lookupKey, squash(name)))
        or _organizations(having(store, TKG.lookupKey, squash(organization(name).key)))
    )
    if not found:
        near = near_names(store, TKG.Organization, name)
        raise NotFoundError(f"no organisation goes by {name!r}", near)
    first = [node for node in found if squash(node.label()) == squash(name)] or found
    if len(first) > 1:
        raise AmbiguousError(
            f"{name!r} is a name of {len(first)} organisations",
            tuple(f"{node.label()} <{node.iri}>" for node in first),
        )
    return first[0]


def _organizations(nodes: list[Node]) -> list[Node]:
    return [
        node for node in nodes if any(kind.iri == TKG.Organization for kind in node.links(RDF.type))
    ]


def _link(link: Node, other: Node) -> LinkCard:
    return LinkCard(
        kind=(link.code(TKG.organizationLinkKind) or "").lower(),
        iri=other.iri,
        label=other.label(),
        since=link.text(TKG.linkSince),
        until=link.text(TKG.linkUntil),
        source=link.text(TKG.evidenceSource),
    )


def _sorted(links: Iterable[LinkCard]) -> list[LinkCard]:
    return sorted(links, key=lambda link: (link.kind, link.since or "", link.label, link.iri))


def _ids(trials: list[Node]) -> list[str]:
    return [trial.iri.rpartition("/")[2] for trial in trials]


def _drugs(store: Store, trials: list[Node]) -> list[SponsorDrug]:
    counts = Counter(drug.iri for trial in trials for drug in trial.links(TKG.studiesDrug))
    drugs = [SponsorDrug(iri, Node(store, iri).label(), n) for iri, n in counts.items()]
    return sorted(drugs, key=lambda drug: (-drug.trials, drug.label, drug.iri))[:MOST_DRUGS]
