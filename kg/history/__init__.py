"""What happened to a graph since it was built, by trial and field and as exact triples."""

from __future__ import annotations

from kg.history.entries import (
    Entry,
    FieldChange,
    TrialChange,
    added,
    begin,
    carry,
    entries,
    removed,
    since,
    write,
)

__all__ = [
    "Entry",
    "FieldChange",
    "TrialChange",
    "added",
    "begin",
    "carry",
    "entries",
    "removed",
    "since",
    "write",
]
