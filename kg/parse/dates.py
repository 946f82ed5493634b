"""Dates as precise as the registry gives them, and never more."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from kg.errors import RecordError
from kg.model.trial import PartialDate
from kg.parse.codes import code

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ]\d{2}:\d{2}.*)?)?)?", re.ASCII)
_WORDS = re.compile(r"([A-Za-z]{3,9})\.? +(?:(\d{1,2})(?:st|nd|rd|th)?,? +)?(\d{4})", re.ASCII)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@lru_cache(maxsize=1 << 15)
def _iso(text: str) -> str | None:
    """The date in ISO form, None where the text is no date of the calendar."""
    if match := _ISO.fullmatch(text):
        year, month, day = match.groups()
    elif match := _WORDS.fullmatch(text):
        name, day, year = match.groups()
        number = _MONTHS.index(name[:3].lower()) + 1 if name[:3].lower() in _MONTHS else 0
        month = f"{number:02}"
        day = day and f"{int(day):02}"
    else:
        return None
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return "-".join(part for part in (year, month, day) if part)


def partial_date(
    text: str | None, type: str | None = None, *, record: str = "", place: str = ""
) -> PartialDate | None:
    """A date as its record tells it; a time of day is left off.

    >>> partial_date("October 17, 2017", "Anticipated")
    PartialDate(date='2017-10-17', type='ESTIMATED')
    >>> partial_date("May 2018").date, partial_date("2005").date
    ('2018-05', '2005')
    >>> partial_date("soon", record="NCT99000001", place="start_date")
    Traceback (most recent call last):
    kg.errors.RecordError: NCT99000001 at start_date: found 'soon', expected a date
    """
    words = (text or "").strip()
    if not words:
        return None
    iso = _iso(words)
    if iso is None:
        shown = repr(words if len(words) <= 80 else words[:80] + "…")
        raise RecordError(record, place, shown, "a date")
    return PartialDate(iso, code("date-type", type))
