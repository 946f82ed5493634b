"""The RDF formats: each makes text of statements that come one subject after another.

A format reads lines of `kg.export.ordered` and gives text in pieces, with memory for one subject;
so a graph of any size streams through it, and any run of whole subjects makes a valid file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kg.export.jsonld import jsonld
from kg.export.rdfxml import rdfxml
from kg.export.trig import trig
from kg.export.turtle import turtle
from kg.vocab import PREFIXES


@dataclass(frozen=True)
class Form:
    """An RDF format."""

    suffix: str
    media_type: str
    text: Callable[[Iterable[bytes]], Iterable[bytes]]
    graphs: bool = False
    """Whether it holds named graphs; one that does not holds the default graph."""


def _as_they_are(lines: Iterable[bytes]) -> Iterable[bytes]:
    return lines


FORMATS: Mapping[str, Form] = MappingProxyType(
    {
        "turtle": Form(".ttl", "text/turtle", lambda lines: turtle(lines, PREFIXES)),
        "ntriples": Form(".nt", "application/n-triples", _as_they_are),
        "nquads": Form(".nq", "application/n-quads", _as_they_are, graphs=True),
        "trig": Form(".trig", "application/trig", lambda lines: trig(lines, PREFIXES), graphs=True),
        "rdfxml": Form(".rdf", "application/rdf+xml", lambda lines: rdfxml(lines, PREFIXES)),
        "jsonld": Form(".jsonld", "application/ld+json", jsonld),
    }
)
"""The formats by name."""


def subject_of(line: bytes) -> bytes:
    """The subject of a line.

    >>> subject_of(b'<http://s> <http://p> "o" .')
    b'<http://s>'
    """
    return line[: line.index(b" ")]


def runs(lines: Iterable[bytes], size: int) -> Iterator[Iterator[bytes]]:
    """Whole subjects, so many lines at a time or some more; read each run before the next.

    >>> [len(list(run)) for run in runs([b"a p o", b"b p o", b"b p q", b"c p o"], 2)]
    [3, 1]
    """
    source = iter(lines)
    ahead = next(source, None)

    def run() -> Iterator[bytes]:
        nonlocal ahead
        count, subject = 0, b""
        while ahead is not None:
            if subject != (subject := subject_of(ahead)) and count >= size:
                return
            yield ahead
            count += 1
            ahead = next(source, None)

    while ahead is not None:
        yield run()
