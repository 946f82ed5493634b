"""What a made-up study has several of: arms, interventions, outcomes, places, MeSH terms."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from benchmarks.registry import things
from benchmarks.registry.draw import Draw
from benchmarks.registry.prose import Prose
from kg.vocabularies.countries import country

Json = dict[str, Any]

_FORMS = ("{0}", "{0}", "{0}", "{0}", "{0} {1} mg", "{0} {1} mg tablet", "{0} injection", "{0} IV")
_DOSES = (1, 2, 5, 10, 20, 25, 50, 100, 200, 400)
_NO_DRUG = ("Placebo", "Placebo", "Matching placebo", "Standard of care", "Normal saline")
PLACES = {"industry": (900.0, 0.6), "academic": (250.0, 0.45), "observational": (250.0, 0.45)}
"""How popular the places of a country are; companies' trials share them more."""


def arms_and_interventions(draw: Draw, prose: Prose, drugs: list[things.Drug]) -> Json:
    """`armsInterventionsModule`."""
    labels: dict[str, Json] = {}
    for _ in range(draw.number("arms")):
        label = prose.line(max(1, draw.number("arm_label")))
        arm = {"label": label, "type": draw.code("arm_type")}
        if words := draw.number("arm_description"):
            arm["description"] = prose.text(words)
        labels[label] = {name: value for name, value in arm.items() if value}
    interventions: dict[tuple[str, str], Json] = {}
    given: dict[str, list[str]] = {label: [] for label in labels}
    for drug in drugs:
        kind = draw.code("intervention_type")
        others: list[str] = []
        if kind in {"DRUG", "BIOLOGICAL"}:
            name, others = _names(draw, drug)
        else:
            name = prose.line(2 + int(draw.uniform() * 3))
            others = [prose.line(2) for _ in range(draw.number("other_names"))]
        count = min(len(labels), draw.number("intervention_arms"))
        ordered = sorted(labels, key=lambda label: draw.uniform())[:count]
        intervention: Json = {"type": kind, "name": name}
        if words := draw.number("intervention_description"):
            intervention["description"] = prose.text(words)
        if ordered:
            intervention["armGroupLabels"] = ordered
        if others:
            intervention["otherNames"] = others
        if (kind, name) not in interventions:
            interventions[kind, name] = intervention
            for label in ordered:
                given[label].append(f"{kind.replace('_', ' ').capitalize()}: {name}")
    for label, names in given.items():
        if names:
            labels[label]["interventionNames"] = names
    found = {"armGroups": list(labels.values()), "interventions": list(interventions.values())}
    return {name: part for name, part in found.items() if part}


def _names(draw: Draw, drug: things.Drug) -> tuple[str, list[str]]:
    """The name of an intervention as a sponsor would register it, and its other names."""
    if draw.chance(0.14):
        return draw.pick(_NO_DRUG), []
    names = (drug.name, drug.name, drug.name, *drug.others[:3])
    form = draw.pick(_FORMS)
    name = form.format(draw.pick(names), _DOSES[int(draw.uniform() * len(_DOSES))])
    if draw.chance(0.06):
        other = things.drug(draw.rank(14.0, 0.5)).name
        name = f"{name} + {other}"
    count = draw.number("other_names")
    return name, list(dict.fromkeys(draw.pick(drug.others) for _ in range(count)))


def outcomes(draw: Draw, prose: Prose) -> Json:
    """`outcomesModule`."""
    found = {}
    for kind in ("primary", "secondary", "other"):
        listed = [_outcome(draw, prose) for _ in range(draw.number(f"{kind}_outcomes"))]
        if listed:
            found[f"{kind}Outcomes"] = listed
    return found


def _outcome(draw: Draw, prose: Prose) -> Json:
    outcome = {"measure": prose.line(max(1, draw.number("measure")))}
    if words := draw.number("outcome_description"):
        outcome["description"] = prose.text(words)
    if words := draw.number("time_frame"):
        outcome["timeFrame"] = prose.line(words)
    return outcome


def locations(draw: Draw, home: str, is_open: bool, person: Callable[[], str]) -> list[Json]:
    """The places of a study: most at home, those of a large one all over the world."""
    count = draw.number("locations")
    abroad = [draw.code("country") or home for _ in range(draw.number("countries") - 1)]
    scale, shape = PLACES[draw.kind]
    found: dict[tuple[str, int], Json] = {}
    for at in range(count):
        name = home if at == 0 or not abroad or draw.chance(0.4) else draw.pick(abroad)
        code = _alpha2(name)
        rank = draw.rank(scale * _weight(name), shape)
        if code is None or (name, rank) in found:
            continue
        place = things.place(code, rank)
        location: Json = {"facility": place.name, "city": place.city, "country": name}
        has = draw.code("location_has")
        if "facility" not in has:
            del location["facility"]
        if is_open:
            location["status"] = "RECRUITING"
        if place.region:
            location["state"] = place.region
        if "zip" in has:
            location["zip"] = place.zip
        if "latitude" in has:
            location["geoPoint"] = {"lat": place.latitude, "lon": place.longitude}
        if people := draw.number("investigators"):
            location["contacts"] = [
                {"name": person(), "role": "PRINCIPAL_INVESTIGATOR"} for _ in range(people)
            ]
        found[name, rank] = location
    return list(found.values())


@cache
def _alpha2(name: str) -> str | None:
    """The two-letter code of a country whose towns are known."""
    found = country(name)
    return found.alpha2 if found and things.has_towns(found.alpha2) else None


@cache
def _weight(name: str) -> float:
    """How many places a country has, where the United States have 1."""
    return {"United States": 1.0}.get(name, 0.15)


def mesh_module(found: Iterable[things.Mesh]) -> Json:
    """`conditionBrowseModule` or `interventionBrowseModule`."""
    terms = {one.id: one for one in found}
    above = {i: term for one in terms.values() for i, term in one.ancestors if i not in terms}
    if not terms:
        return {}
    module: Json = {"meshes": [{"id": _padded(i), "term": one.term} for i, one in terms.items()]}
    if above:
        module["ancestors"] = [{"id": _padded(i), "term": term} for i, term in above.items()]
        module["browseLeaves"] = [
            {"id": f"M{i[1:]}", "name": term, "relevance": "LOW"} for i, term in above.items()
        ] + [
            {"id": f"M{i[1:]}", "name": one.term, "asFound": one.term, "relevance": "HIGH"}
            for i, one in terms.items()
        ]
        module["browseBranches"] = [{"abbrev": "All", "name": "All Conditions"}]
    return module


def _padded(mesh_id: str) -> str:
    """A MeSH id as the registry writes it.

    >>> _padded("D003920")
    'D000003920'
    """
    return mesh_id if len(mesh_id) > 7 else f"{mesh_id[0]}000{mesh_id[1:]}"
