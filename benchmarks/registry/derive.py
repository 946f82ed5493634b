"""The statistics that the made-up registry is drawn from: `python -m benchmarks.registry.derive`.

    python -m benchmarks.registry.derive SOURCE… > benchmarks/registry/statistics.json

Reads real records and keeps how many, how long and how often: quantiles of counts and of lengths
in words, shares of codes, and how uneven popularity is. No word of a record is kept but codes of
the registry and names of countries.
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from kg.model.trial import Trial
from kg.parse import parse
from kg.records.files import read
from kg.related.shown import text_of
from kg.related.words import words

POINTS = [*(step / 50 for step in range(50)), 0.99, 0.995, 0.999, 1.0]
"""Shares of the records at which a quantile is kept."""
LEAST = 5
"""A code said less often is not kept: it would point to a record."""


def stratum(trial: Trial) -> str:
    """The kind of study whose proportions a study has."""
    if trial.design.study_type != "INTERVENTIONAL":
        return "observational"
    industry = trial.lead_sponsor and trial.lead_sponsor.org_class == "INDUSTRY"
    return "industry" if industry else "academic"


def length(text: str | None) -> int:
    """Words of a text."""
    return len(text.split()) if text else 0


def counts(trial: Trial) -> Iterator[tuple[str, int]]:
    """Everything of a trial that is a number; names are those of `statistics.json`."""
    yield "conditions", len(trial.conditions)
    yield "keywords", len(trial.keywords)
    yield "arms", len(trial.arm_groups)
    yield "interventions", len(trial.interventions)
    yield "locations", len(trial.locations)
    yield "countries", len(trial.countries)
    yield "references", len(trial.references)
    yield "links", len(trial.links)
    yield "collaborators", len(trial.collaborators)
    yield "officials", len(trial.officials)
    yield "secondary_ids", sum(one.source == "SECONDARY_ID" for one in trial.identifiers)
    yield "condition_mesh", len(trial.condition_mesh)
    yield "intervention_mesh", len(trial.intervention_mesh)
    for kind in ("PRIMARY", "SECONDARY", "OTHER"):
        yield f"{kind.lower()}_outcomes", sum(one.kind == kind for one in trial.outcomes)
    yield "inclusion", len(trial.eligibility.inclusion)
    yield "exclusion", len(trial.eligibility.exclusion)
    if trial.design.enrollment_count is not None:
        yield "enrollment", trial.design.enrollment_count
    for intervention in trial.interventions:
        yield "other_names", len(intervention.other_names)
        yield "intervention_arms", len(intervention.arm_group_labels)
    if trial.results:
        yield "outcome_measures", len(trial.results.outcome_measures)
        for kind in ("SERIOUS", "OTHER"):
            found = sum(one.seriousness == kind for one in trial.results.adverse_events)
            yield f"{kind.lower()}_events", found


def lengths(trial: Trial) -> Iterator[tuple[str, int]]:
    """Everything of a trial that is text, in words; 0 where it is missing."""
    yield "brief_title", length(trial.brief_title)
    yield "official_title", length(trial.official_title)
    yield "brief_summary", length(trial.brief_summary)
    yield "detailed_description", length(trial.detailed_description)
    for item in (*trial.eligibility.inclusion, *trial.eligibility.exclusion):
        yield "criterion", length(item)
    if trial.design.study_type == "OBSERVATIONAL":
        yield "study_population", length(trial.eligibility.study_population)
    for arm in trial.arm_groups:
        yield "arm_label", length(arm.label)
        yield "arm_description", length(arm.description)
    for intervention in trial.interventions:
        yield "intervention_description", length(intervention.description)
    for outcome in trial.outcomes:
        yield "measure", length(outcome.measure)
        yield "time_frame", length(outcome.time_frame)
        yield "outcome_description", length(outcome.description)
    for reference in trial.references:
        yield "citation", length(reference.citation)
    for keyword in trial.keywords:
        yield "keyword", length(keyword)
    if trial.status.overall_status in {"TERMINATED", "WITHDRAWN", "SUSPENDED"}:
        yield "why_stopped", length(trial.status.why_stopped)
    yield "ipd_description", length(trial.ipd_sharing.description)
    for place in trial.locations:
        yield "investigators", len(place.investigators)
    for measure in trial.results.outcome_measures if trial.results else ():
        yield "result_description", length(measure.description)


def codes(trial: Trial) -> Iterator[tuple[str, str]]:
    """Everything of a trial that is a code; several joined by a bar, a missing one empty."""
    design, eligibility, status = trial.design, trial.eligibility, trial.status

    def said(*values: object) -> str:
        return "|".join(str(value) for value in values if value is not None)

    yield "study_type", said(design.study_type)
    yield "phases", said(*design.phases)
    yield "allocation", said(design.allocation)
    yield "intervention_model", said(design.intervention_model)
    yield "primary_purpose", said(design.primary_purpose)
    yield "masking", said(design.masking, *design.who_masked)
    yield "observational_model", said(*design.observational_models)
    yield "time_perspective", said(*design.time_perspectives)
    yield "start_date", said(status.start_date and len(status.start_date.date))
    yield "enrollment_type", said(design.enrollment_type)
    yield "patient_registry", said(design.patient_registry)
    yield "overall_status", said(status.overall_status)
    yield "first_year", status.study_first_submit_date.date[:4]
    yield "sex", said(eligibility.sex)
    yield "minimum_age", said(eligibility.minimum_age)
    yield "maximum_age", said(eligibility.maximum_age)
    yield "std_ages", said(*eligibility.std_ages)
    yield "healthy_volunteers", said(eligibility.healthy_volunteers)
    yield "sampling_method", said(eligibility.sampling_method)
    yield "has_dmc", said(trial.oversight.has_dmc)
    yield "is_fda_regulated_drug", said(trial.oversight.is_fda_regulated_drug)
    yield "is_fda_regulated_device", said(trial.oversight.is_fda_regulated_device)
    yield "ipd_sharing", said(trial.ipd_sharing.sharing)
    yield "last_year", status.last_update_submit_date.date[:4]
    yield "acronym", said(True if trial.acronym else None)
    yield "has_results", said(trial.has_results)
    yield "sponsor_class", said(trial.lead_sponsor and trial.lead_sponsor.org_class)
    yield "responsible_party", said(trial.responsible_party and trial.responsible_party.type)
    for intervention in trial.interventions:
        yield "intervention_type", said(intervention.type)
    for arm in trial.arm_groups:
        yield "arm_type", said(arm.type)
    for official in trial.officials:
        yield "official_role", said(official.role)
    for reference in trial.references:
        yield "reference_type", said(reference.type)
    for identifier in trial.identifiers:
        if identifier.source == "SECONDARY_ID":
            yield "secondary_id_type", said(identifier.type)
    for location in trial.locations:
        yield "country", said(location.country)
        yield "location_status", said(location.status)
        yield (
            "location_has",
            said(
                *(
                    name
                    for name in ("facility", "state", "zip", "latitude")
                    if getattr(location, name) is not None
                )
            ),
        )
    if trial.locations:
        yield "home_country", said(trial.locations[0].country)


def things(trial: Trial) -> Iterator[tuple[str, str]]:
    """What several trials may share, by kind."""
    for intervention in trial.interventions:
        if intervention.type in {"DRUG", "BIOLOGICAL"}:
            yield "drug", intervention.name.lower()
    yield from (("condition", condition.lower()) for condition in trial.conditions)
    yield from (("keyword", keyword.lower()) for keyword in trial.keywords)
    for place in trial.locations:
        if place.facility:
            yield "site", f"{place.facility} {place.city} {place.country}".lower()
    if trial.lead_sponsor:
        yield "sponsor", trial.lead_sponsor.name
    yield from (("word", word) for word in words(text_of(trial)))


def quantiles(values: Iterable[int]) -> list[int]:
    """The values at `POINTS`."""
    ordered = sorted(values)
    last = len(ordered) - 1
    return [ordered[min(last, math.floor(point * len(ordered)))] for point in POINTS]


def skew(mentions: list[str]) -> dict[str, float]:
    """How uneven popularity is: the `scale` and `shape` of a Lomax law for ranks.

    Chosen so that as many different things are met in the first eighth, quarter, half and whole
    of the mentions as in the real records.
    """
    marks = [len(mentions) >> step for step in (3, 2, 1, 0)]
    met = [len(set(mentions[:mark])) for mark in marks]
    best = (math.inf, 0.0, 0.0)
    random = np.random.RandomState(1)
    uniform = 1 - random.random_sample(min(len(mentions), 400_000))
    seen = [mark for mark in marks if mark <= len(uniform)]
    for shape in (step / 40 for step in range(8, 80)):
        for scale in (1.3**power for power in range(32)):
            ranks = np.minimum(scale * (uniform ** (-1 / shape) - 1), 1e15).astype(np.int64)
            guess = [len(np.unique(ranks[:mark])) for mark in seen]
            wrong = sum(
                math.log(one / other) ** 2
                for one, other in zip(guess, met[-len(seen) :], strict=True)
            )
            best = min(best, (wrong, scale, shape))
    return {"scale": round(best[1], 3), "shape": best[2], "mentions": marks[-1], "met": met[-1]}


def derive(trials: list[Trial]) -> dict[str, Any]:
    """The content of `statistics.json`."""
    numbers: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    shares: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    mentions: dict[str, list[str]] = defaultdict(list)
    strata: Counter[str] = Counter()
    for trial in trials:
        kind = stratum(trial)
        strata[kind] += 1
        for name, value in (*counts(trial), *lengths(trial)):
            numbers[name][kind].append(value)
        for name, code in codes(trial):
            shares[name][kind][code] += 1
        for name, thing in things(trial):
            mentions[name].append(thing)
    return {
        "trials": len(trials),
        "strata": dict(sorted(strata.items())),
        "points": POINTS,
        "numbers": {
            name: {kind: quantiles(values) for kind, values in sorted(given.items())}
            for name, given in sorted(numbers.items())
        },
        "codes": {
            name: {
                kind: {code: n for code, n in sorted(found.items()) if n >= LEAST}
                for kind, found in sorted(given.items())
            }
            for name, given in sorted(shares.items())
        },
        "popularity": {name: skew(given) for name, given in sorted(mentions.items())},
    }


def main(*sources: str) -> None:
    """Prints the statistics of the sources."""
    trials = {trial.nct_id: trial for raw in read(sources, print) for trial in [parse(raw)]}
    text = json.dumps(derive(list(trials.values())), indent=1)
    compact = text.replace(",\n    ", ", ").replace("[\n    ", "[").replace("\n   ]", "]")
    print(compact)


if __name__ == "__main__":
    main(*sys.argv[1:])
