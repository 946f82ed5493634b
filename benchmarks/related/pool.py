"""The pool: records read, resolved and indexed by the project's own stages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
import numpy as np
from msgspec import Struct, structs
from numpy.typing import NDArray

from kg.errors import RecordError
from kg.iris import Iris
from kg.model.drug import Drug, TrialGroundings
from kg.model.record import Rejection
from kg.model.resolved import ResolvedFacts
from kg.model.trial import Trial
from kg.parse import parse
from kg.parse.provenance import provenance
from kg.records.files import read
from kg.related.index import Index
from kg.related.kinds import Kind
from kg.related.writer import Writer
from kg.resolve.bundled import Bundled
from kg.resolve.collect import Collector
from kg.resolve.facts import resolve_facts
from kg.resolve.resolution import Resolution
from kg.spool import Spool, SpoolFile


class Member(Struct, frozen=True):
    """A trial of the pool and what its words mean."""

    trial: Trial
    facts: ResolvedFacts
    groundings: TrialGroundings


class Pool(Struct, frozen=True):
    """Every trial of the sources, once."""

    members: list[Member]
    drugs: list[Drug]

    @property
    def trials(self) -> list[Trial]:
        """The trials by NCT id."""
        return [member.trial for member in self.members]


def pool(sources: Sequence[Path], folder: Path) -> Pool:
    """Read and resolve the sources; records that cannot be read are told and left out."""
    rejected: list[Rejection] = []
    collector = Collector()
    place = folder / "spool"
    place.mkdir()
    spool, file = Spool(place), SpoolFile(place, 0)
    for raw in read(sources, rejected.append):
        try:
            trial = parse(raw)
        except RecordError as error:
            rejected.append(Rejection(raw.source, error.record, str(error)))
            continue
        origin = provenance(raw, trial)
        collector.add(trial, origin)
        spool.enter(file.add(trial, origin))
    file.close()
    for rejection in rejected:
        print(f"left out {rejection.record}: {rejection.reason}")
    resolution = Resolution(collector, Bundled())
    members = [
        Member(chosen.trial, resolve_facts(chosen.trial), resolution.ground(chosen.trial))
        for chosen in spool
    ]
    spool.close()
    return Pool(members, list(resolution.drugs()))


def indexed(pool: Pool, folder: Path, change: Callable[[Trial], Trial] | None = None) -> Index:
    """The index of the pool, with each trial changed before it is shown to the indexer."""
    folder.mkdir()
    writer = Writer(folder, pool.drugs, Iris())
    for member in pool.members:
        trial = change(member.trial) if change else member.trial
        writer.add(trial, member.facts, member.groundings)
    writer.close()
    return Index(folder)


def with_citations(trial: Trial) -> Trial:
    """The leak canary: what the labels are made of, put back where the ranker reads."""
    cited = [f"{r.citation or ''} cited{r.pmid or ''}" for r in trial.references]
    text = "\n".join([trial.detailed_description or "", *cited])
    return structs.replace(trial, detailed_description=text)


class ByKind:
    """Likeness of every pair, kind by kind, straight from the index: no candidates, no cut."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._things, self._values, self._owner = index.made_of(np.arange(index.trials))
        kind = np.searchsorted(index.meta.first_of_kind, self._things, "right") - 1
        self._cell = self._owner * len(Kind) + kind

    def __call__(self, query: int) -> NDArray[np.float32]:
        """A line per trial of the pool, a column per kind."""
        mine = slice(*np.searchsorted(self._owner, [query, query + 1]))
        asked = np.zeros(self.index.size, np.float32)
        asked[self._things[mine]] = self._values[mine]
        product = asked[self._things] * self._values
        shape = (self.index.trials, len(Kind))
        cells = np.bincount(self._cell, product, shape[0] * shape[1])
        return cells.reshape(shape).astype(np.float32)


def save(pool: Pool, path: Path) -> None:
    """Keep a pool for another run."""
    path.write_bytes(msgspec.msgpack.encode(pool))


def load(path: Path) -> Pool:
    """A pool that was kept."""
    return msgspec.msgpack.decode(path.read_bytes(), type=Pool)
