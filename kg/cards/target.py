"""A target's card: the drugs that act on it, with evidence, their trials, and who requires it."""

from __future__ import annotations

from msgspec import Struct
from pyoxigraph import Store

from kg.cards.evidence import EvidenceCard, evidence_of
from kg.cards.near import near_names
from kg.cards.node import Node, having, named
from kg.errors import AmbiguousError, NotFoundError
from kg.names import squash
from kg.vocab import RDF, SCHEMA, SKOS, TKG


class TargetDrug(Struct, frozen=True):
    """A drug that acts on the target, and why we think so."""

    iri: str
    label: str
    evidence: list[EvidenceCard]
    trials: list[str]


class TargetPage(Struct, frozen=True):
    """Everything the graph knows of one target."""

    iri: str
    symbol: str
    name: str | None
    names: list[str]
    uniprot: str | None
    kind: str | None
    """What it is where no human gene makes it: `lipid`, `viral_protein`."""
    drugs: list[TargetDrug]
    """Drugs aimed at it."""
    payload_of: list[TargetDrug]
    """Conjugates whose payload acts on it; their trials are no trials of the target."""
    trials: list[str]
    required_by: list[str]
    """Trials that select their participants by it, whatever their drugs act on."""


def target_card(store: Store, name: str) -> TargetPage:
    """The target that goes by a symbol, name or alias, in any spelling.

    An approved symbol wins over another gene's alias. Raises `NotFoundError` with near names, or
    `AmbiguousError` with every target of that name.
    """
    target = find_target(store, name)
    protein = target.link(SCHEMA.sameAs)
    return TargetPage(
        iri=target.iri,
        symbol=target.text(TKG.symbol) or target.label(),
        name=target.text(SKOS.prefLabel),
        names=target.texts(SKOS.altLabel),
        uniprot=protein.iri.rpartition("/")[2] if protein else None,
        kind=kind.lower() if (kind := target.code(TKG.targetKind)) else None,
        drugs=_drugs(target, TKG.hasTargetLink),
        payload_of=_drugs(target, TKG.hasPayloadLink),
        trials=[trial.iri.rpartition("/")[2] for trial in target.sources(TKG.studiesTarget)],
        required_by=[
            trial.iri.rpartition("/")[2] for trial in target.sources(TKG.requiresBiomarker)
        ],
    )


def find_target(store: Store, name: str) -> Node:
    """The one target a name means: its symbol first, then its name and aliases."""
    for candidates in (
        having(store, TKG.symbol, name),
        having(store, TKG.symbol, name.upper()),
        named(store, name),
        having(store, TKG.lookupKey, squash(name)),
    ):
        targets = [node for node in candidates if _is_target(node)]
        if len(targets) > 1:
            raise AmbiguousError(
                f"{name!r} is a name of {len(targets)} targets",
                tuple(f"{target.label()} <{target.iri}>" for target in targets),
            )
        if targets:
            return targets[0]
    raise NotFoundError(f"no target goes by {name!r}", near_names(store, TKG.Target, name))


def _is_target(node: Node) -> bool:
    return any(kind.iri == TKG.Target for kind in node.links(RDF.type))


def _drugs(target: Node, link_property: str) -> list[TargetDrug]:
    return sorted(
        (
            TargetDrug(drug.iri, drug.label(), evidence_of(link), _trials(drug))
            for link in target.sources(TKG.linkTarget)
            for drug in link.sources(link_property)
        ),
        key=lambda card: (card.label.casefold(), card.iri),
    )


def _trials(drug: Node) -> list[str]:
    return [trial.iri.rpartition("/")[2] for trial in drug.sources(TKG.studiesDrug)]
