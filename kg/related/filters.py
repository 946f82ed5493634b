"""Filters that act before anything is ranked."""

from __future__ import annotations

import re

import numpy as np
from msgspec import Struct

from kg.errors import QueryError
from kg.iris import MESH, Iris
from kg.names import squash
from kg.related.arrays import Array
from kg.related.index import Index
from kg.related.kinds import Kind
from kg.related.words import words
from kg.resolve.organizations import organization
from kg.vocabularies import countries, mesh

_PHASE = re.compile(r"(?:phase)?([1-4])(?:(?:phase)?([1-4]))?")
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


class Filters(Struct, frozen=True):
    """What a related trial must be; several values of one filter are alternatives."""

    phase: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    condition: tuple[str, ...] = ()
    sponsor: tuple[str, ...] = ()
    exclude_sponsor: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    since: str | None = None
    """Started on this day or later; a month or a year will do."""


def allowed(index: Index, filters: Filters) -> Array | None:
    """A mask of the trials that pass, or None where all do.

    Raises `QueryError` for a phase, status or date that is none, or that no trial has.
    """
    if filters == Filters():
        return None
    passing = np.ones(index.trials, bool)
    if filters.phase:
        bits = sum({1 << _phase(index, code) for text in filters.phase for code in phases(text)})
        passing &= (index.phase & np.uint32(bits)) != 0
    if filters.status:
        codes = [_known(text, index.meta.statuses, "status") for text in filters.status]
        passing &= np.isin(index.status, codes)
    if filters.since:
        passing &= index.start >= _day(filters.since)
    if filters.condition:
        passing &= index.where_any(_conditions(index, filters.condition))
    if filters.country:
        passing &= index.where_any(_countries(index, filters.country))
    if filters.sponsor:
        passing &= np.isin(index.lead, _sponsors(index, filters.sponsor))
    if filters.exclude_sponsor:
        passing &= ~np.isin(index.lead, _sponsors(index, filters.exclude_sponsor))
    return passing


def phases(text: str) -> list[str]:
    """The registry's codes of a phase as people write it.

    >>> phases("2"), phases("Phase 1/2"), phases("EARLY_PHASE1"), phases("n/a")
    (['PHASE2'], ['PHASE1', 'PHASE2'], ['EARLY_PHASE1'], ['NA'])
    """
    key = squash(text)
    if key in {"na", "notapplicable"}:
        return ["NA"]
    if key in {"early", "earlyphase1", "0", "phase0"}:
        return ["EARLY_PHASE1"]
    match = _PHASE.fullmatch(key)
    if match is None:
        raise QueryError(f"phase {text!r}: expected 1, 2, 3, 4, 1/2, 2/3, early or na")
    return [f"PHASE{number}" for number in match.groups() if number]


def _phase(index: Index, code: str) -> int:
    return index.meta.phases.index(code) if code in index.meta.phases else 31


def _known(text: str, known: list[str], what: str) -> int:
    keys = [squash(code) for code in known]
    if squash(text) not in keys:
        expected = ", ".join(sorted(filter(None, known)))
        raise QueryError(f"{what} {text!r}: no trial of the graph has it, expected {expected}")
    return keys.index(squash(text))


def _day(text: str) -> int:
    if not _DATE.fullmatch(text):
        raise QueryError(f"since {text!r}: expected a date such as 2020-01-31, 2020-01 or 2020")
    return int(text.replace("-", "").ljust(8, "0"))


def _conditions(index: Index, asked: tuple[str, ...]) -> list[int]:
    """MeSH terms, which hold what is below them, and stated conditions with all the words."""
    found = []
    for text in asked:
        for heading in mesh.by_term(text):
            number = index.thing(Kind.CONDITION, MESH + heading.mesh_id)
            found += [] if number is None else [number]
        found += _with_words(index, Kind.STATED_CONDITION, text)
    return found


def _countries(index: Index, asked: tuple[str, ...]) -> list[int]:
    found = []
    for text in asked:
        known = countries.country(text)
        labels = {squash(text)} | ({squash(known.name)} if known else set())
        numbers = index.range(Kind.COUNTRY)
        found += [number for number in numbers if squash(index.label(number)) in labels]
    return found


def _sponsors(index: Index, asked: tuple[str, ...]) -> list[int]:
    """Organisations with the words in their name, and the one that the text names as a whole."""
    iris = Iris(index.meta.base_iri)
    found = []
    for text in asked:
        number = index.thing(Kind.SPONSOR, iris.organization(organization(text).key))
        found += [] if number is None else [number]
        found += _with_words(index, Kind.SPONSOR, text)
    return found


def _with_words(index: Index, kind: Kind, text: str) -> list[int]:
    """Things whose label has the words of the text side by side: whole words, never parts."""
    wanted = " ".join(words(text)) or text.casefold()
    longest = max(wanted.split(), key=len, default="")
    return [
        thing
        for label, thing in index.spelled(kind, longest[:-1])
        if f" {wanted} " in f" {' '.join(words(label))} "
    ]
