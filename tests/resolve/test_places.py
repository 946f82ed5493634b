from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.iris import Iris
from kg.map.sites import map_site
from kg.model.trial import Location, Trial
from kg.parse import parse
from kg.records.files import read
from kg.resolve.facts import resolve_facts
from kg.resolve.places import same_name
from kg.resolve.site_names import SiteNames


def key(facility: str, city: str, state: str | None, country: str, **more: float) -> object:
    location = Location(facility, None, city, state, None, country, **more)
    trial = Trial(nct_id="NCT99000001", locations=(location,))
    return resolve_facts(trial).places[0].key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            ("Univ of Nebraska Med Ctr", "Omaha", "Nebraska", "United States"),
            ("University of Nebraska Medical Center", "Omaha", "Nebraska", "United States"),
        ),
        (
            ("St. Mary's Hosp.", "Saint Louis", "Missouri", "United States"),
            ("Saint Mary's Hospital", "St. Louis", "Missouri", "United States"),
        ),
        (
            ("Hôpital Ramón", "Nîmes", "Gard", "France"),
            ("HOPITAL RAMON", "Nimes", None, "France"),
        ),
        (
            ("European Institute of Oncology", "Milano", None, "Italy"),
            ("European Institute of Oncology", "Milan", "Lombardy", "Italy"),
        ),
        (
            ("Meir Medical Center", "Kfar Saba", None, "Israel"),
            ("Meir Medical Center /ID# 205345", "Kfar Saba", None, "Israel"),
        ),
    ],
)
def test_one_place_however_spelled(
    one: tuple[str, str, str | None, str], other: tuple[str, str, str | None, str]
) -> None:
    assert key(*one) == key(*other) != ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            ("Mercy Hospital", "Springfield", "Missouri", "United States"),
            ("Mercy Hospital", "Springfield", "Ohio", "United States"),
        ),
        (
            ("Mercy Hospital", "Smallplace", "Missouri", "United States"),
            ("Mercy Hospital", "Smallplace", "Ohio", "United States"),
        ),
        (
            ("City Hospital #1", "Moscow", None, "Russia"),
            ("City Hospital #2", "Moscow", None, "Russia"),
        ),
        (
            ("University Hospital", "Cambridge", None, "United Kingdom"),
            ("University Hospital", "Cambridge", "Massachusetts", "United States"),
        ),
        (
            ("Duke University", "Durham", "North Carolina", "United States"),
            ("Duke University Hospital", "Durham", "North Carolina", "United States"),
        ),
    ],
)
def test_places_that_only_look_alike(
    one: tuple[str, str, str | None, str], other: tuple[str, str, str | None, str]
) -> None:
    assert key(*one) != key(*other)


def test_a_position_far_from_the_city_of_that_name_is_no_such_city() -> None:
    near = key("Examplary Clinic", "Gent", None, "Belgium", latitude=51.05, longitude=3.72)
    assert near == key("Examplary Clinic", "Ghent", None, "Belgium")
    far = key("Examplary Clinic", "Gent", None, "Belgium", latitude=49.6, longitude=5.9)
    assert far != near


def test_an_anonymous_site_has_no_key() -> None:
    assert key("Research Site", "Madrid", None, "Spain") == ()


@settings(deadline=None)  # the first look-up reads the tables
@given(st.text(min_size=1))
def test_any_name_has_one_spelling(name: str) -> None:
    assert same_name(name)
    assert same_name(same_name(name)) == same_name(name) or not same_name(name).isascii()


def described(*trials: Trial) -> list[str]:
    names = SiteNames()
    for trial in trials:
        names.add(trial, resolve_facts(trial))
    return [map_site(entry, Iris()) for entry in names.entries()]


def test_a_site_is_described_the_same_in_any_order_of_records() -> None:
    spellings = ["CITY HOSP", "City Hospital", "City Hosp."]
    trials = [
        Trial(
            nct_id=f"NCT9900000{at}",
            locations=(Location(name, None, "Gent", None, f"900{at}", "Belgium"),),
        )
        for at, name in enumerate(spellings, 1)
    ]
    (site,) = described(*trials)
    assert [site] == described(*reversed(trials))
    assert '#label> "City Hospital"' in site
    assert '"CITY HOSP"' in site and '"9001"' in site and '"9003"' in site
    assert "<https://sws.geonames.org/2797656/>" in site


def test_merged_sites_of_the_real_records_stand_near_each_other(records: Path) -> None:
    positions = defaultdict(set)
    for raw in read([records / "ctgov-v2.jsonl"], lambda rejection: None):
        trial = parse(raw)
        for at, place in zip(trial.locations, resolve_facts(trial).places, strict=True):
            if place.key and at.latitude is not None and at.longitude is not None:
                positions[place.key].add((at.latitude, at.longitude))
    assert len(positions) > 1000
    for found in positions.values():
        north, east = zip(*found, strict=True)
        assert max(north) - min(north) < 1 and max(east) - min(east) < 1.5
