"""Where the trial runs: real places are shared, anonymous ones stay under their trial."""

from __future__ import annotations

from kg.iris import COUNTRY, GEONAMES, Iris
from kg.map.ntriples import Lines, Subject
from kg.map.people import map_official
from kg.model.resolved import Country, Place, ResolvedFacts
from kg.model.trial import Location, Trial
from kg.vocab import SCHEMA, SKOS, TKG


def map_places(
    own: Lines, node: Subject, shared: list[str], trial: Trial, facts: ResolvedFacts, iris: Iris
) -> None:
    """Say where the trial runs, and in which countries."""
    for location, place in zip(trial.locations, facts.places, strict=True):
        site = _site(own, shared, trial.nct_id, location, place, iris)
        node.link(TKG.site, site)
        if location.status is not None or location.investigators:
            _location(own, node, trial.nct_id, location, site, iris)
    for country in facts.countries:
        node.link(TKG.country, _country(shared, country, iris))
    for country in facts.removed_countries:
        node.link(TKG.removedCountry, _country(shared, country, iris))


def country_iri(country: Country, iris: Iris) -> str:
    """The public IRI of an ISO 3166 country, or one of our own for any other name."""
    return COUNTRY + country.alpha3 if country.alpha3 else iris.country(country.name)


def site_iri(place: Place, iris: Iris) -> str:
    """The IRI of a real place, the same in every trial and however it is spelled."""
    return iris.site(*place.key)


def _where(location: Location) -> tuple[str, str, str]:
    return location.state or "", location.city or "", location.country or ""


def _site(
    own: Lines, shared: list[str], nct_id: str, location: Location, place: Place, iris: Iris
) -> str:
    country = _country(shared, place.country, iris) if place.country is not None else None
    if place.key:
        return site_iri(place, iris)
    where = _where(location)
    name = place.name or location.facility or ", ".join(part for part in reversed(where) if part)
    site = own.about(iris.part(nct_id, "site", location.zip or "", *where, name), TKG.Site)
    site.label(name or "unnamed place")
    site.boolean(TKG.anonymous, True)
    site.text(TKG.city, location.city)
    site.text(TKG.state, location.state)
    site.text(TKG.zip, location.zip)
    site.link(TKG.country, country)
    site.decimal(SCHEMA.latitude, location.latitude)
    site.decimal(SCHEMA.longitude, location.longitude)
    if place.geonames_id is not None:
        site.link(TKG.geonamesCity, f"{GEONAMES}{place.geonames_id}/")
    return site.iri


def _location(
    own: Lines, node: Subject, nct_id: str, location: Location, site: str, iris: Iris
) -> None:
    iri = iris.part(nct_id, "location", location.status or "", site)
    node.link(TKG.hasLocation, iri)
    item = own.about(iri, TKG.Location)
    item.link(TKG.locationSite, site)
    item.code(TKG.locationStatus, "overall-status", location.status)
    for investigator in location.investigators:
        item.link(TKG.hasOfficial, map_official(own, nct_id, investigator, iris, place=iri))


def _country(shared: list[str], country: Country, iris: Iris) -> str:
    iri = country_iri(country, iris)
    lines = Lines()
    item = lines.about(iri, TKG.Country)
    item.label(country.name)
    item.text(SKOS.notation, country.alpha2)
    shared.append("".join(lines))
    return iri
