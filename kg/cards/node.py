"""Reading one thing out of a store, predicate by predicate."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Store

from kg.vocab import RDF, RDFS, SKOS


class Node:
    """A resource in a store and what is said of it; answers are sorted."""

    __slots__ = ("iri", "store")

    def __init__(self, store: Store, iri: str) -> None:
        self.store = store
        self.iri = iri

    def exists(self) -> bool:
        """Whether anything at all is said of it."""
        return next(self._objects(None), None) is not None

    def texts(self, predicate: str) -> list[str]:
        """Every literal value."""
        return sorted(o.value for o in self._objects(predicate) if isinstance(o, Literal))

    def text(self, predicate: str) -> str | None:
        """The literal value, or None."""
        return next(iter(self.texts(predicate)), None)

    def links(self, predicate: str) -> list[Node]:
        """Every resource it points to."""
        targets = {o.value for o in self._objects(predicate) if isinstance(o, NamedNode)}
        return [Node(self.store, iri) for iri in sorted(targets)]

    def link(self, predicate: str) -> Node | None:
        """The resource it points to, or None."""
        return next(iter(self.links(predicate)), None)

    def sources(self, predicate: str) -> list[Node]:
        """Every resource that points to it."""
        quads = self.store.quads_for_pattern(None, NamedNode(predicate), NamedNode(self.iri), None)
        subjects = {q.subject.value for q in quads if isinstance(q.subject, NamedNode)}
        return [Node(self.store, iri) for iri in sorted(subjects)]

    def label(self) -> str:
        """What people call it."""
        return self.text(RDFS.label) or self.iri

    def codes(self, predicate: str) -> list[str]:
        """The registry codes of the concepts it points to."""
        return [node.iri.rpartition("/")[2] for node in self.links(predicate)]

    def code(self, predicate: str) -> str | None:
        """The registry code of the concept it points to, or None."""
        return next(iter(self.codes(predicate)), None)

    def _objects(self, predicate: str | None) -> Iterator[object]:
        wanted = NamedNode(predicate) if predicate else None
        for quad in self.store.quads_for_pattern(NamedNode(self.iri), wanted, None, None):
            yield quad.object


def having(store: Store, predicate: str, value: str) -> list[Node]:
    """Every resource with a given literal value, sorted by IRI."""
    quads = store.quads_for_pattern(None, NamedNode(predicate), Literal(value), None)
    found = {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}
    return [Node(store, iri) for iri in sorted(found)]


def named(store: Store, name: str) -> list[Node]:
    """Every resource that prefers or also goes by exactly this name."""
    found = {
        node.iri
        for predicate in (SKOS.prefLabel, SKOS.altLabel, RDFS.label)
        for node in having(store, predicate, name)
    }
    return [Node(store, iri) for iri in sorted(found)]


def having_type(store: Store, type_iri: str) -> Iterator[Node]:
    """Every resource of a class, sorted by IRI."""
    quads = store.quads_for_pattern(None, NamedNode(RDF.type), NamedNode(type_iri), None)
    for iri in sorted(q.subject.value for q in quads if isinstance(q.subject, NamedNode)):
        yield Node(store, iri)
