"""Ages as registered, "6 Months", in years."""

from __future__ import annotations

import re
from decimal import Decimal

_AGE = re.compile(r"(\d{1,9}(?:\.\d{1,4})?) *(year|month|week|day|hour|minute)s?", re.IGNORECASE)
_PER_YEAR = {
    "year": Decimal(1),
    "month": Decimal(12),
    "week": Decimal("365.25") / 7,
    "day": Decimal("365.25"),
    "hour": Decimal("365.25") * 24,
    "minute": Decimal("365.25") * 24 * 60,
}
_PRECISION = Decimal("0.000001")  # half a minute of age


def years(age: str | None) -> Decimal | None:
    """The age in years; None where it is no age, as in "N/A".

    >>> years("18 Years"), years("6 Months"), years("N/A")
    (Decimal('18'), Decimal('0.5'), None)
    """
    match = _AGE.fullmatch((age or "").strip())
    if match is None:
        return None
    value = (Decimal(match[1]) / _PER_YEAR[match[2].lower()]).quantize(_PRECISION)
    return value.to_integral_value() if value == value.to_integral_value() else value.normalize()
