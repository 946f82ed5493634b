"""From sources to a store: the one place that joins the stages.

Records are read and parsed into a spool, all names are resolved together, then each trial is
mapped and streamed into a new store that is swapped in at the end.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from kg import resources
from kg.errors import RecordError, SourceError
from kg.iris import BASE, Iris
from kg.map.drugs import map_drug, map_groundings, map_target, target_iri
from kg.map.mesh import map_mesh_tree
from kg.map.organizations import map_organization
from kg.map.sites import map_site
from kg.map.trial import map_trial
from kg.map.trial_links import map_trial_link
from kg.model.drug import Coverage, Drug
from kg.model.record import RawRecord, Rejection
from kg.parse import parse
from kg.parse.provenance import provenance
from kg.records.files import read, total_bytes
from kg.related.writer import Writer
from kg.resolve.bundled import Bundled
from kg.resolve.collect import Collector
from kg.resolve.facts import mesh_tree, resolve_facts
from kg.resolve.identifiers import TrialLinks
from kg.resolve.organization_names import OrganizationNames
from kg.resolve.resolution import Resolution
from kg.resolve.site_names import SiteNames
from kg.spool import Spool
from kg.store import bulk_load, new_build

REPORT = "build.json"

Progress = Callable[[str, int, int], None]
"""Told the stage, how much of it is done, and how much there is."""


class BuildReport(Struct, frozen=True, kw_only=True):
    """What a build read, made and left out; kept as `build.json`.

    `records_read` = `trials` + `superseded` + the length of `rejected`.
    """

    records_read: int
    trials: int
    superseded: int
    """Records whose trial was read from a newer or fuller record."""
    rejected: list[Rejection]
    unread: dict[str, list[str]]
    """Lines of text pages that stand in no section known, by NCT id; the trial is in the graph."""
    triples: int
    drugs: int
    targets: int
    coverage: Coverage
    """How much of what was registered reached a drug, and the commonest names that did not."""
    seconds: dict[str, float]
    """Wall seconds by stage."""
    cpu_seconds: dict[str, float]
    """Processor seconds by kind of work; mapping and loading run side by side."""
    sources: list[str]
    base_iri: str
    built: str
    """When the build ended, UTC; in the report only, never in the graph."""


def build(
    sources: Sequence[str | Path],
    store_dir: str | Path = "kg-store",
    *,
    base_iri: str = BASE,
    progress: Progress | None = None,
) -> BuildReport:
    """Build a store from any mix of files, folders, archives and `-` for standard input.

    The previous store stays in force until the new one is whole. Raises `SourceError` where a
    source does not exist or nothing in them could be read, `StoreError` where the store cannot be
    written.
    """
    tell = progress or (lambda stage, done, total: None)
    rejected: list[Rejection] = []
    unread: dict[str, list[str]] = {}
    clock = _Clock()
    iris = Iris(base_iri)
    with new_build(Path(store_dir)) as folder:
        spool = Spool(folder / "spool")
        collector = Collector()
        parsed = 0
        for raw in _read(sources, rejected, tell):
            try:
                trial = parse(raw)
            except RecordError as error:
                rejected.append(Rejection(raw.source, error.record, str(error)))
                continue
            origin = provenance(raw, trial)
            clock.start_lap()
            collector.add(trial, origin)
            clock.lap("resolve")
            spool.add(trial, origin)
            if trial.unread:
                unread.setdefault(trial.nct_id, []).extend(trial.unread)
            parsed += 1
        if not parsed:
            raise SourceError(_nothing_read(sources, rejected))
        clock.stop("read", "read and parse")
        tell("resolve", 0, len(spool))
        resolution = Resolution(collector, Bundled())
        drugs = list(resolution.drugs())
        clock.stop("resolve", "resolve")
        index = Writer(folder, drugs, iris)
        triples = bulk_load(
            folder,
            _lines(spool, resolution, drugs, index, iris, tell, clock),
            sorted(_ontology_files()),
        )
        clock.stop("map and load", "load")
        index.close()
        clock.stop("related", "index of related trials")
        spool.close()
        (folder / "spool").unlink()
        report = BuildReport(
            records_read=parsed + len(rejected),
            trials=len(spool),
            superseded=parsed - len(spool),
            rejected=rejected,
            unread=unread,
            triples=triples,
            drugs=len(drugs),
            targets=len({link.target.hgnc_id for drug in drugs for link in drug.targets}),
            coverage=resolution.coverage,
            seconds=clock.seconds,
            cpu_seconds={part: round(cpu, 3) for part, cpu in clock.cpu_seconds.items()},
            sources=[str(source) for source in sources],
            base_iri=base_iri,
            built=datetime.now(UTC).isoformat(timespec="seconds"),
        )
        content = msgspec.json.format(msgspec.json.encode(report), indent=2)
        (folder / REPORT).write_bytes(content)
    (Path(store_dir) / REPORT).write_bytes(content)
    return report


def _read(
    sources: Sequence[str | Path], rejected: list[Rejection], tell: Progress
) -> Iterator[RawRecord]:
    total = total_bytes(sources)
    done = 0

    def advance(size: int) -> None:
        nonlocal done
        done += size
        tell("read", done, total)

    return read(sources, rejected.append, advance)


def _lines(
    spool: Spool,
    resolution: Resolution,
    drugs: list[Drug],
    index: Writer,
    iris: Iris,
    tell: Progress,
    clock: _Clock,
) -> Iterator[str]:
    """The whole graph as N-Triples text, trial by trial; what trials share is written once.

    On the way each trial is given to the index of related trials.
    """
    written: set[int] = set()

    def once(blocks: Iterable[str]) -> Iterator[str]:
        for block in blocks:
            mark = hash(block)
            if mark not in written:
                written.add(mark)
                yield block

    mesh_ids: set[str] = set()
    organizations = OrganizationNames()
    sites = SiteNames()
    trial_links = TrialLinks()
    targets = {
        drug.key: tuple(target_iri(link.target) for link in drug.targets if not link.payload)
        for drug in drugs
    }
    for number, chosen in enumerate(spool, 1):
        trial = chosen.trial
        clock.start_lap()
        facts = resolve_facts(trial)
        groundings = resolution.ground(trial)
        clock.lap("resolve")
        mapped = map_trial(trial, facts, chosen.provenance, chosen.superseded, iris)
        map_groundings(mapped.own, trial, groundings, targets, iris)
        own, shared = "".join(mapped.own), list(once(mapped.shared))
        clock.lap("map")
        index.add(trial, facts, groundings)
        clock.lap("index of related trials")
        yield own
        yield from shared
        organizations.add(facts)
        sites.add(trial, facts)
        trial_links.add(trial)
        mesh_ids.update(
            mesh.id for mesh in (*facts.condition_mesh, *facts.intervention_mesh) if mesh.id
        )
        mesh_ids.update(found.mesh_id for found in facts.condition_groundings if found)
        tell("map", number, len(spool))
    yield from once(map_mesh_tree(mesh_tree(mesh_ids)))
    yield from (map_organization(entry, iris) for entry in organizations.entries())
    yield from (map_site(entry, iris) for entry in sites.entries())
    yield from (map_trial_link(link, iris) for link in trial_links.links())
    for drug in drugs:
        yield map_drug(drug, iris)
        yield from once(map_target(link.target) for link in drug.targets)


def _ontology_files() -> Iterator[Path]:
    return resources.folder("ontology").glob("*.ttl")


def _nothing_read(sources: Sequence[str | Path], rejected: list[Rejection]) -> str:
    names = ", ".join(str(source) for source in sources)
    first = f"; first of {len(rejected)} rejected: {rejected[0].reason}" if rejected else ""
    return f"{names}: found no record that could be read, expected at least one study{first}"


class _Clock:
    """Wall seconds of each stage, and its share of the processor."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.cpu_seconds: defaultdict[str, float] = defaultdict(float)
        self._wall, self._cpu = time.perf_counter(), time.process_time()
        self._lap, self._lapped = time.thread_time(), 0.0

    def stop(self, stage: str, rest: str) -> None:
        """End a stage; what no lap of it took is the processor time of `rest`."""
        wall, cpu = time.perf_counter(), time.process_time()
        self.seconds[stage] = round(wall - self._wall, 3)
        self.cpu_seconds[rest] += cpu - self._cpu - self._lapped
        self._wall, self._cpu, self._lapped = wall, cpu, 0.0

    def start_lap(self) -> None:
        """Begin a piece of work inside a stage."""
        self._lap = time.thread_time()

    def lap(self, part: str) -> None:
        """End a piece of work of this thread, and begin the next."""
        now = time.thread_time()
        self.cpu_seconds[part] += now - self._lap
        self._lapped += now - self._lap
        self._lap = now
