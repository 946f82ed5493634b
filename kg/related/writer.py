"""Writes the index of a build: from nothing, or from an earlier index and what changed."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence, Set
from pathlib import Path

import msgspec
import numpy as np

from kg.iris import Iris
from kg.map.drugs import target_iri
from kg.model.drug import Drug, TrialGroundings
from kg.model.resolved import ResolvedFacts
from kg.model.trial import Trial
from kg.names import squash
from kg.related.arrays import Int32, digest, save
from kg.related.features import Features, Thing, about_drug, features
from kg.related.kinds import Kind
from kg.related.merge import merge
from kg.related.part import Part
from kg.related.segment import Segment, read

FORMAT = 3
"""Raised whenever the files change, so that an old index is told from a damaged one."""
FOLDER = "related"
_OWN = "own"
SHORTEST_NAME = 4
"""Signs of the shortest drug name that free text is searched for."""


class Meta(msgspec.Struct, frozen=True):
    """What the index is, beside its arrays."""

    format: int
    base_iri: str
    trials: int
    first_of_kind: list[int]
    """Where the numbers of each kind begin; the last entry is their total."""
    statuses: list[str]
    phases: list[str]
    mean_length: float
    """How long the words of a trial are on the average."""


class Writer:
    """Takes trials in the order of their NCT ids; several segments each take a share of them."""

    def __init__(self, build: Path, drugs: Iterable[Drug], iris: Iris) -> None:
        self.folder = build / FOLDER
        self.folder.mkdir()
        self._drugs = {drug.key: drug for drug in drugs}
        self._iris = iris
        self._parts = self.folder / "parts"
        self._parts.mkdir()
        self._segment = Segment(self._parts / _OWN)

    def add(self, trial: Trial, facts: ResolvedFacts, groundings: TrialGroundings) -> None:
        """Keep one trial."""
        self.keep(features(trial, facts, groundings, self._drugs, self._iris))

    def keep(self, made: Features) -> None:
        """Keep the features of one trial.

        Raises `ValueError` where the trial does not come after the one before.
        """
        self._segment.keep(made)

    def another(self, number: int) -> Segment:
        """One more place where trials are kept, that another process may write."""
        return Segment(self._parts / str(number))

    def close(self, before: Sequence[Part] = (), removed: Set[str] = frozenset()) -> None:
        """Write the index: what was kept, beside an earlier index without the removed trials.

        All other segments are closed by then.
        """
        about = {
            key: [self._number(thing) for thing in about_drug(drug, 1.0, self._iris)]
            for key, drug in self._drugs.items()
        }
        needed = {number for numbers in about.values() for number in numbers}
        targets = {link.target for drug in self._drugs.values() for link in drug.targets}
        symbols = {
            target.symbol: self._number(Thing(Kind.TARGET, target_iri(target), target.symbol))
            for target in sorted(targets, key=lambda target: (target.symbol, target.key))
        }
        needed |= set(symbols.values())
        self._segment.close()
        others = sorted(path for path in self._parts.iterdir() if path.name != _OWN)
        parts = [*before, *map(read, others), read(self._parts / _OWN)]
        merged = merge(self.folder, parts, removed, needed)
        final = merged.final[-1]
        acts = {(final[drug], final[one]) for drug, *others in about.values() for one in others}
        save(self.folder, {"acts": np.array(sorted(acts), np.int32).reshape(-1, 2)})
        self._write_names(final, {key: numbers[0] for key, numbers in about.items()}, symbols)
        shutil.rmtree(self._parts)
        meta = Meta(
            format=FORMAT,
            base_iri=self._iris.base,
            trials=merged.trials,
            first_of_kind=merged.first_of_kind,
            statuses=merged.statuses,
            phases=merged.phases,
            mean_length=merged.mean_length,
        )
        (self.folder / "meta.json").write_bytes(msgspec.json.encode(meta))

    def _number(self, thing: Thing) -> int:
        return self._segment.number(thing)

    def _write_names(self, final: Int32, numbers: dict[str, int], symbols: dict[str, int]) -> None:
        """Drugs by every accepted name that is only theirs, targets by their symbol."""
        names: dict[str, set[int]] = {}
        for key, drug in self._drugs.items():
            for name in drug.names:
                squashed = squash(name.name)
                if name.status == "ACCEPTED" and len(squashed) >= SHORTEST_NAME:
                    names.setdefault(squashed, set()).add(numbers[key])
        found = [(digest(Kind.DRUG, name), min(of)) for name, of in names.items() if len(of) == 1]
        found += [(digest(Kind.TARGET, symbol), number) for symbol, number in symbols.items()]
        found.sort()
        save(
            self.folder,
            {
                "names-digests": np.array([key for key, _ in found], np.uint64),
                "names-numbers": final[[number for _, number in found]],
            },
        )
