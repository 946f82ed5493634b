"""What one asks to find trials like: trials of the graph, a drug, or a free description."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from msgspec import Struct

from kg.errors import QueryError
from kg.names import squash
from kg.related.features import about_condition
from kg.related.index import Index
from kg.related.kinds import Kind
from kg.related.weigh import normalised
from kg.related.words import words
from kg.vocabularies import mesh

LONGEST_NAME = 5
"""Words of the longest drug or condition name that a free description is searched for."""


class Question(Struct, frozen=True):
    """Weighted words and things, and the trials they come from, which no answer repeats."""

    weights: dict[int, float]
    seeds: tuple[int, ...] = ()


def like_trials(index: Index, nct_ids: Sequence[str]) -> Question:
    """Like one trial, or like several taken together.

    Raises `NotFoundError` where the graph lacks one of them.
    """
    seeds = sorted({index.trial(nct_id) for nct_id in nct_ids})
    things, values, _ = index.made_of(np.array(seeds, np.int64))
    weights: dict[int, float] = {}
    for thing, value in zip(things.tolist(), values.tolist(), strict=True):
        weights[thing] = weights.get(thing, 0.0) + value / len(seeds)
    return Question(weights, tuple(seeds))


def like_drug(index: Index, drug: str, things: Iterable[tuple[Kind, str]]) -> Question:
    """Like trials of a drug: the drug itself, what it acts on, and its name as words."""
    found = [index.thing(kind, key) for kind, key in things]
    numbers = [(number, 1.0) for number in found if number is not None]
    return _weighed(index, [*numbers, *_words(index, drug)])


def like_text(index: Index, text: str) -> Question:
    """Like a description: its words, and the drugs, targets and conditions that it names.

    Raises `QueryError` where no word of it is known.
    """
    numbers = _words(index, text)
    if not numbers:
        raise QueryError("the text has no word that any trial of the graph has")
    for thing in sorted(_named(index, text)):
        numbers.append((thing, 1.0))
    conditions: dict[int, float] = {}
    for phrase in _phrases(text):
        for heading in mesh.by_term(phrase)[:1]:
            if any(tree[0] in "CF" for tree in heading.trees):
                for about in about_condition(heading.mesh_id, heading.term):
                    number = index.thing(about.kind, about.key)
                    if number is not None:
                        conditions[number] = max(conditions.get(number, 0.0), about.weight)
    return _weighed(index, [*numbers, *conditions.items()])


def _words(index: Index, text: str) -> list[tuple[int, float]]:
    counted = Counter(words(text))
    found = ((index.thing(Kind.TEXT, word), count) for word, count in counted.items())
    return [(number, float(count)) for number, count in found if number is not None]


def _named(index: Index, text: str) -> set[int]:
    """Drugs named in the text, and the targets of the trials that are about them."""
    return {
        number
        for phrase in _phrases(text)
        if (number := index.drug_named(squash(phrase))) is not None
    }


def _phrases(text: str) -> list[str]:
    """Every run of up to five words, once, in order."""
    run = text.replace("\n", " ").split()
    found = (
        " ".join(run[at : at + length]).strip(".,;:()[]\"'")
        for length in range(1, LONGEST_NAME + 1)
        for at in range(len(run) - length + 1)
    )
    return [phrase for phrase in dict.fromkeys(found) if len(phrase) > 3]


def _weighed(index: Index, given: list[tuple[int, float]]) -> Question:
    """The same weights a trial of the graph with these words and things would have."""
    numbers = np.array([number for number, _ in given], np.int32)
    raw = np.array([weight for _, weight in given], np.float32)
    first = np.array(index.meta.first_of_kind)
    kinds = (np.searchsorted(first, np.arange(index.size), "right") - 1).astype(np.uint8)
    owner = np.zeros(len(numbers), np.int64)
    values = normalised(raw, numbers, owner, kinds, index.rarity)
    return Question(dict(zip(numbers.tolist(), values.tolist(), strict=True)))


__all__ = ["Question", "like_drug", "like_text", "like_trials"]
