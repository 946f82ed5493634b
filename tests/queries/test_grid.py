"""A long table is the one that Rich would print."""

from __future__ import annotations

import io
from collections.abc import Collection, Sequence

from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from kg.query.grid import Grid

WORDS = st.lists(st.text("abc-", max_size=9), max_size=9).map(" ".join)
CELLS = st.one_of(WORDS, st.text("ab \n\té日\u0301", max_size=30), st.text(max_size=30))
ROWS = st.integers(0, 4).flatmap(
    lambda many: st.tuples(
        st.lists(st.text("xyz_", min_size=1, max_size=8), min_size=many, max_size=many),
        st.lists(st.lists(CELLS, min_size=many, max_size=many), max_size=5),
    )
)


def by_rich(header: Sequence[str], lines: Sequence[Sequence[str]], right: Collection[int]) -> Table:
    table = Table(box=None, pad_edge=False)
    for at, name in enumerate(header):
        table.add_column(name, justify="right" if at in right else "left", overflow="fold")
    for line in lines:
        table.add_row(*map(Text, line))
    return table


def printed(what: RenderableType, width: int, *, terminal: bool) -> str:
    out = io.StringIO()
    console = Console(
        file=out,
        width=width,
        highlight=False,
        markup=False,
        soft_wrap=terminal,
        force_terminal=terminal,
        color_system="truecolor" if terminal else None,
    )
    console.print(what)
    return out.getvalue()


@settings(deadline=None)
@given(ROWS, st.sets(st.integers(0, 3)), st.integers(1, 90), st.booleans())
@example((["x"], [["a  b"], ["[bold]c"], ["\x07d\x0b"]]), {0}, 4, True)
@example((["x", "long_name"], [["", ""], ["", "日本語"]]), set(), 9, False)
def test_as_rich_prints_it(
    rows: tuple[list[str], list[list[str]]], right: set[int], width: int, terminal: bool
) -> None:
    header, lines = rows
    expected = printed(by_rich(header, lines, right), width, terminal=terminal)
    assert printed(Grid(header, lines, right), width, terminal=terminal) == expected
