"""Places that trials share: one name, every spelling, one city."""

from __future__ import annotations

from kg.iris import GEONAMES, Iris
from kg.map.ntriples import Lines
from kg.map.places import country_iri
from kg.model.resolved import SiteEntry
from kg.vocab import SCHEMA, SKOS, TKG


def map_site(entry: SiteEntry, iris: Iris) -> str:
    """Describe a shared place; its country is described with the trials."""
    lines = Lines()
    site = lines.about(iris.site(*entry.key), TKG.Site)
    site.label(entry.label)
    for name in entry.names:
        site.text(SKOS.altLabel, name)
    site.text(TKG.city, entry.city)
    site.text(TKG.state, entry.state)
    for code in entry.zips:
        site.text(TKG.zip, code)
    if entry.country is not None:
        site.link(TKG.country, country_iri(entry.country, iris))
    site.decimal(SCHEMA.latitude, entry.latitude)
    site.decimal(SCHEMA.longitude, entry.longitude)
    if entry.geonames_id is not None:
        site.link(TKG.geonamesCity, f"{GEONAMES}{entry.geonames_id}/")
    return "".join(lines)
