"""What makes a value suspect, as a SPARQL expression over `?value`.

An expression is true of every value that breaks the constraint, and may be true of a few more:
where `exact` is False, pySHACL has the last word on the values found. `false` means never, `true`
that nothing can be said in SPARQL, so that each distinct value is put to pySHACL.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from msgspec import Struct
from rdflib import RDF, SH, XSD, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from kg.validate.unsupported import UnsupportedShape


class Suspicion(Struct, frozen=True):
    """An expression, and whether it is true of the wrong values alone."""

    text: str
    exact: bool = True


NEVER = Suspicion("false")
UNKNOWN = Suspicion("true", exact=False)

LOGICAL = (SH["and"], SH["or"], SH["not"], SH.xone)
_SAID = {RDF.type, SH.name, SH.description, SH.order, SH.group, SH.message, SH.severity}
"""What a shape may say beside its constraints."""

_KINDS = {
    SH.IRI: "!isIRI(?value)",
    SH.BlankNode: "!isBlank(?value)",
    SH.Literal: "!isLiteral(?value)",
    SH.BlankNodeOrIRI: "isLiteral(?value)",
    SH.BlankNodeOrLiteral: "isIRI(?value)",
    SH.IRIOrLiteral: "isBlank(?value)",
}
_DAY = "((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)"
_ORDINARY = {
    XSD.date: f"[1-9][0-9]{{3}}-{_DAY}",
    XSD.gYearMonth: "[1-9][0-9]{3}-(0[1-9]|1[0-2])",
    XSD.gYear: "[1-9][0-9]{3}",
    XSD.boolean: "(true|false)",
    XSD.integer: "-?[0-9]{1,15}",
    XSD.decimal: "-?[0-9]{1,9}([.][0-9]{1,9})?",
}
"""Forms that are surely well-formed; of any other form pySHACL decides."""

_IF_STRING = 'IF(STRSTARTS("", ?value), false, false)'
"""Fails for all but strings; `datatype(?value)` says the same and takes twice the time."""

_RANGES = {
    SH.minInclusive: ">=",
    SH.minExclusive: ">",
    SH.maxInclusive: "<=",
    SH.maxExclusive: "<",
}
VALUE_CONSTRAINTS = {
    *(SH.datatype, SH.nodeKind, SH.pattern, SH.flags, SH.minLength, SH.maxLength, SH["in"]),
    *_RANGES,
    *LOGICAL,
}
"""Constraints that look at one value and at nothing around it."""


def suspicion(shapes: Graph, shape: Node) -> Suspicion:
    """When a value is suspect to a shape, by the constraints that look at one value.

    Raises `UnsupportedShape` where a shape inside it (of `sh:or` and its like) looks further.
    """
    found = [_of(shapes, shape, name, term) for name, term in _constraints(shapes, shape)]
    return either(found)


def either(found: Iterable[Suspicion]) -> Suspicion:
    """Suspect for any of several reasons."""
    reasons = sorted({(s.text, s.exact) for s in found if s != NEVER})
    if not reasons:
        return NEVER
    if any(text == UNKNOWN.text for text, _ in reasons):
        return UNKNOWN
    text = " || ".join(text for text, _ in reasons)
    return Suspicion(text if len(reasons) == 1 else f"({text})", all(exact for _, exact in reasons))


def _constraints(shapes: Graph, shape: Node) -> list[tuple[Node, Node]]:
    pairs = [(name, term) for name, term in shapes.predicate_objects(shape)]
    told = (pair for pair in pairs if pair[0] in VALUE_CONSTRAINTS)
    return sorted(told, key=lambda pair: (str(pair[0]), str(pair[1])))


def check_inner(shapes: Graph, shape: Node) -> None:
    """See that a shape inside another one looks at the value and at nothing else."""
    for name in shapes.predicates(shape):
        if name not in VALUE_CONSTRAINTS | _SAID:
            raise UnsupportedShape(f"{short(name)} within a constraint on values")


def _of(shapes: Graph, shape: Node, name: Node, term: Node) -> Suspicion:
    if name in LOGICAL:
        return _logical(shapes, name, term)
    if name in _RANGES:
        return Suspicion(
            f"!COALESCE(?value {_RANGES[URIRef(str(name))]} {n3(term)}, false)", exact=False
        )
    if name == SH["in"]:
        same = [f"!sameTerm(?value, {n3(item)})" for item in Collection(shapes, term)]
        literal = any(isinstance(item, Literal) for item in Collection(shapes, term))
        return Suspicion(" && ".join(same) or "true", exact=not literal)
    return _SIMPLE[name](shapes, shape, term)


def _logical(shapes: Graph, name: Node, term: Node) -> Suspicion:
    inner = [term] if name == SH["not"] else list(Collection(shapes, term))
    for part in inner:
        check_inner(shapes, part)
    suspicions = [suspicion(shapes, part) for part in inner]
    if name == SH["and"]:
        return either(suspicions)
    if name == SH["or"]:
        if NEVER in suspicions:
            return NEVER
        told = sorted({s.text for s in suspicions if s.text != UNKNOWN.text})
        exact = all(s.exact for s in suspicions)
        return Suspicion(f"({' && '.join(told)})", exact) if told else UNKNOWN
    return UNKNOWN


def _datatype(shapes: Graph, shape: Node, term: Node) -> Suspicion:
    if term == XSD.string:
        return Suspicion(f"COALESCE({_IF_STRING}, true)")
    has = f"datatype(?value) = <{term}>"
    if term == XSD.anyURI:
        return Suspicion(f"!COALESCE({has}, false)")
    if (form := _ORDINARY.get(URIRef(str(term)))) is not None:
        fits = f'{has} && REGEX(STR(?value), "^{form}$")'
        return Suspicion(f"!COALESCE({fits}, false)", exact=False)
    return UNKNOWN


def _node_kind(shapes: Graph, shape: Node, term: Node) -> Suspicion:
    return Suspicion(_KINDS[URIRef(str(term))])


def _pattern(shapes: Graph, shape: Node, term: Node) -> Suspicion:
    if shapes.value(shape, SH.flags) is not None:
        return UNKNOWN
    narrow = narrowed(str(term))
    if narrow is None:
        return UNKNOWN
    pattern, exact = narrow
    fits = f"REGEX(STR(?value), {Literal(pattern).n3()})"
    if _texts_only(shapes, shape):
        return Suspicion(f"!COALESCE({fits}, false)", exact)
    # rdflib writes numbers its own way (1e3 as 1000) before it looks at them: all are suspect.
    text = f"REGEX(?value, {Literal(pattern).n3()})"
    return Suspicion(f"!COALESCE({text}, isIRI(?value) && {fits}, false)", False)


def _texts_only(shapes: Graph, shape: Node) -> bool:
    """Another constraint finds every value that is neither a string nor an IRI."""
    texts = shapes.value(shape, SH.datatype) in (XSD.string, XSD.anyURI)
    return texts or shapes.value(shape, SH.nodeKind) == SH.IRI


def _flags(shapes: Graph, shape: Node, term: Node) -> Suspicion:
    return NEVER


def _min_length(shapes: Graph, shape: Node, term: Node) -> Suspicion:
    length = int(str(term))
    if length == 1 and shapes.value(shape, SH.datatype) == XSD.string:
        # What is no string is suspect by its datatype, and no text has to be read for this.
        return Suspicion('sameTerm(?value, "")')
    if not length:
        return NEVER
    if length > 1 and not _texts_only(shapes, shape):
        return UNKNOWN
    return Suspicion(f"COALESCE(STRLEN(STR(?value)) < {length}, true)")


def _max_length(shapes: Graph, shape: Node, term: Node) -> Suspicion:
    long_text = f"COALESCE(STRLEN(STR(?value)) > {int(str(term))}, true)"
    if _texts_only(shapes, shape):
        return Suspicion(long_text)
    return UNKNOWN


_SIMPLE: dict[Node, Callable[[Graph, Node, Node], Suspicion]] = {
    SH.datatype: _datatype,
    SH.nodeKind: _node_kind,
    SH.pattern: _pattern,
    SH.flags: _flags,
    SH.minLength: _min_length,
    SH.maxLength: _max_length,
}

_CLASSES = {r"\S": "[!-~]", r"\d": "[0-9]", r"\w": "[A-Za-z0-9_]"}
_PART = re.compile(
    r"(?P<plain>[A-Za-z0-9 /:;,_#@%&=~\"'<>!.-])"
    r"|(?P<escaped>\\[.\-/+*?()\[\]{}^$|\\])"
    r"|(?P<class>\\[Sdw])"
    r"|(?P<set>\[\^?(?!-)(?:[A-Za-z0-9 ./:;,_#@%=<>!]|-(?!-))+\])"
    r"|(?P<repeat>(?:[+*?]|\{[0-9]+(?:,[0-9]*)?\})(?![+*?{]))"
    r"|(?P<group>\(\?:|\((?!\?)|[)|])"
)


def narrowed(pattern: str) -> tuple[str, bool] | None:
    r"""A pattern of Python's `re` for SPARQL's REGEX, and whether it matches just the same.

    It matches nothing that Python's does not. None for patterns that the two may read differently.

    >>> narrowed("^NCT[0-9]{8}$")
    ('^NCT[0-9]{8}\\n?$', True)
    >>> narrowed(r"^\S+$")
    ('^[!-~]+\\n?$', False)
    >>> narrowed(r"(?i)a") is None
    True
    """
    start = "^" if pattern.startswith("^") else ""
    # Python's `$` also matches before a line break at the end.
    end = r"\n?$" if pattern.endswith("$") and not pattern.endswith("\\$") else ""
    rest = pattern[len(start) : -1 if end else None]
    parts, place, exact = [], 0, True
    while place < len(rest):
        found = _PART.match(rest, place)
        if found is None:
            return None
        text = found[0]
        if found["class"]:
            text, exact = _CLASSES[text], False
        parts.append(text)
        place = found.end()
    return start + "".join(parts) + end, exact


def n3(term: Node) -> str:
    """A term as SPARQL.

    Raises `UnsupportedShape` for a blank node, which is a variable in SPARQL.
    """
    if not isinstance(term, URIRef | Literal):
        raise UnsupportedShape("a blank node among terms")
    return term.n3()


def in_order(terms: Iterable[Node]) -> list[Node]:
    """Terms in an order that does not depend on how the shapes are held."""
    return sorted(terms, key=str)


def short(term: Node) -> str:
    """A term of SHACL with its prefix."""
    return str(term).replace(str(SH), "sh:")
