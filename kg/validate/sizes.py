"""How many nodes the questions to a store are about, by the classes that they speak of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pyoxigraph import Literal, NamedNode, Store

from kg.validate.counts import Counts
from kg.validate.questions import Question, Size
from kg.validate.terms import rows

_SIZES = "SELECT ?class (COUNT(?node) AS ?size) { ?node a ?class } GROUP BY ?class"


def class_sizes(store: Store) -> dict[str, int]:
    """How many instances each class of a store has."""
    return {
        class_.value: int(size.value)
        for class_, size in rows(store, _SIZES)
        if isinstance(class_, NamedNode) and isinstance(size, Literal)
    }


def target_sizes(store: Store, asked: Iterable[Question]) -> dict[str, int]:
    """How often a store has each property that is a target: no fewer than its subjects."""
    counts = Counts(store)
    targets = {question.target.iri for question in asked if question.target}
    return {iri: counts.rows(f"?node <{iri}> ?any") for iri in sorted(targets)}


class Sizes:
    """What follows from the sizes of classes for each question."""

    def __init__(self, instances: Mapping[str, int], asked: Iterable[Question]) -> None:
        self._instances = instances
        meant: dict[str, set[str]] = {}
        for question in asked:
            if question.asked.path:
                meant.setdefault(question.asked.path, set()).update(question.rules)
        self._holding = {path: self.instances(names) for path, names in meant.items()}

    def instances(self, classes: Iterable[str]) -> int:
        """How many nodes some classes have; those of several of them count as often."""
        return sum(self._instances.get(name, 0) for name in classes)

    def of(self, question: Question) -> Size:
        """About how many nodes a question means, and how many have what it asks for."""
        nodes = self.instances(question.rules)
        return Size(nodes, max(nodes, self._holding.get(question.asked.path, 0)))

    def work(self, question: Question) -> int:
        """About how long a question takes, next to others."""
        size = self.of(question)
        return size.holders if question.asked.path and not size.is_rare else 10 * size.nodes
