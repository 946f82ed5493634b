"""Rankings that are no part of the project, to measure it against."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from benchmarks.related.metrics import Scores, System
from benchmarks.related.pool import Member
from kg.model.trial import Trial
from kg.names import squash
from kg.related.shown import shown
from kg.related.words import hide, words


def controls(members: Sequence[Member]) -> dict[str, System]:
    """Every control by its name."""
    trials = [shown(member.trial) for member in members]
    texts = [_text(member.trial) for member in members]
    return {
        "random": _random(len(members)),
        "BM25 title": _bm25([f"{t.brief_title or ''}\n{t.official_title or ''}" for t in trials]),
        "BM25 all text": _bm25(texts),
        "TF-IDF all text": _tfidf(map(words, texts)),
        "entities as written": _tfidf(map(_as_written, trials), log=False),
        "sponsor only": _tfidf(map(_sponsor, trials), log=False),
    }


def _random(size: int) -> System:
    def scores(query: int) -> Scores:
        return np.random.default_rng(query).random(size).astype(np.float32)

    return scores


def _text(trial: Trial) -> str:
    """All text once, identifiers hidden: no heading counts more than a line of the criteria."""
    seen = shown(trial)
    parts = [
        seen.brief_title,
        seen.official_title,
        *seen.conditions,
        *seen.keywords,
        *(text for i in seen.interventions for text in (i.name, *i.other_names, i.description)),
        *(text for arm in seen.arm_groups for text in (arm.label, arm.description)),
        seen.brief_summary,
        seen.detailed_description,
        *(text for o in seen.outcomes for text in (o.measure, o.time_frame, o.description)),
        seen.eligibility.criteria,
        seen.eligibility.study_population,
    ]
    return hide("\n".join(filter(None, parts)), tuple(i.id for i in trial.identifiers))


def _as_written(trial: Trial) -> list[str]:
    return [
        squash(name)
        for name in (
            *trial.conditions,
            *trial.keywords,
            *(given.name for given in trial.interventions),
            *(term.term for term in trial.condition_mesh),
            *(term.term for term in trial.intervention_mesh),
        )
    ]


def _sponsor(trial: Trial) -> list[str]:
    return [squash(trial.lead_sponsor.name)] if trial.lead_sponsor else []


def _bm25(texts: Iterable[str], k1: float = 1.2, b: float = 0.75) -> System:
    counted = [Counter(words(text)) for text in texts]
    lengths = np.array([sum(count.values()) for count in counted])
    mean = lengths.mean()

    def weight(count: int, found_in: int, trial: int) -> float:
        idf = math.log(1 + (len(counted) - found_in + 0.5) / (found_in + 0.5))
        return idf * count * (k1 + 1) / (count + k1 * (1 - b + b * lengths[trial] / mean))

    return _inverted(counted, weight, lambda count, found_in: 1.0)


def _tfidf(lists: Iterable[Iterable[str]], log: bool = True) -> System:
    counted = [Counter(terms) for terms in lists]
    size = len(counted)
    found = Counter(term for count in counted for term in count)

    def raw(count: int, found_in: int) -> float:
        return (1 + math.log(count) if log else 1.0) * (math.log((1 + size) / (1 + found_in)) + 1)

    norms = [
        math.sqrt(sum(raw(n, found[term]) ** 2 for term, n in count.items())) or 1.0
        for count in counted
    ]
    return _inverted(counted, lambda n, found_in, trial: raw(n, found_in) / norms[trial], raw)


def _inverted(
    counted: Sequence[Counter[str]],
    weight: Callable[[int, int, int], float],
    asked: Callable[[int, int], float],
) -> System:
    """Scores by adding up, over the query's terms, its weight times the trial's."""
    postings: dict[str, list[tuple[int, int]]] = {}
    for trial, count in enumerate(counted):
        for term, times in count.items():
            postings.setdefault(term, []).append((trial, times))
    arrays = {
        term: (
            np.array([trial for trial, _ in having]),
            np.array([weight(n, len(having), trial) for trial, n in having], np.float32),
        )
        for term, having in postings.items()
        if len(having) > 1
    }

    def scores(query: int) -> Scores:
        total = np.zeros(len(counted), np.float32)
        for term, times in counted[query].items():
            if term in arrays:
                trials, weights = arrays[term]
                total[trials] += asked(times, len(trials)) * weights
        return total

    return scores
