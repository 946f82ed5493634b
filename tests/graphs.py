"""Small graphs for tests."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Quad, Store


def holding(quads: Iterable[Quad]) -> Store:
    """A store in memory."""
    store = Store()
    store.extend(quads)
    return store
