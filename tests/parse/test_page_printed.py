"""Every real study, printed as a text page, reads back as the same trial."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from kg.model.trial import Location, Trial
from kg.parse.api_json import parse_v2
from kg.parse.page import parse_page
from tests.parse.printed import page

UNMARKED_ARMS = {
    "NCT01920516": "an untyped arm whose description looks like labels",
    "NCT05105490": "an untyped arm whose description looks like labels",
    "NCT06138171": "an untyped arm whose description looks like labels",
}
"""Trials whose arms cannot be told from their descriptions, and why."""
SAME = (
    "brief_title",
    "brief_summary",
    "detailed_description",
    "conditions",
    "keywords",
    "has_results",
    "lead_sponsor",
    "collaborators",
    "officials",
    "countries",
    "unread",
)
SAME_DESIGN = (
    "phases",
    "study_type",
    "allocation",
    "intervention_model",
    "primary_purpose",
    "masking",
    "who_masked",
    "observational_models",
    "time_perspectives",
    "enrollment_count",
)
SAME_ELIGIBILITY = (
    "inclusion",
    "exclusion",
    "minimum_age",
    "maximum_age",
    "sex",
    "healthy_volunteers",
)


@pytest.fixture(scope="module")
def pairs(records: Path) -> list[tuple[Trial, Trial]]:
    found = []
    with (records / "ctgov-v2.jsonl").open("rb") as lines:
        for line in lines:
            printed = page(msgspec.json.decode(line)).encode()
            found.append((parse_v2(line, "a study"), parse_page(printed, "a page")))
    return found


@pytest.mark.parametrize("field", SAME)
def test_a_fact_reads_back(pairs: list[tuple[Trial, Trial]], field: str) -> None:
    assert [a.nct_id for a, b in pairs if getattr(a, field) != getattr(b, field)] == []


@pytest.mark.parametrize("field", SAME_DESIGN)
def test_the_design_reads_back(pairs: list[tuple[Trial, Trial]], field: str) -> None:
    wrong = [a.nct_id for a, b in pairs if getattr(a.design, field) != getattr(b.design, field)]
    assert wrong == []


@pytest.mark.parametrize("field", SAME_ELIGIBILITY)
def test_eligibility_reads_back(pairs: list[tuple[Trial, Trial]], field: str) -> None:
    wrong = [
        a.nct_id for a, b in pairs if getattr(a.eligibility, field) != getattr(b.eligibility, field)
    ]
    assert wrong == []


def test_arms_read_back(pairs: list[tuple[Trial, Trial]]) -> None:
    wrong = {a.nct_id for a, b in pairs if a.arm_groups != b.arm_groups}
    assert wrong == set(UNMARKED_ARMS)


def uses(trial: Trial) -> set[tuple[object, ...]]:
    arms = {arm.label for arm in trial.arm_groups}
    return {
        (one.name, one.type, one.description, label)
        for one in trial.interventions
        for label in arms.intersection(one.arm_group_labels) or [None]
    }


def test_interventions_read_back_with_their_arms(pairs: list[tuple[Trial, Trial]]) -> None:
    wrong = [a.nct_id for a, b in pairs if uses(a) != uses(b) and a.nct_id not in UNMARKED_ARMS]
    assert wrong == []


def shown(place: Location) -> tuple[object, ...]:
    """What a page shows: a comma inside a city's name cannot be told from one behind it."""
    where = (part for part in (place.city, place.state, place.zip, place.country) if part)
    return place.facility, place.status, ", ".join(where)


def test_places_read_back(pairs: list[tuple[Trial, Trial]]) -> None:
    wrong = [
        a.nct_id
        for a, b in pairs
        if {shown(replace(place, zip=None)) for place in a.locations} != {*map(shown, b.locations)}
        or len(a.locations) > len(b.locations)
    ]
    assert wrong == []


def test_references_read_back(pairs: list[tuple[Trial, Trial]]) -> None:
    def cited(trial: Trial) -> list[tuple[object, ...]]:
        return [(one.citation, one.pmid, one.doi, one.type) for one in trial.references]

    assert [a.nct_id for a, b in pairs if cited(a) != cited(b)] == []
