"""Ages as registered, and in years."""

from __future__ import annotations

import re
from decimal import Decimal

_AGE = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(year|month|week|day|hour|minute)s?\s*", re.IGNORECASE)
_PER_YEAR = {
    "year": Decimal(1),
    "month": Decimal(12),
    "week": Decimal("52.1775"),
    "day": Decimal("365.2425"),
    "hour": Decimal("8765.82"),
    "minute": Decimal("525949.2"),
}


def years(age: str) -> Decimal | None:
    """The age in years, to six places; None where the text is not an age with a unit.

    >>> years("6 Months")
    Decimal('0.5')
    >>> years("18 Years")
    Decimal('18')
    >>> years("adult") is None
    True
    """
    match = _AGE.fullmatch(age)
    if match is None:
        return None
    exact = Decimal(match[1]) / _PER_YEAR[match[2].lower()]
    rounded = exact.quantize(Decimal("0.000001")).normalize()
    return rounded.quantize(Decimal(1)) if rounded == rounded.to_integral_value() else rounded
