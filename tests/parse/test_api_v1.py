from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import RecordError
from kg.parse.api_json import parse_v2
from kg.parse.api_v1 import parse_v1
from kg.records.files import read

OLD: dict[str, Any] = {
    "ProtocolSection": {
        "IdentificationModule": {
            "NCTId": "NCT99000001",
            "OrgStudyIdInfo": {"OrgStudyId": "EX-1"},
            "SecondaryIdInfoList": {
                "SecondaryIdInfo": [{"SecondaryId": "G1", "SecondaryIdType": "Other Identifier"}]
            },
            "Organization": {"OrgFullName": "Example Institute", "OrgClass": "OTHER"},
            "BriefTitle": "A study",
        },
        "StatusModule": {
            "OverallStatus": "Active, not recruiting",
            "ExpandedAccessInfo": {"HasExpandedAccess": "No"},
            "StartDateStruct": {"StartDate": "March 18, 2020", "StartDateType": "Anticipated"},
            "StatusVerifiedDate": "July 2020",
            "ResultsFirstPostDateStruct": {"ResultsFirstPostDate": "July 1, 2021"},
        },
        "OversightModule": {"OversightHasDMC": "Yes", "IsFDARegulatedDrug": "No"},
        "ConditionsModule": {"ConditionList": {"Condition": "Pain"}},
        "DesignModule": {
            "StudyType": "Interventional",
            "PhaseList": {"Phase": ["Phase 1", "Phase 2"]},
            "DesignInfo": {
                "DesignMaskingInfo": {
                    "DesignMasking": "None (Open Label)",
                    "DesignWhoMaskedList": {"DesignWhoMasked": "Outcomes Assessor"},
                },
            },
            "EnrollmentInfo": {"EnrollmentCount": "46", "EnrollmentType": "Actual"},
        },
        "ArmsInterventionsModule": {
            "InterventionList": {
                "Intervention": [
                    {
                        "InterventionType": "Drug",
                        "InterventionName": "examplinib",
                        "InterventionOtherNameList": {"InterventionOtherName": ["a", "b"]},
                        "InterventionArmGroupLabelList": {"InterventionArmGroupLabel": "Arm A"},
                    }
                ]
            }
        },
        "OutcomesModule": {
            "PrimaryOutcomeList": {
                "PrimaryOutcome": {
                    "PrimaryOutcomeMeasure": "Survival",
                    "PrimaryOutcomeTimeFrame": "1 year",
                }
            }
        },
        "EligibilityModule": {
            "HealthyVolunteers": "Accepts Healthy Volunteers",
            "Gender": "All",
            "StdAgeList": {"StdAge": ["Adult", "Older Adult"]},
        },
    },
    "ResultsSection": {
        "AdverseEventsModule": {
            "EventsTimeFrame": "1 year",
            "SeriousEventList": {"SeriousEvent": [{"SeriousEventTerm": "Fall"}]},
        }
    },
    "DerivedSection": {
        "ConditionBrowseModule": {
            "ConditionMeshList": {
                "ConditionMesh": [
                    {"ConditionMeshId": "D000010146", "ConditionMeshTerm": "Pain"},
                    {"ConditionMeshId": "D000069347", "ConditionMeshTerm": "Newer"},
                ]
            }
        }
    },
}

NEW: dict[str, Any] = {
    "protocolSection": {
        "identificationModule": {
            "nctId": "NCT99000001",
            "orgStudyIdInfo": {"id": "EX-1"},
            "secondaryIdInfos": [{"id": "G1", "type": "OTHER"}],
            "organization": {"fullName": "Example Institute", "class": "OTHER"},
            "briefTitle": "A study",
        },
        "statusModule": {
            "overallStatus": "ACTIVE_NOT_RECRUITING",
            "expandedAccessInfo": {"hasExpandedAccess": False},
            "startDateStruct": {"date": "2020-03-18", "type": "ESTIMATED"},
            "statusVerifiedDate": "2020-07",
            "resultsFirstPostDateStruct": {"date": "2021-07-01"},
        },
        "oversightModule": {"oversightHasDmc": True, "isFdaRegulatedDrug": False},
        "conditionsModule": {"conditions": ["Pain"]},
        "designModule": {
            "studyType": "INTERVENTIONAL",
            "phases": ["PHASE1", "PHASE2"],
            "designInfo": {"maskingInfo": {"masking": "NONE", "whoMasked": ["OUTCOMES_ASSESSOR"]}},
            "enrollmentInfo": {"count": 46, "type": "ACTUAL"},
        },
        "armsInterventionsModule": {
            "interventions": [
                {
                    "type": "DRUG",
                    "name": "examplinib",
                    "otherNames": ["a", "b"],
                    "armGroupLabels": ["Arm A"],
                }
            ]
        },
        "outcomesModule": {"primaryOutcomes": [{"measure": "Survival", "timeFrame": "1 year"}]},
        "eligibilityModule": {
            "healthyVolunteers": True,
            "sex": "ALL",
            "stdAges": ["ADULT", "OLDER_ADULT"],
        },
    },
    "resultsSection": {
        "adverseEventsModule": {"timeFrame": "1 year", "seriousEvents": [{"term": "Fall"}]}
    },
    "derivedSection": {
        "conditionBrowseModule": {
            "meshes": [{"id": "D010146", "term": "Pain"}, {"id": "D000069347", "term": "Newer"}]
        }
    },
    "hasResults": True,
}


def test_both_apis_tell_the_same_trial() -> None:
    old = parse_v1(msgspec.json.encode(OLD), "old.json")
    assert old == parse_v2(msgspec.json.encode(NEW), "new.json")


def test_a_study_without_results_says_so() -> None:
    content = b'{"ProtocolSection":{"IdentificationModule":{"NCTId":"NCT99000001"}}}'
    assert parse_v1(content, "x").has_results is False


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"{", "here at $"),
        (b"[]", "here at $: found list, expected an object"),
        (b'{"ProtocolSection":{}}', "here at $.protocolSection.identificationModule.nctId"),
        (
            b'{"ProtocolSection":{"IdentificationModule":{"NCTId":"NCT99000001"},'
            b'"OversightModule":{"OversightHasDMC":"Perhaps"}}}',
            "NCT99000001 at $.ProtocolSection.OversightModule.OversightHasDMC: found 'Perhaps'",
        ),
        (
            b'{"ProtocolSection":{"IdentificationModule":{"NCTId":"NCT99000001"},'
            b'"StatusModule":"Completed"}}',
            "NCT99000001 at $.ProtocolSection.StatusModule: found str, expected an object",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_place(content: bytes, told: str) -> None:
    with pytest.raises(RecordError) as error:
        parse_v1(content, "here")
    assert told in str(error.value)


@given(st.binary())
def test_any_bytes_are_told(content: bytes) -> None:
    with pytest.raises(RecordError):
        parse_v1(content, "here")


def test_every_real_record_is_read(records: Path) -> None:
    raws = list(read([records / "ctgov-v1.jsonl"], lambda rejection: pytest.fail(str(rejection))))
    trials = [parse_v1(raw.content, raw.source) for raw in raws]
    assert len(trials) == len({trial.nct_id for trial in trials}) == 76
    codes = {trial.status.overall_status for trial in trials}
    assert codes <= {"COMPLETED", "RECRUITING", "NOT_YET_RECRUITING", "ACTIVE_NOT_RECRUITING",
                     "ENROLLING_BY_INVITATION", "TERMINATED", "WITHDRAWN", "UNKNOWN", "SUSPENDED",
                     "AVAILABLE"}  # fmt: skip
    assert all(trial.status.last_update_post_date for trial in trials)
