"""Related trials as they are shown: scores with their reasons, relations and differences."""

from __future__ import annotations

from msgspec import Struct

from kg.related.filters import Filters, allowed
from kg.related.index import Index
from kg.related.kinds import Kind
from kg.related.question import Question
from kg.related.rank import Scored, Shares, rank
from kg.related.relations import Known, known, relations
from kg.related.relations import asked as describe
from kg.related.row import Difference, Row, differences

WORDS_SHOWN = 5
"""Shared words that get a reason of their own; the others are added up in one."""


class Reason(Struct, frozen=True):
    """One thing that two trials share and what it adds to the score."""

    kind: str
    label: str
    iri: str | None
    weight: float


class Related(Struct, frozen=True, kw_only=True):
    """A related trial; the weights of its reasons sum to its score."""

    nct_id: str
    title: str
    score: float
    relations: tuple[str, ...]
    shared_ids: tuple[str, ...]
    reasons: tuple[Reason, ...]
    differences: tuple[Difference, ...]
    status: str | None
    phases: tuple[str, ...]
    start_date: str | None
    sponsor: str | None


class Answer(Struct, frozen=True, kw_only=True):
    """What was asked about and the trials most like it, best first."""

    trial: Row | None
    """The trial asked about; the first where there are several, None for a drug or a text."""
    trials: tuple[Row, ...]
    asked: str
    weights: dict[str, float]
    """Share of each kind in the scores."""
    related: tuple[Related, ...]


def answer(
    index: Index,
    question: Question,
    *,
    asked: str,
    share: Shares,
    k: int = 10,
    filters: Filters | None = None,
) -> Answer:
    """The k trials most like the question among those that pass the filters."""
    mask = allowed(index, filters or Filters())
    about = [known(index, seed) for seed in question.seeds] or [describe(index, question)]
    rows = tuple(index.row(seed) for seed in question.seeds)
    return Answer(
        trial=rows[0] if rows else None,
        trials=rows,
        asked=asked,
        weights={kind.label: round(float(share[kind]), 6) for kind in Kind if share[kind] > 0},
        related=tuple(
            _related(index, about, rows, scored) for scored in rank(index, question, share, k, mask)
        ),
    )


def _related(index: Index, about: list[Known], seeds: tuple[Row, ...], scored: Scored) -> Related:
    row = index.row(scored.trial)
    other = known(index, scored.trial)
    found = [relations(index, one, other) for one in about]
    return Related(
        nct_id=row.nct_id,
        title=row.title,
        score=scored.score,
        relations=_union([one.types for one in found]),
        shared_ids=_union([one.shared_ids for one in found]),
        reasons=tuple(reasons(index, scored)),
        differences=tuple(differences(seeds[0], row)) if len(seeds) == 1 else (),
        status=row.status,
        phases=row.phases,
        start_date=row.start_date,
        sponsor=row.sponsor,
    )


def reasons(index: Index, scored: Scored) -> list[Reason]:
    """Everything shared with its weight, heaviest first; the lesser words together, last."""
    listed: list[Reason] = []
    words = 0
    rest: list[float] = []
    of_text = index.range(Kind.TEXT)
    for summand in scored.summands:
        if summand.thing in of_text:
            if words == WORDS_SHOWN:
                rest.append(summand.weight)
                continue
            words += 1
        kind = index.kind(summand.thing)
        key = index.keys[summand.thing]
        iri = key if "://" in key else None
        listed.append(Reason(kind.label, index.label(summand.thing), iri, summand.weight))
    listed.sort(key=lambda reason: (-reason.weight, reason.kind, reason.label))
    if rest:
        label = f"{len(rest)} more {'words' if len(rest) > 1 else 'word'}"
        listed.append(Reason(Kind.TEXT.label, label, None, sum(rest)))
    return listed


def _union(lists: list[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for found in lists for one in found))
