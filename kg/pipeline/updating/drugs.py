"""All drugs of a graph before an update and after it, each read once."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from kg.map.drugs import map_target, target_iri
from kg.model.drug import Drug
from kg.pipeline.state import State
from kg.pipeline.updating.world import split


class Drugs:
    """The drugs that an update left as they were, and those that it changed."""

    def __init__(self, state: State, before: Mapping[str, Drug], after: Mapping[str, Drug]) -> None:
        """`before` and `after` are the drugs that were looked at, by key."""
        self._state = state
        self.gone = before.keys() - after.keys()
        """The keys of drugs that no trial names any more."""
        self.changed = [drug for key, drug in after.items() if before.get(key) != drug]
        """As they are now."""
        touched = self.gone | {drug.key for drug in self.changed}
        self._others = [drug for drug in state.drugs() if drug.key not in touched]
        self.now = sorted([*self._others, *self.changed], key=lambda drug: drug.key)
        """Every drug, by key."""

    def keep(self) -> None:
        """Let the state know."""
        self._state.set_drugs(self.changed, self.gone)

    def said_of(self, targets: Collection[str]) -> list[str]:
        """What drugs that did not change say of some targets, by IRI, as N-Triples lines."""
        if not targets:
            return []
        found = {link.target for drug in self._others for link in drug.targets}
        return split(map_target(target) for target in found if target_iri(target) in targets)
