"""Errors a user can act on: one sentence naming record, place, found and expected."""

from __future__ import annotations


class KgError(Exception):
    """Anything that went wrong in a way the user can be told in one sentence."""

    exit_code = 1


class RecordError(KgError):
    """A record that cannot be read.

    >>> str(RecordError("NCT99000001", "$.statusModule.startDateStruct.date", "'soon'", "a date"))
    "NCT99000001 at $.statusModule.startDateStruct.date: found 'soon', expected a date"
    """

    def __init__(self, record: str, place: str, found: str, expected: str) -> None:
        super().__init__(f"{record} at {place}: found {found}, expected {expected}")
        self.record, self.place, self.found, self.expected = record, place, found, expected


class SourceError(KgError):
    """A file, folder or stream that cannot be read as records."""


class StoreError(KgError):
    """A store that is missing, locked, or not one of ours."""


class ValidationError(KgError):
    """Shapes that cannot be read, or a graph that cannot be judged by them."""


class QueryError(KgError):
    """A query that does not parse, lacks a parameter, or is refused."""


class TimeLimitError(QueryError):
    """A query that was stopped because it took longer than the user allowed."""

    exit_code = 4


class NotFoundError(KgError):
    """A trial, drug, target or query nobody knows by that name; carries near names."""

    def __init__(self, message: str, suggestions: tuple[str, ...] = ()) -> None:
        hint = f" (did you mean {', '.join(suggestions)}?)" if suggestions else ""
        super().__init__(message + hint)
        self.suggestions = suggestions


class AmbiguousError(KgError):
    """A name that several things go by; carries them all."""

    def __init__(self, message: str, candidates: tuple[str, ...]) -> None:
        super().__init__(f"{message}: {', '.join(candidates)}")
        self.candidates = candidates
