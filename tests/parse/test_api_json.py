from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import RecordError
from kg.model.trial import (
    AdverseEvent,
    ArmGroup,
    AvailIpd,
    Document,
    Identifier,
    Intervention,
    Link,
    Location,
    MeshTerm,
    Official,
    Organization,
    Outcome,
    OutcomeMeasure,
    PartialDate,
    Reference,
    ResponsibleParty,
    Retraction,
    Trial,
)
from kg.parse.api_json import parse_v2
from kg.records.files import read

STUDY: dict[str, Any] = {
    "protocolSection": {
        "identificationModule": {
            "nctId": "NCT99000001",
            "nctIdAliases": ["NCT99000002"],
            "orgStudyIdInfo": {"id": "EX-1", "type": "NIH", "link": "https://example.org/EX-1"},
            "secondaryIdInfos": [
                {"id": "2020-000001-01", "type": "EUDRACT_NUMBER"},
                {"id": "2020-000001-01", "type": "EUDRACT_NUMBER"},
                {"id": "X7", "type": "REGISTRY", "domain": "A registry"},
            ],
            "organization": {"fullName": "Example Institute", "class": "OTHER"},
            "briefTitle": "A Study of\u200e examplinib",
            "officialTitle": "",
            "acronym": " EXAMPLE ",
        },
        "statusModule": {
            "statusVerifiedDate": "2021-05",
            "overallStatus": "UNKNOWN",
            "lastKnownStatus": "RECRUITING",
            "whyStopped": "No drug left",
            "expandedAccessInfo": {
                "hasExpandedAccess": True,
                "nctId": "NCT99000003",
                "statusForNctId": "AVAILABLE",
            },
            "startDateStruct": {"date": "2019-03", "type": "ACTUAL"},
            "completionDateStruct": {"date": "2025"},
            "studyFirstSubmitDate": "2019-01-02",
            "resultsWaived": True,
            "lastUpdatePostDateStruct": {"date": "2021-06-01", "type": "ESTIMATED"},
        },
        "sponsorCollaboratorsModule": {
            "responsibleParty": {"type": "SPONSOR_INVESTIGATOR", "investigatorTitle": "Dr"},
            "leadSponsor": {"name": "Example Institute", "class": "OTHER"},
            "collaborators": [{"name": "Helper", "class": "INDUSTRY"}, {}],
        },
        "oversightModule": {"oversightHasDmc": False, "fdaaa801Violation": True},
        "descriptionModule": {"briefSummary": "First.\n\n* score \\> 3"},
        "conditionsModule": {"conditions": ["Pain", "Pain", ""], "keywords": "one word"},
        "designModule": {
            "studyType": "INTERVENTIONAL",
            "phases": ["PHASE1", "PHASE2"],
            "expandedAccessTypes": {"individual": True, "treatment": True},
            "designInfo": {
                "allocation": "NA",
                "maskingInfo": {"masking": "DOUBLE", "whoMasked": ["PARTICIPANT"]},
                "observationalModel": "COHORT",
            },
            "enrollmentInfo": {"count": "34", "type": "ESTIMATED"},
        },
        "armsInterventionsModule": {
            "armGroups": [{"label": "Arm A", "type": "EXPERIMENTAL", "description": "One\n\nTwo"}],
            "interventions": [
                {
                    "type": "DRUG",
                    "name": "examplinib",
                    "otherNames": ["EX-1", None],
                    "armGroupLabels": ["Arm A"],
                }
            ],
        },
        "outcomesModule": {
            "primaryOutcomes": [{"measure": "Survival", "timeFrame": "1 year"}],
            "otherOutcomes": [{"measure": "Cost", "description": "In euro"}],
        },
        "eligibilityModule": {
            "eligibilityCriteria": "Inclusion Criteria:\n\n* Adults\n\nExclusion Criteria:\n\n* X",
            "healthyVolunteers": False,
            "sex": "ALL",
            "minimumAge": "18 Years",
            "maximumAge": "N/A",
            "stdAges": ["ADULT"],
        },
        "contactsLocationsModule": {
            "overallOfficials": [
                {"name": "Jo Doe", "affiliation": "Example", "role": "STUDY_CHAIR"},
                {"affiliation": "Department X"},
            ],
            "locations": [
                {
                    "facility": "Clinic",
                    "status": "RECRUITING",
                    "city": "Graz",
                    "zip": 8010,
                    "country": "Austria",
                    "contacts": [
                        {"name": "Office", "role": "CONTACT", "phone": "1"},
                        {"name": "Max Muster", "role": "PRINCIPAL_INVESTIGATOR"},
                    ],
                    "geoPoint": {"lat": 47.07, "lon": 15.44},
                },
                {"city": "Lyon", "country": "France"},
                {"city": "Wien", "country": "Austria"},
            ],
            "locations_nested": [{"city": "Bonn", "country": "Germany"}],
        },
        "referencesModule": {
            "references": [
                {
                    "pmid": "1",
                    "type": "RESULT",
                    "citation": "Doe. doi: 10.1000/x.",
                    "retractions": [{"pmid": "2", "source": "J Ex. 2020"}],
                }
            ],
            "seeAlsoLinks": [{"label": "More", "url": "https://example.org/a_b"}],
            "availIpds": [{"id": "D1", "type": "Study Protocol", "url": "https://example.org"}],
        },
        "ipdSharingStatementModule": {"ipdSharing": "YES", "infoTypes": ["SAP"]},
    },
    "resultsSection": {
        "outcomeMeasuresModule": {
            "outcomeMeasures": [
                {"type": "POST_HOC", "title": "Survival", "paramType": "MEAN", "groups": []}
            ]
        },
        "adverseEventsModule": {
            "timeFrame": "1 year",
            "frequencyThreshold": "5",
            "seriousEvents": [{"term": "Fall", "organSystem": "Injuries", "stats": [{"n": 1}]}],
            "otherEvents": [{"term": "Fall", "organSystem": "Injuries"}],
        },
        "moreInfoModule": {"limitationsAndCaveats": {"description": "Small"}},
    },
    "documentSection": {
        "largeDocumentModule": {
            "largeDocs": [
                {"typeAbbrev": "Prot", "label": "Protocol", "hasProtocol": True,
                 "date": "2019-01-01", "filename": "p.pdf"}
            ]
        }
    },
    "derivedSection": {
        "conditionBrowseModule": {
            "meshes": [{"id": "D000010146", "term": "Pain"}],
            "ancestors": [{"id": "D009461", "term": "Neurologic Manifestations"}],
        },
        "miscInfoModule": {"removedCountries": ["Spain"]},
    },
    "hasResults": True,
}  # fmt: skip


def changed(value: object, *path: str) -> bytes:
    """The study with another value at a path, as JSON."""
    study = msgspec.json.decode(msgspec.json.encode(STUDY))
    inner = study
    for name in path[:-1]:
        inner = inner.setdefault(name, {})
    inner[path[-1]] = value
    return msgspec.json.encode(study)


@pytest.fixture(scope="module")
def trial() -> Trial:
    return parse_v2(msgspec.json.encode(STUDY), "study.json")


def test_identification(trial: Trial) -> None:
    assert trial.nct_id == "NCT99000001"
    assert trial.brief_title == "A Study of examplinib"
    assert trial.official_title is None
    assert trial.acronym == "EXAMPLE"
    assert trial.organization == Organization("Example Institute", "OTHER")
    assert trial.identifiers == (
        Identifier("EX-1", "ORG_STUDY_ID", "NIH", link="https://example.org/EX-1"),
        Identifier("2020-000001-01", "SECONDARY_ID", "EUDRACT_NUMBER"),
        Identifier("X7", "SECONDARY_ID", "REGISTRY", "A registry"),
        Identifier("NCT99000002", "NCT_ID_ALIAS"),
    )


def test_status(trial: Trial) -> None:
    status = trial.status
    assert (status.overall_status, status.last_known_status) == ("UNKNOWN", "RECRUITING")
    assert status.why_stopped == "No drug left"
    assert status.has_expanded_access is True
    assert status.expanded_access_nct_id == "NCT99000003"
    assert status.expanded_access_status == "AVAILABLE"
    assert status.status_verified_date == PartialDate("2021-05")
    assert status.start_date == PartialDate("2019-03", "ACTUAL")
    assert status.primary_completion_date is None
    assert status.completion_date == PartialDate("2025")
    assert status.results_waived is True
    assert status.last_update_post_date == PartialDate("2021-06-01", "ESTIMATED")


def test_design_and_eligibility(trial: Trial) -> None:
    design, eligibility = trial.design, trial.eligibility
    assert design.phases == ("PHASE1", "PHASE2")
    assert design.expanded_access_types == ("INDIVIDUAL", "TREATMENT")
    assert (design.masking, design.who_masked) == ("DOUBLE", ("PARTICIPANT",))
    assert design.observational_models == ("COHORT",)
    assert (design.enrollment_count, design.enrollment_type) == (34, "ESTIMATED")
    assert eligibility.criteria == "Inclusion Criteria:\n* Adults\nExclusion Criteria:\n* X"
    assert (eligibility.inclusion, eligibility.exclusion) == (("Adults",), ("X",))
    assert (eligibility.minimum_age, eligibility.maximum_age) == ("18 Years", None)
    assert eligibility.healthy_volunteers is False


def test_people_and_organisations(trial: Trial) -> None:
    assert trial.lead_sponsor == Organization("Example Institute", "OTHER")
    assert trial.collaborators == (Organization("Helper", "INDUSTRY"),)
    assert trial.responsible_party == ResponsibleParty(
        "SPONSOR_INVESTIGATOR", investigator_title="Dr"
    )
    assert trial.officials == (
        Official("Jo Doe", "STUDY_CHAIR", "Example"),
        Official("Department X", None, "Department X"),
    )


def test_places(trial: Trial) -> None:
    investigators = (Official("Max Muster", "PRINCIPAL_INVESTIGATOR"),)
    assert trial.locations[0] == Location(
        "Clinic", "RECRUITING", "Graz", None, "8010", "Austria", 47.07, 15.44, investigators
    )
    assert trial.countries == ("Austria", "France")
    assert trial.removed_countries == ("Spain",)


def test_nested_locations_count_where_no_others_are() -> None:
    content = changed(None, "protocolSection", "contactsLocationsModule", "locations")
    assert parse_v2(content, "x").countries == ("Germany",)


def test_arms_interventions_outcomes(trial: Trial) -> None:
    assert trial.arm_groups == (ArmGroup("Arm A", "EXPERIMENTAL", "One\nTwo"),)
    assert trial.interventions == (Intervention("examplinib", "DRUG", None, ("EX-1",), ("Arm A",)),)
    assert trial.outcomes == (
        Outcome("PRIMARY", "Survival", "1 year"),
        Outcome("OTHER", "Cost", None, "In euro"),
    )
    assert trial.conditions == ("Pain",)
    assert trial.keywords == ("one word",)


def test_references_and_documents(trial: Trial) -> None:
    assert trial.references == (
        Reference(
            "Doe. doi: 10.1000/x.", "1", "10.1000/x", "RESULT", (Retraction("2", "J Ex. 2020"),)
        ),
    )
    assert trial.links == (Link("https://example.org/a_b", "More"),)
    assert trial.avail_ipds == (AvailIpd("Study Protocol", "D1", "https://example.org"),)
    assert trial.documents == (
        Document("Protocol", PartialDate("2019-01-01"), True, filename="p.pdf"),
    )


def test_derived_terms_and_results(trial: Trial) -> None:
    assert trial.condition_mesh == (MeshTerm("Pain", "D010146"),)
    assert trial.condition_ancestors == (MeshTerm("Neurologic Manifestations", "D009461"),)
    assert trial.has_results is True
    assert trial.results is not None
    assert trial.results.outcome_measures == (
        OutcomeMeasure("POST_HOC", "Survival", param_type="MEAN"),
    )
    assert trial.results.adverse_events == (
        AdverseEvent("SERIOUS", "Fall", "Injuries"),
        AdverseEvent("OTHER", "Fall", "Injuries"),
    )
    assert trial.results.limitations_and_caveats == "Small"


DESIGN = ("protocolSection", "designModule", "enrollmentInfo")


def test_an_unknown_enrolment_is_absent() -> None:
    design = parse_v2(changed({"count": 99999999, "type": "ACTUAL"}, *DESIGN), "x").design
    assert (design.enrollment_count, design.enrollment_type) == (None, None)
    assert parse_v2(changed({"count": 0}, *DESIGN), "x").design.enrollment_count == 0


@pytest.mark.parametrize(
    ("value", "path", "told"),
    [
        (None, ("protocolSection", "identificationModule", "nctId"),
         "here at $.protocolSection.identificationModule.nctId: found nothing, expected"),
        ("NCT123", ("protocolSection", "identificationModule", "nctId"), "found 'NCT123'"),
        ("soon", ("protocolSection", "statusModule", "startDateStruct", "date"),
         "NCT99000001 at $.protocolSection.statusModule.startDateStruct.date: found 'soon'"),
        (-1, (*DESIGN, "count"), "NCT99000001 at $.protocolSection.designModule"),
        ("many", (*DESIGN, "count"), "found str, expected int | null"),
        ([], ("protocolSection",), "found array, expected object"),
        ([{"type": "DRUG"}], ("protocolSection", "armsInterventionsModule", "interventions"),
         "interventions[].name: found nothing"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(
    value: object, path: tuple[str, ...], told: str
) -> None:
    with pytest.raises(RecordError) as error:
        parse_v2(changed(value, *path), "here")
    assert told in str(error.value)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b'{"protocolSection":', b"\xff"])
def test_what_is_no_study_is_told(content: bytes) -> None:
    with pytest.raises(RecordError, match="here at"):
        parse_v2(content, "here")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=5,
)
PATHS = st.sampled_from(
    [
        (section, module, name)
        for section, modules in STUDY.items()
        if isinstance(modules, dict)
        for module, fields in modules.items()
        for name in fields
    ]
)


@given(PATHS, JSON)
def test_any_value_in_any_place_is_read_or_told(path: tuple[str, ...], value: object) -> None:
    try:
        parse_v2(changed(value, *path), "here")
    except RecordError as error:
        assert error.place.startswith("$")


@given(st.binary())
def test_any_bytes_are_told(content: bytes) -> None:
    with pytest.raises(RecordError):
        parse_v2(content, "here")


def test_every_real_record_is_read(records: Path) -> None:
    raws = list(read([records / "ctgov-v2.jsonl"], lambda rejection: pytest.fail(str(rejection))))
    trials = [parse_v2(raw.content, raw.source) for raw in raws]
    assert len(trials) == len({trial.nct_id for trial in trials}) == 1319
    assert all(trial.brief_title and trial.eligibility.criteria for trial in trials)
    assert sum(trial.has_results is True for trial in trials) == 119
    assert sum(trial.results is not None for trial in trials) == 119
    assert sum(len(trial.locations) for trial in trials) > 8500
