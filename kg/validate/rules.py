"""The shapes as plain values, ready to be put as questions to a store."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from typing import Literal, cast

from msgspec import Struct
from rdflib import RDF, RDFS, SH, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from kg.validate.paths import sparql_path
from kg.validate.report import SEVERITIES, Severity
from kg.validate.suspicion import (
    LOGICAL,
    NEVER,
    VALUE_CONSTRAINTS,
    Suspicion,
    either,
    in_order,
    short,
    suspicion,
)
from kg.validate.unsupported import UnsupportedShape

TargetKind = Literal["class", "subjects", "objects", "node"]
_TARGETS: dict[URIRef, TargetKind] = {
    SH.targetClass: "class",
    SH.targetSubjectsOf: "subjects",
    SH.targetObjectsOf: "objects",
    SH.targetNode: "node",
}
_ORDER = {SH.lessThan: "<", SH.lessThanOrEquals: "<="}
_SIDE = {SH.name, SH.description, SH.order, SH.group, SH.defaultValue, SH.message, SH.severity}
_COMMON = {*_TARGETS, *_SIDE, SH.property, SH.deactivated}
_ON_PATH = {
    *VALUE_CONSTRAINTS,
    *(SH.path, SH.minCount, SH.maxCount, SH["class"], SH.hasValue, SH.equals, *_ORDER),
}
_ON_NODE = {*LOGICAL, SH.sparql}
_SELECT = re.compile(r"\s*SELECT\s+(?:DISTINCT\s+)?[$?]this\b", re.IGNORECASE)
_UNBOUND = re.compile(r"[$?](?:PATH|shapesGraph|currentShape)\b|\b(?:BASE|PREFIX)\s")


Below = Mapping[str, tuple[str, ...]]


class Target(Struct, frozen=True, order=True):
    """What a shape speaks of: instances of a class, subjects or objects of a property, a node."""

    kind: TargetKind
    iri: str


class Select(Struct, frozen=True):
    """A query of `sh:sparql`: its prefixes, its text, and what its rows are told with."""

    prefixes: str
    text: str
    message: str


class Rule(Struct, frozen=True, kw_only=True):
    """A shape that can be put to a store as SPARQL: what each node it speaks of must fulfil."""

    shape: str
    targets: tuple[Target, ...]
    severity: Severity
    message: str
    path: str | None = None
    """SPARQL property path to the values; None for a shape on the node itself."""
    plain: bool = False
    """The path is one property, followed forwards."""
    suspicion: Suspicion = NEVER
    """What makes one value suspect."""
    classes: tuple[tuple[str, ...], ...] = ()
    """Classes, each with those below it; every value has to be an instance of each."""
    least: int = 0
    most: int | None = None
    present: tuple[str, ...] = ()
    """Terms that have to be among the values, as SPARQL."""
    equals: tuple[str, ...] = ()
    ordered: tuple[tuple[str, str], ...] = ()
    """A comparison and a property whose values no value may break it against."""
    conforms: tuple[Suspicion, ...] = ()
    """Expressions over `?this`; the node is suspect where one of them is false."""
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
    for name in (*_TARGETS, SH.target):
        yield from shapes.subjects(name)
    for class_ in shapes.subjects(RDF.type, RDFS.Class):
        if any(
            shapes.triples((class_, RDF.type, kind)) for kind in (SH.NodeShape, SH.PropertyShape)
        ):
            yield class_


def _targets(shapes: Graph, shape: Node) -> tuple[Target, ...]:
    if (shape, RDF.type, RDFS.Class) in shapes:
        raise UnsupportedShape("a shape that is a class as well")
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
    _known(shapes, shape, _ON_PATH if path is not None else _ON_NODE, _COMMON)
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
        **({} if path is None else _on_path(shapes, shape, path, below)),  # type: ignore[arg-type]
        conforms=tuple(_conditions(shapes, shape, below)) if path is None else (),
        selects=tuple(_selects(shapes, shape, messages)) if path is None else (),
    )
    says = set(shapes.predicates(shape)) & (_ON_PATH | set(LOGICAL)) - {SH.path}
    if says and (not messages or any("{" in text for text in messages)):
        raise UnsupportedShape("a message that pySHACL has to write")
    return rule


def _on_path(shapes: Graph, shape: Node, path: Node, below: Below) -> dict[str, object]:
    plain = isinstance(path, URIRef)
    ordered = tuple(
        (sign, term.n3())
        for name, sign in _ORDER.items()
        for term in in_order(shapes.objects(shape, name))
    )
    if ordered and not plain:
        raise UnsupportedShape("sh:lessThan along a path")
    most = shapes.value(shape, SH.maxCount)
    return {
        "path": sparql_path(shapes, path),
        "plain": plain,
        "suspicion": suspicion(shapes, shape),
        "classes": tuple(
            (name, *below.get(name, ()))
            for name in sorted(str(term) for term in shapes.objects(shape, SH["class"]))
        ),
        "least": int(str(shapes.value(shape, SH.minCount) or 0)),
        "most": None if most is None else int(str(most)),
        "present": tuple(sorted(term.n3() for term in shapes.objects(shape, SH.hasValue))),
        "equals": tuple(sorted(term.n3() for term in shapes.objects(shape, SH.equals))),
        "ordered": ordered,
    }


def _conditions(shapes: Graph, shape: Node, below: Below) -> Iterator[Suspicion]:
    names = (f"?v{number}" for number in count())
    for name in LOGICAL:
        for term in in_order(shapes.objects(shape, name)):
            yield _logical(shapes, name, term, names, below)


def _logical(
    shapes: Graph, name: Node, term: Node, names: Iterator[str], below: Below
) -> Suspicion:
    """When a node conforms; where it is not exact, a node that conforms may seem not to."""
    if name == SH["not"]:
        inner = _conforms(shapes, term, names, below)
        if not inner.exact:
            raise UnsupportedShape("sh:not of what only pySHACL can judge")
        return Suspicion(f"!{inner.text}")
    parts = [_conforms(shapes, part, names, below) for part in Collection(shapes, term)]
    if name == SH.xone:
        raise UnsupportedShape("sh:xone on a node")
    joint = " && " if name == SH["and"] else " || "
    return Suspicion(f"({joint.join(p.text for p in parts)})", all(p.exact for p in parts))


def _conforms(shapes: Graph, shape: Node, names: Iterator[str], below: Below) -> Suspicion:
    path = shapes.value(shape, SH.path)
    inner = {RDF.type, *_SIDE}
    for name in shapes.predicates(shape):
        if name not in (_ON_PATH if path is not None else set(LOGICAL)) | inner:
            raise UnsupportedShape(f"{short(name)} within a logical constraint")
    if path is None:
        said = [
            _logical(shapes, name, term, names, below)
            for name in LOGICAL
            for term in in_order(shapes.objects(shape, name))
        ]
    else:
        said = list(_path_conforms(shapes, shape, path, names, below))
    text = " && ".join(part.text for part in said) or "true"
    return Suspicion(f"({text})", all(part.exact for part in said))


def _path_conforms(
    shapes: Graph, shape: Node, path: Node, names: Iterator[str], below: Below
) -> Iterator[Suspicion]:
    rule = _on_path(shapes, shape, path, below)
    way = f"?this {rule['path']}"
    if rule["equals"] or rule["ordered"]:
        raise UnsupportedShape("a comparison of properties within a logical constraint")
    least, most = rule["least"], rule["most"]
    if least == 1:
        yield Suspicion(f"EXISTS {{ {way} {next(names)} }}")
    elif least:
        raise UnsupportedShape("sh:minCount above 1 within a logical constraint")
    if most == 0:
        yield Suspicion(f"NOT EXISTS {{ {way} {next(names)} }}")
    elif most == 1:
        one, two = next(names), next(names)
        yield Suspicion(f"NOT EXISTS {{ {way} {one}, {two} FILTER(!sameTerm({one}, {two})) }}")
    elif most is not None:
        raise UnsupportedShape("sh:maxCount above 1 within a logical constraint")
    for term in cast("tuple[str, ...]", rule["present"]):
        yield Suspicion(f"EXISTS {{ {way} {term} }}")
    reasons = [cast(Suspicion, rule["suspicion"])]
    reasons += [of_class(names) for names in cast("tuple[tuple[str, ...], ...]", rule["classes"])]
    doubt = either(reasons)
    if doubt != NEVER:
        if not doubt.exact and not rule["plain"]:
            raise UnsupportedShape("values along a path that only pySHACL can judge")
        value = next(names)
        text = doubt.text.replace("?value", value)
        yield Suspicion(f"NOT EXISTS {{ {way} {value} FILTER({text}) }}", doubt.exact)


def of_class(classes: Iterable[str]) -> Suspicion:
    """A value is wrong that is an instance of none of the classes."""
    names = [f"<{name}>" for name in classes]
    has = f"?value a {names[0]}"
    if len(names) > 1:
        has = f"VALUES ?kind {{ {' '.join(names)} }} ?value a ?kind"
    return Suspicion(f"(isLiteral(?value) || NOT EXISTS {{ {has} }})")


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
        yield Select(_prefixes(shapes, constraint), str(query), told[0])


def _prefixes(shapes: Graph, constraint: Node) -> str:
    lines = {
        f"PREFIX {shapes.value(declared, SH.prefix)}: <{shapes.value(declared, SH.namespace)}>\n"
        for group in shapes.objects(constraint, SH.prefixes)
        for declared in shapes.objects(group, SH.declare)
    }
    return "".join(sorted(lines))
