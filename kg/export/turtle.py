"""Export as Turtle that a person can read.

Statements stand under their subject, `a` first and the other predicates by name; subjects are
sorted, so that what a trial owns follows it. Text of several lines is written as such. Only one
subject is in memory at a time.

https://www.w3.org/TR/turtle/
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import groupby

_XSD = rb"<http://www.w3.org/2001/XMLSchema#"
_TYPE = b"<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_LOCAL_NAME = re.compile(rb"[A-Za-z0-9_][A-Za-z0-9_-]*")
_TYPED = re.compile(rb'(".*")\^\^(<[^<>"]*>)', re.DOTALL)
_ESCAPE = re.compile(rb"\\(.)")
_WHOLE = rb"-?(?:0|[1-9][0-9]*)"
_BARE = {
    _XSD + b"boolean>": re.compile(rb'"(true|false)"'),
    _XSD + b"integer>": re.compile(rb'"(%b)"' % _WHOLE),
    _XSD + b"decimal>": re.compile(rb'"(%b\.(?:0|[0-9]*[1-9]))"' % _WHOLE),
}
"""Literals that Turtle reads back as the same term from their bare text."""


def turtle(ntriples: Iterable[bytes], prefixes: Mapping[str, str]) -> Iterator[bytes]:
    """Turtle of N-Triples lines that are sorted by subject, in pieces of one subject each.

    >>> lines = [b'<http://e.org/s> <http://e.org/p> <http://e.org/o> .']
    >>> print(b"".join(turtle(lines, {"e": "http://e.org/"})).decode())
    @prefix e: <http://e.org/> .
    <BLANKLINE>
    e:s e:p e:o .
    <BLANKLINE>
    """
    names = Names(prefixes)
    yield header(prefixes)
    statements = (line.rstrip(b"\n").removesuffix(b" .").split(b" ", 2) for line in ntriples)
    for subject, group in groupby(statements, key=lambda parts: parts[0]):
        yield b"\n" + block(names.short(subject), group, names)


def header(prefixes: Mapping[str, str]) -> bytes:
    """The lines that declare prefixes."""
    return "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in prefixes.items()).encode()


def block(subject: bytes, statements: Iterable[list[bytes]], names: Names) -> bytes:
    """The statements of one subject, each of subject, predicate and object."""
    objects: dict[bytes, list[bytes]] = {}
    for _, predicate, value in statements:
        objects.setdefault(predicate, []).append(names.value(value))
    verbs = sorted((names.verb(predicate), predicate) for predicate in objects)
    verbs.sort(key=lambda verb: verb[0] != b"a")
    phrases = (verb + b" " + b" ,\n        ".join(objects[raw]) for verb, raw in verbs)
    return subject + b" " + b" ;\n    ".join(phrases) + b" .\n"


class Names:
    """Shortens terms by a set of prefixes.

    Only namespaces that end in `/` or `#` shorten, and only names of ASCII letters, digits, `_` and
    `-`, which need no escape in any Turtle reader.
    """

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._prefixes = {iri.encode(): name.encode() + b":" for name, iri in prefixes.items()}
        self.verb = lru_cache(maxsize=4096)(self._verb)

    def short(self, term: bytes) -> bytes:
        """An IRI as a prefixed name where it can be one; other terms as they are."""
        cut = max(term.rfind(b"/"), term.rfind(b"#")) + 1
        prefix = self._prefixes.get(term[1:cut]) if term.startswith(b"<") else None
        if prefix is None or not _LOCAL_NAME.fullmatch(term, cut, len(term) - 1):
            return term
        return prefix + term[cut:-1]

    def value(self, term: bytes) -> bytes:
        """An object: an IRI, a blank node, or a literal in the shortest form that is the same."""
        if not term.startswith(b'"'):
            return self.short(term)
        if typed := None if term.endswith(b'"') else _TYPED.fullmatch(term):
            text, datatype = typed.groups()
            bare = _BARE[datatype].fullmatch(text) if datatype in _BARE else None
            return bare[1] if bare else _spread(text) + b"^^" + self.verb(datatype)
        end = term.rindex(b'"') + 1
        return _spread(term[:end]) + term[end:]

    def _verb(self, term: bytes) -> bytes:
        return b"a" if term == _TYPE else self.short(term)


def _spread(text: bytes) -> bytes:
    """A quoted text; one with line ends is written over several lines."""
    if b"\\n" not in text:
        return text
    lines = _ESCAPE.sub(lambda escape: b"\n" if escape[1] == b"n" else escape[0], text)
    return b'""' + lines + b'""'
