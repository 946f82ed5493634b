"""Coded values: the words of older formats to the registry's own API v2 codes.

Most wordings become their code by spelling alone ("Active, not recruiting" is
ACTIVE_NOT_RECRUITING); only the others stand in the table. A wording nobody knows is kept in
upper snake case, so that a new code of the registry passes through.
"""

from __future__ import annotations

import re
from functools import lru_cache

_OTHER_WORDS: dict[str, dict[str, str]] = {
    "overall-status": {
        "UNKNOWN_STATUS": "UNKNOWN",
        "NO_LONGER_RECRUITING": "ACTIVE_NOT_RECRUITING",
    },
    "phase": {
        "N_A": "NA",
        "NOT_APPLICABLE": "NA",
        "PHASE_0": "EARLY_PHASE1",
        "EARLY_PHASE_1": "EARLY_PHASE1",
        "PHASE_1": "PHASE1",
        "PHASE_2": "PHASE2",
        "PHASE_3": "PHASE3",
        "PHASE_4": "PHASE4",
        "PHASE_I": "PHASE1",
        "PHASE_II": "PHASE2",
        "PHASE_III": "PHASE3",
        "PHASE_IV": "PHASE4",
    },
    "study-type": {"OBSERVATIONAL_PATIENT_REGISTRY": "OBSERVATIONAL"},
    "date-type": {"ANTICIPATED": "ESTIMATED", "ESTIMATE": "ESTIMATED"},
    "organization-class": {
        "U_S_FED": "FED",
        "U_S_FEDERAL": "FED",
        "OTHER_GOVERNMENT": "OTHER_GOV",
        "INDIVIDUAL": "INDIV",
    },
    "allocation": {
        "N_A": "NA",
        "NOT_APPLICABLE": "NA",
        "RANDOMIZED_CONTROLLED_TRIAL": "RANDOMIZED",
        "NON_RANDOMIZED_TRIAL": "NON_RANDOMIZED",
        "NONRANDOMIZED": "NON_RANDOMIZED",
    },
    "intervention-model": {
        "PARALLEL_ASSIGNMENT": "PARALLEL",
        "SINGLE_GROUP_ASSIGNMENT": "SINGLE_GROUP",
        "CROSSOVER_ASSIGNMENT": "CROSSOVER",
        "CROSS_OVER_ASSIGNMENT": "CROSSOVER",
        "CROSS_OVER": "CROSSOVER",
        "FACTORIAL_ASSIGNMENT": "FACTORIAL",
        "SEQUENTIAL_ASSIGNMENT": "SEQUENTIAL",
    },
    "primary-purpose": {"EDUCATIONAL_COUNSELING_TRAINING": "ECT"},
    "masking": {
        "OPEN_LABEL": "NONE",
        "OPEN": "NONE",
        "NO_MASKING": "NONE",
        "NONE_OPEN_LABEL": "NONE",
        "SINGLE_BLIND": "SINGLE",
        "DOUBLE_BLIND": "DOUBLE",
        "TRIPLE_BLIND": "TRIPLE",
    },
    "who-masked": {
        "SUBJECT": "PARTICIPANT",
        "CAREGIVER": "CARE_PROVIDER",
        "OUTCOME_ASSESSOR": "OUTCOMES_ASSESSOR",
    },
    "sex": {"BOTH": "ALL"},
    "std-age": {"SENIOR": "OLDER_ADULT"},
    "ipd-info-type": {
        "STATISTICAL_ANALYSIS_PLAN_SAP": "SAP",
        "STATISTICAL_ANALYSIS_PLAN": "SAP",
        "INFORMED_CONSENT_FORM_ICF": "ICF",
        "INFORMED_CONSENT_FORM": "ICF",
        "CLINICAL_STUDY_REPORT_CSR": "CSR",
        "CLINICAL_STUDY_REPORT": "CSR",
    },
    "intervention-type": {"BIOLOGICAL_VACCINE": "BIOLOGICAL", "GENE_TRANSFER": "GENETIC"},
    "identifier-type": {
        "OTHER_IDENTIFIER": "OTHER",
        "REGISTRY_IDENTIFIER": "REGISTRY",
        "OTHER_GRANT_FUNDING_NUMBER": "OTHER_GRANT",
        "EU_TRIAL_CTIS_NUMBER": "CTIS",
        "CTIS_NUMBER": "CTIS",
        "U_S_NIH_GRANT_CONTRACT": "NIH",
        "U_S_FDA_GRANT_CONTRACT": "FDA",
        "U_S_VA_GRANT_CONTRACT": "VA",
        "U_S_CDC_GRANT_CONTRACT": "CDC",
        "U_S_AHRQ_GRANT_CONTRACT": "AHRQ",
        "U_S_SAMHSA_GRANT_CONTRACT": "SAMHSA",
    },
}
UNKNOWN_ENROLLMENT = 99_999_999
"""What old records say for an enrolment nobody knows."""

_NOT_CODE = re.compile(r"[\W_]+")
_MASKING = re.compile(r"(?P<level>[^(]*)(?:\((?P<who>[^)]*)\))?")


@lru_cache(maxsize=1 << 12)
def _code(scheme: str, text: str) -> str:
    spelled = _NOT_CODE.sub("_", text.upper()).strip("_")
    return _OTHER_WORDS.get(scheme, {}).get(spelled, spelled)


def code(scheme: str, text: str | None) -> str | None:
    """The API v2 code for a wording, or for a code itself; None where there is none.

    >>> code("overall-status", "Active, not recruiting")
    'ACTIVE_NOT_RECRUITING'
    >>> code("organization-class", "U.S. Fed")
    'FED'
    >>> code("overall-status", "Paused by sponsor")
    'PAUSED_BY_SPONSOR'
    """
    return _code(scheme, text) or None if text else None


def codes(scheme: str, text: str | None) -> tuple[str, ...]:
    """The codes of a wording that lists several, each once.

    >>> codes("phase", "Phase 1/Phase 2")
    ('PHASE1', 'PHASE2')
    >>> codes("time-perspective", "Cross-Sectional, Retrospective/Prospective")
    ('CROSS_SECTIONAL', 'RETROSPECTIVE', 'PROSPECTIVE')
    >>> codes("phase", "N/A")
    ('NA',)
    """
    whole = code(scheme, text)
    if not text or not whole or whole in _OTHER_WORDS.get(scheme, {}).values():
        return (whole,) if whole else ()
    found = (code(scheme, part) for part in re.split(r"[,/|;]", text))
    return tuple(dict.fromkeys(part for part in found if part))


def masking(text: str | None) -> tuple[str | None, tuple[str, ...]]:
    """The masking level and who is masked, from their joint wording.

    The level is None where only the masked are named: older records never said it.

    >>> masking("Double (Participant, Investigator)")
    ('DOUBLE', ('PARTICIPANT', 'INVESTIGATOR'))
    >>> masking("None (Open Label)")
    ('NONE', ())
    >>> masking("Participant, Outcomes Assessor")
    (None, ('PARTICIPANT', 'OUTCOMES_ASSESSOR'))
    """
    match = _MASKING.match(text or "")
    level = code("masking", match["level"]) if match else None
    if not match or level is None or level == "NONE":
        return level, ()
    if level not in {"SINGLE", "DOUBLE", "TRIPLE", "QUADRUPLE"}:
        named = codes("who-masked", match["level"])
        known = {"PARTICIPANT", "CARE_PROVIDER", "INVESTIGATOR", "OUTCOMES_ASSESSOR"}
        return (None, named) if known.issuperset(named) else (level, ())
    return level, codes("who-masked", match["who"])


_TRUTH = {
    "yes": True,
    "y": True,
    "true": True,
    "accepts healthy volunteers": True,
    "no": False,
    "n": False,
    "false": False,
    "does not accept healthy volunteers": False,
}


def yes_no(text: str | None) -> bool | None:
    """A "Yes" or "No" as truth; None for anything else.

    >>> yes_no("Yes"), yes_no("Accepts Healthy Volunteers"), yes_no("No"), yes_no(None)
    (True, True, False, None)
    """
    return _TRUTH.get((text or "").strip().lower())
