"""Countries: codes, a name for people, and every spelling in the Latin script."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

import msgspec
import yaml

from kg.names import squash
from kg.vocabularies.bundle.write import Row, joined

HEADER = ("alpha2", "alpha3", "name", "spellings")

_FORMER: tuple[Row, ...] = (
    ("AN", "ANT", "Netherlands Antilles", ""),
    ("CS", "SCG", "Serbia and Montenegro", "Former Serbia and Montenegro|Serbia & Montenegro"),
    ("DD", "DDR", "East Germany", "German Democratic Republic"),
    ("SU", "SUN", "Soviet Union", "USSR|Former USSR|Former Soviet Union"),
    ("YU", "YUG", "Yugoslavia", "Former Yugoslavia"),
)
"""Countries that are no more keep the ISO 3166 code they had."""

_REGISTRY: dict[str, tuple[str, ...]] = {
    "AE": ("UAE",),
    "BQ": ("Bonaire Saint Eustatius and Saba", "Bonaire, Sint Eustatius and Saba"),
    "CD": ("Congo, The Democratic Republic of the", "Democratic Republic of Congo"),
    "CG": ("Congo",),
    "CI": ("Côte D'Ivoire", "Cote d'Ivoire"),
    "FM": ("Micronesia, Federated States of",),
    "GB": ("U.K.", "England", "Scotland", "Wales", "Northern Ireland", "United Kindgdom"),
    "GM": ("The Gambia",),
    "GS": ("South Georgia and the South Sandwich Is",),
    "HM": ("Heard Island and Mcdonald Islands",),
    "IR": ("Iran, Islamic Republic of",),
    "KP": ("Korea, Democratic People's Republic of", "Korea, North"),
    "KR": ("Korea, Republic of", "Korea, South"),
    "LA": ("Lao People's Democratic Republic",),
    "LY": ("Libyan Arab Jamahiriya",),
    "MD": ("Moldova, Republic of",),
    "MF": ("Saint Martin (French part)",),
    "MK": ("Macedonia, The Former Yugoslav Republic of", "North Macedonia"),
    "MM": ("Burma", "Myanmar"),
    "PS": ("Palestinian Territories, Occupied", "Palestinian Territory, occupied", "Palestine"),
    "RU": ("Russian Federation",),
    "SY": ("Syrian Arab Republic",),
    "SX": ("Sint Maarten (Dutch part)",),
    "SZ": ("Swaziland", "Eswatini"),
    "TR": ("Turkey (Türkiye)", "Türkiye"),
    "TW": ("Taiwan", "Taiwan, Province of China"),
    "TZ": ("Tanzania, United Republic of",),
    "US": ("U.S.", "U.S.A.", "United States of America"),
    "VA": ("Holy See (Vatican City State)",),
    "VG": ("Virgin Islands, British",),
    "VI": ("Virgin Islands, U.S.", "Virgin Islands (U.S.)"),
}
"""Spellings of registries that are wanted whatever the list of spellings holds."""

_LATIN = re.compile(r"^[\x20-\x7e\u00c0-\u024f’]+$")


class _Country(msgspec.Struct):
    name: str
    iso3: str


def extract(countries: str, spellings: str) -> Iterator[Row]:
    """One row per country; a spelling that two countries share is nobody's."""
    known = msgspec.json.decode(countries, type=dict[str, _Country])
    for code in ("AN", "CS"):  # listed among the countries of today; see the former ones
        known.pop(code, None)
    names = {code: country.name.removeprefix("The ") for code, country in known.items()}
    owner = {squash(name): code for code, name in names.items()}
    owner |= {squash(row[2]): row[0] for row in _FORMER}
    owner |= {squash(part): row[0] for row in _FORMER for part in row[3].split("|")}
    owner |= {squash(text): code for code, texts in _REGISTRY.items() for text in texts}
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for code, texts in yaml.safe_load(spellings).items():
        for text in map(str, texts or ()):
            if code in known and _LATIN.match(text) and len(squash(text)) > 3:
                found[code].setdefault(squash(text), text.replace("|", "/"))
    holders = Counter(key for keys in found.values() for key in keys)
    for code, name in names.items():
        own = {
            key: text
            for key, text in found[code].items()
            if owner.get(key, code) == code and holders[key] == 1
        }
        own |= {squash(text): text for text in _REGISTRY.get(code, ())}
        own.pop(squash(name), None)
        yield code, known[code].iso3, name, joined(text for _, text in sorted(own.items()))
    yield from _FORMER
