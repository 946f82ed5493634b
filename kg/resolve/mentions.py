"""Where a trial says what a drug is called: every claim that two names are one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kg.model.trial import Intervention, Trial
from kg.resolve.codes import is_code
from kg.resolve.inn import build, looks_like_inn
from kg.resolve.normalise import plain

DRUG_TYPES = frozenset(
    {"DRUG", "BIOLOGICAL", "GENETIC", "COMBINATION_PRODUCT", "DIETARY_SUPPLEMENT", None}
)
"""Types of intervention whose unknown names may be drugs of their own."""
ALSO_GROUNDED = frozenset({"OTHER", "RADIATION", "DIAGNOSTIC_TEST"})
"""Interventions of these types are drugs only where a vocabulary knows their name."""

USER_DECISION = "user-decision"
CONFIDENCE = {
    USER_DECISION: 1.0,
    "also-known-as": 0.95,
    "other-name": 0.9,
    "name-in-brackets": 0.9,
    "code-and-name-in-text": 0.85,
    "publication-title": 0.85,
    "renamed-between-versions": 0.8,
    "same-in-other-names": 0.7,
}
"""How far a claim is trusted by the rule that found it."""


class Claim(NamedTuple):
    """A record's word that two strings name one thing."""

    name: str
    other: str
    field: str
    rule: str


_WORD = r"[^\W_][\w.,'/-]*"
_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]{3,40})[)\]]")
_BESIDE = re.compile(r"[;=]| / ")
_BEFORE = 50
_ALSO = re.compile(
    r"\b(?:also known as|formerly known as|formerly|previously known as|a\.?k\.?a\.?) (?:the )?",
    re.IGNORECASE,
)
_NAME = rf"{_WORD}(?: {_WORD})?"
_NAME_BEFORE = re.compile(rf"({_NAME}),? \(?$")
_NAME_AFTER = re.compile(_NAME)


def texts(trial: Trial) -> Iterator[tuple[str, str]]:
    """The texts of a trial that speak of its own drugs, each with its field."""
    for field, text in (
        ("briefTitle", trial.brief_title),
        ("officialTitle", trial.official_title),
        ("briefSummary", trial.brief_summary),
        ("detailedDescription", trial.detailed_description),
    ):
        if text:
            yield field, text
    for arm in trial.arm_groups:
        yield "armGroups[].label", arm.label
        if arm.description:
            yield "armGroups[].description", arm.description
    for intervention in trial.interventions:
        if intervention.description:
            yield "interventions[].description", intervention.description


def claims(trial: Trial) -> Iterator[Claim]:
    """Every claim of a trial that two names are one, outside the names' own brackets."""
    for intervention in trial.interventions:
        if intervention.type in DRUG_TYPES:
            for other in intervention.other_names:
                yield Claim(intervention.name, other, "interventions[].otherNames", "other-name")
    for field, text in texts(trial):
        yield from _in_text(field, text)
    for keyword in trial.keywords:
        yield from _in_keyword(keyword)


def _in_keyword(keyword: str) -> Iterator[Claim]:
    """A code and a name that share one keyword; two keywords say nothing of each other."""
    field = "keywords[]"
    yield from _in_text(field, keyword)
    pieces = [piece.strip() for piece in _BESIDE.split(keyword)]
    if len(pieces) == 2 and all(named_at_end(piece) == plain(piece) for piece in pieces):
        yield from _pair(pieces[0], pieces[1], field, "code-and-name-in-text")


def _in_text(field: str, text: str) -> Iterator[Claim]:
    """Pairs of a company code and a nonproprietary name, one in brackets after the other."""
    if "(" in text or "[" in text:
        for match in _IN_BRACKETS.finditer(text):
            if inside := named_at_end(match[1]):
                before = text[max(0, match.start() - _BEFORE) : match.start()]
                yield from _pair(before, inside, field, "code-and-name-in-text")
    if " known as " in text or "ormerly " in text or "k.a" in text or "aka" in text:
        for match in _ALSO.finditer(text):
            one = _NAME_BEFORE.search(text[max(0, match.start() - _BEFORE) : match.start()])
            other = _NAME_AFTER.match(text, match.end())
            if one and other:
                yield from _pair(one[1], other[0], field, "also-known-as")


def _pair(before: str, after: str, field: str, rule: str) -> Iterator[Claim]:
    first, second = named_at_end(before), named_at_end(after)
    if first and second and is_code(first) != is_code(second):
        yield Claim(first, second, field, rule)


def named_at_end(text: str) -> str | None:
    """The code or nonproprietary name that a phrase ends with.

    >>> named_at_end("humanised SAR408701"), named_at_end("of tusamitamab ravtansine")
    ('SAR408701', 'tusamitamab ravtansine')
    >>> named_at_end("Human Immunodeficiency Virus")
    """
    words = plain(text).strip(" ,;.").split()
    for length in (2, 1):
        tail = " ".join(words[-length:])
        if len(words) < length:
            continue
        if is_code(tail) or (length == 2 and build(tail).conjugate):
            return tail
        if length == 1 and looks_like_inn(tail):
            return tail
    return None


def drug_interventions(trial: Trial) -> tuple[Intervention, ...]:
    """The interventions whose type allows a drug."""
    return tuple(i for i in trial.interventions if i.type in DRUG_TYPES)
