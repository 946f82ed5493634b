"""Cities of more than 15,000 people, with their place and other names in the Latin script."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from kg.names import squash
from kg.vocabularies.bundle.write import Row, joined

HEADER = ("geonames", "name", "country", "region", "latitude", "longitude", "population", "names")


class _City(msgspec.Struct):
    geonameid: int
    name: str
    latitude: float
    longitude: float
    countrycode: str
    population: int
    admin1code: str
    alternatenames: list[str]


def extract(content: str) -> Iterator[Row]:
    """One row per city; other names that only differ in accents or signs are left out."""
    for city in msgspec.json.decode(content, type=dict[str, _City]).values():
        others = {squash(name): name for name in sorted(city.alternatenames) if _plain(name)}
        others.pop(squash(city.name), None)
        yield (
            str(city.geonameid),
            city.name,
            city.countrycode,
            city.admin1code,
            f"{city.latitude:.5f}",
            f"{city.longitude:.5f}",
            str(city.population),
            joined(others.values()),
        )


def _plain(name: str) -> bool:
    return name.isascii() and "|" not in name and len(name) > 3
