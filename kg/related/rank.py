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

Shares = NDArray[np.float64]
"""What each kind counts, in all 1."""
QUERY_WORDS = 100
"""Words of the question, the weightiest ones, that trials are looked for by."""
SCORED_IN_FULL = 500
EVERYWHERE = 0.2
"""Share of all trials above which a thing finds no trial by itself."""


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
    first = np.array(index.meta.first_of_kind)
    asked = np.zeros(index.size, np.float64)
    things = np.array(sorted(question.weights), np.int64)
    values = np.array([question.weights[thing] for thing in things.tolist()])
    kinds = np.searchsorted(first, things, "right") - 1
    asked[things] = values * share[kinds]
    candidates = _candidates(index, question, things, kinds, asked, allowed)
    if not len(candidates):
        return []
    made, value, starts = index.made_of(candidates)
    product = asked[made] * value
    scores = np.add.reduceat(product, starts)
    best = np.lexsort((candidates, -scores))[:k]
    best = best[scores[best] > 0]
    ends = np.append(starts[1:], len(made))
    return [
        _explained(int(candidates[at]), made[starts[at] : ends[at]], product[starts[at] : ends[at]])
        for at in best
    ]


def _candidates(
    index: Index,
    question: Question,
    things: Array,
    kinds: Array,
    asked: Array,
    allowed: Array | None,
) -> Array:
    rough = np.zeros(index.trials, np.float32)
    weight = asked[things]
    words = np.flatnonzero(kinds == Kind.TEXT)
    best = words[np.argsort(-weight[words], kind="stable")[:QUERY_WORDS]]
    others = np.flatnonzero(kinds != Kind.TEXT)
    for at in np.concatenate([best, others]):
        if weight[at] > 0:
            trials, values = index.having(int(things[at]))
            if len(trials) <= max(EVERYWHERE * index.trials, SCORED_IN_FULL):
                rough[trials] += np.float32(weight[at]) * values.astype(np.float32)
    if allowed is not None:
        rough[~allowed] = 0
    rough[same_trials(index, question)] = 0
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
            known = index.find(index.labels[thing])
            same.update(() if known is None else (known,))
    for seed in question.seeds:
        former = index.thing(Kind.ALIAS, index.nct_id(seed))
        if former is not None:
            same.update(index.having(former)[0].tolist())
    return sorted(same)


def _explained(trial: int, made: Array, product: Array) -> Scored:
    shared = np.flatnonzero(product > 0)
    shared = shared[np.lexsort((made[shared], -product[shared]))]
    summands = tuple(Summand(int(made[at]), float(product[at])) for at in shared)
    return Scored(trial, sum(summand.weight for summand in summands), summands)
