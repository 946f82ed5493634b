"""From sources to a store: the one place that joins the stages.

Records are read and parsed into a spool, all names are resolved together, then each trial is
mapped and streamed into a new store that is swapped in at the end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from kg import history, resources
from kg.errors import SourceError
from kg.iris import BASE, Iris
from kg.model.record import Rejection
from kg.pipeline.clock import Clock, Laps
from kg.pipeline.mapping import Gathered, lines
from kg.pipeline.memory import seldom_collected
from kg.pipeline.naming import NameReading
from kg.pipeline.progress import Progress
from kg.pipeline.reading import read_all
from kg.pipeline.remember import remember
from kg.pipeline.report import REPORT, BuildReport
from kg.related.writer import Writer
from kg.resolve.bundled import Bundled
from kg.resolve.collect import Collector
from kg.resolve.decisions import read_decisions
from kg.resolve.resolution import Resolution
from kg.spool import Spool
from kg.store import bulk_load, new_build, write_whole
from kg.vocabularies import catalog

SPOOL = "spool"
"""The folder of a build that keeps its parsed trials."""


@seldom_collected()
def build(
    sources: Sequence[str | Path],
    store_dir: str | Path = "kg-store",
    *,
    base_iri: str = BASE,
    workers: int | None = None,
    decisions: str | Path | None = None,
    progress: Progress | None = None,
) -> BuildReport:
    """Build a store from any mix of files, folders, archives and `-` for standard input.

    `workers` processes share the work, as many as there are cores unless told; the result is the
    same with any number. `decisions` is a file of pairs of names that a user accepts or refuses as
    one drug. The previous store stays in force until the new one is whole. Raises
    `SourceError` where a source does not exist or nothing in them could be read, `StoreError`
    where the store cannot be written.
    """
    tell = progress or (lambda stage, done, total: None)
    decided = read_decisions(Path(decisions)) if decisions is not None else ()
    clock = Clock()
    iris = Iris(base_iri)
    with new_build(Path(store_dir)) as folder:
        (folder / SPOOL).mkdir()
        spool = Spool(folder / SPOOL)
        collector = Collector()
        found = read_all(sources, spool, folder / SPOOL, collector, tell, clock, workers)
        if not found.parsed:
            raise SourceError(nothing_read(sources, found.rejected))
        clock.stop("read", "read and parse")
        tell("resolve", 0, len(spool))
        resolution = Resolution(collector, Bundled(), decided, read_all=NameReading(clock, workers))
        drugs = list(resolution.drugs())
        clock.stop("resolve", "resolve")
        index = Writer(folder, drugs, iris)
        gathered = Gathered()

        def meanwhile() -> None:
            laps = Laps()
            index.close()
            laps.stop("index of related trials")
            spool.save()
            spool.close()
            remember(folder, collector, resolution, drugs, gathered, decided)
            laps.stop("keep what updates need")
            clock.add(laps.seconds)

        triples = bulk_load(
            folder,
            lines(spool, resolution, drugs, index, iris, tell, clock, gathered, workers),
            sorted(_ontology_files()),
            meanwhile,
        )
        clock.stop("map and load", "load")
        built = datetime.now(UTC).isoformat(timespec="seconds")
        names = [str(source) for source in sources]
        history.begin(folder, names, built)
        report = BuildReport(
            records_read=found.parsed + len(found.rejected),
            trials=len(spool),
            superseded=found.parsed - len(spool),
            rejected=found.rejected,
            unread=found.unread,
            triples=triples,
            drugs=len(drugs),
            targets=len({link.target.key for drug in drugs for link in drug.targets}),
            coverage=resolution.coverage,
            reached=gathered.reached(drugs),
            vocabularies=list(catalog()),
            decisions=resolution.outcomes(),
            seconds=clock.seconds,
            cpu_seconds={part: round(cpu, 3) for part, cpu in clock.cpu_seconds.items()},
            sources=names,
            base_iri=base_iri,
            built=built,
        )
        content = msgspec.json.format(msgspec.json.encode(report), indent=2)
        (folder / REPORT).write_bytes(content)
    write_whole(Path(store_dir) / REPORT, content)
    return report


def _ontology_files() -> Iterator[Path]:
    return resources.folder("ontology").glob("*.ttl")


def nothing_read(sources: Sequence[str | Path], rejected: list[Rejection]) -> str:
    """What is told where no record could be read."""
    names = ", ".join(str(source) for source in sources)
    first = f"; first of {len(rejected)} rejected: {rejected[0].reason}" if rejected else ""
    return f"{names}: found no record that could be read, expected at least one study{first}"
