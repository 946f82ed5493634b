"""Which trials an update looks at: with new records, or with words that now mean something else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from kg.iris import Iris
from kg.model.drug import Drug
from kg.model.trial import Trial
from kg.pipeline.updating.names import Names
from kg.pipeline.updating.shared import Mentions
from kg.pipeline.updating.world import World, targets_of
from kg.related.features import about_drug
from kg.spool import Spool


class Reached(Struct, frozen=True):
    """The trials to look at, and the graph before and after as far as they need it."""

    trials: list[str]
    """By NCT id, in order."""
    before: World
    after: World


def reach(
    names: Names,
    recorded: Sequence[str],
    was: Spool,
    now: Spool,
    mentions: Mentions,
    iris: Iris,
) -> Reached:
    """Follow new records to every trial that a build of all records would map in another way.

    `recorded` are the trials with new records.
    """
    found = set(recorded)
    while True:
        names.cover(_versions(found, was, now))
        before, after = World(was, names.before, iris), World(now, names.after, iris)
        more = {page for page in names.pages() if page in now}
        more.update(mentions.of_interventions(names.changed()))
        for key, drug in before.drugs.items():
            other = after.drugs.get(key)
            if other is not None and _means(drug, iris) != _means(other, iris):
                more.update(mentions.of(iris.drug(key)))
        if more <= found:
            return Reached(sorted(found), before, after)
        found |= more


def _versions(trials: Iterable[str], *spools: Spool) -> Iterator[Trial]:
    for nct_id in sorted(trials):
        for spool in spools:
            if nct_id in spool:
                yield spool.choose(nct_id).trial


def _means(drug: Drug, iris: Iris) -> tuple[object, ...]:
    """What of a drug stands in a trial that uses it, or makes the trial related to others."""
    return drug.label, targets_of(drug), tuple(about_drug(drug, 1.0, iris))
