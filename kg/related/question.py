"""What one asks to find trials like: trials of the graph, a drug, or a free description."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from kg.errors import NotFoundError, QueryError
from kg.names import squash
from kg.related.common import is_backbone
from kg.related.features import about_condition
from kg.related.index import Index
from kg.related.kinds import Kind
from kg.related.segment import MOST
from kg.related.words import counted
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


def like_drug(index: Index, label: str, iri: str) -> Question:
    """Like trials of a drug: the drug itself, what it acts on, and its name as words.

    Raises `NotFoundError` where the index does not know it.
    """
    drug = index.thing(Kind.DRUG, iri)
    if drug is None:
        raise NotFoundError(f"the index of related trials has no drug {label}")
    about = dict.fromkeys([drug, *index.acts_on(drug)], 1.0)
    return _weighed(index, [*about.items(), *_words(index, label)])


def like_text(index: Index, text: str) -> Question:
    """Like a description: its words, and the drugs, targets and conditions that it names.

    Raises `QueryError` where no word of it is known.
    """
    known = _words(index, text)
    if not known:
        raise QueryError("found no word that any trial of the graph has, expected a description")
    phrases = _phrases(text)
    things = dict.fromkeys(_drugs_and_targets(index, phrases), 1.0)
    for phrase in phrases:
        for heading in mesh.by_term(phrase)[:1]:
            if heading.trees and all(tree[0] in "CF" for tree in heading.trees):
                for about in about_condition(heading.mesh_id, heading.term):
                    number = index.thing(about.kind, about.key)
                    if number is not None:
                        things[number] = max(things.get(number, 0.0), about.weight)
    return _weighed(index, [*known, *things.items()])


def _words(index: Index, text: str) -> list[tuple[int, float]]:
    found = ((index.thing(Kind.TEXT, word), count) for word, count in counted(text).items())
    return [(number, count) for number, count in found if number is not None]


def _drugs_and_targets(index: Index, phrases: list[str]) -> set[int]:
    """Drugs under any name with what they act on, and targets by their symbols."""
    found: set[int] = set()
    for phrase in phrases:
        drug = index.drug_named(squash(phrase))
        if drug is not None and not is_backbone(index.label(drug)):
            found.update((drug, *index.acts_on(drug)))
        for part in phrase.split("-"):
            target = index.target_named(part)
            if target is not None:
                found.add(target)
    return found


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
    given = sorted(given)
    things = np.array([number for number, _ in given], np.int32)
    text = index.range(Kind.TEXT)
    counts = [min(weight, MOST) if n in text else round(MOST * weight) for n, weight in given]
    values = index.weighed(things, np.array(counts, np.uint8))
    return Question(dict(zip(things.tolist(), values.tolist(), strict=True)))
