"""What the ranking may see of a trial: everything but what would give the answer away.

References, links, documents, identifiers and a page's own list of related trials are taken out
before anything is read, so that no feature can rest on them. The trial's identifiers are taken out
of the text too, and `words` knows no registry number, PubMed id or DOI. Two trials that cite the
same paper are related whether or not anyone noticed it yet.
"""

from __future__ import annotations

from msgspec import structs

from kg.model.trial import Trial
from kg.related.words import hide


def shown(trial: Trial) -> Trial:
    """The trial without references, links, documents, identifiers and asserted relations."""
    return structs.replace(
        trial,
        acronym=None,
        identifiers=(),
        references=(),
        links=(),
        avail_ipds=(),
        documents=(),
        asserted_related=(),
        results=None,
    )


def text_of(trial: Trial) -> str:
    """The words of a trial; titles count three times, conditions and interventions twice."""
    seen = shown(trial)
    conditions = (*seen.conditions, *seen.keywords)
    interventions = [
        name for given in seen.interventions for name in (given.name, *given.other_names)
    ]
    parts = [
        *(seen.brief_title, seen.official_title) * 3,
        *conditions * 2,
        *interventions * 2,
        *[seen.unassigned_other_names] * 2,
        *(given.description for given in seen.interventions),
        *(text for arm in seen.arm_groups for text in (arm.label, arm.description)),
        seen.brief_summary,
        seen.detailed_description,
        *(
            text
            for outcome in seen.outcomes
            for text in (outcome.measure, outcome.description, outcome.time_frame)
        ),
        seen.eligibility.criteria,
        seen.eligibility.study_population,
    ]
    own = tuple(identifier.id for identifier in trial.identifiers)
    return hide("\n".join(part for part in parts if part), own)
