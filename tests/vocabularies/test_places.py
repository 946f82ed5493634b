from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from zipfile import ZipFile

import pytest

from kg.vocabularies import cities, countries
from kg.vocabularies.countries import country


@pytest.mark.parametrize(
    ("name", "alpha3"),
    [
        ("Korea, Republic of", "KOR"),
        ("Korea, Democratic People's Republic of", "PRK"),
        ("Turkey (Türkiye)", "TUR"),
        ("Iran, Islamic Republic of", "IRN"),
        ("Former Serbia and Montenegro", "SCG"),
        ("Former Yugoslavia", "YUG"),
        ("Puerto Rico", "PRI"),
        ("Taiwan", "TWN"),
        ("Hong Kong", "HKG"),
        ("Côte D'Ivoire", "CIV"),
        ("Macedonia, The Former Yugoslav Republic of", "MKD"),
        ("Libyan Arab Jamahiriya", "LBY"),
        ("Moldova, Republic of", "MDA"),
        ("Palestinian Territories, Occupied", "PSE"),
        ("Kosovo", "XKX"),
        ("Georgia", "GEO"),
        ("Congo, The Democratic Republic of the", "COD"),
        ("Congo", "COG"),
        ("Guinea-Bissau", "GNB"),
        ("Swaziland", "SWZ"),
        ("U.S.", "USA"),
    ],
)
def test_registry_spellings(name: str, alpha3: str) -> None:
    found = country(name)
    assert found and found.alpha3 == alpha3


@pytest.mark.parametrize("name", ["", "Europe", "Asia(except Japan)", "No Country Given", "Korea2"])
def test_regions_and_unknown_names_are_no_countries(name: str) -> None:
    assert country(name) is None


def test_every_country_is_found_by_its_codes_and_name() -> None:
    for found in countries.countries():
        assert country(found.alpha2) == country(found.alpha3) == country(found.name) == found
    assert len({found.alpha3 for found in countries.countries()}) == len(countries.countries())


def test_countries_of_the_records_are_known(records: Path) -> None:
    names = set()
    for line in (records / "ctgov-v2.jsonl").open(encoding="utf-8"):
        module = json.loads(line)["protocolSection"].get("contactsLocationsModule", {})
        names |= {location.get("country") for location in module.get("locations", ())}
    with ZipFile(records / "ctgov-legacy-xml.zip") as archive:
        for name in archive.namelist():
            found = re.findall(r"<country>(.*?)</country>", archive.read(name).decode())
            names |= {unescape(text) for text in found}
    assert len(names) > 100
    assert {name for name in names if name and not country(name)} == set()


def test_a_city_needs_its_country() -> None:
    (found,) = cities.by_name("Villejuif", "FR")
    assert found.geonames_id == 2968705
    assert (round(found.latitude, 2), round(found.longitude, 2)) == (48.79, 2.36)
    assert cities.by_name("Villejuif", "DE") == ()


def test_cities_of_one_name_are_all_given() -> None:
    regions = {city.region for city in cities.by_name("Springfield", "US")}
    assert {"IL", "MA", "MO"} <= regions


def test_a_city_by_another_spelling() -> None:
    assert [city.name for city in cities.by_name("Koeln", "DE")] == ["Köln"]
