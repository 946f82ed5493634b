"""Single values of an API study, as a Trial holds them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from kg.errors import RecordError
from kg.model.trial import PartialDate
from kg.parse import codes, text
from kg.parse.dates import partial_date
from kg.parse.study import DateStruct, Part, Text, Words

P = TypeVar("P", bound=Part)
H = TypeVar("H")


def _string(value: Text) -> str | None:
    return value if isinstance(value, str) or value is None else str(value)


def line(value: Text) -> str | None:
    """A one-line value."""
    return text.clean(_string(value))


def long(value: Text) -> str | None:
    """Text of several paragraphs."""
    return text.paragraphs(_string(value))


def code(scheme: str, value: Text) -> str | None:
    """A coded value."""
    return codes.code(scheme, line(value))


def words(value: Words) -> tuple[str, ...]:
    """A list of one-line values, each once."""
    values = value if isinstance(value, list) else [value]
    return once(word for word in map(line, values) if word)


def many_codes(scheme: str, value: Words) -> tuple[str, ...]:
    """A list of coded values, each once."""
    return once(found for word in words(value) for found in codes.codes(scheme, word))


def once(values: Iterable[H]) -> tuple[H, ...]:
    """The values in their order, exact repeats left off."""
    return tuple(dict.fromkeys(values))


def present(parts: Sequence[P | None] | None) -> list[P]:
    """The parts that say anything at all."""
    return [part for part in parts or () if part is not None and part != type(part)()]


def named(value: Text, place: str) -> str:
    """The value without which its part of the record has no meaning."""
    found = line(value)
    if found is None:
        raise RecordError("", place, "nothing", "a value")
    return found


def date(value: Text, place: str) -> PartialDate | None:
    """A date without a type."""
    return partial_date(line(value), place=place)


def dated(value: DateStruct | None, place: str) -> PartialDate | None:
    """A date that may be actual or estimated."""
    if value is None:
        return None
    return partial_date(line(value.date), line(value.type), place=f"{place}.date")
