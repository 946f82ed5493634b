"""Organisations: one name, every spelling, and what became of them."""

from __future__ import annotations

from kg.iris import ROR, Iris
from kg.map.ntriples import Lines, Subject
from kg.model.resolved import OrganizationEntry, OrganizationLink
from kg.names import squash
from kg.vocab import SCHEMA, SKOS, TKG

_SHORTCUTS = {"PARENT": TKG.parentOrganization, "SUCCESSOR": TKG.succeededBy}


def map_organization(entry: OrganizationEntry, iris: Iris) -> str:
    """Describe an organisation; its parents and successors are described by themselves."""
    lines = Lines()
    node = lines.about(iris.organization(entry.key), TKG.Organization)
    node.label(entry.label)
    for name in entry.names:
        node.text(SKOS.altLabel, name)
    for lookup in sorted({squash(name) for name in (entry.label, *entry.names, entry.key)}):
        node.text(TKG.lookupKey, lookup or None)
    node.link(SCHEMA.sameAs, ROR + entry.ror if entry.ror else None)
    for link in entry.links:
        _link(lines, node, link, iris)
    return "".join(lines)


def _link(lines: Lines, node: Subject, link: OrganizationLink, iris: Iris) -> None:
    other = iris.organization(link.other)
    if link.kind in _SHORTCUTS and link.until is None:
        node.link(_SHORTCUTS[link.kind], other)
    iri = iris.organization_link(node.iri, link.kind, link.since or "", link.source, link.other)
    node.link(TKG.hasOrganizationLink, iri)
    item = lines.about(iri, TKG.OrganizationLink)
    item.code(TKG.organizationLinkKind, "organization-link", link.kind)
    item.link(TKG.linkedOrganization, other)
    item.date(TKG.linkSince, link.since)
    item.date(TKG.linkUntil, link.until)
    item.text(TKG.evidenceSource, link.source)
