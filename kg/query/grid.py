"""A table for a terminal that may have very many rows.

Rich takes some 100 µs for a cell, so that printing a long answer took many times what finding it
did. Here Rich decides how wide the columns are and prints the header, and plain text is laid into
these columns as Rich would lay it; a cell of other text is still laid by Rich.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import zip_longest
from textwrap import wrap

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

_GAP = "  "
"""What Rich puts between two columns."""


class Grid:
    """Rows of text under a header; to print with Rich.

    >>> Console(width=12).print(Grid(["name", "n"], [["a b", "1"], ["ten letters", "12"]], {1}))
    name       n
    a b        1
    ten       12
    letters
    """

    def __init__(
        self,
        header: Sequence[str],
        lines: Sequence[Sequence[str]],
        right: Collection[int] = (),
    ) -> None:
        self._header, self._lines = header, lines
        self._justify = tuple("right" if at in right else "left" for at in range(len(header)))
        """How the cells of each column stand."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The header, then a line or more for each row."""
        rulers = [_Ruler(_widest(console, options, column)) for column in self._columns()]
        head = console.render_lines(self._table([rulers]), options, pad=False)
        widths = [ruler.width for ruler in rulers]
        if not self._lines or min(widths, default=0) < 1:
            yield self._table([[Text(cell) for cell in line] for line in self._lines])
            return
        for line in head[:-1]:
            yield from line
            yield Segment.line()
        for row in self._lines:
            for text in self._laid(console, row, widths):
                yield Segment(text + "\n")

    def _columns(self) -> Iterator[Iterator[str]]:
        for at in range(len(self._header)):
            yield (line[at] for line in self._lines)

    def _table(self, rows: Sequence[Sequence[Text | _Ruler]]) -> Table:
        """The table that Rich would print."""
        table = Table(box=None, pad_edge=False)
        for name, justify in zip(self._header, self._justify, strict=True):
            table.add_column(name, justify=justify, overflow="fold")  # type: ignore[arg-type]
        for row in rows:
            table.add_row(*row)
        return table

    def _laid(self, console: Console, row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
        """A row as lines of text, each cell filled up to the width of its column."""
        if all(map(_is_simple, row)) and all(map(int.__ge__, widths, map(len, row))):
            yield _GAP.join(map(_filled, row, widths, self._justify))
            return
        cells = map(_folded, [console] * len(row), row, widths, self._justify)
        blank = [" " * width for width in widths]
        for line in zip_longest(*cells):
            yield _GAP.join(text or none for text, none in zip(line, blank, strict=True))


class _Ruler:
    """A cell that is as wide as all of its column, and notes the width it is given."""

    def __init__(self, widest: Measurement) -> None:
        self._widest, self.width = widest, 0

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return self._widest

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        self.width = options.max_width
        return iter(())


def _is_simple(cell: str) -> bool:
    """Whether each letter is one wide, and words have one space between them."""
    return cell.isascii() and cell.isprintable() and "  " not in cell and cell == cell.strip()


def _widest(console: Console, options: ConsoleOptions, cells: Iterator[str]) -> Measurement:
    """The longest word and the longest line of a column."""
    word = line = 0
    for cell in cells:
        if _is_simple(cell):
            if len(cell) > word:
                word = max(word, *map(len, cell.split(" ")))
                line = max(line, len(cell))
        else:
            measured = Measurement.get(console, options, Text(cell))
            word, line = max(word, measured.minimum), max(line, measured.maximum)
    return Measurement(word, line)


def _filled(text: str, width: int, justify: str) -> str:
    return text.rjust(width) if justify == "right" else text.ljust(width)


def _folded(console: Console, cell: str, width: int, justify: str) -> list[str]:
    """A cell's lines, each as wide as the column."""
    if _is_simple(cell) and max(map(len, cell.split(" "))) <= width:
        lines = wrap(cell, width, break_long_words=False, break_on_hyphens=False) or [""]
        return [_filled(line, width, justify) for line in lines]
    laid = Text(cell).wrap(console, width, justify=justify, overflow="fold")  # type: ignore[arg-type]
    return [_filled(line.plain, width - cell_len(line.plain) + len(line), justify) for line in laid]
