"""One real trial, written in the three forms, gives the same facts from each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from kg.model.trial import Trial
from kg.parse.api_json import parse_v2
from kg.parse.legacy_xml import parse_xml
from kg.parse.page import parse_page

FOLDER = Path(__file__).parents[1] / "data" / "same-trial"

NOT_IN_XML = {
    "condition_mesh[].id": "gives MeSH terms without their ids",
    "identifiers[].type": "gives other ids without their types",
    "intervention_mesh[].id": "gives MeSH terms without their ids",
    "locations[].latitude": "has no coordinates",
    "locations[].longitude": "has no coordinates",
    "eligibility.std_ages": "has no age groups",
    "organization.org_class": "names the registering organisation without its class",
}
NOT_IN_PAGE = {
    "condition_mesh[].id": "has no MeSH terms",
    "condition_mesh[].term": "has no MeSH terms",
    "design.enrollment_type": "does not say whether numbers are actual",
    "eligibility.std_ages": "has no age groups",
    "intervention_mesh[].id": "has no MeSH terms",
    "intervention_mesh[].term": "has no MeSH terms",
    "interventions[].other_names": "prints all other names as one string",
    "locations[].latitude": "has no coordinates",
    "locations[].longitude": "has no coordinates",
    "organization.name": "does not name the registering organisation",
    "organization.org_class": "does not name the registering organisation",
    "status.completion_date.type": "does not say whether dates are actual",
    "status.has_expanded_access": "does not say it",
    "status.last_update_post_date.type": "does not say whether dates are actual",
    "status.start_date.type": "does not say whether dates are actual",
    "status.study_first_post_date.date": "has no date of the first posting",
    "status.study_first_post_date.type": "has no date of the first posting",
    "status.study_first_submit_date.date": "has no date of the first submission",
}
ONLY_IN = {
    "legacy.xml": {"design.number_of_arms": "states the number of arms"},
    "page.txt": {
        "asserted_related[].nct_id": "lists trials it holds to be related",
        "asserted_related[].overall_status": "lists trials it holds to be related",
        "asserted_related[].phases": "lists trials it holds to be related",
        "asserted_related[].title": "lists trials it holds to be related",
        "unassigned_other_names": "prints all other names as one string",
    },
}


def facts(value: Any, path: str = "") -> dict[str, list[Any]]:
    """Every value that is there, by path; parts of a list under one path, in order."""
    found: dict[str, list[Any]] = {}
    if isinstance(value, dict):
        for name, below in value.items():
            for at, values in facts(below, f"{path}.{name}" if path else name).items():
                found.setdefault(at, []).extend(values)
    elif isinstance(value, tuple) and value and isinstance(value[0], dict):
        for below in value:
            for at, values in facts(below, path + "[]").items():
                found.setdefault(at, []).extend(values)
    elif value not in (None, ()):
        found[path] = [value]
    return found


@pytest.fixture(scope="module")
def api() -> Trial:
    return parse_v2((FOLDER / "api.json").read_bytes(), "api.json")


@pytest.mark.parametrize(
    ("file", "parse", "missing"),
    [("legacy.xml", parse_xml, NOT_IN_XML), ("page.txt", parse_page, NOT_IN_PAGE)],
)
def test_a_form_says_what_the_api_says_and_no_more(api, file, parse, missing) -> None:
    ours = facts(msgspec.to_builtins(parse((FOLDER / file).read_bytes(), file)))
    theirs = facts(msgspec.to_builtins(api))
    different = {path for path in ours | theirs if ours.get(path) != theirs.get(path)}
    assert {path: (theirs.get(path), ours.get(path)) for path in different} == {
        path: (theirs.get(path), ours.get(path)) for path in {**missing, **ONLY_IN[file]}
    }
    assert [path for path in missing if path in ours] == []
    assert [path for path in ONLY_IN[file] if path in theirs] == []


def test_marks_of_each_form_are_gone(api: Trial) -> None:
    assert "Life expectancy <12 weeks." in api.eligibility.exclusion
    assert "Earlier treatment with a maytansinoid ([DM1] or [DM4])." in api.eligibility.exclusion
    assert len(api.eligibility.inclusion) == 4
    assert len(api.eligibility.exclusion) == 7
