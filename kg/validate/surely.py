"""Values that surely break a shape, told here as pySHACL tells them one by one.

A store may hold hundreds of thousands of ill-formed dates: pySHACL takes up to a millisecond for
each value that is wrong. So it is asked only of those of which this is not sure.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from decimal import Decimal

from rdflib import RDF, RDFS, SH, XSD, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from kg.validate.suspicion import VALUE_CONSTRAINTS, in_order

Test = Callable[[Node], bool]
"""True of a value that is surely wrong."""

_OF_MANY = (RDFS.Literal, RDFS.Datatype, RDF.langString)
"""To pySHACL, literals of several datatypes have these."""

_WITHIN: dict[Node, Callable[[Decimal | int, Decimal | int], bool]] = {
    SH.minInclusive: operator.ge,
    SH.minExclusive: operator.gt,
    SH.maxInclusive: operator.le,
    SH.maxExclusive: operator.lt,
}


def surely_wrong(shapes: Graph, shape: Node) -> Test:
    """A test for the values that surely break a shape by themselves.

    >>> shapes = Graph().parse(data='''
    ...     @prefix sh: <http://www.w3.org/ns/shacl#> .
    ...     @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
    ...     <urn:year> sh:datatype xsd:gYear .''')
    >>> wrong = surely_wrong(shapes, URIRef("urn:year"))
    >>> wrong(Literal("2030")), wrong(Literal("2030", datatype=XSD.gYear))
    (True, False)
    """
    tests = [
        test
        for name in in_order(VALUE_CONSTRAINTS)
        for term in in_order(shapes.objects(shape, name))
        if (test := _test(shapes, shape, name, term)) is not None
    ]
    return lambda value: any(test(value) for test in tests)


def _test(shapes: Graph, shape: Node, name: Node, term: Node) -> Test | None:
    if name == SH.datatype and term not in _OF_MANY:
        return lambda value: not _has(value, term)
    if name == SH.nodeKind and term == SH.IRI:
        return lambda value: not isinstance(value, URIRef)
    if name == SH.pattern and (shape, SH.flags, None) not in shapes:
        pattern = re.compile(str(term))
        return lambda value: _is_text(value) and not pattern.search(str(value))
    if name in _WITHIN and (bound := _number(term)) is not None:
        within = _WITHIN[name]
        return lambda value: (number := _number(value)) is not None and not within(number, bound)
    if name in (SH["or"], SH["and"]):
        parts = [surely_wrong(shapes, part) for part in Collection(shapes, term)]
        enough = all if name == SH["or"] else any
        return (lambda value: enough(part(value) for part in parts)) if parts else None
    return None


def _has(value: Node, datatype: Node) -> bool:
    """A value has a datatype, as far as is sure."""
    if not isinstance(value, Literal):
        return False
    if value.datatype == datatype:
        return value.ill_typed is not True
    return datatype == XSD.string and value.datatype is None and value.language is None


def _is_text(value: Node) -> bool:
    if isinstance(value, Literal):
        return value.datatype in (None, XSD.string)
    return isinstance(value, URIRef)


def _number(value: Node) -> Decimal | int | None:
    """The number of a literal, where it has no fraction or is a decimal one."""
    if isinstance(value, Literal) and value.datatype in (XSD.integer, XSD.decimal):
        number = value.value
        return number if isinstance(number, Decimal | int) else None
    return None
