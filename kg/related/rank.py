"""Ranks trials by what they share with a question.

First every trial that shares a thing or one of its best words gets a rough score, from the lists
of trials that each has; then the best of them are scored in full, from what each is made of.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from kg.related.arrays import Array
from kg.related.index import Index
from kg.related.kinds import WEIGHTS, WHERE_ASKED, Kind
from kg.related.question import Question
from kg.related.weigh import ALWAYS, COUNTED, EVERYWHERE, SAID

Shares = NDArray[np.float64]
"""What each kind counts, in all 1."""
QUERY_WORDS = 100
"""Words of the question, the weightiest ones, that trials are looked for by."""
SCORED_IN_FULL = 500


class Summand(Struct, frozen=True):
    """One shared word or thing and what it adds to the score."""

    thing: int
    weight: float


class Scored(Struct, frozen=True):
    """A trial and its score; the score is the sum of its summands."""

    trial: int
    score: float
    summands: tuple[Summand, ...]


def shares(changes: Mapping[Kind, float], only: frozenset[Kind] = frozenset()) -> Shares:
    """What each kind counts, in all 1: the usual weights times what the user asked for.

    >>> shares({}, frozenset({Kind.TARGET}))[Kind.TARGET]
    np.float64(1.0)
    """
    share = np.zeros(len(Kind))
    for kind, weight in WEIGHTS.items():
        if not only or kind in only:
            asked = kind in only or kind in changes
            share[kind] = (weight or asked * WHERE_ASKED) * changes.get(kind, 1.0)
    total = share.sum()
    return share / total if total else share


def rank(
    index: Index, question: Question, share: Shares, k: int, allowed: Array | None = None
) -> list[Scored]:
    """The k trials most like the question, best first, ties by NCT id."""
    things = np.array(sorted(question.weights), np.int64)
    kinds = np.searchsorted(index.meta.first_of_kind, things, "right") - 1
    values = np.array([question.weights[thing] for thing in things.tolist()])
    asked = values * share[kinds]
    things, kinds, asked = things[asked > 0], kinds[asked > 0], asked[asked > 0]
    if not len(things):
        return []
    candidates = _candidates(index, things, kinds, asked, allowed, same_trials(index, question))
    if not len(candidates):
        return []
    place, value, owner = index.shared(candidates, things)
    product = asked[place] * value
    scores = np.bincount(owner, product, len(candidates))
    best = np.lexsort((candidates, -scores))[:k]
    ends = np.searchsorted(owner, best, "right")
    return [
        _explained(int(candidates[one]), things[place[low:high]], product[low:high])
        for one, low, high in zip(best, np.searchsorted(owner, best), ends, strict=True)
        if scores[one] > 0
    ]


def _candidates(
    index: Index,
    things: Array,
    kinds: Array,
    asked: Array,
    allowed: Array | None,
    same: list[int],
) -> Array:
    """The trials most likely to score best: by all things and the weightiest words."""
    rough = np.zeros(index.trials, np.float32)
    words = np.flatnonzero(kinds == Kind.TEXT)
    best = words[np.argsort(-asked[words], kind="stable")[:QUERY_WORDS]]
    rarity = index.rarity[things]
    for at in best:
        trials, counts = index.having(int(things[at]))
        rough[trials] += (asked[at] * rarity[at] * COUNTED)[counts]
    rough /= index.scales[:, Kind.TEXT]
    for at in np.flatnonzero(kinds != Kind.TEXT):
        trials, counts = index.having(int(things[at]))
        if len(trials) <= max(EVERYWHERE * index.trials, ALWAYS):
            said = (asked[at] * rarity[at] * SAID)[counts]
            rough[trials] += said / index.scales[trials, kinds[at]]
    if allowed is not None:
        rough[~allowed] = 0
    rough[same] = 0
    found = np.flatnonzero(rough)
    if len(found) > SCORED_IN_FULL:
        order = np.argpartition(-rough[found], SCORED_IN_FULL)[:SCORED_IN_FULL]
        found = np.sort(found[order])
    return found


def same_trials(index: Index, question: Question) -> list[int]:
    """The trials asked about, and any that had or has one of their ids."""
    same: set[int] = set(question.seeds)
    for thing in question.weights:
        if thing in index.range(Kind.ALIAS):
            same.update(index.having(thing)[0].tolist())
            known = index.find(index.label(thing))
            same.update(() if known is None else (known,))
    for seed in question.seeds:
        former = index.thing(Kind.ALIAS, index.nct_id(seed))
        if former is not None:
            same.update(index.having(former)[0].tolist())
    return sorted(same)


def _explained(trial: int, made: Array, product: Array) -> Scored:
    order = np.lexsort((made, -product))
    order = order[product[order] > 0]
    pairs = zip(made[order].tolist(), product[order].tolist(), strict=True)
    summands = tuple(Summand(thing, weight) for thing, weight in pairs)
    return Scored(trial, sum(summand.weight for summand in summands), summands)
