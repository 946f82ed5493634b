"""What a property shape says of the values along its path."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from rdflib import SH, Graph, URIRef
from rdflib.term import Node

from kg.validate.paths import sparql_path, steps, ways
from kg.validate.suspicion import NEVER, VALUE_CONSTRAINTS, Suspicion, in_order, n3, suspicion

Below = Mapping[str, tuple[str, ...]]
"""For a class, the classes below it."""

_ORDER = {SH.lessThan: "<", SH.lessThanOrEquals: "<="}
ON_PATH = {
    *VALUE_CONSTRAINTS,
    *(SH.path, SH.minCount, SH.maxCount, SH["class"], SH.hasValue, SH.equals, *_ORDER),
}
"""What a property shape may say."""

SIDE = {SH.name, SH.description, SH.order, SH.group, SH.defaultValue, SH.message, SH.severity}
"""What any shape may say beside its constraints."""


class Along(Struct, frozen=True, kw_only=True):
    """The path of a property shape and its constraints, as SPARQL."""

    path: str
    ways: tuple[str, ...]
    """The alternatives of the path, or the path itself."""
    steps: tuple[str, ...]
    """The steps of the path, or the path itself."""
    plain: bool
    """The path is one property, followed forwards."""
    single: bool
    """The path is one property, followed forwards or backwards."""
    suspicion: Suspicion = NEVER
    """What makes one value suspect."""
    classes: tuple[tuple[str, ...], ...] = ()
    """Classes, each with those below it; every value has to be an instance of each."""
    least: int = 0
    most: int | None = None
    present: tuple[str, ...] = ()
    """Terms that have to be among the values."""
    equals: tuple[str, ...] = ()
    """Properties that have to have the same values."""
    ordered: tuple[tuple[str, str], ...] = ()
    """Comparisons that each value has to fulfil with each value of another property."""


def read_path(shapes: Graph, shape: Node, path: Node, below: Below) -> Along:
    """Read a property shape.

    Raises `UnsupportedShape` for what is not compiled.
    """
    plain = isinstance(path, URIRef)
    ordered = tuple(
        (sign, n3(term))
        for name, sign in _ORDER.items()
        for term in in_order(shapes.objects(shape, name))
    )
    most = shapes.value(shape, SH.maxCount)
    return Along(
        path=sparql_path(shapes, path),
        ways=ways(shapes, path),
        steps=steps(shapes, path),
        plain=plain,
        single=plain or isinstance(shapes.value(path, SH.inversePath), URIRef),
        suspicion=suspicion(shapes, shape),
        classes=tuple(
            (name, *below.get(name, ()))
            for name in sorted(str(term) for term in shapes.objects(shape, SH["class"]))
        ),
        least=int(str(shapes.value(shape, SH.minCount) or 0)),
        most=None if most is None else int(str(most)),
        present=tuple(n3(term) for term in in_order(shapes.objects(shape, SH.hasValue))),
        equals=tuple(n3(term) for term in in_order(shapes.objects(shape, SH.equals))),
        ordered=ordered,
    )


def of_class(classes: tuple[str, ...]) -> Suspicion:
    """A value is wrong that is an instance of none of the classes."""
    names = [f"<{name}>" for name in classes]
    has = f"?value a {names[0]}"
    if len(names) > 1:
        has = f"VALUES ?kind {{ {' '.join(names)} }} ?value a ?kind"
    return Suspicion(f"(isLiteral(?value) || NOT EXISTS {{ {has} }})")
