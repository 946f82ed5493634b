"""Export as JSON-LD: one `@graph` of compact objects, one subject on each line.

The context stands at the head of the file, so that it reads without the network; it is the one
that `kg.export.context` publishes. Lines between the first and the last are objects by themselves.

https://www.w3.org/TR/json-ld11/
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import groupby
from typing import Any

from kg.export.context import shipped
from kg.export.terms import literal, resource
from kg.vocab import RDF, XSD

_INTEGER = re.compile(r"(?:0|-?[1-9][0-9]{0,14})\Z")
"""Integers that every JSON reader takes as they are."""


def jsonld(ntriples: Iterable[bytes]) -> Iterator[bytes]:
    """JSON-LD of N-Triples lines that are sorted by subject, in pieces of one subject each."""
    context = json.loads(shipped())["@context"]
    terms = _Terms(context)
    yield f'{{"@context": {_json(context)}, "@graph": [\n'.encode()
    statements = (line.rstrip(b"\n").removesuffix(b" .").split(b" ", 2) for line in ntriples)
    comma = ""
    for subject, group in groupby(statements, key=lambda parts: parts[0]):
        said = [(predicate, value) for _, predicate, value in group]
        try:
            found = terms.compact(subject, said)
        except _AmbiguousError:
            found = _plain(subject, said)
        yield (comma + _json(found)).encode()
        comma = ",\n"
    yield b"\n]}\n"


class _AmbiguousError(Exception):
    """An IRI that reads as a prefix and a name, such as `doi:10.1000/1`."""


class _Terms:
    """Shortens a subject's statements by a context."""

    def __init__(self, context: Mapping[str, Any]) -> None:
        simple = {name: said for name, said in context.items() if isinstance(said, str)}
        self._prefixes = {name: iri for name, iri in simple.items() if iri[-1] in "/#"}
        self._by_length = sorted(self._prefixes.items(), key=lambda pair: -len(pair[1]))
        self._taken = frozenset(context)
        self._names: dict[str, tuple[str, str | None]] = {}
        for name, said in context.items():
            if name not in self._prefixes and not name.startswith("@"):
                curie, kind = (
                    (said, None) if isinstance(said, str) else (said["@id"], said["@type"])
                )
                self._names[self._full(curie)] = (name, kind and self._full(kind))
        self._predicate = lru_cache(maxsize=4096)(self._term)
        self._kind = lru_cache(maxsize=1024)(self._class)

    def compact(self, subject: bytes, said: Iterable[tuple[bytes, bytes]]) -> dict[str, Any]:
        """One object."""
        found: dict[str, Any] = {"@id": self._short(resource(subject))}
        values: dict[str, list[Any]] = {}
        kinds: list[str] = []
        for predicate, value in said:
            name, coerced = self._predicate(predicate)
            if name == "@type" and not value.startswith((b'"', b"_:")):
                kinds.append(self._kind(value))
            else:
                key = "rdf:type" if name == "@type" else name
                values.setdefault(key, []).append(self._value(value, coerced))
        if kinds:
            found["@type"] = kinds[0] if len(kinds) == 1 else kinds
        for name, several in values.items():
            found[name] = several[0] if len(several) == 1 else several
        return found

    def _value(self, term: bytes, coerced: str | None) -> Any:
        if not term.startswith(b'"'):
            short = self._short(resource(term))
            return short if coerced == "@id" else {"@id": short}
        text, datatype, language = literal(term)
        if language:
            return {"@value": text, "@language": language}
        if datatype == coerced:
            return text
        if coerced is None:
            if datatype == XSD.string:
                return text
            if datatype == XSD.boolean and text in ("true", "false"):
                return text == "true"
            if datatype == XSD.integer and _INTEGER.match(text):
                return int(text)
        if datatype == XSD.string:
            return {"@value": text}
        return {"@value": text, "@type": self._kind(f"<{datatype}>".encode())}

    def _term(self, predicate: bytes) -> tuple[str, str | None]:
        iri = resource(predicate)
        if iri == RDF.type:
            return "@type", None
        return self._names.get(iri) or (self._short(iri), None)

    def _class(self, term: bytes) -> str:
        iri = resource(term)
        named = self._names.get(iri)
        return named[0] if named else self._short(iri)

    def _short(self, iri: str) -> str:
        if iri.startswith("_:"):
            return iri
        for name, space in self._by_length:
            if iri.startswith(space):
                local = iri[len(space) :]
                if not local or local.startswith("//"):
                    break
                return f"{name}:{local}"
        scheme, _, rest = iri.partition(":")
        if scheme in self._taken and not rest.startswith("//"):
            raise _AmbiguousError
        return iri

    def _full(self, curie: str) -> str:
        prefix, _, name = curie.partition(":")
        return curie if prefix not in self._prefixes else self._prefixes[prefix] + name


def _plain(subject: bytes, said: Iterable[tuple[bytes, bytes]]) -> dict[str, Any]:
    """The object without a context: nothing is shortened, nothing can be taken for a prefix."""
    values: dict[str, list[Any]] = {}
    for predicate, value in said:
        if value.startswith(b'"'):
            text, datatype, language = literal(value)
            said_of = {"@value": text}
            if language:
                said_of["@language"] = language
            elif datatype != XSD.string:
                said_of["@type"] = datatype
            values.setdefault(resource(predicate), []).append(said_of)
        else:
            values.setdefault(resource(predicate), []).append({"@id": resource(value)})
    return {"@context": None, "@id": resource(subject), **values}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
