"""Export as RDF/XML, one `rdf:Description` for each subject.

XML 1.0 cannot hold control characters, and a predicate must end in a name: a graph with something
else is refused, since what would be written is another graph.

https://www.w3.org/TR/rdf-syntax-grammar/
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import groupby

from kg.errors import KgError
from kg.export.terms import literal, resource
from kg.vocab import RDF, XSD

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9._-]*\Z")
_SIGNS = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"})
_RESERVED = frozenset({"Description", "RDF", "ID", "about", "parseType", "resource", "nodeID"})
_RESERVED |= {"datatype", "li", "bagID", "aboutEach", "aboutEachPrefix"}
_RDF = RDF.type.removesuffix("type")


def rdfxml(ntriples: Iterable[bytes], prefixes: Mapping[str, str]) -> Iterator[bytes]:
    """RDF/XML of N-Triples lines that are sorted by subject, in pieces of one subject each."""
    element = lru_cache(maxsize=4096)(_Elements(prefixes))
    spaces = "".join(f'\n  xmlns:{name}="{_xml(iri, "")}"' for name, iri in prefixes.items())
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{spaces}>\n'.encode()
    statements = (line.rstrip(b"\n").removesuffix(b" .").split(b" ", 2) for line in ntriples)
    for subject, group in groupby(statements, key=lambda parts: parts[0]):
        name = resource(subject)
        about = _node(name, "about")
        lines = [f"<rdf:Description {about}>\n"]
        for _, predicate, value in group:
            begin, end = element(predicate)
            lines.append(f"  <{begin}{_content(value, end, name)}\n")
        yield "".join([*lines, "</rdf:Description>\n"]).encode()
    yield b"</rdf:RDF>\n"


def _content(term: bytes, end: str, subject: str) -> str:
    if not term.startswith(b'"'):
        return f" {_node(resource(term), 'resource')}/>"
    text, datatype, language = literal(term)
    kind = ""
    if language:
        kind = f' xml:lang="{language}"'
    elif datatype != XSD.string:
        kind = f' rdf:datatype="{_xml(datatype, subject)}"'
    return f"{kind}>{_xml(text, subject)}</{end}>"


def _node(name: str, attribute: str) -> str:
    if not name.startswith("_:"):
        return f'rdf:{attribute}="{_xml(name, name)}"'
    label = name[2:]
    # A node id is an XML name: it may not begin with a digit, or hold a colon.
    safe = f"b{label}" if _NAME.match(f"b{label}") else f"x{label.encode().hex()}"
    return f'rdf:nodeID="{safe}"'


def _xml(text: str, subject: str) -> str:
    if bad := _NOT_XML.search(text):
        raise KgError(
            f"{subject}: found the character U+{ord(bad[0]):04X}, expected one that XML can hold; "
            "every other RDF format can"
        )
    return text.translate(_SIGNS)


class _Elements:
    """The start and the end of a predicate's element."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._names = {iri: name for name, iri in prefixes.items()}

    def __call__(self, predicate: bytes) -> tuple[str, str]:
        iri = resource(predicate)
        cut = max(iri.rfind("/"), iri.rfind("#")) + 1
        if not _NAME.match(iri, cut):
            # Any ending that is a name will do.
            cut = next((at for at in range(1, len(iri)) if _NAME.match(iri, at)), len(iri))
        space, local = iri[:cut], iri[cut:]
        if not local or (space == _RDF and local in _RESERVED):
            raise KgError(
                f"found the property <{iri}>, expected one that ends in a name: RDF/XML can write "
                "no other; every other RDF format can"
            )
        if space in self._names:
            name = f"{self._names[space]}:{local}"
            return name, name
        return f'x:{local} xmlns:x="{_xml(space, iri)}"', f"x:{local}"
