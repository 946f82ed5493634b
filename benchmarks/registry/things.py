"""What records share: drugs, conditions, sponsors and places, each by its rank of popularity.

Names of drugs are those of the bundled substance names, conditions those of MeSH, towns those of
the bundled table, and where these end or a record would not use them, names are made up.
"""

from __future__ import annotations

from bisect import bisect
from functools import cache, lru_cache
from itertools import accumulate
from random import Random

from msgspec import Struct

from benchmarks.registry.prose import word
from kg.vocabularies import cities, drugs, mesh, tables

MADE_UP_DRUGS = 0.12
"""Share of drugs that no vocabulary knows: codes of companies."""
MADE_UP_CONDITIONS = 0.25


class Mesh(Struct, frozen=True):
    """A MeSH heading as a record gives it."""

    id: str
    term: str
    ancestors: tuple[tuple[str, str], ...]


class Drug(Struct, frozen=True):
    """A drug and the names records use for it."""

    name: str
    others: tuple[str, ...]
    mesh: Mesh | None


class Condition(Struct, frozen=True):
    """A condition and the names records use for it."""

    names: tuple[str, ...]
    mesh: Mesh | None


class Place(Struct, frozen=True):
    """A place where trials run."""

    name: str
    city: str
    region: str | None
    zip: str
    latitude: float
    longitude: float


@lru_cache(maxsize=1 << 14)
def drug(rank: int) -> Drug:
    """The drug of this rank."""
    random = Random(rank)
    substances = _substances()
    at = int(rank * (1 - MADE_UP_DRUGS))
    if random.random() < MADE_UP_DRUGS or at >= len(substances):
        code = word(rank % 5000)[:3].upper() + f"-{random.randrange(1000, 99999)}"
        return Drug(code, (code.replace("-", ""),), None)
    found = drugs.by_unii(substances[at])
    assert found is not None
    by_kind: dict[str, list[str]] = {}
    for name, kind in found.names:
        by_kind.setdefault(kind, []).append(name.capitalize() if kind != "code" else name)
    names = by_kind.get("inn") or by_kind.get("code") or [found.label.capitalize()]
    others = [*by_kind.get("code", ()), *by_kind.get("brand", ()), *by_kind.get("synonym", ())]
    return Drug(names[0], tuple(others[:12]) or (names[0],), _heading(names[0], "D"))


@cache
def _substances() -> list[str]:
    """Substances, those first that are sold, then those with a nonproprietary name."""
    ranked: list[tuple[int, int, str]] = []
    random = Random(1)
    for substance in drugs.substances():
        kinds = {kind for _, kind in substance.names}
        if kinds & {"inn", "code"}:
            tier = ("inn" not in kinds) * 2 + (not kinds & {"brand", "code"})
            ranked.append((tier, random.getrandbits(32), substance.unii))
    return [unii for _, _, unii in sorted(ranked)]


@lru_cache(maxsize=1 << 15)
def condition(rank: int) -> Condition:
    """The condition of this rank."""
    random = Random(-rank - 1)
    known = _diseases()
    at = int(rank * (1 - MADE_UP_CONDITIONS))
    if random.random() < MADE_UP_CONDITIONS or at >= len(known):
        ending = ("Syndrome", "Disorder", "Disease", "Failure", "Pain", "Injury")[rank % 6]
        first, second = word(random.randrange(9000)), word(random.randrange(9000))
        return Condition((f"{first.capitalize()} {second.capitalize()} {ending}",), None)
    heading = mesh.by_id(known[at])
    assert heading is not None
    names = (heading.term, *(entry for entry in heading.entries[:6]))
    return Condition(names, _mesh(heading))


@cache
def _diseases() -> list[str]:
    found = {
        line.split("\t")[0]
        for line in tables.lines("mesh")
        if any(tree[:1] == "C" or tree[:3] == "F03" for tree in line.split("\t")[2].split("|"))
    }
    shuffled = sorted(found)
    Random(2).shuffle(shuffled)
    return shuffled


def _heading(term: str, branch: str) -> Mesh | None:
    found = mesh.by_term(term)
    if len(found) == 1 and any(tree.startswith(branch) for tree in found[0].trees):
        return _mesh(found[0])
    return None


def _mesh(heading: mesh.Heading) -> Mesh:
    above = tuple((one.mesh_id, one.term) for one in mesh.ancestors(heading.mesh_id))
    return Mesh(heading.mesh_id, heading.term, above)


_COMPANY = ("Pharmaceuticals", "Therapeutics", "Biotech", "Pharma", "Medical", "Biosciences")
_COMPANY_FORM = (", Inc.", " Inc", " GmbH", " Ltd.", " Co., Ltd.", "", " AG", " S.A.", " LLC")
_ACADEMIC = (
    "University of {0}", "{0} University", "University Hospital, {0}", "{0} Medical Center",
    "{1} Cancer Center", "{1} Foundation", "{0} Hospital", "{1} Institute of {0}",
)  # fmt: skip
_FACILITY = (
    "{0} University Hospital", "{0} General Hospital", "{1} Medical Center", "{1} Clinic {0}",
    "Hospital {1}", "{1} Research {0}", "University of {0}", "{1} Oncology Associates",
    "{0} Clinical Research Center", "{1} Hospital",
)  # fmt: skip
_NOBODY = ("Research Site", "Investigational Site", "Local Institution", "Clinical Site")


@lru_cache(maxsize=1 << 15)
def sponsor(rank: int, industry: bool) -> str:
    """The organisation of this rank."""
    random = Random(rank * 2 + industry + (1 << 41))
    made = word(random.randrange(60, 40_000)).capitalize()
    if industry:
        return f"{made} {random.choice(_COMPANY)}{random.choice(_COMPANY_FORM)}"
    return random.choice(_ACADEMIC).format(_towns("US")[0][rank % 3000].name, made)


@lru_cache(maxsize=1 << 17)
def place(alpha2: str, rank: int) -> Place:
    """The place of this rank in a country."""
    random = Random(f"{alpha2}{rank}")
    towns, sums = _towns(alpha2)
    town = towns[bisect(sums, random.random() * sums[-1], 0, len(sums) - 1)]
    made = word(random.randrange(20_000)).capitalize()
    if random.random() < 0.2:
        name = f"{random.choice(_NOBODY)} {random.randrange(100, 99999)}"
    else:
        name = random.choice(_FACILITY).format(town.name, made)
    region = STATES.get(town.region) if alpha2 == "US" else None
    code = f"{random.randrange(10_000, 99_999)}"
    return Place(name, town.name, region, code, town.latitude, town.longitude)


def has_towns(alpha2: str) -> bool:
    """Whether towns of a country are known."""
    return alpha2 in _all_towns()


@cache
def _towns(alpha2: str) -> tuple[list[cities.City], list[int]]:
    """A country's towns, the largest first, and how many people live in those up to it."""
    found = sorted(_all_towns()[alpha2], key=lambda city: (-city.population, city.geonames_id))
    return found, list(accumulate(max(1, city.population) for city in found))


@cache
def _all_towns() -> dict[str, list[cities.City]]:
    found: dict[str, list[cities.City]] = {}
    for line in tables.lines("cities"):
        identifier, _, alpha2, *_ = line.split("\t")
        if city := cities.by_id(int(identifier)):
            found.setdefault(alpha2, []).append(city)
    return found


STATES = dict(
    pair.split(":")
    for pair in (
        "AL:Alabama|AK:Alaska|AZ:Arizona|AR:Arkansas|CA:California|CO:Colorado|CT:Connecticut|"
        "DE:Delaware|DC:District of Columbia|FL:Florida|GA:Georgia|HI:Hawaii|ID:Idaho|IL:Illinois|"
        "IN:Indiana|IA:Iowa|KS:Kansas|KY:Kentucky|LA:Louisiana|ME:Maine|MD:Maryland|"
        "MA:Massachusetts|MI:Michigan|MN:Minnesota|MS:Mississippi|MO:Missouri|MT:Montana|"
        "NE:Nebraska|NV:Nevada|NH:New Hampshire|NJ:New Jersey|NM:New Mexico|NY:New York|"
        "NC:North Carolina|ND:North Dakota|OH:Ohio|OK:Oklahoma|OR:Oregon|PA:Pennsylvania|"
        "RI:Rhode Island|SC:South Carolina|SD:South Dakota|TN:Tennessee|TX:Texas|UT:Utah|"
        "VT:Vermont|VA:Virginia|WA:Washington|WV:West Virginia|WI:Wisconsin|WY:Wyoming"
    ).split("|")
)
