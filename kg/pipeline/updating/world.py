"""The graph as it was and as it will be, as far as an update has to look at either."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from msgspec import Struct

from kg.iris import Iris
from kg.map.drugs import map_drug, map_groundings, map_target, target_iri
from kg.map.trial import map_trial
from kg.model.drug import Drug, TrialGroundings
from kg.model.resolved import ResolvedFacts
from kg.model.trial import Trial
from kg.related.features import Features, features
from kg.resolve.facts import resolve_facts
from kg.resolve.resolution import Resolution
from kg.spool import Chosen, Spool


class Told(Struct, frozen=True):
    """One trial, resolved and mapped."""

    trial: Trial
    facts: ResolvedFacts
    groundings: TrialGroundings
    own: list[str]
    shared: list[str]


class World:
    """Some trials and what their names mean, before an update or after it."""

    def __init__(self, spool: Spool, resolution: Resolution, iris: Iris) -> None:
        self.spool = spool
        self.resolution = resolution
        self._iris = iris

    @cached_property
    def drugs(self) -> dict[str, Drug]:
        """The drugs of the names that were read, by key."""
        return {drug.key: drug for drug in self.resolution.drugs()}

    @cached_property
    def _targets(self) -> dict[str, tuple[str, ...]]:
        return {key: targets_of(drug) for key, drug in self.drugs.items()}

    def tell(self, chosen: Chosen) -> Told:
        """Resolve and map one trial."""
        trial = chosen.trial
        facts = resolve_facts(trial)
        groundings = self.resolution.ground(trial)
        mapped = map_trial(trial, facts, chosen.provenance, chosen.superseded, self._iris)
        map_groundings(mapped.own, trial, groundings, self._targets, self._iris)
        return Told(trial, facts, groundings, mapped.own, split(mapped.shared))

    def features(self, told: Told) -> Features:
        """What makes the trial related to others."""
        return features(told.trial, told.facts, told.groundings, self.drugs, self._iris)

    def drug_lines(self, keys: Iterable[str]) -> list[str]:
        """What is said of some drugs and their targets, as N-Triples lines."""
        found = [self.drugs[key] for key in sorted(keys) if key in self.drugs]
        targets = sorted({link.target for drug in found for link in drug.targets}, key=target_iri)
        blocks = [map_drug(drug, self._iris) for drug in found]
        return split([*blocks, *map(map_target, targets)])


def targets_of(drug: Drug) -> tuple[str, ...]:
    """The IRIs of what a drug acts on, without what it carries."""
    return tuple(target_iri(link.target) for link in drug.targets if not link.payload)


def split(blocks: Iterable[str]) -> list[str]:
    r"""Blocks of N-Triples as single lines; a literal holds no raw line end.

    >>> split(["<x:a> <x:b> <x:c> .\n<x:a> <x:b> <x:d> .\n"])
    ['<x:a> <x:b> <x:c> .\n', '<x:a> <x:b> <x:d> .\n']
    """
    return [line + "\n" for block in blocks for line in block.split("\n") if line]
