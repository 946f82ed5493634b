"""Countries by any name, with their ISO 3166 codes."""

from __future__ import annotations

from functools import cache

import msgspec

from kg.names import squash
from kg.vocabularies import tables


class Country(msgspec.Struct, frozen=True):
    """A country of today, or a former one with the code it had."""

    alpha2: str
    alpha3: str
    name: str


def country(name: str) -> Country | None:
    """The country a record means in a country field; a region or an unknown name is none.

    Meant for fields that hold a country: it also knows names of nations and some provinces.

    >>> country("Korea, Republic of")
    Country(alpha2='KR', alpha3='KOR', name='South Korea')
    >>> country("Former Serbia and Montenegro").alpha3
    'SCG'
    >>> country("Asia (except Japan)")
    """
    return _names().get(squash(name))


@cache
def countries() -> tuple[Country, ...]:
    """Every country, by its two-letter code."""
    return tuple(Country(*row[:3]) for row in tables.rows("countries"))


@cache
def _names() -> dict[str, Country]:
    names: dict[str, Country] = {}
    rows = tables.rows("countries")
    for found, row in zip(countries(), rows, strict=True):
        for name in row[3].split("|"):
            names.setdefault(squash(name), found)
    for found in countries():
        names |= dict.fromkeys(map(squash, (found.alpha2, found.alpha3, found.name)), found)
    names.pop("", None)
    return names
