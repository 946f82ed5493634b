"""Brings the index up to date with a graph that changed a little."""

from __future__ import annotations

from collections.abc import Iterable, Set
from pathlib import Path

from kg.iris import Iris
from kg.model.drug import Drug
from kg.related.features import Features
from kg.related.index import Index
from kg.related.writer import Writer


def updated(
    old_build: Path,
    new_build: Path,
    removed: Set[str],
    added: Iterable[Features],
    drugs: Iterable[Drug],
    iris: Iris,
) -> None:
    """Write the index of a new build from that of an older one, which stays as it is.

    The result is, byte for byte, what a build from nothing would write. A trial that changed is
    both removed and added, and so is one whose drugs, or what is known of them, changed; `added`
    comes in the order of NCT ids, and `drugs` are all the drugs of the new graph.

    Raises `StoreError` where the old index cannot be read, `ValueError` where a trial is added that
    the old index has and `removed` lacks.
    """
    old = Index(old_build)
    writer = Writer(new_build, drugs, iris)
    for made in added:
        writer.keep(made)
    writer.close([old.part()], removed)
