"""From new records to a changed graph: what a build from all records would make, in seconds.

Only what the records bear on is resolved and mapped, once as it was and once as it is now; the
difference of the two is what the graph loses and gains.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from kg import history
from kg.errors import NotFoundError, SourceError, StoreError
from kg.history import Entry
from kg.iris import Iris
from kg.pipeline.aside import Aside
from kg.pipeline.building import SPOOL, nothing_read
from kg.pipeline.clock import Clock
from kg.pipeline.memory import seldom_collected
from kg.pipeline.progress import Progress
from kg.pipeline.reading import read_all
from kg.pipeline.remember import recall
from kg.pipeline.report import REPORT, BuildReport, read_report
from kg.pipeline.state import FILE, State
from kg.pipeline.updating.difference import difference
from kg.pipeline.updating.drugs import Drugs
from kg.pipeline.updating.gathered import recount
from kg.pipeline.updating.gone import said_by
from kg.pipeline.updating.judged import judge_change
from kg.pipeline.updating.names import Names
from kg.pipeline.updating.reach import reach
from kg.pipeline.updating.report import UpdateReport, followed, fresh, totals, trial_changes
from kg.pipeline.updating.shared import Mentions
from kg.records.asked import nct_ids
from kg.related.update import updated
from kg.resolve.bundled import Bundled
from kg.resolve.collect import Collector
from kg.resolve.report import coverage
from kg.spool import Spool
from kg.store import change, current, follow, new_build, open_build, write_whole
from kg.vocabularies import catalog

INDEX = "index of related trials"


@seldom_collected()
def update(
    sources: Sequence[str | Path],
    store_dir: str | Path = "kg-store",
    *,
    remove: Iterable[str] = (),
    check: bool = True,
    workers: int | None = None,
    progress: Progress | None = None,
) -> UpdateReport:
    """Bring new records into a store; the result is what a build of all records would make.

    Records that were read before are skipped. The trials to `remove` (NCT ids) are forgotten with
    all their records, as if these had never been given; then the sources are read. What changed
    is kept in the history of the graph, and judged by the shapes unless `check` is false. The
    graph that stands in the store stays in force until the new one is whole. Raises
    `SourceError` where nothing could be read, `NotFoundError` where there are no sources and none
    of the trials to remove is in the graph, `StoreError` where there is no store, or one that
    cannot be updated.
    """
    store_dir = Path(store_dir)
    unwanted = sorted(nct_ids(remove))
    current(store_dir)
    with new_build(store_dir) as folder:
        step = _Step(current(store_dir), folder, progress)
        try:
            report = step.run([str(source) for source in sources], unwanted, workers, check)
        except sqlite3.DatabaseError as error:
            raise StoreError(
                f"{store_dir}: what the build remembers cannot be read or written ({error}); "
                "make room on the disk, or build it again"
            ) from None
    write_whole(store_dir / REPORT, (current(store_dir) / REPORT).read_bytes())
    return report


class _Step:
    """One update: from the folder of the build in force to that of the next."""

    def __init__(self, old: Path, new: Path, progress: Progress | None) -> None:
        self._old, self._new = old, new
        self._tell = progress or (lambda stage, done, total: None)
        self._clock = Clock()
        recall(old).close()
        self._earlier = read_report(old)
        self._iris = Iris(self._earlier.base_iri)

    def run(
        self, sources: list[str], unwanted: list[str], workers: int | None, check: bool
    ) -> UpdateReport:
        """Everything, stage by stage."""
        old, new, clock = self._old, self._new, self._clock
        shutil.copyfile(old / FILE, new / FILE)
        state = State.open(new / FILE)
        was = Spool.load(old / SPOOL)
        (new / SPOOL).mkdir()
        spool = was.follow(new / SPOOL)
        absent = [nct_id for nct_id in unwanted if nct_id not in was]
        gone = sorted(set(unwanted) - set(absent))
        if absent and not gone and not sources:
            raise NotFoundError(f"{self._old.parent}: the graph has no trial {', '.join(absent)}")
        forgotten = sum(spool.remove(nct_id) for nct_id in gone)
        clock.stop("recall", "recall")

        collector = Collector()
        found = read_all(sources, spool, new / SPOOL, collector, self._tell, clock, workers)
        if sources and not found.parsed:
            raise SourceError(nothing_read(sources, found.rejected))
        if not len(spool):
            raise StoreError(f"{self._old.parent}: no trial would be left, expected at least one")
        clock.stop("read", "read and parse")

        graph = open_build(old)
        mentions = Mentions(graph, self._iris.base)
        names = Names(state, collector.collected(), said_by(was, gone), spool, mentions, Bundled())
        recorded = was.differing(spool)
        reached = reach(names, recorded, was, spool, mentions, self._iris)
        before, after = reached.before, reached.after
        clock.stop("resolve", "resolve")

        told_before = {n: before.tell(was.choose(n)) for n in reached.trials if n in was}
        told_after = {n: after.tell(spool.choose(n)) for n in reached.trials if n in spool}
        clock.stop("map", "map")
        drugs = Drugs(state, before.drugs, after.drugs)

        def index() -> None:
            features = (after.features(told) for _, told in sorted(told_after.items()))
            updated(old, new, told_before.keys(), features, drugs.now, self._iris)

        with Aside(index, workers) as indexing:
            found_difference = difference(
                before, after, told_before, told_after, state, drugs, mentions, graph, self._iris
            )
            del graph, mentions
            names.keep()
            drugs.keep()
            clock.stop("compare", "compare")
            follow(old, new)
            change(new, found_difference.removed, found_difference.added)
            clock.stop("graph", "graph")
            judged = None
            if check:
                went, came = found_difference.removed, found_difference.added
                judged = judge_change(open_build(new), went, came, self._iris.base)
            clock.stop("validate", "validate")

            history.carry(old, new)
            entry = Entry(
                number=len(history.entries(old)),
                kind="UPDATED",
                made=datetime.now(UTC).isoformat(timespec="seconds"),
                sources=tuple(sources),
                trials=tuple(trial_changes(recorded, was, spool)),
            )
            entry = history.write(new, entry, found_difference.removed, found_difference.added)
            understood = recount(state, told_before.values(), told_after.values())
            reaching = understood.reached(drugs.now, found_difference.organizations)
            counted = coverage(state.all_counted())
            spool.save()
            state.commit()
            clock.stop("keep", "keep")
            _, spent = indexing.result()
            clock.add({INDEX: spent}, spent)
            clock.stop("related index", INDEX)

        read, rejected, unread = followed(self._earlier, found, gone, forgotten)
        build = BuildReport(
            records_read=read,
            trials=len(spool),
            superseded=read - len(rejected) - len(spool),
            rejected=rejected,
            unread=unread,
            triples=self._earlier.triples + entry.triples_added - entry.triples_removed,
            drugs=len(drugs.now),
            targets=len({link.target.key for drug in drugs.now for link in drug.targets}),
            coverage=counted,
            reached=reaching,
            vocabularies=list(catalog()),
            decisions=names.outcomes(self._earlier.decisions),
            seconds=clock.seconds,
            cpu_seconds={part: round(cpu, 3) for part, cpu in clock.cpu_seconds.items()},
            sources=[*self._earlier.sources, *sources],
            base_iri=self._earlier.base_iri,
            built=entry.made,
        )
        content = msgspec.json.format(msgspec.json.encode(build), indent=2)
        (new / REPORT).write_bytes(content)
        counts = totals(entry.trials)
        return UpdateReport(
            number=entry.number,
            made=entry.made,
            records_read=found.parsed + len(found.rejected),
            unchanged=found.parsed - fresh(recorded, was, spool),
            rejected=found.rejected,
            added=counts["ADDED"],
            changed=counts["CHANGED"],
            removed=counts["REMOVED"],
            absent=absent,
            mapped_again=len(set(reached.trials) - set(recorded)),
            triples_added=entry.triples_added,
            triples_removed=entry.triples_removed,
            triples=build.triples,
            conforms=judged.conforms if judged else None,
            violations=sum(one.severity == "Violation" for one in judged.results) if judged else 0,
            seconds=build.seconds,
            cpu_seconds=build.cpu_seconds,
        )
