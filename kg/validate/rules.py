"""The shapes as plain values, ready to be put as questions to a store."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct
from rdflib import RDF, RDFS, SH, Graph, URIRef
from rdflib.term import Node

from kg.validate.along import ON_PATH, SIDE, Along, Below, read_path
from kg.validate.conditions import Condition, conditions
from kg.validate.leads import leads
from kg.validate.report import SEVERITIES, Severity
from kg.validate.suspicion import LOGICAL, in_order, short
from kg.validate.unsupported import UnsupportedShape

TargetKind = Literal["class", "subjects"]
_TARGETS: dict[URIRef, TargetKind] = {
    SH.targetClass: "class",
    SH.targetSubjectsOf: "subjects",
}
_OTHER_TARGETS = (SH.targetObjectsOf, SH.targetNode, SH.target)
_COMMON = {*_TARGETS, *SIDE, SH.property, SH.deactivated}
_ON_NODE = {*LOGICAL, SH.sparql}
_SELECT = re.compile(r"\s*SELECT\s+(?:DISTINCT\s+)?[$?]this\b", re.IGNORECASE)
_UNBOUND = re.compile(r"[$?](?:PATH|shapesGraph|currentShape)\b|\b(?:BASE|PREFIX)\s")


class Target(Struct, frozen=True, order=True):
    """What a shape speaks of: instances of a class or subjects of a property."""

    kind: TargetKind
    iri: str


class Select(Struct, frozen=True):
    """A query of `sh:sparql`: its prefixes, its text, and what its rows are told with."""

    prefixes: str
    text: str
    message: str
    leads: tuple[str, ...]
    """Patterns of the nodes that it finds when it is asked of all; none where it may not be."""


class Rule(Struct, frozen=True, kw_only=True):
    """A shape that can be put to a store as SPARQL: what each node it speaks of must fulfil."""

    shape: str
    targets: tuple[Target, ...]
    severity: Severity
    message: str
    along: Along | None = None
    """What is said of the values along a path; None for a shape on the node itself."""
    conforms: tuple[Condition, ...] = ()
    """The node is suspect where one of them does not hold."""
    selects: tuple[Select, ...] = ()
    """Queries of `sh:sparql`."""


class Rules(Struct, frozen=True):
    """All shapes of a graph of shapes: those that were compiled, and those left to pySHACL."""

    compiled: tuple[Rule, ...]
    left: dict[str, str]
    """Shapes that are not compiled, by name, and the part of SHACL that is not."""
    below: Below


def read_rules(shapes: Graph, below: Below) -> Rules:
    """Compile what can be compiled; a shape is compiled whole or left whole.

    `below` has the classes below a class, where there are any.
    """
    compiled: list[Rule] = []
    left: dict[str, str] = {}
    own_parts = any(shapes.subjects(RDF.type, SH.ConstraintComponent))
    for shape in in_order(set(_targeted(shapes))):
        try:
            if own_parts:
                raise UnsupportedShape("sh:ConstraintComponent")
            compiled += _rules(shapes, shape, _targets(shapes, shape), below)
        except UnsupportedShape as error:
            left[str(shape)] = str(error)
    return Rules(tuple(compiled), left, below)


def _targeted(shapes: Graph) -> Iterator[Node]:
    for name in (*_TARGETS, *_OTHER_TARGETS):
        yield from shapes.subjects(name)
    for class_ in shapes.subjects(RDF.type, RDFS.Class):
        if any(
            shapes.triples((class_, RDF.type, kind)) for kind in (SH.NodeShape, SH.PropertyShape)
        ):
            yield class_


def _targets(shapes: Graph, shape: Node) -> tuple[Target, ...]:
    if (shape, RDF.type, RDFS.Class) in shapes:
        raise UnsupportedShape("a shape that is a class as well")
    for name in _OTHER_TARGETS:
        if (shape, name, None) in shapes:
            raise UnsupportedShape(short(name))
    targets = []
    for name, kind in _TARGETS.items():
        for term in shapes.objects(shape, name):
            if not isinstance(term, URIRef):
                raise UnsupportedShape(f"{short(name)} of a literal or blank node")
            targets.append(Target(kind, str(term)))
    return tuple(sorted(targets))


def _rules(shapes: Graph, shape: Node, targets: tuple[Target, ...], below: Below) -> Iterator[Rule]:
    if str(shapes.value(shape, SH.deactivated)) == "true":
        return
    path = shapes.value(shape, SH.path)
    _known(shapes, shape, ON_PATH if path is not None else _ON_NODE, _COMMON)
    inner = in_order(shapes.objects(shape, SH.property))
    if inner and path is not None:
        raise UnsupportedShape("sh:property within a property shape")
    yield _rule(shapes, shape, targets, path, below)
    for part in inner:
        yield from _rules(shapes, part, targets, below)


def _known(shapes: Graph, shape: Node, *known: set[URIRef]) -> None:
    if not isinstance(shape, URIRef):
        raise UnsupportedShape("a shape without a name")
    for name in shapes.predicates(shape):
        if str(name).startswith(str(SH)) and not any(name in names for names in known):
            raise UnsupportedShape(short(name))


def _rule(
    shapes: Graph, shape: Node, targets: tuple[Target, ...], path: Node | None, below: Below
) -> Rule:
    severity = str(shapes.value(shape, SH.severity) or SH.Violation).removeprefix(str(SH))
    if severity not in SEVERITIES:
        raise UnsupportedShape("a severity of one's own")
    messages = sorted(str(text) for text in shapes.objects(shape, SH.message))
    rule = Rule(
        shape=str(shape),
        targets=targets,
        severity=severity,
        message=messages[0] if messages else "",
        along=None if path is None else read_path(shapes, shape, path, below),
        conforms=tuple(conditions(shapes, shape, below)) if path is None else (),
        selects=tuple(_selects(shapes, shape, messages)) if path is None else (),
    )
    says = set(shapes.predicates(shape)) & (ON_PATH | set(LOGICAL)) - {SH.path}
    if says and (not messages or any("{" in text for text in messages)):
        raise UnsupportedShape("a message that pySHACL has to write")
    return rule


def _selects(shapes: Graph, shape: Node, messages: list[str]) -> Iterator[Select]:
    for constraint in in_order(shapes.objects(shape, SH.sparql)):
        if str(shapes.value(constraint, SH.deactivated)) == "true":
            continue
        query = shapes.value(constraint, SH.select)
        told = sorted([*messages, *map(str, shapes.objects(constraint, SH.message))])
        if query is None or not _SELECT.match(str(query)) or _UNBOUND.search(str(query)):
            raise UnsupportedShape("sh:sparql that does not begin with SELECT $this")
        if not told or any("{" in text for text in told):
            raise UnsupportedShape("a message that pySHACL has to write")
        prefixes = _prefixes(shapes, constraint)
        yield Select(prefixes, str(query), told[0], leads(prefixes, str(query)))


def _prefixes(shapes: Graph, constraint: Node) -> str:
    lines = {
        f"PREFIX {shapes.value(declared, SH.prefix)}: <{shapes.value(declared, SH.namespace)}>\n"
        for group in shapes.objects(constraint, SH.prefixes)
        for declared in shapes.objects(group, SH.declare)
    }
    return "".join(sorted(lines))
