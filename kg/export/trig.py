"""Export as TriG: the Turtle of `kg.export.turtle`, with named graphs.

https://www.w3.org/TR/trig/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from kg.export.turtle import Names, block, header


def trig(nquads: Iterable[bytes], prefixes: Mapping[str, str]) -> Iterator[bytes]:
    """TriG of N-Quads lines that are sorted by subject, in pieces of one subject each."""
    names = Names(prefixes)
    yield header(prefixes)
    statements = (line.rstrip(b"\n").removesuffix(b" .").split(b" ", 2) for line in nquads)
    for subject, group in groupby(statements, key=lambda parts: parts[0]):
        graphs: dict[bytes, list[list[bytes]]] = {}
        for subject_, predicate, rest in group:
            value, graph = object_and_graph(rest)
            graphs.setdefault(graph, []).append([subject_, predicate, value])
        short = names.short(subject)
        for graph, said in graphs.items():
            text = block(short, said, names)
            yield b"\n" + (names.short(graph) + b" {\n" + text + b"}\n" if graph else text)


def object_and_graph(rest: bytes) -> tuple[bytes, bytes]:
    r"""What stands after the predicate of an N-Quads line; no graph is the default graph.

    >>> object_and_graph(b'"a b"@en <http://g>'), object_and_graph(b'"a <http://b>"')
    ((b'"a b"@en', b'<http://g>'), (b'"a <http://b>"', b''))
    """
    space = rest.find(b" ", rest.rindex(b'"') if rest.startswith(b'"') else 0)
    return (rest, b"") if space < 0 else (rest[:space], rest[space + 1 :])
