"""A target's timeline: who tested which drug on it, when, and in which phase."""

from __future__ import annotations

from msgspec import Struct
from pyoxigraph import Store

from kg.cards.node import Node
from kg.cards.target import find_target
from kg.explore.repurposing import acting_on, testing
from kg.explore.things import Thing, label
from kg.vocab import TKG


class Entry(Struct, frozen=True):
    """One trial of one drug on the target."""

    start_date: str | None
    """As precise as registered: 2017, 2017-10 or 2017-10-05."""
    nct_id: str
    drug: str
    phases: list[str]
    sponsor: str | None
    status: str | None


def timeline(store: Store, target: str) -> list[Entry]:
    """The trials that test a drug on a target, by start date; those without a date come last."""
    centre = Thing("target", find_target(store, target).iri)
    entries = [
        _entry(store, drug, trial)
        for drug in acting_on(store, centre)
        for trial in testing(store, drug)
    ]
    return sorted(entries, key=lambda entry: (entry.start_date or "9999", entry.nct_id, entry.drug))


def _entry(store: Store, drug: Thing, trial: Thing) -> Entry:
    node = Node(store, trial.iri)
    return Entry(
        start_date=node.text(TKG.startDate),
        nct_id=label(store, trial),
        drug=label(store, drug),
        phases=list(node.codes(TKG.phase)),
        sponsor=node.text(TKG.leadSponsorName),
        status=node.code(TKG.overallStatus),
    )
