"""A user's table as lines with their numbers, and what is wrong with one of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from kg.errors import SourceError


class Line(Struct, frozen=True):
    """One row of a file: its number there and its cells by column."""

    file: str
    number: int
    cells: dict[str, str]

    def get(self, column: str) -> str:
        """A cell without blanks around it; empty where there is none."""
        return self.cells.get(column, "")

    def need(self, column: str) -> str:
        """A cell that may not be empty."""
        if found := self.get(column):
            return found
        raise self.wrong(f"no {column}", f"a value in every row of {column}")

    def wrong(self, found: str, expected: str) -> SourceError:
        """What is wrong with this row."""
        return SourceError(f"{self.file} line {self.number}: found {found}, expected {expected}")


def read(path: Path) -> tuple[tuple[str, ...], list[Line]]:
    """The columns and the rows of a TSV file; lines that begin with `#` above them are left out."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError(f"{path.name}: found {error.reason}, expected UTF-8 text") from error
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror}") from error
    lines = text.splitlines(keepends=True)
    head = next((at for at, line in enumerate(lines) if not line.startswith("#")), len(lines))
    rows = csv.reader(io.StringIO("".join(lines[head:])), dialect="excel-tab")
    try:
        columns = tuple(cell.strip().lower() for cell in next(rows, []))
        found = list(_lines(path.name, head, columns, rows))
    except csv.Error as error:
        raise SourceError(f"{path.name} line {head + rows.line_num}: found {error}") from error
    if not any(columns):
        raise SourceError(f"{path.name}: found no line with the names of the columns")
    return columns, found


def _lines(
    file: str, head: int, columns: tuple[str, ...], rows: Iterator[list[str]]
) -> Iterator[Line]:
    number = head + 1
    for row in rows:
        number += 1
        cells = [" ".join(cell.split()) for cell in row]
        if not any(cells):
            continue
        line = Line(file, number, dict(zip(columns, cells, strict=False)))
        if len(cells) > len(columns):
            raise line.wrong(f"{len(cells)} cells", f"{len(columns)}, as many as columns")
        for cell in cells:
            if "|" in cell:
                raise line.wrong(repr(cell), "values without `|`; one row for each")
        yield line
