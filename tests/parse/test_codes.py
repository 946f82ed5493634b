from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.parse.codes import code, codes, masking


@pytest.mark.parametrize(
    ("scheme", "wording", "expected"),
    [
        ("overall-status", "Active, not recruiting", "ACTIVE_NOT_RECRUITING"),
        ("overall-status", "Unknown status", "UNKNOWN"),
        ("overall-status", "COMPLETED", "COMPLETED"),
        ("phase", "Early Phase 1", "EARLY_PHASE1"),
        ("phase", "N/A", "NA"),
        ("phase", "PHASE2", "PHASE2"),
        ("study-type", "Observational [Patient Registry]", "OBSERVATIONAL"),
        ("date-type", "Anticipated", "ESTIMATED"),
        ("date-type", "Estimate", "ESTIMATED"),
        ("date-type", "Actual", "ACTUAL"),
        ("organization-class", "U.S. Fed", "FED"),
        ("organization-class", "Industry", "INDUSTRY"),
        ("allocation", "Non-Randomized", "NON_RANDOMIZED"),
        ("intervention-model", "Single Group Assignment", "SINGLE_GROUP"),
        ("primary-purpose", "Educational/Counseling/Training", "ECT"),
        ("observational-model", "Case Control", "CASE_CONTROL"),
        ("observational-model", "Case-Control", "CASE_CONTROL"),
        ("observational-model", "Natural History", "NATURAL_HISTORY"),
        ("time-perspective", "Longitudinal", "LONGITUDINAL"),
        ("sex", "Both", "ALL"),
        ("std-age", "Older Adult", "OLDER_ADULT"),
        ("ipd-info-type", "Statistical Analysis Plan (SAP)", "SAP"),
        ("identifier-type", "U.S. NIH Grant/Contract", "NIH"),
        ("identifier-type", "EudraCT Number", "EUDRACT_NUMBER"),
        ("intervention-type", "Dietary Supplement", "DIETARY_SUPPLEMENT"),
        ("outcome-measure-type", "Other Pre-specified", "OTHER_PRE_SPECIFIED"),
        ("overall-status", "Paused: no drug", "PAUSED_NO_DRUG"),
        ("sex", " - ", None),
        ("sex", None, None),
    ],
)
def test_code(scheme: str, wording: str | None, expected: str | None) -> None:
    assert code(scheme, wording) == expected


@pytest.mark.parametrize(
    ("scheme", "wording", "expected"),
    [
        ("phase", "Phase 2/Phase 3", ("PHASE2", "PHASE3")),
        ("phase", "PHASE1/PHASE2", ("PHASE1", "PHASE2")),
        ("observational-model", "Defined Population, Natural History",
         ("DEFINED_POPULATION", "NATURAL_HISTORY")),
        ("phase", None, ()),
    ],
)  # fmt: skip
def test_codes(scheme: str, wording: str | None, expected: tuple[str, ...]) -> None:
    assert codes(scheme, wording) == expected


@pytest.mark.parametrize(
    ("wording", "level", "who"),
    [
        ("None (Open Label)", "NONE", ()),
        ("Open Label", "NONE", ()),
        ("No masking", "NONE", ()),
        ("Double-Blind", "DOUBLE", ()),
        ("Single Blind (Participant)", "SINGLE", ("PARTICIPANT",)),
        ("Double (Care Provider, Outcomes Assessor)", "DOUBLE",
         ("CARE_PROVIDER", "OUTCOMES_ASSESSOR")),
        ("Participant, Investigator", None, ("PARTICIPANT", "INVESTIGATOR")),
        ("Quintuple", "QUINTUPLE", ()),
        (None, None, ()),
    ],
)  # fmt: skip
def test_masking(wording: str | None, level: str | None, who: tuple[str, ...]) -> None:
    assert masking(wording) == (level, who)


@given(st.text(), st.sampled_from(["phase", "masking", "sex", "a scheme nobody knows"]))
def test_a_code_is_its_own_code(wording: str, scheme: str) -> None:
    found = code(scheme, wording)
    assert code(scheme, found) == found
