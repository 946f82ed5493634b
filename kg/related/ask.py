"""One question in the user's words: who or what, which kinds count how much, which may answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from kg.errors import QueryError
from kg.related.answer import Answer, answer
from kg.related.filters import Filters
from kg.related.index import Index
from kg.related.kinds import WEIGHTS, Kind, scored
from kg.related.question import like_drug, like_text, like_trials
from kg.related.rank import shares


class DrugAsked(Struct, frozen=True):
    """A drug of the graph."""

    label: str
    iri: str


def ask(
    index: Index,
    nct_ids: Sequence[str] = (),
    *,
    drug: DrugAsked | None = None,
    text: str | None = None,
    k: int = 10,
    filters: Filters | None = None,
    weights: Mapping[str, float] | None = None,
    only: Iterable[str] = (),
) -> Answer:
    """The k trials most like the trials, the drug or the text; exactly one of the three.

    Raises `QueryError` where it is not one of the three, or a kind of reason is unknown.
    """
    if bool(nct_ids) + (drug is not None) + (text is not None) != 1:
        raise QueryError("found no or several things to be like, expected trials, a drug or a text")
    changes = {_kind(label): _factor(label, factor) for label, factor in (weights or {}).items()}
    share = shares(changes, frozenset(map(_kind, only)))
    if not share.any():
        raise QueryError("every kind of reason has weight 0, expected one above it")
    if drug is not None:
        question, asked = like_drug(index, drug.label, drug.iri), f"drug {drug.label}"
    elif text is not None:
        question, asked = like_text(index, text), "text"
    else:
        question, asked = like_trials(index, nct_ids), ", ".join(map(str.upper, nct_ids))
    return answer(index, question, asked=asked, share=share, k=k, filters=filters)


def _kind(label: str) -> Kind:
    kind = scored(label)
    if kind is None:
        expected = ", ".join(known.label for known in WEIGHTS)
        raise QueryError(f"kind of reason {label!r}: expected one of {expected}")
    return kind


def _factor(label: str, factor: float) -> float:
    if not 0 <= factor < float("inf"):
        raise QueryError(f"weight {label}={factor}: expected a number from 0 upwards")
    return factor
