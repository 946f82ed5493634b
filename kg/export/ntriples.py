"""Exports as N-Triples and N-Quads, sorted: the same graph gives the same bytes."""

from __future__ import annotations

from pathlib import Path
from typing import IO, TYPE_CHECKING

from kg.export.ordered import lines

if TYPE_CHECKING:
    from pyoxigraph import Store


def write_ntriples(store: Store, out: IO[bytes], scratch: Path | None = None) -> None:
    """Write the default graph, one triple a line."""
    out.writelines(lines(store, scratch=scratch))


def write_nquads(store: Store, out: IO[bytes], scratch: Path | None = None) -> None:
    """Write all graphs, one statement a line."""
    out.writelines(lines(store, graphs=True, scratch=scratch))
