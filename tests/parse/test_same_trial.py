"""One trial read from two records of it gives the same facts.

Ten real trials are held both as legacy XML of February 2023 and as API v2 JSON of December 2024.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from kg.model.trial import Trial
from kg.parse.api_json import parse_v2
from kg.parse.legacy_xml import parse_xml

CHANGED = {
    ("NCT00000410", "references"): "three publications were found and added later",
    ("NCT00001579", "condition_mesh"): "terms were assigned later",
    ("NCT00001579", "intervention_mesh"): "terms were assigned anew, with MeSH's own spelling",
    ("NCT00003454", "intervention_mesh"): "terms were assigned later",
    ("NCT00003571", "condition_mesh"): "a term was assigned later",
    ("NCT00003571", "locations"): "the registry spelt cities anew (Washington D.C., St Louis)",
    ("NCT00003591", "locations"): "the registry spelt cities anew and sorted places by them",
    ("NCT00003591", "intervention_mesh"): "a term was assigned later",
    ("NCT00003591", "lead_sponsor"): "the registry now classes the sponsor as a network",
    ("NCT00005825", "intervention_mesh"): "terms were assigned anew",
    ("NCT00501605", "condition_mesh"): "terms were taken away",
    ("NCT00501605", "intervention_mesh"): "a term was assigned anew, with MeSH's own spelling",
    ("NCT00501605", "locations"): "the registry spelt the city anew",
    ("NCT00501605", "status"): "the XML is of an older make, without the dates of posting",
}
"""What differs between the two versions of a record, and why."""


def shared(trial: Trial) -> Trial:
    """The trial without what one of the two formats cannot hold."""
    return replace(
        trial,
        # the class of the registering organisation, and the age groups, are the API's own
        organization=trial.organization and replace(trial.organization, org_class=None),
        eligibility=replace(trial.eligibility, std_ages=()),
        # XML alone states the number of arms
        design=replace(trial.design, number_of_arms=None),
        # XML has other ids and MeSH terms bare, and no ancestors of terms
        identifiers=tuple(
            replace(one, type=None, domain=None, link=None) for one in trial.identifiers
        ),
        condition_mesh=tuple(replace(one, id=None) for one in trial.condition_mesh),
        intervention_mesh=tuple(replace(one, id=None) for one in trial.intervention_mesh),
        condition_ancestors=(),
        intervention_ancestors=(),
        # XML has no coordinates
        locations=tuple(replace(one, latitude=None, longitude=None) for one in trial.locations),
        # XML tells publications of results from all others, and no more
        references=tuple(
            replace(one, type="RESULT" if one.type == "RESULT" else None)
            for one in trial.references
        ),
    )


@pytest.fixture(scope="module")
def pairs(records: Path) -> dict[str, tuple[Trial, Trial]]:
    found = {}
    with zipfile.ZipFile(records / "ctgov-legacy-xml.zip") as archive:
        held = set(archive.namelist())
        with (records / "ctgov-v2.jsonl").open("rb") as lines:
            for line in lines:
                identification = msgspec.json.decode(line)["protocolSection"][
                    "identificationModule"
                ]
                name = f"{identification['nctId']}.xml"
                if name in held:
                    xml = parse_xml(archive.read(name), name)
                    found[xml.nct_id] = (shared(parse_v2(line, name)), shared(xml))
    return found


def test_ten_trials_are_in_both_forms(pairs: dict[str, tuple[Trial, Trial]]) -> None:
    assert len(pairs) == 10


def test_every_shared_fact_is_the_same(pairs: dict[str, tuple[Trial, Trial]]) -> None:
    different = {
        (nct_id, field): (getattr(api, field), getattr(xml, field))
        for nct_id, (api, xml) in pairs.items()
        for field in Trial.__struct_fields__
        if getattr(api, field) != getattr(xml, field)
    }
    unexplained = {key: value for key, value in different.items() if key not in CHANGED}
    assert unexplained == {}
    assert set(CHANGED) == set(different)


def test_the_status_that_changed_differs_only_in_dates_of_posting(
    pairs: dict[str, tuple[Trial, Trial]],
) -> None:
    api, xml = pairs["NCT00501605"]
    without = {
        "last_update_post_date": None,
        "study_first_post_date": None,
        "study_first_submit_qc_date": None,
    }
    assert replace(api.status, **without) == replace(xml.status, **without)


def test_places_that_differ_differ_only_in_their_city(
    pairs: dict[str, tuple[Trial, Trial]],
) -> None:
    for nct_id, field in CHANGED:
        if field == "locations":
            api, xml = (
                sorted(msgspec.json.encode(replace(one, city=None)) for one in trial.locations)
                for trial in pairs[nct_id]
            )
            assert api == xml
