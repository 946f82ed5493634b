"""A store as nodes and relationships, one subject at a time.

The statements come sorted by subject, so memory holds one subject and the little that is asked
of the store beforehand: the codes, and what relationships lead to without being described.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, cast

from pyoxigraph import DefaultGraph, NamedNode

from kg.export.neo4j.mapping import UNDESCRIBED, Key, Label, PropertyGraph
from kg.export.neo4j.terms import READ, iri, text, whole_date
from kg.export.ordered import lines
from kg.vocab import RDF, SKOS

if TYPE_CHECKING:
    from pyoxigraph import QuerySolutions, Store

Value = str | list[str] | tuple[str, str]
"""Text that fits the key's type, several, or latitude and longitude."""

_TYPE = f"<{RDF.type}>".encode()


@dataclass(slots=True)
class Node:
    """A node: its IRI, its labels without `Resource`, its keys."""

    iri: str
    labels: tuple[str, ...]
    values: dict[str, Value]


@dataclass(slots=True)
class Edge:
    """A relationship between two nodes, by their IRIs."""

    start: str
    type: str
    end: str


class Stream:
    """Nodes and relationships of a store, each once, a node before the relationships it begins.

    After the last one, `left_out` counts the statements that the mapping has no place for.
    """

    def __init__(self, store: Store, mapping: PropertyGraph, scratch: Path | None = None) -> None:
        self.left_out: Counter[str] = Counter()
        self._store, self._mapping, self._scratch = store, mapping, scratch
        self._codes = _codes(store)
        self._by_class = {f"<{each.iri}>".encode(): each for each in mapping.labels.values()}
        self._ours = {f"<{each}>".encode() for each in mapping.not_exported}
        self._plans: dict[tuple[bytes, ...], _Plan] = {}

    def __iter__(self) -> Iterator[Node | Edge]:
        statements = (
            line.rstrip(b"\n").removesuffix(b" .").split(b" ", 2)
            for line in lines(self._store, scratch=self._scratch)
        )
        for subject, group in groupby(statements, key=lambda parts: parts[0]):
            objects: dict[bytes, list[bytes]] = {}
            for _, predicate, value in group:
                if predicate in objects:
                    objects[predicate].append(value)
                else:
                    objects[predicate] = [value]
            yield from self._subject(subject, objects)
        for each in _undescribed(self._store, self._mapping):
            yield Node(each, (UNDESCRIBED,), {})

    def of(self, subject: str) -> list[Node | Edge]:
        """The node of one IRI and the relationships it begins; nothing where it has no label."""
        objects: dict[bytes, list[bytes]] = {}
        for quad in self._store.quads_for_pattern(NamedNode(subject), None, None, DefaultGraph()):
            objects.setdefault(str(quad.predicate).encode(), []).append(str(quad.object).encode())
        if _TYPE in objects:
            objects[_TYPE].sort()
        return [*self._subject(f"<{subject}>".encode(), objects)]

    def described(self, iri: str) -> bool:
        """Whether an IRI has a label of its own, or is one of the ontology's."""
        kind = NamedNode(RDF.type)
        return any(
            (found := str(quad.object).encode()) in self._by_class or found in self._ours
            for quad in self._store.quads_for_pattern(NamedNode(iri), kind, None, DefaultGraph())
        )

    def _subject(self, subject: bytes, objects: dict[bytes, list[bytes]]) -> Iterator[Node | Edge]:
        classes = tuple(objects.pop(_TYPE, ()))
        plan = self._plans.get(classes)
        if plan is None:
            labels = [self._by_class[each] for each in classes if each in self._by_class]
            known = all(each in self._by_class or each in self._ours for each in classes)
            plan = self._plans[classes] = _Plan(labels, known)
        if not plan.labels:
            if not (plan.known and (classes or subject.startswith(b"_:"))):
                self._leave_out(objects, "of a subject without a label")
            return
        if not plan.known:
            self.left_out["classes without a label"] += 1
        name = iri(subject)
        node = Node(name, plan.labels, {})
        edges: list[Edge] = []
        used = set()
        for key, predicates in plan.keys:
            if predicates[0] in objects and self._fill(
                node.values, key, [objects.get(each, []) for each in predicates]
            ):
                used.update(predicates)
        for predicate, types in plan.types.items():
            if predicate in objects:
                used.add(predicate)
                ends = [iri(each) for each in objects[predicate] if each.startswith(b"<")]
                edges += [Edge(name, each, end) for each in types for end in ends]
                if count := len(objects[predicate]) - len(ends):
                    self.left_out[f"{predicate.decode()} not an IRI"] += count
        if len(used) != len(objects):
            self._leave_out(
                {predicate: found for predicate, found in objects.items() if predicate not in used},
                f"of {' '.join(plan.labels)}",
            )
        yield node
        yield from edges

    def _leave_out(self, objects: dict[bytes, list[bytes]], why: str) -> None:
        for predicate, found in objects.items():
            self.left_out[f"{predicate.decode()} {why}"] += len(found)

    def _fill(self, values: dict[str, Value], key: Key, terms: list[list[bytes]]) -> bool:
        """Whether the terms now stand in the values, or are counted as left out."""
        if key.type == "point":
            point = _point(terms)
            if point:
                values[key.name] = point
            return point is not None
        found = sorted(each for term in terms[0] if (each := self._value(key, term)) is not None)
        if not found:
            return True
        if key.number == "[]":
            values[key.name] = found
            return True
        first, rest = found[0], found[1:]
        values[key.name] = first
        if key.type == "date":
            day, precision = cast("tuple[str, str | None]", whole_date(first))
            values[key.name] = day
            if precision:
                values[key.name + "Precision"] = precision
        if rest and key.number == "+":
            values[key.name + "More"] = rest
        elif rest:
            self.left_out[f"<{key.terms[0]}> more than one value, expected one"] += len(rest)
        return True

    def _value(self, key: Key, term: bytes) -> str | None:
        found = text(term)
        if key.type == "code":
            return self._codes.get(found) or found.rpartition("/")[2]
        fits = found if key.type == "date" and whole_date(found) else None
        value = fits if key.type == "date" else READ[key.type](found)
        if value is None:
            self.left_out[f"<{key.terms[0]}> not a {key.type}"] += 1
        return value


class _Plan:
    """What to do with a subject of given classes."""

    def __init__(self, labels: Sequence[Label], known: bool) -> None:
        self.labels = tuple(sorted(each.name for each in labels))
        self.known = known
        keys = {key.name: key for label in labels for key in label.keys}
        self.keys = [(key, [f"<{term}>".encode() for term in key.terms]) for key in keys.values()]
        self.types: dict[bytes, list[str]] = {}
        for each in {each for label in labels for each in label.relationships}:
            self.types.setdefault(f"<{each.term}>".encode(), []).append(each.type)


def _point(terms: list[list[bytes]]) -> tuple[str, str] | None:
    """Latitude and longitude, where there is exactly one of each."""
    if any(len(each) != 1 for each in terms):
        return None
    latitude, longitude = (READ["float"](text(each[0])) for each in terms)
    return None if latitude is None or longitude is None else (latitude, longitude)


def _codes(store: Store) -> dict[str, str]:
    """The registry's code of each code concept."""
    query = f"SELECT ?c ?n WHERE {{ ?c a <{SKOS.Concept}> ; <{SKOS.notation}> ?n }}"
    solutions = cast("QuerySolutions", store.query(query))
    return {each["c"].value: each["n"].value for each in solutions}


def _undescribed(store: Store, mapping: PropertyGraph) -> list[str]:
    """What relationships lead to without a label of its own, sorted."""
    labelled = {label.iri for label in mapping.labels.values()}
    query = "SELECT DISTINCT ?class { ?any a ?class }"
    solutions = cast("QuerySolutions", store.query(query))
    classes = {each["class"].value for each in solutions}
    described = "?end a ?any"
    if not classes <= labelled | mapping.not_exported:
        described += f" FILTER(?any IN ({', '.join(f'<{each}>' for each in sorted(labelled))}))"
    found: set[str] = set()
    for term in sorted(set(mapping.relationships.values())):
        query = (
            f"SELECT DISTINCT ?end {{ ?start <{term}> ?end"
            f" FILTER(isIRI(?end)) FILTER NOT EXISTS {{ {described} }} }}"
        )
        solutions = cast("QuerySolutions", store.query(query))
        found.update(each["end"].value for each in solutions)
    return sorted(found)
