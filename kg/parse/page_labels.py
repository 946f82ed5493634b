"""Reads the labelled values of a text page: "Recruitment Status", below it "COMPLETED"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from kg.errors import RecordError
from kg.parse import codes
from kg.parse.dates import partial_date
from kg.parse.page_values import prose, value

_CODES = {
    "Recruitment Status": ("status", "overall_status", "overall-status"),
    "Last Known Status": ("status", "last_known_status", "overall-status"),
    "Study Classification": ("design", "study_type", "study-type"),
    "Allocation Method": ("design", "allocation", "allocation"),
    "Intervention Model": ("design", "intervention_model", "intervention-model"),
    "Primary Study Purpose": ("design", "primary_purpose", "primary-purpose"),
    "Biospecimen Retention": ("design", "biospec_retention", "biospec-retention"),
    "Eligible Sex": ("eligibility", "sex", "sex"),
    "Sampling Method": ("eligibility", "sampling_method", "sampling-method"),
}
_CODE_LISTS = {
    "Clinical Phase": ("phases", "phase"),
    "Observational Model Type": ("observational_models", "observational-model"),
    "Study Time Perspective": ("time_perspectives", "time-perspective"),
}
_DATES = {
    "Last Updated": "last_update_post_date",
    "Study Start Date": "start_date",
    "Primary Completion Date": "primary_completion_date",
    "Study Completion Date": "completion_date",
}
_TEXTS = {
    "Why Stopped": ("status", "why_stopped"),
    "Target Duration": ("design", "target_duration"),
    "Biospecimen Description": ("design", "biospec_description"),
    "Minimum Eligible Age": ("eligibility", "minimum_age"),
    "Maximum Eligible Age": ("eligibility", "maximum_age"),
    "Study Population": ("eligibility", "study_population"),
}
_YES_NO = {
    "Accepts Healthy Volunteers": ("eligibility", "healthy_volunteers"),
    "Patient Registry": ("design", "patient_registry"),
}
_EXPLANATIONS = {  # what stands below the code itself
    "Intervention Model": "intervention_model_description",
    "Blinding Strategy": "masking_description",
}
_LABELS = {*_CODES, *_CODE_LISTS, *_DATES, *_TEXTS, *_YES_NO, "Total Enrollment"} | {
    "Blinding Strategy"
}
AFTER_CRITERIA = frozenset(
    {"Minimum Eligible Age", "Maximum Eligible Age", "Eligible Sex", "Accepts Healthy Volunteers"}
    | {"Sampling Method", "Study Population"}
)
"""The labels that follow the criteria in the section on eligibility."""

_ENROLLMENT = re.compile(r"(\d[\d,]{0,11})(?: participants?)?(?: \(?(\w+)\)?)?", re.ASCII)
_DATE = re.compile(r"(.+?)(?: \(?(ACTUAL|ESTIMATED|ANTICIPATED)\)?)?", re.IGNORECASE)
_MASKED = re.compile(
    r"(participant|care[\W_]?(?:provider|giver)|investigator|outcomes?[\W_]?assessor)s?",
    re.IGNORECASE,
)

_LIKE_LABEL = re.compile(r"[A-Z][\w-]*(?: [A-Z&][\w-]*){0,5}")


class Labels:
    """The values read so far, by module of the registry (`status`, `design`, `eligibility`)."""

    def __init__(self, record: str) -> None:
        self.record = record
        self.modules: dict[str, dict[str, Any]] = {"status": {}, "design": {}, "eligibility": {}}

    def read(self, lines: Sequence[str]) -> list[str]:
        """Reads a section's labelled values; gives the lines that belong to none."""
        left: list[str] = []
        for label, rows in _labelled(lines):
            left += rows if label is None else self._read_one(label, rows)
        return [row for row in left if row]

    def _read_one(self, label: str, lines: list[str]) -> list[str]:
        rows = [line for line in lines if line]
        if not rows:
            return []
        if label in _TEXTS:
            module, field = _TEXTS[label]
            self.modules[module][field] = prose(lines)
            return []
        first, more = rows[0], rows[1:]
        if label in _CODE_LISTS:
            field, scheme = _CODE_LISTS[label]
            self.modules["design"][field] = codes.codes(scheme, _coded(first))
        elif label in _CODES:
            module, field, scheme = _CODES[label]
            self.modules[module][field] = codes.code(scheme, _coded(first))
        elif label in _DATES:
            self._read_date(_DATES[label], first, label)
        elif label in _YES_NO:
            module, field = _YES_NO[label]
            self.modules[module][field] = codes.yes_no(first)
        elif label == "Total Enrollment":
            self._read_enrollment(value(first))
        else:
            more = self._read_masking(_coded(first), more)
        if more and label in _EXPLANATIONS and not _LIKE_LABEL.fullmatch(more[0]):
            self.modules["design"][_EXPLANATIONS[label]] = prose(more)
            return []
        return more

    def _read_date(self, field: str, text: str, label: str) -> None:
        if match := _DATE.fullmatch(value(text) or ""):
            date = partial_date(match[1], match[2], record=self.record, place=label)
            self.modules["status"][field] = date

    def _read_enrollment(self, shown: str | None) -> None:
        if shown is None:
            return
        match = _ENROLLMENT.fullmatch(shown)
        if match is None:
            expected = "a number of participants"
            raise RecordError(self.record, "Total Enrollment", repr(shown[:80]), expected)
        count = int(match[1].replace(",", ""))
        if count != codes.UNKNOWN_ENROLLMENT:
            self.modules["design"]["enrollment_count"] = count
        self.modules["design"]["enrollment_type"] = codes.code("date-type", match[2])

    def _read_masking(self, level: str | None, rows: list[str]) -> list[str]:
        """Sets the masking and who is masked; gives the rows that say something else."""
        masking, who = codes.masking(level)
        left = []
        for row in rows:
            if re.search(r"\w", _MASKED.sub("", row)):
                left.append(row)
            else:
                words = ",".join(match[1] for match in _MASKED.finditer(row))
                who = (*who, *codes.codes("who-masked", words))
        self.modules["design"].update(masking=masking, who_masked=tuple(dict.fromkeys(who)))
        return left


def _labelled(lines: Sequence[str]) -> Iterator[tuple[str | None, list[str]]]:
    """Each known label with the lines below it; lines above the first label under None."""
    label: str | None = None
    values: list[str] = []
    for line in lines:
        name, colon, rest = line.partition(":")
        if name in _LABELS and (colon or not rest):
            yield label, values
            label, values = name, [rest.strip()]
        else:
            values.append(line)
    yield label, values


def _coded(text: str) -> str | None:
    """The text of a code; "N/A" stays, for it is one (`NA`)."""
    return text if text.casefold() == "n/a" else value(text)
