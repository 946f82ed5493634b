"""Repurposing: where else drugs on the same target are tried."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from pyoxigraph import Store

from kg.cards.node import Node
from kg.errors import KgError
from kg.explore.links import Links, part
from kg.explore.things import Thing, find_thing, label
from kg.vocab import SKOS, TKG


class OtherUse(Struct, frozen=True):
    """A drug that acts on the target, tried in a condition that is new to the one asked about."""

    target: str
    drug: str
    condition: str
    trials: list[str]
    within: list[str]
    """Conditions the drug asked about was tried in already that this one is a kind of."""


def other_uses(store: Store, name: str) -> list[OtherUse]:
    """Other conditions in which drugs on the same target are tested, by a drug's or target's name.

    For a drug: the conditions of trials of *other* drugs on its targets, without those (by MeSH)
    that its own trials study, and without broader terms for them. For a target: every condition
    its drugs are tested in. Only trials that test the drug count, not those that give it as
    comparator or besides. New conditions come before kinds of known ones; most trials first.
    """
    centre = find_thing(store, name)
    if centre.kind not in ("drug", "target"):
        raise KgError(f"{name!r} is a {centre.kind}, expected a drug or a target")
    own: set[str] = set()
    targets = [centre]
    if centre.kind == "drug":
        own = {iri for trial in testing(store, centre) for iri in _conditions(store, trial)}
        links = Links(store, ("drug", "target")).of(centre) or ()
        targets = [link.other for link in links]
    known = own | {iri for term in own for iri in _broader(store, term)}
    found = [
        use
        for target in targets
        for drug in acting_on(store, target)
        if drug != centre
        for use in _uses(store, target, drug, own, known)
    ]
    return sorted(
        found,
        key=lambda use: (bool(use.within), -len(use.trials), use.condition, use.drug, use.target),
    )


def acting_on(store: Store, target: Thing) -> list[Thing]:
    """The drugs that act on a target."""
    return [link.other for link in Links(store, ("drug", "target")).of(target) or ()]


def testing(store: Store, drug: Thing) -> list[Thing]:
    """The trials that test a drug, not those that compare with it or give it besides."""
    links = Links(store, ("trial", "drug")).of(drug) or ()
    return [link.other for link in links if part(link.roles) == "INVESTIGATIONAL"]


def _uses(
    store: Store, target: Thing, drug: Thing, own: set[str], known: set[str]
) -> Iterable[OtherUse]:
    trials: dict[str, list[str]] = {}
    for trial in testing(store, drug):
        for condition in _conditions(store, trial):
            if condition not in known:
                trials.setdefault(condition, []).append(label(store, trial))
    for condition, nct_ids in sorted(trials.items()):
        yield OtherUse(
            target=label(store, target),
            drug=label(store, drug),
            condition=Node(store, condition).label(),
            trials=sorted(nct_ids),
            within=sorted(Node(store, iri).label() for iri in own & _broader(store, condition)),
        )


def _conditions(store: Store, trial: Thing) -> list[str]:
    return [node.iri for node in Node(store, trial.iri).links(TKG.conditionMesh)]


def _broader(store: Store, term: str) -> set[str]:
    """Every term above a MeSH term."""
    above: set[str] = set()
    waiting = [term]
    while waiting:
        for node in Node(store, waiting.pop()).links(SKOS.broader):
            if node.iri not in above:
                above.add(node.iri)
                waiting.append(node.iri)
    return above
