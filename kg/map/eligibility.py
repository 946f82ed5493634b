"""Who may take part (`eligibilityModule`)."""

from __future__ import annotations

from kg.map.ntriples import Subject
from kg.model.age import years
from kg.model.trial import Eligibility
from kg.vocab import TKG, XSD


def map_eligibility(node: Subject, eligibility: Eligibility) -> None:
    """Say who may take part: the whole text, its items apart, and the structured limits."""
    node.text(TKG.eligibilityCriteria, eligibility.criteria)
    node.text(TKG.inclusionCriteria, _items(eligibility.inclusion))
    node.text(TKG.exclusionCriteria, _items(eligibility.exclusion))
    node.boolean(TKG.healthyVolunteers, eligibility.healthy_volunteers)
    node.code(TKG.sex, "sex", eligibility.sex)
    node.boolean(TKG.genderBased, eligibility.gender_based)
    node.text(TKG.genderDescription, eligibility.gender_description)
    _age(node, TKG.minimumAge, TKG.minimumAgeYears, eligibility.minimum_age)
    _age(node, TKG.maximumAge, TKG.maximumAgeYears, eligibility.maximum_age)
    for age in eligibility.std_ages:
        node.code(TKG.stdAge, "std-age", age)
    node.text(TKG.studyPopulation, eligibility.study_population)
    node.code(TKG.samplingMethod, "sampling-method", eligibility.sampling_method)


def _items(items: tuple[str, ...]) -> str | None:
    return "\n".join(f"* {item}" for item in items) or None


def _age(node: Subject, predicate: str, in_years: str, age: str | None) -> None:
    node.text(predicate, age)
    if age is not None and (number := years(age)) is not None:
        node.typed(in_years, f"{number:f}", XSD.decimal)
