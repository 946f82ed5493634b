r"""What changed in a graph as SPARQL 1.1 Update: operations of a bounded size.

Every operation is `DELETE DATA` or `INSERT DATA`, first all of one, then all of the other; taking
them again changes nothing.

https://www.w3.org/TR/sparql11-update/
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from kg.errors import KgError
from kg.export.changes import Change

MOST_TRIPLES: Final = 5_000
"""Triples of one operation."""
MOST_CHARACTERS: Final = 1_000_000
"""Text of one operation; a longer triple stands alone."""

_ESCAPE = re.compile(r"\\\\([uU])|\\.")


def sparql_update(
    changes: Callable[[], Iterable[Change]], graph: str | None = None
) -> Iterator[str]:
    r"""The operations, each a text that may be sent by itself or joined to the others.

    `graph` names the graph that is changed, for stores that have no default graph.

    >>> gone, came = Change("<x:a> <x:p> <x:b> .\n", False), Change("<x:a> <x:p> <x:c> .\n", True)
    >>> print("".join(sparql_update(lambda: [gone, came])), end="")
    DELETE DATA {
    <x:a> <x:p> <x:b> .
    } ;
    INSERT DATA {
    <x:a> <x:p> <x:c> .
    } ;
    """
    begin, end = (f"GRAPH <{graph}> {{\n", "}\n") if graph else ("", "")
    for verb, there in (("DELETE", False), ("INSERT", True)):
        lines = (_written(each.line) for each in changes() if each.there is there)
        for block in _blocks(lines):
            yield f"{verb} DATA {{\n{begin}{''.join(block)}{end}}} ;\n"


def _blocks(lines: Iterable[str]) -> Iterator[list[str]]:
    block: list[str] = []
    size = 0
    for line in lines:
        if block and (len(block) == MOST_TRIPLES or size + len(line) > MOST_CHARACTERS):
            yield block
            block, size = [], 0
        block.append(line)
        size += len(line)
    if block:
        yield block


def _written(line: str) -> str:
    r"""An N-Triples line as SPARQL.

    SPARQL may read `\u0022` before it knows where strings end, and so take a text that holds
    a backslash and `u0022` for a quote: that `u` is written as its own escape.

    >>> print(_written('<x:a> <x:p> "\\\\u0022" .'))
    <x:a> <x:p> "\\\u00750022" .
    """
    subject, _, rest = line.partition(" ")
    if subject.startswith("_:") or rest.partition(" ")[2].startswith("_:"):
        raise KgError(
            f"found a change of the blank node in {line.strip()!r}, expected IRIs: no SPARQL "
            "Update can name it (the ontology itself changed), export the graph whole"
        )
    return _ESCAPE.sub(_safe, line) if "\\" in line else line


def _safe(escape: re.Match[str]) -> str:
    return f"\\\\\\u{ord(escape[1]):04X}" if escape[1] else escape[0]
