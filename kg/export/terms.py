r"""The terms of an N-Triples line as Python text."""

from __future__ import annotations

import re

from kg.vocab import RDF, XSD

_ESCAPE = re.compile(r'\\(?:([tbnrf"\'\\])|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))')
_PLAIN = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "'": "'", "\\": "\\"}
_LANG_STRING = RDF.type.removesuffix("type") + "langString"


def resource(term: bytes) -> str:
    """An IRI without its angle brackets; a blank node as it is.

    >>> resource(b"<http://e.org/s>"), resource(b"_:b0")
    ('http://e.org/s', '_:b0')
    """
    return unescaped(term[1:-1] if term.startswith(b"<") else term)


def literal(term: bytes) -> tuple[str, str, str]:
    r"""The text, the datatype and the language (or none) of a literal.

    >>> literal(b'"say \\"no\\"\\n"@en')[::2]
    ('say "no"\n', 'en')
    """
    end = term.rindex(b'"')
    text, kind = unescaped(term[1:end]), term[end + 1 :]
    if not kind:
        return text, XSD.string, ""
    if kind.startswith(b"@"):
        return text, _LANG_STRING, kind[1:].decode()
    return text, resource(kind[2:]), ""


def unescaped(written: bytes) -> str:
    r"""Text as it was before N-Triples escaped it.

    >>> unescaped(b"say \\u0022no\\u0022")
    'say "no"'
    """
    text = written.decode()
    return _ESCAPE.sub(_sign, text) if "\\" in text else text


def _sign(match: re.Match[str]) -> str:
    short, four, eight = match.groups()
    return _PLAIN[short] if short else chr(int(four or eight, 16))
