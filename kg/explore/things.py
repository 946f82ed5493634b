"""The things a network is made of, and what a reader wants to know of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from pyoxigraph import Store

from kg.cards.drug import find_drug
from kg.cards.node import Node, having, named
from kg.cards.target import find_target
from kg.cards.trial import find_trial
from kg.errors import AmbiguousError, NotFoundError
from kg.names import squash
from kg.vocab import RDF, TKG

Kind = Literal[
    "trial", "drug", "target", "condition", "sponsor", "site", "publication", "identifier"
]
"""What a thing is; a sponsor is any organisation that leads or joins a trial."""

Value = str | int | list[str]


class Thing(NamedTuple):
    """A node of a network: its kind, and its IRI (an identifier is its own words)."""

    kind: Kind
    iri: str


def find_thing(store: Store, name: str) -> Thing:
    """What a person means by an NCT id or a name: a trial, a drug, a target or a sponsor.

    A drug wins over a target of the same name, and both over a sponsor. Raises `NotFoundError`
    with near names where nothing goes by it, `AmbiguousError` where several do.
    """
    if name.strip()[:3].upper() == "NCT" and name.strip()[3:].isdigit():
        return Thing("trial", find_trial(store, name).iri)
    finders: tuple[tuple[Kind, set[str], Callable[[Store, str], Node]], ...] = (
        ("drug", {TKG.Drug, TKG.DrugName}, find_drug),
        ("target", {TKG.Target}, find_target),
        ("sponsor", {TKG.Organization}, _find_sponsor),
    )
    classes = _classes(store, name)
    near: list[str] = []
    # What has the name is asked first: a look-up that fails reads every name for near ones.
    for kind, _, find in sorted(finders, key=lambda finder: not finder[1] & classes):
        try:
            return Thing(kind, find(store, name).iri)
        except NotFoundError as error:
            near.extend(error.suggestions)
    raise NotFoundError(f"no trial, drug, target or sponsor goes by {name!r}", tuple(near))


def _classes(store: Store, name: str) -> set[str]:
    """The classes of all that goes by a name in some spelling."""
    nodes = [*named(store, name), *having(store, TKG.lookupKey, squash(name))]
    return {kind.iri for node in nodes for kind in node.links(RDF.type)}


def _find_sponsor(store: Store, name: str) -> Node:
    found = [
        node
        for node in named(store, name)
        if any(kind.iri == TKG.Organization for kind in node.links(RDF.type))
    ]
    if not found:
        raise NotFoundError(f"no sponsor goes by {name!r}")
    if len(found) > 1:
        raise AmbiguousError(
            f"{name!r} is a name of {len(found)} sponsors",
            tuple(f"{node.label()} <{node.iri}>" for node in found),
        )
    return found[0]


def label(store: Store, thing: Thing) -> str:
    """What people call it; a trial by its NCT id."""
    if thing.kind == "identifier":
        return thing.iri
    node = Node(store, thing.iri)
    return (node.text(TKG.nctId) if thing.kind == "trial" else None) or node.label()


def describe(store: Store, thing: Thing) -> dict[str, Value]:
    """The attributes of a node: `iri`, `kind`, `label`, and what its kind has besides.

    Only what the graph knows is there: no attribute is empty.
    """
    node = Node(store, thing.iri)
    found: dict[str, Value | None] = {
        "iri": thing.iri,
        "kind": thing.kind,
        "label": thing.iri if thing.kind == "identifier" else node.label(),
    }
    more = _MORE.get(thing.kind)
    if more is not None:
        found.update(more(node))
    return {name: value for name, value in found.items() if value not in (None, "", [])}


def _trial(node: Node) -> dict[str, Value | None]:
    enrollment = node.text(TKG.enrollment)
    return {
        "nct_id": node.text(TKG.nctId),
        "status": node.code(TKG.overallStatus),
        "phases": list(node.codes(TKG.phase)),
        "start_date": node.text(TKG.startDate),
        "enrollment": int(enrollment) if enrollment else None,
        "sponsor": node.text(TKG.leadSponsorName),
    }


def _drug(node: Node) -> dict[str, Value | None]:
    return {"unii": node.text(TKG.unii)}


def _target(node: Node) -> dict[str, Value | None]:
    return {"symbol": node.text(TKG.symbol)}


def _sponsor(node: Node) -> dict[str, Value | None]:
    return {"classes": list(node.codes(TKG.organizationClass))}


def _site(node: Node) -> dict[str, Value | None]:
    country = node.link(TKG.country)
    return {"city": node.text(TKG.city), "country": country.label() if country else None}


def _publication(node: Node) -> dict[str, Value | None]:
    return {"pmid": node.text(TKG.pmid), "doi": node.text(TKG.doi)}


_MORE: Mapping[Kind, Callable[[Node], dict[str, Value | None]]] = MappingProxyType(
    {
        "trial": _trial,
        "drug": _drug,
        "target": _target,
        "sponsor": _sponsor,
        "site": _site,
        "publication": _publication,
    }
)
