r"""What changed in a graph as SPARQL 1.1 Update: operations of a bounded size.

Every operation is `DELETE DATA` or `INSERT DATA`, first all of one, then all of the other; taking
them again changes nothing.

https://www.w3.org/TR/sparql11-update/
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Final

from pyoxigraph import NamedNode

from kg import history
from kg.errors import KgError
from kg.export import write_packed
from kg.export.changes import Change, changes
from kg.export.folders import MARK, new_folder

MOST_TRIPLES: Final = 1_000
"""Triples of one operation; Virtuoso refuses one of 5,000."""
MOST_CHARACTERS: Final = 1_000_000
"""Text of one operation; a longer triple stands alone."""

_ESCAPE = re.compile(r"\\\\([uU])|\\u([0-9A-Fa-f]{4})|\\.")
_README = """\
# What changed in a clinical-trial graph

{mark} sparql-update --split`: {removed:,} triples to delete, {added:,} to insert. Each file is a
SPARQL 1.1 Update; send them one after another, in the order of their names. Sending one twice does
no harm.
"""


class Update:
    """The changes of some updates, and how many triples go and come once they are written."""

    def __init__(
        self, source: Callable[[], Iterable[Change]], updates: int = 1, graph: str | None = None
    ) -> None:
        self.updates = updates
        self.removed = self.added = 0
        self._source = source
        self._begin, self._end = (f"GRAPH {_named(graph)} {{\n", "}\n") if graph else ("", "")

    @classmethod
    def of(cls, build: Path, since: str | None, graph: str | None) -> Update:
        """What updates since a date changed, or all since the build.

        Raises `StoreError` for a date before the history of a build folder, or without a history.
        """
        found = history.since(build, since) if since else history.entries(build)[1:]
        numbers = [entry.number for entry in found]
        return cls(lambda: changes(build, numbers), len(numbers), graph)

    def operations(self, most: int = MOST_TRIPLES) -> Iterator[str]:
        r"""Each a text that may be sent by itself or joined to the others.

        >>> gone, came = Change("<x:a> <x:p> <x:b> .\n", False), Change("<x:a> <x:p> 'c' .\n", True)
        >>> print("".join(Update(lambda: [gone, came]).operations()), end="")
        DELETE DATA {
        <x:a> <x:p> <x:b> .
        } ;
        INSERT DATA {
        <x:a> <x:p> 'c' .
        } ;
        """
        self.removed = self.added = 0
        for block in self._blocks(False, most):
            self.removed += len(block)
            yield self._operation("DELETE", block)
        for block in self._blocks(True, most):
            self.added += len(block)
            yield self._operation("INSERT", block)

    def _operation(self, verb: str, block: list[str]) -> str:
        return f"{verb} DATA {{\n{self._begin}{''.join(block)}{self._end}}} ;\n"

    def _blocks(self, there: bool, most: int) -> Iterator[list[str]]:
        block: list[str] = []
        size = 0
        for line in (_written(each.line) for each in self._source() if each.there is there):
            if block and (len(block) == most or size + len(line) > MOST_CHARACTERS):
                yield block
                block, size = [], 0
            block.append(line)
            size += len(line)
        if block:
            yield block


def write_update(update: Update, out: IO[bytes], *, gzip: bool = False) -> None:
    """Write the operations to an open file, as one request."""
    text = (operation.encode() for operation in update.operations())
    if gzip:
        write_packed(text, out)
    else:
        out.writelines(text)


def write_update_parts(
    update: Update, path: Path, most: int, *, gzip: bool = False, force: bool = False
) -> int:
    """Write a folder with a file for each operation of so many triples; the number of files."""
    count = 0
    with new_folder(path, force=force) as folder:
        for operation in update.operations(most):
            count += 1
            name = f"part-{count:05}.ru{'.gz' if gzip else ''}"
            with (folder / name).open("wb") as file:
                if gzip:
                    write_packed([operation.encode()], file)
                else:
                    file.write(operation.encode())
        readme = _README.format(mark=MARK, removed=update.removed, added=update.added)
        (folder / "README.md").write_text(readme, encoding="utf-8")
    return count


def _named(graph: str) -> str:
    try:
        return str(NamedNode(graph))
    except ValueError as error:
        raise KgError(f"{graph}: found no IRI of a graph ({error}), expected one") from None


def _written(line: str) -> str:
    r"""An N-Triples line as SPARQL.

    SPARQL may read `\u0022` before it knows where strings end, and so take a text that holds
    a backslash and `u0022` for a quote: that `u` is written as its own escape. All are written in
    their long form, because rdflib takes eight digits after `\u` where there are as many.

    >>> print(_written('<x:a> <x:p> "\\\\u0022\\u0000" .'))
    <x:a> <x:p> "\\\U000000750022\U00000000" .
    """
    subject, _, rest = line.partition(" ")
    if subject.startswith("_:") or rest.partition(" ")[2].startswith("_:"):
        raise KgError(
            f"found a change of the blank node in {line.strip()!r}, expected IRIs: no SPARQL "
            "Update can name it (the ontology itself changed), export the graph whole"
        )
    return _ESCAPE.sub(_safe, line) if "\\" in line else line


def _safe(escape: re.Match[str]) -> str:
    after_backslash, digits = escape.groups()
    if after_backslash:
        return f"\\\\\\U{ord(after_backslash):08X}"
    return f"\\U0000{digits}" if digits else escape[0]
