"""Graphs in which every kind of violation is planted, made from the shapes themselves."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

from rdflib import RDF, SH, XSD, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

Triple = tuple[Node, Node, Node]
Plant = tuple[str, str, list[Triple]]
"""A shape, the constraint that is broken (or nearly), and the triples."""

AT = "https://w3id.org/trialkg/planted/"
_NAMES = count()


def fresh() -> URIRef:
    return URIRef(f"{AT}{next(_NAMES)}")


def typed(text: str, datatype: str) -> Literal:
    return Literal(text, datatype=XSD[datatype], normalize=False)


ODD: list[Node] = [
    *(Literal(text) for text in ("", "a", "a ", " ", "a\n", "a\x1cb", "a\u00a0b", "é", "N/A")),
    *(Literal(text) for text in ("NCT99000001", "NCT99000001\n", "NCT9900000١", "2030-01-01")),
    *(Literal(text) for text in ("0", "12", "12\n", "-1", "2030-000001-10", "10.1000/x y", "AB")),
    *(Literal("a", lang="en"), Literal("", lang="en")),
    *(typed(text, "date") for text in ("2030-05-17", "2030-02-30", "2030-05", "x", "12030-01-01")),
    *(typed(text, "date") for text in ("2030-05-17Z", "2028-02-29", "0000-01-01", "-2030-01-01")),
    *(typed(text, "gYearMonth") for text in ("2030-05", "2030-13", "2030", "12030-05")),
    *(typed(text, "gYear") for text in ("2030", "203", "12030", "0000", "x")),
    *(typed(text, "boolean") for text in ("true", "false", "1", "0", "yes", "TRUE")),
    *(typed(text, "integer") for text in ("0", "1", "-1", "007", "+5", "99999999", "x", "1.0")),
    typed("123456789012345678901234567890", "integer"),
    *(typed(text, "decimal") for text in ("0", "0.0", "1.0", "1.5", "-0.5", "90.0", "-90.1")),
    *(typed(text, "decimal") for text in ("180.5", "1e3", "x", "0.12345678901")),
    *(typed(text, "double") for text in ("0.5", "NaN", "INF", "x")),
    *(typed("5", name) for name in ("nonNegativeInteger", "long", "float", "string")),
    *(typed(text, "anyURI") for text in ("https://example.org/", "", "not an address")),
    *(typed(text, "dateTime") for text in ("2030-05-17T00:00:00", "2030-05-17T25:00:00", "x")),
    typed("12:00:00", "time"),
    Literal("a", datatype=URIRef("https://example.org/type")),
    URIRef("https://example.org/a"),
    URIRef("https://w3id.org/trialkg/trial/NCT99000001"),
    URIRef("https://w3id.org/trialkg/trial/NCT9900000"),
]
"""Values that are right for some shape and wrong for most."""

FEW_ODD = [*ODD[::9], ODD[0], ODD[-1], Literal("a"), fresh()]
_ON_ALL = {SH.minCount, SH.maxCount, SH.equals, SH["class"], SH.lessThanOrEquals}
_LIST = {SH["or"], SH["and"], SH.xone}
_NOT_CONSTRAINTS = {SH.path, SH.targetClass, SH.targetSubjectsOf, SH.severity, SH.message, RDF.type}


def plants(shapes: Graph) -> Iterator[Plant]:
    """For each constraint of each shape, nodes that break it and nodes that nearly do."""
    for shape in sorted(set(shapes.subjects(SH.severity))):
        path = shapes.value(shape, SH.path)
        for name, term in sorted(shapes.predicate_objects(shape), key=str):
            if name in _NOT_CONSTRAINTS or name == SH.sparql:
                continue
            for triples in _broken(shapes, path, shape, name, term):
                focus, *rest = triples
                yield str(shape), str(name), [*_target(shapes, shape, focus[0]), focus, *rest]


def _target(shapes: Graph, shape: Node, focus: Node) -> Iterator[Triple]:
    for class_ in shapes.objects(shape, SH.targetClass):
        yield focus, RDF.type, class_
    for link in shapes.objects(shape, SH.targetSubjectsOf):
        yield focus, link, Literal(True)


def _bare(focus: Node) -> Triple:
    return focus, URIRef(AT + "nothing"), Literal("nothing")


def _broken(
    shapes: Graph, path: Node | None, shape: Node, name: Node, term: Node
) -> Iterator[list[Triple]]:
    """Lists of triples, the first of which begins with the focus node."""
    focus = fresh()
    if path is None:
        yield [_bare(focus)]
        yield from _logical(shapes, term)
        return
    if name == SH.minCount:
        yield [_bare(focus)]
        for number in range(1, int(str(term))):
            yield [_bare(focus := fresh()), *_many(shapes, focus, path, number)]
    elif name == SH.maxCount:
        for number in (int(str(term)), int(str(term)) + 1):
            yield [_bare(focus := fresh()), *_many(shapes, focus, path, number)]
    elif name == SH.equals:
        value, other = fresh(), fresh()
        one = list(_linked(shapes, focus, path, value))
        yield [_bare(focus), *one]
        yield [_bare(focus := fresh()), (focus, term, value)]
        yield [_bare(focus := fresh()), (focus, term, value), (focus, term, other)]
        yield [_bare(focus := fresh()), *_linked(shapes, focus, path, value), (focus, term, value)]
    elif name == SH.lessThanOrEquals:
        for low in (
            typed("1", "decimal"),
            typed("3", "integer"),
            Literal("2"),
            typed("x", "decimal"),
        ):
            focus = fresh()
            linked = _linked(shapes, focus, path, low)
            yield [_bare(focus), *linked, (focus, term, typed("2", "decimal"))]
    elif name == SH["class"]:
        right = fresh()
        for value in (fresh(), right, Literal("a")):
            focus = fresh()
            yield [_bare(focus), *_linked(shapes, focus, path, value), (right, RDF.type, term)]
    else:
        for value in _values(shapes, shape, name):
            focus = fresh()
            yield [_bare(focus), *_linked(shapes, focus, path, value)]


def _values(shapes: Graph, shape: Node, name: Node) -> list[Node]:
    constraints = sorted(set(shapes.predicates(shape)) - _NOT_CONSTRAINTS - _ON_ALL)
    return [*(ODD if name == constraints[0] else FEW_ODD), *_near(shapes, shape)]


def _near(shapes: Graph, shape: Node) -> Iterator[Node]:
    """Values on both sides of what a shape asks for."""
    for pattern in shapes.objects(shape, SH.pattern):
        start = str(pattern).removeprefix("^")
        for text in (start + "X", "x" + start, start.lower()):
            if start.startswith("http") and not set(text) & set("[]^$"):
                yield URIRef(text)
            yield Literal(text)
    for bound in (SH.minInclusive, SH.maxInclusive, SH.maxExclusive):
        for term in shapes.objects(shape, bound):
            for step in (-1, 0, 1):
                yield typed(str(int(str(term)) + step), "integer")
                yield typed(f"{int(str(term)) + step}.0", "decimal")
    for items in shapes.objects(shape, SH["in"]):
        yield from Collection(shapes, items)


def _many(shapes: Graph, focus: URIRef, path: Node, number: int) -> Iterator[Triple]:
    joint = fresh()
    for _ in range(number):
        yield from _linked(shapes, focus, path, fresh(), joint)


def _linked(
    shapes: Graph, focus: Node, path: Node, value: Node, joint: Node | None = None
) -> Iterator[Triple]:
    """Triples that lead from a node along a path to a value."""
    if isinstance(path, URIRef):
        if not isinstance(focus, Literal):
            yield focus, path, value
    elif (back := shapes.value(path, SH.inversePath)) is not None:
        yield from _linked(shapes, value, back, focus)
    elif (options := shapes.value(path, SH.alternativePath)) is not None:
        terms = list(Collection(shapes, options))
        yield from _linked(shapes, focus, terms[len(str(value)) % len(terms)], value)
    else:
        one, two = Collection(shapes, path)
        between = joint or fresh()
        yield from _linked(shapes, focus, one, between)
        yield from _linked(shapes, between, two, value)


def _logical(shapes: Graph, term: Node) -> Iterator[list[Triple]]:
    """Nodes that have some of what the parts of a logical constraint speak of."""
    parts = list(_inner(shapes, term))
    for chosen in range(1 << min(len(parts), 4)):
        some = [part for number, part in enumerate(parts) if chosen >> number & 1]
        for odd in (0, 1):
            focus = fresh()
            triples = [_bare(focus)]
            for part in some:
                values = list(_wanted(shapes, part))
                triples += _linked(
                    shapes, focus, shapes.value(part, SH.path), values[odd % len(values)]
                )
            yield triples
    for part in parts:
        for value in (*FEW_ODD, *_near(shapes, part)):
            focus = fresh()
            triples = [_bare(focus), *_linked(shapes, focus, shapes.value(part, SH.path), value)]
            for other in parts:
                if other != part:
                    first = next(_wanted(shapes, other))
                    triples += _linked(shapes, focus, shapes.value(other, SH.path), first)
            yield triples


def _inner(shapes: Graph, term: Node) -> Iterator[Node]:
    if (term, SH.path, None) in shapes:
        yield term
        return
    items = Collection(shapes, term) if (term, RDF.first, None) in shapes else ()
    for item in items:
        yield from _inner(shapes, item)
    for name in (SH["not"], *_LIST):
        for part in shapes.objects(term, name):
            yield from _inner(shapes, part)


def _wanted(shapes: Graph, part: Node) -> Iterator[Node]:
    yield from shapes.objects(part, SH.hasValue)
    yield from _near(shapes, part)
    yield from (fresh(), Literal("a"), typed("0.5", "decimal"), Literal("2030-000001-10"))


def examples(folder: Path) -> Graph:
    """All examples of the shapes in one graph, each with IRIs of its own."""
    whole = Graph()
    for number, file in enumerate(sorted(folder.glob("*/*.ttl")), start=1):
        text = file.read_text(encoding="utf-8").replace("NCT99000001", f"NCT{number:08d}")
        graph = Graph().parse(data=text, format="turtle")
        own = {s for s in graph.subjects() if isinstance(s, URIRef) and "/trial/NCT" not in s}
        named = {term: URIRef(f"{term}-{number}") for term in own}
        for triple in graph:
            subject, predicate, value = triple
            whole.add((named.get(subject, subject), predicate, named.get(value, value)))
    return whole
