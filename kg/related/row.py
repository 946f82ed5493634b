"""What is shown of a related trial, and what filters look at."""

from __future__ import annotations

from msgspec import Struct

from kg.model.age import years
from kg.model.resolved import ResolvedFacts
from kg.model.trial import Trial


class Row(Struct, frozen=True, kw_only=True):
    """A trial in brief."""

    nct_id: str
    title: str
    status: str | None = None
    phases: tuple[str, ...] = ()
    study_type: str | None = None
    start_date: str | None = None
    sponsor: str | None = None
    countries: tuple[str, ...] = ()
    arms: int = 0
    enrollment: int | None = None
    minimum_age: str | None = None
    maximum_age: str | None = None
    sex: str | None = None


def row(trial: Trial, facts: ResolvedFacts) -> Row:
    """A trial in brief.

    >>> row(Trial(nct_id="NCT99000001", brief_title="A study"), ResolvedFacts()).title
    'A study'
    """
    start = trial.status.start_date
    eligibility = trial.eligibility
    return Row(
        nct_id=trial.nct_id,
        title=trial.brief_title or trial.official_title or trial.nct_id,
        status=trial.status.overall_status,
        phases=trial.phases,
        study_type=trial.design.study_type,
        start_date=start.date if start else None,
        sponsor=trial.lead_sponsor.name if trial.lead_sponsor else None,
        countries=tuple(country.name for country in facts.countries),
        arms=len(trial.arm_groups) or trial.design.number_of_arms or 0,
        enrollment=trial.design.enrollment_count,
        minimum_age=eligibility.minimum_age,
        maximum_age=eligibility.maximum_age,
        sex=eligibility.sex,
    )


class Difference(Struct, frozen=True):
    """Something that two trials do not have in common."""

    what: str
    trial: str | None
    other: str | None


def differences(trial: Row, other: Row) -> list[Difference]:
    """How another trial differs: phase, status, type, arms, ages, sex, size.

    >>> one = Row(nct_id="NCT99000001", title="A", phases=("PHASE1",), sex="ALL")
    >>> two = Row(nct_id="NCT99000002", title="B", phases=("PHASE3",), sex="ALL")
    >>> differences(one, two)
    [Difference(what='phase', trial='PHASE1', other='PHASE3')]
    """
    pairs = [
        ("study type", trial.study_type, other.study_type),
        ("phase", "/".join(trial.phases) or None, "/".join(other.phases) or None),
        ("status", trial.status, other.status),
        ("arms", str(trial.arms or "") or None, str(other.arms or "") or None),
        ("minimum age", _age(trial.minimum_age), _age(other.minimum_age)),
        ("maximum age", _age(trial.maximum_age), _age(other.maximum_age)),
        ("sex", trial.sex, other.sex),
        ("enrollment", _number(trial.enrollment), _number(other.enrollment)),
        ("sponsor", trial.sponsor, other.sponsor),
    ]
    return [Difference(what, one, two) for what, one, two in pairs if one != two]


def _age(age: str | None) -> str | None:
    """The age in years where it can be told, so that 18 years and 216 months do not differ."""
    told = years(age) if age else None
    return f"{told.normalize():f} years" if told is not None else age


def _number(value: int | None) -> str | None:
    return None if value is None else str(value)
