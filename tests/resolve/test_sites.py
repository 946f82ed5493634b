import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolve.sites import is_anonymous


@pytest.mark.parametrize(
    "facility",
    [
        None,
        "",
        "Investigational Site Number : 8400001",
        "Investigational Site Number 3920003",
        "Research Site",
        "Research site 12",
        "Local Institution - 0012",
        "Site 101",
        "Site CA9",
        "Study Site",
        "Clinical Research Site",
        "GSK Investigational Site",
        "1200.3.4 Boehringer Ingelheim Investigational Site",
        "Site Reference ID/Investigator# 7521",
        "For additional information on sites, contact 1-877-555-0100",
        "Contact Acme Pharma for facility details",
        "Virtual",
        "Madrid",
        "0042",
        "Acme Clinical Research Site",
    ],
)
def test_a_name_that_fits_any_place_is_anonymous(facility: str | None) -> None:
    assert is_anonymous(facility, ["Madrid", "Spain"], ["Acme"])


@pytest.mark.parametrize(
    "facility",
    [
        "Duke Clinical Research Site",
        "Hospital Universitario La Paz",
        "University Hospital",
        "Madrid General Hospital",
        "Sarah Cannon Research Institute",
        "Siteman Cancer Center",
        "Ottawa Hospital Research Institute",
        "City Polyclinic № 2",
        "Northwest Clinical Research Center",
        "Madrid Medical Center",
        "Meir Medical Center /ID# 205345",
        "Emory University-Site Number:003",
        "Hospital at East /West Campus",
        "Acme University Hospital",
    ],
)
def test_a_name_that_says_which_place_is_kept(facility: str) -> None:
    assert not is_anonymous(facility, ["Madrid", "Spain"], ["Acme University Hospital"])


@given(st.text(), st.text(), st.text())
def test_any_text_gets_an_answer(facility: str, city: str, sponsor: str) -> None:
    assert is_anonymous(facility, [city], [sponsor]) in (True, False)
    assert is_anonymous(city, [city], [])
