"""Cities of the world with their places, from GeoNames."""

from __future__ import annotations

from functools import cache

import msgspec

from kg.names import squash
from kg.vocabularies import tables


class City(msgspec.Struct, frozen=True):
    """A city of more than 15,000 people."""

    geonames_id: int
    name: str
    country: str
    """ISO 3166 two-letter code."""
    region: str
    """GeoNames code of the first-level region; in the United States the state's two letters."""
    latitude: float
    longitude: float
    population: int


def by_name(name: str, country: str) -> tuple[City, ...]:
    """Every city of this name in a country, those that bear it as their first name before others.

    Several cities of one country may share a name: take one only with its region or its place.

    >>> [(c.name, c.region) for c in by_name("Duarte", "US")]
    [('Duarte', 'CA')]
    >>> by_name("Duarte", "FR")
    ()
    """
    key = squash(name)
    found = [c for at in _names().get(key, ()) if (c := _city(at)).country == country]
    return tuple([c for c in found if squash(c.name) == key] or found)


def by_id(geonames_id: int) -> City | None:
    """The city with this GeoNames id.

    >>> by_id(2797656).name
    'Gent'
    """
    at = _ids().get(geonames_id)
    return None if at is None else _city(at)


@cache
def _ids() -> dict[int, int]:
    return {int(line.partition("\t")[0]): at for at, line in enumerate(_lines())}


@cache
def _lines() -> list[str]:
    return tables.lines("cities")


def _city(at: int) -> City:
    identifier, name, country, region, latitude, longitude, people, _ = _lines()[at].split("\t")
    place = float(latitude), float(longitude)
    return City(int(identifier), name, country, region, *place, int(people))


@cache
def _names() -> dict[str, tuple[int, ...]]:
    return tables.index(_lines(), slice(1, 2), slice(7, 8))
