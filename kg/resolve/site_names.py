"""Every shared place of a build, described the same in whatever order the records came."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kg.model.resolved import Country, ResolvedFacts, SiteEntry
from kg.model.trial import Trial
from kg.names import squash
from kg.vocabularies import cities


class _Seen(NamedTuple):
    """One way in which records describe a place."""

    name: str
    city: str
    state: str
    zip: str
    latitude: float | None
    longitude: float | None
    country: Country | None
    geonames_id: int | None


class SiteNames:
    """Gathers the shared places of trials, and describes them all at the end."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, ...], set[_Seen]] = {}

    def add(self, trial: Trial, facts: ResolvedFacts) -> None:
        """Take in the places of one trial."""
        for at, place in zip(trial.locations, facts.places, strict=True):
            if not place.anonymous:
                seen = _Seen(
                    place.name or "",
                    at.city or "",
                    at.state or "",
                    at.zip or "",
                    at.latitude,
                    at.longitude,
                    place.country,
                    place.geonames_id,
                )
                self._seen.setdefault(place.key, set()).add(seen)

    def merge(self, other: SiteNames) -> None:
        """Take in what another gathered of other trials."""
        for key, seen in other._seen.items():
            self._seen.setdefault(key, set()).update(seen)

    def entries(self) -> Iterator[SiteEntry]:
        """Every shared place, by key."""
        for key in sorted(self._seen):
            yield _entry(key, self._seen[key])


def _entry(key: tuple[str, ...], seen: set[_Seen]) -> SiteEntry:
    names = sorted({one.name for one in seen}, key=_fullest)
    cities_sure = {one.geonames_id for one in seen if one.geonames_id is not None}
    geonames_id = min(cities_sure) if len(cities_sure) == 1 else None
    positions = sorted(
        (one.latitude, one.longitude)
        for one in seen
        if one.latitude is not None and one.longitude is not None
    )
    latitude, longitude = positions[0] if positions else (None, None)
    countries = sorted((one.country for one in seen if one.country), key=lambda c: c.name)
    return SiteEntry(
        key=key,
        label=names[0],
        names=tuple(sorted(names[1:])),
        city=_city({one.city for one in seen} - {""}, geonames_id),
        state=min({one.state for one in seen} - {""}, key=_plainest, default=None),
        zips=tuple(sorted({one.zip for one in seen} - {""})),
        country=countries[0] if countries else None,
        latitude=latitude,
        longitude=longitude,
        geonames_id=geonames_id,
    )


def _city(spellings: Iterable[str], geonames_id: int | None) -> str | None:
    """The spelling that GeoNames has where a record uses it, else the plainest."""
    found = sorted(spellings, key=_plainest)
    city = cities.by_id(geonames_id) if geonames_id is not None else None
    known = [name for name in found if city and squash(name) == squash(city.name)]
    return next(iter(known or found), None)


def _fullest(text: str) -> tuple[bool, int, str]:
    return (text.isupper() or text.islower(), -len(text), text)


def _plainest(text: str) -> tuple[bool, bool, int, str]:
    return (not text.replace(" ", "").isalpha(), text.isupper() or text.islower(), len(text), text)
