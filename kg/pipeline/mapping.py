"""The second pass: every trial is resolved and mapped to triples, and given to the index.

Workers make the text of some trials at a time; the parent hands it on in the order of the trials,
and writes what trials share once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Protocol

from msgspec import Struct

from kg.iris import Iris
from kg.map.drugs import map_drug, map_groundings, map_target, target_iri
from kg.map.mesh import map_mesh_tree
from kg.map.organizations import map_organization
from kg.map.sites import map_site
from kg.map.trial import map_trial
from kg.map.trial_links import map_trial_link
from kg.model.coverage import Reached
from kg.model.drug import Drug
from kg.model.resolved import OrganizationEntry
from kg.pipeline.clock import Clock, Laps
from kg.pipeline.progress import Progress
from kg.pipeline.workers import Workers, processes
from kg.related.features import Features, features
from kg.related.writer import Writer
from kg.resolve.facts import mesh_terms_in, mesh_tree, resolve_facts
from kg.resolve.identifiers import TrialLinks
from kg.resolve.organization_names import OrganizationNames
from kg.resolve.reached import Counts
from kg.resolve.resolution import Resolution
from kg.resolve.site_names import SiteNames
from kg.spool import Chosen, Spool

MOST_TRIALS = 32
"""Trials that a worker maps at a time."""
ALONE = 500
"""Fewer trials are mapped in this process: starting others would take longer."""


class Made(Struct, frozen=True):
    """Some trials, mapped."""

    own: bytes
    """N-Triples of what the trials own."""
    marks: list[int]
    """A hash of each of the blocks below."""
    shared: list[bytes]
    """N-Triples of what trials share, block by block."""


class Gathered:
    """What is said at the end of things that trials share."""

    def __init__(self) -> None:
        self.organizations = OrganizationNames()
        self.sites = SiteNames()
        self.trial_links = TrialLinks()
        self.mesh_ids: Counter[str] = Counter()
        """In how many trials each MeSH term stands."""
        self.counts = Counts()
        self._described: list[OrganizationEntry] | None = None

    def merge(self, other: Gathered) -> None:
        """Take in what was gathered of other trials."""
        self.organizations.merge(other.organizations)
        self.sites.merge(other.sites)
        self.trial_links.merge(other.trial_links)
        self.mesh_ids.update(other.mesh_ids)
        self.counts.merge(other.counts)

    def reached(self, drugs: Iterable[Drug]) -> dict[str, Reached]:
        """How far what trials state was understood."""
        return self.counts.reached(drugs, {entry.key: entry for entry in self._entries()})

    def _entries(self) -> list[OrganizationEntry]:
        if self._described is None:
            self._described = list(self.organizations.entries())
        return self._described

    def lines(self, iris: Iris) -> Iterator[str]:
        """Everything gathered, as N-Triples."""
        yield from map_mesh_tree(mesh_tree(self.mesh_ids))
        yield from (map_organization(entry, iris) for entry in self._entries())
        yield from (map_site(entry, iris) for entry in self.sites.entries())
        yield from (map_trial_link(link, iris) for link in self.trial_links.links())


class Trials(Protocol):
    """Where parsed trials are."""

    def choose(self, nct_id: str) -> Chosen:
        """A trial by its best record."""
        ...


class Index(Protocol):
    """Where the features of trials are kept."""

    def keep(self, made: Features) -> None:
        """Keep those of one trial."""
        ...

    def close(self) -> None:
        """No more will come."""
        ...


class Mapper:
    """Resolves and maps trials, and gives them to the index of related trials."""

    def __init__(
        self,
        trials: Trials,
        nct_ids: list[str],
        resolution: Resolution,
        drugs: list[Drug],
        iris: Iris,
        index: Index | None = None,
    ) -> None:
        """Without an `index` nothing is kept for related trials."""
        self._trials, self._nct_ids = trials, nct_ids
        self._resolution, self._index, self._iris = resolution, index, iris
        self._drugs = {drug.key: drug for drug in drugs}
        self._targets = {
            drug.key: tuple(target_iri(link.target) for link in drug.targets if not link.payload)
            for drug in drugs
        }
        self._gathered = Gathered()
        self._written: set[int] = set()
        self._laps = Laps()

    def do(self, span: tuple[int, int]) -> Made:
        """Map the trials from one place in the order to another."""
        own: list[str] = []
        made = Made(b"", [], [])
        laps = self._laps
        for nct_id in self._nct_ids[slice(*span)]:
            chosen = self._trials.choose(nct_id)
            trial = chosen.trial
            laps.start()
            facts = resolve_facts(trial)
            groundings = self._resolution.ground(trial)
            laps.stop("resolve")
            mapped = map_trial(trial, facts, chosen.provenance, chosen.superseded, self._iris)
            map_groundings(mapped.own, trial, groundings, self._targets, self._iris)
            own += mapped.own
            self._share(mapped.shared, made)
            laps.stop("map")
            if self._index is not None:
                self._index.keep(features(trial, facts, groundings, self._drugs, self._iris))
                laps.stop("index of related trials")
            gathered = self._gathered
            gathered.organizations.add(facts)
            gathered.sites.add(trial, facts)
            gathered.trial_links.add(trial)
            gathered.mesh_ids.update(mesh_terms_in(facts))
            gathered.counts.add(trial, facts, groundings)
            laps.stop("resolve")
        return Made("".join(own).encode(), made.marks, made.shared)

    def finish(self) -> tuple[Gathered, dict[str, float]]:
        """What was gathered, and where the time went."""
        if self._index is not None:
            self._index.close()
        return self._gathered, dict(self._laps.seconds)

    def _share(self, blocks: Iterable[str], made: Made) -> None:
        for block in blocks:
            mark = hash(block)
            if mark not in self._written:
                self._written.add(mark)
                made.marks.append(mark)
                made.shared.append(block.encode())


def lines(
    spool: Spool,
    resolution: Resolution,
    drugs: list[Drug],
    index: Writer,
    iris: Iris,
    tell: Progress,
    clock: Clock,
    gathered: Gathered,
    wanted: int | None = None,
) -> Iterator[bytes]:
    """The whole graph as N-Triples text, trial by trial; what trials share is written once.

    On the way the index of related trials gets its segments, and `gathered` is filled.
    """
    nct_ids = spool.nct_ids()
    starts = range(0, len(nct_ids), MOST_TRIALS)
    workers = processes(wanted if wanted is not None or len(nct_ids) > ALONE else 1)
    written: set[int] = set()

    def mapper(number: int) -> Mapper:
        return Mapper(spool, nct_ids, resolution, drugs, iris, index.another(number))

    # The first trials are mapped here: what is loaded when first needed is then shared by all.
    here = mapper(workers)
    first = here.do((0, MOST_TRIALS))
    gathered_here = here.finish()
    with Workers(workers, mapper, tuple[int, int], Made) as crew:
        others = crew.run((start, start + MOST_TRIALS) for start in starts[1:])
        for piece, made in enumerate(chain([first], others), start=1):
            yield made.own
            for mark, block in zip(made.marks, made.shared, strict=True):
                if mark not in written:
                    written.add(mark)
                    yield block
            tell("map", min(piece * MOST_TRIALS, len(nct_ids)), len(nct_ids))
        for part, seconds in (gathered_here, *crew.finish()):
            gathered.merge(part)
            clock.add(seconds)
        clock.add({}, crew.cpu_seconds)
    yield from (text.encode() for text in gathered.lines(iris))
    for drug in drugs:
        yield map_drug(drug, iris).encode()
    for target in sorted({link.target for drug in drugs for link in drug.targets}, key=target_iri):
        yield map_target(target).encode()
