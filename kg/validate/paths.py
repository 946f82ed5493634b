"""SHACL property paths: as SPARQL, and as the report shows them."""

from __future__ import annotations

from collections.abc import Callable

from rdflib import SH, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from kg.validate.unsupported import UnsupportedShape

Holds = Callable[[Node | None, Node, Node | None], bool]
"""Whether the graph has a triple of this subject, predicate and object."""


def sparql_path(shapes: Graph, path: Node) -> str:
    """A path as a SPARQL property path.

    Raises `UnsupportedShape` for paths of any length (`sh:zeroOrMorePath` and its like).
    """
    if isinstance(path, URIRef):
        return path.n3()
    if (back := shapes.value(path, SH.inversePath)) is not None:
        return f"^{sparql_path(shapes, back)}"
    if (options := shapes.value(path, SH.alternativePath)) is not None:
        return f"({'|'.join(sparql_path(shapes, term) for term in Collection(shapes, options))})"
    steps = list(Collection(shapes, path))
    if not steps:
        raise UnsupportedShape("a property path of any length")
    return f"({'/'.join(sparql_path(shapes, step) for step in steps)})"


def ways(shapes: Graph, path: Node) -> tuple[str, ...]:
    """The alternatives of a path, each as SPARQL; of other paths, the path."""
    options = shapes.value(path, SH.alternativePath)
    terms = [path] if options is None else Collection(shapes, options)
    return tuple(sparql_path(shapes, term) for term in terms)


def steps(shapes: Graph, path: Node) -> tuple[str, ...]:
    """The steps of a sequence, each as SPARQL; of other paths, the path."""
    terms = [path]
    if (
        not isinstance(path, URIRef)
        and (path, SH.inversePath, None) not in shapes
        and (path, SH.alternativePath, None) not in shapes
    ):
        terms = list(Collection(shapes, path))
    return tuple(sparql_path(shapes, term) for term in terms)


def shown_path(
    shapes: Graph, path: Node, holds: Holds, focus: Node | None, value: Node | None
) -> str:
    """A path as the report has it; of alternatives, the one that leads to the value."""
    if isinstance(path, URIRef):
        return str(path)
    if (back := shapes.value(path, SH.inversePath)) is not None:
        return "^" + shown_path(shapes, back, holds, value, focus)
    if (options := shapes.value(path, SH.alternativePath)) is not None:
        terms = list(Collection(shapes, options))
        led = [term for term in terms if value is not None and holds(focus, term, value)]
        return "|".join(shown_path(shapes, term, holds, None, None) for term in led[:1] or terms)
    return "/".join(
        shown_path(shapes, step, holds, None, None) for step in Collection(shapes, path)
    )
