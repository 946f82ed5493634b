"""A store cut into small graphs in memory, each whole enough for the shapes to judge.

pySHACL reads a graph in memory far faster than one on disk, and a whole registry does not fit in
memory. So the shapes see some trials at a time, with everything the trials own and what they
point to; then the shared things, some at a time, with what points to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import Any, TypeVar

from msgspec import Struct
from pyoxigraph import DefaultGraph, NamedNode, Quad, Store
from pyoxigraph import Literal as OxLiteral
from rdflib import RDF, SH, Graph, URIRef
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result
from rdflib.term import Node

from kg.iris import ONTOLOGY
from kg.validate.terms import iri, literal
from kg.vocab import TKG

T = TypeVar("T")
SHARED_FOR_ONE_TRIAL = 20

_TYPE = NamedNode(str(RDF.type))
_FACTS = DefaultGraph()
_OWNED = re.compile(r"/trial/NCT[0-9]{8}/")
_TRIAL = re.compile(r"/trial/NCT[0-9]{8}$")


@lru_cache(maxsize=64)
def _prepared(query: str) -> Query:
    return prepareQuery(query)


class Batch(Graph):
    """Triples in memory, of which only some subjects are to be judged (all where none is named).

    A query is parsed once, not once for each node: that makes sh:sparql 70 times faster.
    """

    def __init__(self) -> None:
        super().__init__(bind_namespaces="none")
        self.focus: set[Node] = set()

    def subjects(self, predicate: Any = None, object: Any = None, unique: bool = False) -> Any:
        """Subjects; instances of a class only where they are to be judged."""
        found = super().subjects(predicate, object, unique)
        if predicate == RDF.type and self.focus:
            return (subject for subject in found if subject in self.focus)
        return found

    def subject_objects(self, predicate: Any = None, unique: bool = False) -> Any:
        """Subjects and objects, for `sh:targetSubjectsOf`: only subjects to be judged."""
        found = super().subject_objects(predicate, unique)
        return (pair for pair in found if not self.focus or pair[0] in self.focus)

    def query(self, query_object: Any, *args: Any, **kwargs: Any) -> Result:
        """Answer a query."""
        ready = _prepared(query_object) if isinstance(query_object, str) else query_object
        return super().query(ready, *args, **kwargs)


class Focus(Struct, frozen=True):
    """The part of a store to be judged."""

    trials: tuple[str, ...]
    """IRIs of trials, each to be judged with all it owns."""
    others: tuple[str, ...]
    """IRIs of nodes to be judged by themselves."""


def whole(graph: Graph) -> Batch:
    """A graph as one batch, every subject of it to be judged."""
    batch = Batch()
    for triple in graph:
        batch.add(triple)
    return batch


def batches(
    store: Store, shapes: Graph, size: int, focus: Focus | None = None
) -> tuple[int, Iterator[Batch]]:
    """How many batches cover a store or a focus, and the batches: of trials, then of the others."""
    if focus is None:
        focus = Focus(tuple(_instances(store, TKG.Trial)), tuple(_shared(store)))
    trials = list(chunks(sorted(focus.trials), size))
    shared = list(chunks(sorted(focus.others), size * SHARED_FOR_ONE_TRIAL))
    backwards = _backwards(shapes)

    def read() -> Iterator[Batch]:
        for chunk in trials:
            reader = _Reader(store)
            for trial in chunk:
                reader.trial(trial)
            yield reader.batch
        for chunk in shared:
            reader = _Reader(store)
            for node in chunk:
                reader.shared(node, backwards)
            yield reader.batch

    return len(trials) + len(shared), read()


Backwards = Mapping[NamedNode, set[NamedNode]]
"""For a class, the properties that its shapes follow backwards."""


def _backwards(shapes: Graph) -> Backwards:
    found: dict[NamedNode, set[NamedNode]] = {}
    for shape, path in shapes.subject_objects(SH.path):
        for class_ in shapes.objects(shape, SH.targetClass):
            for property_ in _followed_back(shapes, path):
                found.setdefault(NamedNode(str(class_)), set()).add(NamedNode(str(property_)))
    return found


def _followed_back(shapes: Graph, path: Node) -> Iterator[URIRef]:
    """The properties below `sh:inversePath` anywhere in a path."""
    if isinstance(path, URIRef):
        return
    for predicate, part in shapes.predicate_objects(path):
        if predicate == SH.inversePath:
            options = shapes.value(part, SH.alternativePath)
            terms = shapes.items(options) if options is not None else [part]
            yield from (term for term in terms if isinstance(term, URIRef))
        else:
            yield from _followed_back(shapes, part)


def chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """So many items at a time, in their order."""
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk


def _instances(store: Store, type_iri: str) -> Iterator[str]:
    for quad in store.quads_for_pattern(None, _TYPE, NamedNode(type_iri), _FACTS):
        if isinstance(quad.subject, NamedNode):
            yield quad.subject.value


def _shared(store: Store) -> Iterator[str]:
    """What no trial owns, and what lies below a trial's IRI though nothing points to it."""
    for name in TKG.__annotations__:
        if not name[0].isupper() or name == "Trial":
            continue
        for node in _instances(store, ONTOLOGY + name):
            if not _OWNED.search(node) or not any(
                store.quads_for_pattern(None, None, NamedNode(node), _FACTS)
            ):
                yield node


class _Reader:
    """Copies the neighbourhood of nodes from a store into a batch."""

    def __init__(self, store: Store) -> None:
        self.batch = Batch()
        self._store = store
        self._told: set[NamedNode] = set()
        self._seen: set[NamedNode] = set()

    def trial(self, iri: str) -> None:
        """A trial, all it owns, and the types of what it points to."""
        waiting = [NamedNode(iri)]
        while waiting:
            node = waiting.pop()
            if node in self._told:
                continue  # Two of the trial's things may point to a third.
            self._focus(node)
            for quad in self._store.quads_for_pattern(None, None, node, _FACTS):
                if _OWNED.search(node.value):
                    self._add(quad)
            for thing in self._tell(node):
                if thing.value.startswith(iri + "/"):
                    waiting.append(thing)
                else:
                    self._tell_links(thing)

    def shared(self, iri: str, backwards: Backwards) -> None:
        """A shared thing, what it points to, and what points to it where a shape asks."""
        node = NamedNode(iri)
        self._focus(node)
        for thing in self._tell(node):
            if not _TRIAL.search(thing.value):
                self._tell(thing)
            else:  # a trial is large, and what it is suffices
                for quad in self._store.quads_for_pattern(thing, _TYPE, None, _FACTS):
                    self._add(quad)
        for quad in self._store.quads_for_pattern(node, _TYPE, None, _FACTS):
            if isinstance(quad.object, NamedNode):
                for property_ in backwards.get(quad.object, ()):
                    self._tell_backwards(node, property_)

    def _tell_backwards(self, node: NamedNode, property_: NamedNode) -> None:
        """Copy what points to a node, and what shares a value of the property with it."""
        shared = [quad.object for quad in self._store.quads_for_pattern(node, property_, None)]
        for value in (node, *shared):
            for quad in self._store.quads_for_pattern(None, property_, value, _FACTS):
                self._add(quad)

    def _focus(self, node: NamedNode) -> None:
        self.batch.focus.add(URIRef(node.value))

    def _tell(self, node: NamedNode) -> list[NamedNode]:
        """Copy all that is said of a node; gives the things it points to."""
        quads = list(self._store.quads_for_pattern(node, None, None, _FACTS))
        if node not in self._told:
            self._told.add(node)
            for quad in quads:
                self._add(quad)
        return [
            quad.object
            for quad in quads
            if isinstance(quad.object, NamedNode) and quad.predicate != _TYPE
        ]

    def _tell_links(self, node: NamedNode) -> None:
        """Copy a node's types and links, not its texts."""
        if node in self._told or node in self._seen or _TRIAL.search(node.value):
            return
        self._seen.add(node)
        for quad in self._store.quads_for_pattern(node, None, None, _FACTS):
            if isinstance(quad.object, NamedNode):
                self._add(quad)

    def _add(self, quad: Quad) -> None:
        subject, value = quad.subject, quad.object
        if isinstance(subject, NamedNode):
            term: Node | None = None
            if isinstance(value, NamedNode):
                term = iri(value.value)
            elif isinstance(value, OxLiteral):
                term = literal(value)
            if term is not None:
                self.batch.add((iri(subject.value), iri(quad.predicate.value), term))
