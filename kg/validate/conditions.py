"""Logical constraints on a node (`sh:or` and its like) as SPARQL expressions over `?this`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from msgspec import Struct
from rdflib import RDF, SH, Graph
from rdflib.collection import Collection
from rdflib.term import Node

from kg.validate.along import ON_PATH, SIDE, Below, of_class, read_path
from kg.validate.suspicion import LOGICAL, NEVER, either, in_order, short
from kg.validate.unsupported import UnsupportedShape


class Condition(Struct, frozen=True):
    """When a node conforms."""

    text: str
    """An expression over `?this`, true of no node that does not conform."""
    exact: bool = True
    """It is true of every node that conforms; else pySHACL has the last word on the others."""
    if_met: str = ""
    """A pattern that every conforming node fits, where one is known."""
    if_broken: str = ""
    """A pattern that every other node fits, where one is known: where to look for them."""
    says_all: bool = False
    """No other node fits that pattern."""
    parts: tuple[Condition, ...] = ()
    """Conditions of which a conforming node fulfils one at least."""

    @property
    def lacking(self) -> tuple[str, ...]:
        """Patterns of which a node that does not conform fits none."""
        return tuple(part.if_met for part in self._parts if part.says_all and part.if_met)

    @property
    def not_met(self) -> str:
        """Filters that leave the wrong of the nodes that fit `if_broken` and none of `lacking`."""
        start = next((part for part in self._parts if part.if_broken), None)
        told = (p for p in self._parts if not (p.says_all and (p.if_met or p is start)))
        return " ".join(f"FILTER(!{part.text})" for part in told)

    @property
    def _parts(self) -> tuple[Condition, ...]:
        return self.parts or (self,)


def conditions(shapes: Graph, shape: Node, below: Below) -> Iterator[Condition]:
    """The logical constraints of a node shape.

    Raises `UnsupportedShape` for what is not compiled.
    """
    names = (f"?v{number}" for number in count())
    for name in LOGICAL:
        for term in in_order(shapes.objects(shape, name)):
            yield _logical(shapes, name, term, names, below)


def _logical(
    shapes: Graph, name: Node, term: Node, names: Iterator[str], below: Below
) -> Condition:
    if name == SH["not"]:
        inner = _conforms(shapes, term, names, below)
        if not inner.exact:
            raise UnsupportedShape("sh:not of what only pySHACL can judge")
        return Condition(f"!{inner.text}", True, inner.if_broken, inner.if_met, inner.says_all)
    parts = [_conforms(shapes, part, names, below) for part in Collection(shapes, term)]
    if name == SH["and"]:
        return _all(parts)
    if name == SH.xone:
        raise UnsupportedShape("sh:xone on a node")
    text = " || ".join(part.text for part in parts)
    exact = all(part.exact for part in parts)
    look = next((part.if_broken for part in parts if part.if_broken), "")
    return Condition(f"({text})", exact, if_broken=look, parts=tuple(parts))


def _all(parts: list[Condition]) -> Condition:
    if len(parts) == 1:
        return parts[0]
    text = " && ".join(part.text for part in parts) or "true"
    look = next((part.if_met for part in parts if part.if_met), "")
    return Condition(f"({text})", all(part.exact for part in parts), if_met=look)


def _conforms(shapes: Graph, shape: Node, names: Iterator[str], below: Below) -> Condition:
    """When a node conforms to a shape within a shape."""
    path = shapes.value(shape, SH.path)
    known = {RDF.type, *SIDE, *(LOGICAL if path is None else ON_PATH)}
    for name in shapes.predicates(shape):
        if name not in known:
            raise UnsupportedShape(f"{short(name)} within a logical constraint")
    if path is not None:
        return _all(list(_along(shapes, shape, path, names, below)))
    return _all(
        [
            _logical(shapes, name, term, names, below)
            for name in LOGICAL
            for term in in_order(shapes.objects(shape, name))
        ]
    )


def _along(
    shapes: Graph, shape: Node, path: Node, names: Iterator[str], below: Below
) -> Iterator[Condition]:
    along = read_path(shapes, shape, path, below)
    if along.equals or along.ordered:
        raise UnsupportedShape("a comparison of properties within a logical constraint")
    if along.least > 1 or (along.most or 0) > 1:
        raise UnsupportedShape("a count above 1 within a logical constraint")
    way, value, other, any_ = f"?this {along.path}", next(names), next(names), next(names)
    has = f"{way} {any_}"
    if along.least:
        yield Condition(f"EXISTS {{ {has} }}", if_met=has, says_all=True)
    if along.most == 0:
        yield Condition(f"(NOT EXISTS {{ {has} }})", if_broken=has, says_all=True)
    if along.most == 1:
        two = f"{way} {value}, {other} FILTER(!sameTerm({value}, {other}))"
        yield Condition(f"(NOT EXISTS {{ {two} }})")
    for term in along.present:
        yield Condition(f"EXISTS {{ {way} {term} }}", if_met=f"{way} {term}", says_all=True)
    doubt = either([along.suspicion, *map(of_class, along.classes)])
    if doubt != NEVER:
        if not doubt.exact and not along.plain:
            raise UnsupportedShape("values along a path that only pySHACL can judge")
        wrong = doubt.text.replace("?value", value)
        yield Condition(f"(NOT EXISTS {{ {way} {value} FILTER({wrong}) }})", doubt.exact)
