"""Stores with a history, made of graphs in memory, as if each were an update of the last."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from pyoxigraph import RdfFormat, Store, serialize

from kg import history
from kg.history import Entry


def updated(folder: Path, *graphs: Store, sources: Sequence[str] = ()) -> Path:
    """A store folder that holds the last graph; the others were made on 1, 2, … November 2026."""
    build = folder / "build-000001"
    build.mkdir(parents=True)
    (folder / "CURRENT").write_text(build.name)
    history.begin(build, sources, _made(0))
    for number, (old, new) in enumerate(pairwise(graphs), 1):
        before, after = _lines(old), _lines(new)
        entry = Entry(number=number, kind="UPDATED", made=_made(number), sources=())
        history.write(build, entry, sorted(before - after), sorted(after - before))
    store = Store(str(build / "graph"))
    store.bulk_extend(graphs[-1])
    store.flush()
    return folder


def _made(number: int) -> str:
    return f"2026-11-{number + 1:02}T09:00:00+00:00"


def _lines(store: Store) -> set[str]:
    text = serialize((quad.triple for quad in store), format=RdfFormat.N_TRIPLES)
    assert text is not None
    return {line + "\n" for line in text.decode().split("\n") if line}
