"""The part an intervention plays in its trial."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.model.drug import InterventionKey, Role
from kg.model.trial import Intervention, Trial
from kg.resolve.mentions import ALSO_GROUNDED, DRUG_TYPES
from kg.resolve.normalise import core, plain
from kg.resolve.not_drugs import NotDrug, looks_like_a_class, not_a_drug
from kg.resolve.reading import Reader
from kg.resolve.split import brackets

_RESCUE = re.compile(r"\brescue\b|\bsalvage medication", re.IGNORECASE)
_BACKGROUND = re.compile(
    r"\bpre-?medicat|\bbackground (?:therap|treat|medic)|\bconcomitant|\bprophyla(?:xis|"
    r"ctic) (?:with|against|for) "
    r"(?:nausea|infusion|hypersens)|\bsupportive (?:care|medic)|\bnon-?investigational|"
    r"\bauxiliary medic",
    re.IGNORECASE,
)
_DIAGNOSTIC = re.compile(
    r"\bcontrast\b|\btracer\b|\bpet\b|fdg|\bimaging agent|gadol|gadob|gadop|\bfluorescein\b|"
    r"\bindocyanine",
    re.IGNORECASE,
)
_JOINS = re.compile(r"[+&;,/]|\b(?:and|plus|with|followed by)\b", re.IGNORECASE)
_READ = DRUG_TYPES | ALSO_GROUNDED
_COMPARATORS = frozenset({"ACTIVE_COMPARATOR", "NO_INTERVENTION"})
_PLACEBOS = frozenset({"PLACEBO_COMPARATOR", "SHAM_COMPARATOR"})
_NOT_DRUGS: dict[str | None, Role] = {
    "PROCEDURE": "PROCEDURE",
    "RADIATION": "PROCEDURE",
    "DIAGNOSTIC_TEST": "DIAGNOSTIC",
}


def roles(trial: Trial, reader: Reader) -> dict[InterventionKey, Role]:
    """Every intervention's role, from its type, its name, its arms and the trial's title."""
    titles = f"{trial.brief_title or ''} {trial.official_title or ''}".lower()
    labels = " ".join(arm.label for arm in trial.arm_groups).lower()
    arms = {arm.label: arm.type for arm in trial.arm_groups}
    titled = [i for i in trial.interventions if i.type in DRUG_TYPES and _named_in(i, titles)]
    return {
        (i.type, i.name): _role(i, arms, titled, labels, trial, reader) for i in trial.interventions
    }


def _role(
    intervention: Intervention,
    arms: dict[str, str | None],
    titled: list[Intervention],
    labels: str,
    trial: Trial,
    reader: Reader,
) -> Role:
    no_drug = _no_drug(intervention, reader)
    if no_drug and no_drug.role != "OTHER":
        return no_drug.role
    if intervention.type not in DRUG_TYPES:
        return _NOT_DRUGS.get(intervention.type, "OTHER")
    said = f"{intervention.name} {intervention.description or ''}"
    if _RESCUE.search(said):
        return "RESCUE"
    if trial.design.primary_purpose == "DIAGNOSTIC" or _DIAGNOSTIC.search(intervention.name):
        return "DIAGNOSTIC"
    kinds = {arms.get(label) for label in intervention.arm_group_labels} - {None}
    if kinds and kinds <= _PLACEBOS:
        return "BACKGROUND"
    if kinds and kinds <= _COMPARATORS | _PLACEBOS and "EXPERIMENTAL" in arms.values():
        return "COMPARATOR"
    if _BACKGROUND.search(said):
        return "BACKGROUND"
    if titled and intervention not in titled and not _named_in(intervention, labels):
        return "BACKGROUND"
    return "INVESTIGATIONAL"


def _no_drug(intervention: Intervention, reader: Reader) -> NotDrug | None:
    """Why an intervention's name means no drug, nor any of its parts."""
    name = intervention.name
    if intervention.type not in _READ and not _JOINS.search(name):
        # No drug is looked for here, and a name that is one thing need not be read part by part.
        return not_a_drug(name) or looks_like_a_class(name)
    parts = reader.read(name).parts
    return parts[0].not_drug if all(part.not_drug for part in parts) else None


def _named_in(intervention: Intervention, text: str) -> bool:
    names = map(_spelling, (intervention.name, *intervention.other_names))
    return any(len(name) > 3 and name in text for name in names)


@lru_cache(maxsize=1 << 16)
def _spelling(name: str) -> str:
    return core(brackets(plain(name))[0]).lower()
