"""What a graph loses and gains when some trials and names are told anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct
from pyoxigraph import Store

from kg.iris import HGNC, TARGET, Iris
from kg.map.trial import map_trial
from kg.model.resolved import OrganizationEntry
from kg.pipeline.state import State
from kg.pipeline.updating.drugs import Drugs
from kg.pipeline.updating.gathered import Lines, Links, MeshTerms, Organizations, Sites
from kg.pipeline.updating.shared import Mentions, still_said, subject
from kg.pipeline.updating.world import Told, World, split
from kg.resolve.facts import resolve_facts
from kg.store import quads


class Difference(Struct, frozen=True):
    """Sorted N-Triples lines, each once: the graph had all that it loses, none that it gains."""

    removed: list[str]
    added: list[str]
    organizations: dict[str, OrganizationEntry]
    """Every organisation of the graph as it is described now, by key."""


def difference(
    before: World,
    after: World,
    told_before: Mapping[str, Told],
    told_after: Mapping[str, Told],
    state: State,
    drugs: Drugs,
    mentions: Mentions,
    store: Store,
    iris: Iris,
) -> Difference:
    """Compare the graph before and after, as far as it was told anew; the state follows.

    `store` is the graph before. What several trials may say of a shared thing goes only when none
    says it any more, and comes only when none said it.
    """
    olds, news = list(told_before.values()), list(told_after.values())
    changed = drugs.gone | {drug.key for drug in drugs.changed}
    organizations = Organizations(state, olds, news)
    mesh = MeshTerms(state, olds, news)
    sites = Sites(state, olds, news)
    links = Links(state, before.spool.nct_ids(), olds, news)
    parts: list[Lines] = [
        (_own(olds), _own(news)),
        (_shared(olds), _shared(news)),
        (before.drug_lines(changed), after.drug_lines(changed)),
        organizations.lines(iris),
        mesh.lines(),
        links.lines(iris),
        sites.lines(iris),
    ]
    was = {line for lines, _ in parts for line in lines}
    now = {line for _, lines in parts for line in lines}
    gone, come = was - now, now - was
    if doubtful := {line for line in gone if _is_shared(line, iris)}:
        told = {*told_before, *told_after}
        gone -= still_said(doubtful, mentions, told, _Others(after, iris).say)
        asked = set(map(subject, doubtful))
        gone.difference_update(organizations.said_of(asked, iris))
        gone.difference_update(mesh.said_of(asked))
        gone.difference_update(drugs.said_of({i for i in asked if i.startswith((HGNC, TARGET))}))
    doubtful = {line for line in come if _is_shared(line, iris)}
    come -= {line for line in doubtful if next(quads([line])) in store}
    organizations.keep()
    mesh.keep()
    sites.keep()
    links.keep()
    return Difference(sorted(gone), sorted(come), organizations.entries())


class _Others:
    """What trials that did not change say of shared things."""

    def __init__(self, world: World, iris: Iris) -> None:
        self._spool, self._iris = world.spool, iris
        self._said: dict[str, set[str]] = {}

    def say(self, nct_id: str) -> set[str]:
        """The lines of shared things that a trial says."""
        if nct_id not in self._said:
            chosen = self._spool.choose(nct_id)
            facts = resolve_facts(chosen.trial)
            mapped = map_trial(chosen.trial, facts, chosen.provenance, (), self._iris)
            self._said[nct_id] = set(split(mapped.shared))
        return self._said[nct_id]


def _own(trials: Iterable[Told]) -> list[str]:
    return [line for told in trials for line in told.own]


def _shared(trials: Iterable[Told]) -> list[str]:
    return [line for told in trials for line in told.shared]


def _is_shared(line: str, iris: Iris) -> bool:
    """Whether something else than what was told anew may say this."""
    about = subject(line)
    return not about.startswith(
        tuple(f"{iris.base}{kind}/" for kind in ("trial", "drug", "site", "trial-link"))
    )
