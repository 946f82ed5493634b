"""Which registered places are one place: the same name in the same city, however it is spelled."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from math import cos, hypot, radians

from kg.model.resolved import Country
from kg.model.trial import Location
from kg.vocabularies import cities

_WORD = re.compile(r"[^\W_]+")
_DOTS = re.compile(r"[.'’`´]")
_BRACKETS = re.compile(r"\s*[\[(][^\[\]()]*[\])]")
_SHORT = {
    "univ": "university",
    "hosp": "hospital",
    "ctr": "center",
    "cntr": "center",
    "centre": "center",
    "inst": "institute",
    "dept": "department",
    "natl": "national",
    "mem": "memorial",
    "rsch": "research",
    "st": "saint",
    "ste": "sainte",
    "assn": "association",
    "fdn": "foundation",
    "hlth": "health",
    "pediatrics": "paediatrics",
    "pediatric": "paediatric",
    "hematology": "haematology",
    "orthopedic": "orthopaedic",
}
_PAIRS = re.compile(r"\bmed (?=(center|school|college)\b)")
_LEGAL_FORMS = frozenset("inc llc ltd pa pc plc pllc corp".split())
_BY_REGION = frozenset({"USA", "CAN", "AUS"})
"""Where towns of one name in several regions are common, and records name the region."""
_STATES = dict(
    zip(
        (
            "alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|"
            "district of columbia|florida|georgia|hawaii|idaho|illinois|indiana|iowa|kansas|"
            "kentucky|louisiana|maine|maryland|massachusetts|michigan|minnesota|mississippi|"
            "missouri|montana|nebraska|nevada|new hampshire|new jersey|new mexico|new york|"
            "north carolina|north dakota|ohio|oklahoma|oregon|pennsylvania|rhode island|"
            "south carolina|south dakota|tennessee|texas|utah|vermont|virginia|washington|"
            "west virginia|wisconsin|wyoming"
        ).split("|"),
        (
            "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE "
            "NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY"
        ).split(),
        strict=True,
    )
)
_NEAR_KM = 40.0


def place_key(name: str, location: Location, country: Country | None) -> tuple[str, ...]:
    """What identifies a named place: its name, city, region and country, in one spelling.

    >>> here = Location(city="St. Louis", state="Missouri", country="United States")
    >>> there = Location(city="Saint Louis", state="Missouri", country="United States")
    >>> usa = Country("United States", "US", "USA")
    >>> place_key("Washington Univ. Med Ctr", here, usa) == place_key(
    ...     "Washington University Medical Center", there, usa
    ... )
    True
    """
    code = (country.alpha3 or country.name) if country else location.country or ""
    city = city_of(location, country)
    where = str(city.geonames_id) if city else _plain(location.city or "")
    region = "" if city else _plain(location.state or "")
    return (code, region, where, same_name(name))


@lru_cache(maxsize=1 << 16)
def same_name(name: str) -> str:
    """A place's name with its abbreviations spelled out, in lower case, without punctuation.

    >>> same_name("St. Mary's Hosp., Inc."), same_name("Hôpital Saint-Louis")
    ('saint marys hospital', 'hopital saint louis')
    """
    words = [_SHORT.get(word, word) for word in _plain(name).split()]
    while len(words) > 1 and words[-1] in _LEGAL_FORMS:
        words.pop()
    if len(words) > 1 and words[0] == "the":
        words.pop(0)
    return _PAIRS.sub("medical ", " ".join(words)) or name


def city_of(location: Location, country: Country | None) -> cities.City | None:
    """The city a record means, where its name leaves no doubt and its position agrees.

    In countries whose regions share names of towns the region must agree too.

    >>> usa = Country("United States", "US", "USA")
    >>> city_of(Location(city="Springfield", state="Ohio"), usa).geonames_id
    4525353
    >>> city_of(Location(city="Springfield"), usa)
    """
    if not location.city or country is None or not country.alpha2:
        return None
    found = _cities(location.city, country.alpha2)
    if country.alpha3 == "USA":
        state = _STATES.get(_plain(location.state or ""))
        found = tuple(city for city in found if city.region == state)
    if len(found) != 1 or not _agrees(found[0], location):
        return None
    if country.alpha3 in _BY_REGION and not location.state:
        return None
    return found[0]


@lru_cache(maxsize=1 << 16)
def _cities(name: str, country: str) -> tuple[cities.City, ...]:
    return cities.by_name(name, country) or cities.by_name(_BRACKETS.sub("", name), country)


def _agrees(city: cities.City, location: Location) -> bool:
    if location.latitude is None or location.longitude is None:
        return True
    north = (location.latitude - city.latitude) * 111.2
    east = (location.longitude - city.longitude) * 111.2 * cos(radians(city.latitude))
    return hypot(north, east) < _NEAR_KM


@lru_cache(maxsize=1 << 16)
def _plain(text: str) -> str:
    flat = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(sign for sign in flat if not unicodedata.combining(sign))
    return " ".join(_WORD.findall(_DOTS.sub("", bare).replace("&", " and ")))
