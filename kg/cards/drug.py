"""A drug's card: every name with its reasons, its targets with theirs, its trials."""

from __future__ import annotations

from msgspec import Struct
from pyoxigraph import Store

from kg.cards.evidence import EvidenceCard, evidence_of
from kg.cards.near import near_names
from kg.cards.node import Node, having, named
from kg.errors import AmbiguousError, NotFoundError
from kg.names import squash
from kg.vocab import DCTERMS, RDF, SKOS, SKOSXL, TKG


class NameCard(Struct, frozen=True):
    """One name of a drug, accepted or refused, and why."""

    name: str
    kind: str
    status: str
    evidence: list[EvidenceCard]
    reason: str | None = None
    """Why a refused name was refused."""


class TargetCard(Struct, frozen=True):
    """A target of a drug, and why we think so."""

    iri: str
    symbol: str
    evidence: list[EvidenceCard]
    qualifier: str | None = None


class DrugCard(Struct, frozen=True):
    """Everything the graph knows of one drug."""

    iri: str
    label: str
    unii: str | None
    names: list[NameCard]
    targets: list[TargetCard]
    payloads: list[TargetCard]
    """What a conjugate's payload acts on: another mechanism than its target."""
    trials: list[str]


def drug_card(store: Store, name: str) -> DrugCard:
    """The drug that goes by a name, in any spelling.

    Raises `NotFoundError` with near names, or `AmbiguousError` with every drug of that name.
    """
    drug = find_drug(store, name)
    return DrugCard(
        iri=drug.iri,
        label=drug.label(),
        unii=drug.text(TKG.unii),
        names=sorted(
            (_name(node) for node in drug.links(TKG.hasName)),
            key=lambda card: (card.status, card.name != drug.label(), card.name.casefold()),
        ),
        targets=_targets(drug, TKG.hasTargetLink),
        payloads=_targets(drug, TKG.hasPayloadLink),
        trials=[trial.iri.rpartition("/")[2] for trial in drug.sources(TKG.studiesDrug)],
    )


def find_drug(store: Store, name: str) -> Node:
    """The one drug a name means: spelled exactly, else in any case and punctuation.

    An IRI is taken too; one that another has replaced leads to that one.
    """
    if name.startswith(("http://", "https://")):
        node = Node(store, name)
        node = node.link(DCTERMS.isReplacedBy) or node
        if _is_drug(node):
            return node
    drugs = [node for node in named(store, name) if _is_drug(node)] or _by_key(store, name)
    if not drugs:
        raise NotFoundError(f"no drug goes by {name!r}", near_names(store, TKG.DrugName, name))
    if len(drugs) > 1:
        raise AmbiguousError(
            f"{name!r} is a name of {len(drugs)} drugs",
            tuple(f"{drug.label()} <{drug.iri}>" for drug in drugs),
        )
    return drugs[0]


def _is_drug(node: Node) -> bool:
    return any(kind.iri == TKG.Drug for kind in node.links(RDF.type))


def _by_key(store: Store, name: str) -> list[Node]:
    found = {
        drug.iri
        for node in having(store, TKG.lookupKey, squash(name))
        if node.code(TKG.nameStatus) == "ACCEPTED"
        for drug in node.sources(TKG.hasName)
    }
    return [Node(store, iri) for iri in sorted(found)]


def _name(node: Node) -> NameCard:
    return NameCard(
        name=node.text(SKOSXL.literalForm) or node.label(),
        kind=(node.code(TKG.nameKind) or "SYNONYM").lower(),
        status=(node.code(TKG.nameStatus) or "ACCEPTED").lower(),
        evidence=evidence_of(node),
        reason=node.text(TKG.reason),
    )


def _targets(drug: Node, predicate: str) -> list[TargetCard]:
    return sorted(map(_target, drug.links(predicate)), key=lambda card: card.symbol)


def _target(link: Node) -> TargetCard:
    target = link.link(TKG.linkTarget) or link
    return TargetCard(
        iri=target.iri,
        symbol=target.text(TKG.symbol) or target.text(SKOS.prefLabel) or target.label(),
        evidence=evidence_of(link),
        qualifier=link.text(TKG.qualifier),
    )
