r"""What the terms of an N-Triples line say, as text that fits a key's type.

Every reading gives text in one form, or None where the term is not of the type: `true`, a whole
ISO date, a number that Java and Python read alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from kg.export.terms import unescaped

_INT = re.compile(r"[+-]?[0-9]{1,18}")
_FLOAT = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_BOOLEAN = MappingProxyType({"true": "true", "1": "true", "false": "false", "0": "false"})


def iri(term: bytes) -> str:
    """The IRI of a term in angle brackets."""
    return text(term) if b"\\" in term else term[1:-1].decode()


def text(term: bytes) -> str:
    r"""The text of a literal, or an IRI as text; datatype and language are left away.

    >>> text(b'"say \\"no\\"\\n"@en')
    'say "no"\n'
    """
    end = term.rindex(b'"') if term.startswith(b'"') else len(term) - 1
    return unescaped(term[1:end])


def whole_date(found: str) -> tuple[str, str | None] | None:
    """The first day of a date, month or year, and how precise that is where it is not a day.

    >>> whole_date("2015-04"), whole_date("2015-04-30"), whole_date("soon")
    (('2015-04-01', 'month'), ('2015-04-30', None), None)
    """
    match = _DATE.fullmatch(found)
    if match is None:
        return None
    year, month, day = match.groups()
    try:
        first = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return first.isoformat(), None if day else "month" if month else "year"


def _matching(pattern: re.Pattern[str]) -> Callable[[str], str | None]:
    return lambda found: found if pattern.fullmatch(found) else None


def _string(found: str) -> str | None:
    return found


READ: Mapping[str, Callable[[str], str | None]] = MappingProxyType(
    {
        "string": _string,
        "int": _matching(_INT),
        "float": _matching(_FLOAT),
        "boolean": _BOOLEAN.get,
    }
)
"""The reading of a literal's text, by type; None where it does not fit."""
