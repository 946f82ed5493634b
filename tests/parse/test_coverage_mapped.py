"""Every field the tables call mapped really reaches the Trial.

A value found nowhere else is planted at each such path of an otherwise bare record; the Trial
must change and hold it.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec
import pytest
from lxml import etree

from kg.errors import RecordError
from kg.model.trial import Trial
from kg.parse import coverage
from kg.parse.api_json import parse_v2
from kg.parse.legacy_xml import parse_xml

NCT_ID = "NCT99000001"
WORDS = "Qwxyz 4711"
VALUES: tuple[tuple[Any, str], ...] = (
    (WORDS, "Qwxyz[ _]4711"),
    ("2001-02-03", "2001-02-03"),
    ("February 3, 2001", "2001-02-03"),
    ("SUB_INVESTIGATOR", "SUB_INVESTIGATOR"),
    ("4711", "4711"),
    ("NCT99004711", "NCT99004711"),
    (4711, "4711"),
    (47.5, "47.5"),
    (True, "true|PATIENT|TREATMENT|INDIVIDUAL|INTERMEDIATE"),
    ("Yes", "true|TREATMENT|INDIVIDUAL|INTERMEDIATE"),
    ("Accepts Healthy Volunteers", "true"),
)
"""What may be planted, and how the Trial then shows it."""

NEEDED = {
    "secondaryIdInfos[]": {"id": "i"},
    "orgStudyIdInfo": {"id": "i"},
    "organization": {"fullName": "o"},
    "leadSponsor": {"name": "o"},
    "collaborators[]": {"name": "o"},
    "armGroups[]": {"label": "a"},
    "interventions[]": {"name": "i"},
    "primaryOutcomes[]": {"measure": "m"},
    "secondaryOutcomes[]": {"measure": "m"},
    "otherOutcomes[]": {"measure": "m"},
    "overallOfficials[]": {"name": "n"},
    "contacts[]": {"name": "n", "role": "PRINCIPAL_INVESTIGATOR"},
    "geoPoint": {"lat": 1.0, "lon": 1.0},
    "references[]": {"citation": "c"},
    "retractions[]": {"pmid": "1"},
    "seeAlsoLinks[]": {"url": "u"},
    "outcomeMeasures[]": {"title": "t", "type": "PRIMARY"},
    "seriousEvents[]": {"term": "t"},
    "otherEvents[]": {"term": "t"},
    "largeDocs[]": {"label": "l"},
    "meshes[]": {"id": "D1", "term": "t"},
    "ancestors[]": {"id": "D1", "term": "t"},
    "enrollmentInfo": {"count": 5},
}
"""Values without which a part of a study has no meaning; dates are needed by their types."""


def study(path: str, value: Any) -> dict[str, Any]:
    """A bare study with a value at a path; None plants nothing but what is needed around it."""
    root: dict[str, Any] = {"protocolSection": {"identificationModule": {"nctId": NCT_ID}}}
    at: Any = root
    *parts, last = path.split(".")
    for part in parts:
        needed = {"date": "1999"} if part.endswith("DateStruct") else NEEDED.get(part, {})
        name = part.removesuffix("[]")
        new = dict(needed)
        at[name] = [new] if part.endswith("[]") else at.get(name, new)
        at = new if part.endswith("[]") else at[name]
    if value is not None:
        at[last.removesuffix("[]")] = [value] if last.endswith("[]") else value
    return root


def record(path: str, value: str | None) -> bytes:
    """A bare legacy XML record with a value at a path."""
    root = etree.Element("clinical_study")
    etree.SubElement(etree.SubElement(root, "id_info"), "nct_id").text = NCT_ID
    needed = {
        "lead_sponsor": "agency",
        "collaborator": "agency",
        "arm_group": "arm_group_label",
        "intervention": "intervention_name",
        "primary_outcome": "measure",
        "secondary_outcome": "measure",
        "other_outcome": "measure",
        "overall_official": "last_name",
        "investigator": "last_name",
        "link": "url",
        "reference": "citation",
        "outcome": "title",
        "event": "sub_title",
    }
    at = root
    parts = path.removeprefix("/clinical_study/").split("/")
    for part in parts:
        if part.startswith("@"):
            at.text = at.text or "2001"
            if value is not None:
                at.set(part[1:], value)
            break
        found = at.find(part)
        at = etree.SubElement(at, part) if found is None else found
        if part in needed:
            etree.SubElement(at, needed[part]).text = "n"
    else:
        at.text = value if value is not None else at.text
    if "/serious_events/default_" in path or "/other_events/default_" in path:
        events = root.find(f".//{parts[2]}")
        assert events is not None
        category = etree.SubElement(etree.SubElement(events, "category_list"), "category")
        event = etree.SubElement(etree.SubElement(category, "event_list"), "event")
        etree.SubElement(event, "sub_title").text = "n"
    if path.endswith("category_list/category/title"):
        parent = at.getparent()
        assert parent is not None
        event = etree.SubElement(etree.SubElement(parent, "event_list"), "event")
        etree.SubElement(event, "sub_title").text = "n"
    return etree.tostring(root)


def reaches(bare: Trial, planted: Trial, shown: str) -> bool:
    text = msgspec.json.encode(planted).decode()
    return planted != bare and re.search(shown, text, re.IGNORECASE) is not None


API_PATHS = [row.path for row in coverage.api_rows() if row.terms]
XML_PATHS = [row.path for row in coverage.xml_rows() if row.terms]


@pytest.mark.parametrize("path", API_PATHS)
def test_a_mapped_api_field_reaches_the_trial(path: str) -> None:
    bare = parse_v2(msgspec.json.encode(study(path, None)), "bare")
    for value, shown in VALUES:
        try:
            planted = parse_v2(msgspec.json.encode(study(path, value)), "planted")
        except RecordError:
            continue
        if reaches(bare, planted, shown):
            return
    pytest.fail(f"nothing planted at {path} reaches the Trial")


@pytest.mark.parametrize("path", XML_PATHS)
def test_a_mapped_xml_field_reaches_the_trial(path: str) -> None:
    bare = parse_xml(record(path, None), "bare")
    for value, shown in VALUES:
        if isinstance(value, str):
            try:
                planted = parse_xml(record(path, value), "planted")
            except RecordError:
                continue
            if reaches(bare, planted, shown):
                return
    pytest.fail(f"nothing planted at {path} reaches the Trial")


@pytest.mark.parametrize(
    "path", [row.path for row in coverage.api_rows() if not row.terms and "*" not in row.path]
)
def test_a_left_out_api_field_does_not(path: str) -> None:
    bare = parse_v2(msgspec.json.encode(study(path, None)), "bare")
    planted = parse_v2(msgspec.json.encode(study(path, WORDS)), "planted")
    assert planted == bare
