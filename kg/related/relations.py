"""Kinds of being related that are facts, not degrees; they stand beside the score."""

from __future__ import annotations

from collections.abc import Set

from msgspec import Struct

from kg.related.index import Index
from kg.related.kinds import Kind
from kg.related.question import Question

ABOUT = 0.5
"""Least weight, beside a trial's weightiest, of a drug or target that the trial is about."""


class Relations(Struct, frozen=True):
    """Typed relations of two trials, and the ids that tell of them."""

    types: tuple[str, ...]
    shared_ids: tuple[str, ...]
    """Ids of other registries that both records state; registrants make mistakes with them."""


class Known(Struct, frozen=True):
    """What relations need to know of a trial."""

    nct_id: str
    drugs: Set[int]
    targets: Set[int]
    lead: int
    sites: Set[int]
    registry_ids: Set[int]
    mentions: Set[str]


def known(index: Index, trial: int) -> Known:
    """What relations need to know of a trial."""
    found: dict[Kind, dict[int, float]] = {kind: {} for kind in Kind}
    for thing, value in index.things_of(trial):
        found[index.kind(thing)][thing] = value

    def about(kind: Kind) -> Set[int]:
        weights = found[kind]
        least = ABOUT * max(weights.values(), default=0.0)
        return {thing for thing, weight in weights.items() if weight >= least > 0}

    return Known(
        nct_id=index.nct_id(trial),
        drugs=about(Kind.DRUG),
        targets=about(Kind.TARGET),
        lead=int(index.lead[trial]),
        sites=found[Kind.SITE].keys(),
        registry_ids=found[Kind.REGISTRY_ID].keys(),
        mentions={index.label(thing) for thing in found[Kind.MENTION]},
    )


def asked(index: Index, question: Question) -> Known:
    """What relations need to know of a drug or a description that was asked about."""
    drugs, targets = index.range(Kind.DRUG), index.range(Kind.TARGET)
    return Known(
        nct_id="",
        drugs={thing for thing in question.weights if thing in drugs},
        targets={thing for thing in question.weights if thing in targets},
        lead=-1,
        sites=frozenset(),
        registry_ids=frozenset(),
        mentions=frozenset(),
    )


def relations(index: Index, one: Known, two: Known) -> Relations:
    """The typed relations of two trials."""
    same_drug = bool(one.drugs & two.drugs)
    shared_ids = sorted(index.label(thing) for thing in one.registry_ids & two.registry_ids)
    holds = {
        "same-trial-in-another-registry": bool(shared_ids),
        "extension-or-parent": two.nct_id in one.mentions or one.nct_id in two.mentions,
        "same-programme": same_drug and one.lead == two.lead >= 0,
        "same-drug": same_drug,
        "same-target": bool(one.targets & two.targets),
        "shares-sites": bool(one.sites & two.sites),
    }
    return Relations(tuple(name for name, held in holds.items() if held), tuple(shared_ids))
