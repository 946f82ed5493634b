"""Which trials are relevant to one another, by signals hidden from the ranker.

Labels are no human judgement. Two trials count as relevant to one another when

- *cocite*: they cite a paper (PubMed id) that 2 to 8 trials of the pool cite,
- *sharedid*: they state an identifier (grant, secondary, organisation's own) that 2 to 10 state,
- *samedrug*: both have in their title an intervention that is, by the FDA's substance list, the
  same substance, which 2 to 10 trials have there, and no name of it stands in both records.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence

from kg.model.trial import Trial
from kg.names import squash
from kg.related.common import is_backbone
from kg.related.shown import text_of
from kg.resolve.regimens import components
from kg.vocabularies import drugs

Labels = dict[int, frozenset[int]]
"""For each query, the trials relevant to it."""


def cocite(trials: Sequence[Trial]) -> Labels:
    """Trials that cite the same paper."""
    return _sharing(({r.pmid for r in trial.references if r.pmid} for trial in trials), 8)


def sharedid(trials: Sequence[Trial]) -> Labels:
    """Trials that state the same identifier."""
    return _sharing(
        (
            {
                squash(identifier.id)
                for identifier in trial.identifiers
                if identifier.source != "NCT_ID_ALIAS" and len(squash(identifier.id)) >= 5
            }
            for trial in trials
        ),
        10,
    )


def samedrug(trials: Sequence[Trial]) -> Labels:
    """Trials of one substance that share no name of it."""
    by_substance: defaultdict[str, dict[int, frozenset[str]]] = defaultdict(dict)
    for number, trial in enumerate(trials):
        text = squash(text_of(trial))
        title = squash(f"{trial.brief_title} {trial.official_title}")
        for name in {given.name for given in trial.interventions}:
            if squash(name) not in title or components(name):
                continue  # EPOCH is a regimen, though the list has it as a brand of epoetin
            found = drugs.by_name(name)
            if len(found) == 1 and not is_backbone(found[0].label):
                spelled = {squash(known) for known, _ in found[0].names}
                said = frozenset(known for known in spelled if len(known) > 3 and known in text)
                by_substance[found[0].unii][number] = said
    relevant: defaultdict[int, set[int]] = defaultdict(set)
    for said in by_substance.values():
        if 2 <= len(said) <= 10:
            for one in said:
                relevant[one] |= {two for two in said if two != one and not said[one] & said[two]}
    return {number: frozenset(found) for number, found in relevant.items() if found}


def of_the_same_drug(labels: Labels, trials: Sequence[Trial]) -> Labels:
    """For each query, what is neither right nor wrong: other trials that give its substances.

    They share a name with it, so they are no relevant trials of `samedrug`, but nobody who asks for
    trials of the drug would call them wrong.
    """
    given = [
        {found[0].unii for one in trial.interventions if len(found := drugs.by_name(one.name)) == 1}
        for trial in trials
    ]
    having: defaultdict[str, set[int]] = defaultdict(set)
    for number, substances in enumerate(given):
        for unii in substances:
            having[unii].add(number)
    return {
        query: frozenset(n for unii in given[query] for n in having[unii]) - relevant
        for query, relevant in labels.items()
    }


def same_sponsor_removed(labels: Labels, trials: Sequence[Trial]) -> Labels:
    """Only the pairs whose lead sponsors differ."""

    def sponsor(number: int) -> str:
        lead = trials[number].lead_sponsor
        return squash(lead.name) if lead else str(number)

    kept = {
        query: frozenset(n for n in relevant if sponsor(n) != sponsor(query))
        for query, relevant in labels.items()
    }
    return {query: relevant for query, relevant in kept.items() if relevant}


def split(labels: Labels, trials: Sequence[Trial]) -> tuple[list[int], list[int]]:
    """Development and test queries; trials that are linked in any way stay on one side."""
    parent = {query: query for query in labels}

    def root(query: int) -> int:
        while parent[query] != query:
            parent[query] = parent[parent[query]]
            query = parent[query]
        return query

    for query, relevant in labels.items():
        for other in relevant:
            one, two = sorted((root(query), root(other)))
            parent[two] = one
    sides: tuple[list[int], list[int]] = [], []
    for query in sorted(labels):
        name = trials[root(query)].nct_id.encode()
        sides[hashlib.sha256(name).digest()[0] % 2].append(query)
    return sides


def _sharing(keys: Iterable[set[str]], most: int) -> Labels:
    having: defaultdict[str, set[int]] = defaultdict(set)
    for number, found in enumerate(keys):
        for key in found:
            having[key].add(number)
    relevant: defaultdict[int, set[int]] = defaultdict(set)
    for trials in having.values():
        if 2 <= len(trials) <= most:
            for number in trials:
                relevant[number] |= trials - {number}
    return {number: frozenset(found) for number, found in relevant.items()}
