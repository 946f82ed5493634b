"""Paths of any length: how they are followed, and which of them the tables cannot answer."""

from __future__ import annotations

from typing import Any

from rdflib.paths import AlternativePath, InvPath, MulPath, SequencePath

from kg.query.columns.expressions import unknown


def closure(edges: str) -> str:
    """All pairs that one or more steps lead from and to."""
    return (
        f"WITH RECURSIVE steps AS (SELECT s, o FROM ({edges}) UNION "
        f"SELECT steps.s, e.o FROM steps JOIN ({edges}) e ON steps.o = e.s) SELECT s, o FROM steps"
    )


def refuse_alone(triples: list[tuple[Any, Any, Any]]) -> None:
    """Refuse a path of no step at all among things that no other property of its group names.

    No step leads from any thing to itself, and the tables that are made do not know all things.
    """
    beside = {term for one in triples if not _may_stay(one[1]) for term in (one[0], one[2])}
    for subject, path, value in triples:
        if _may_stay(path) and not beside & {subject, value}:
            raise unknown("a path of any length whose ends stand nowhere else in its group")


def _may_stay(path: Any) -> bool:
    """Whether a path may take no step at all."""
    if isinstance(path, MulPath):
        return path.mod in "?*"
    if isinstance(path, InvPath):
        return _may_stay(path.arg)
    if isinstance(path, AlternativePath):
        return any(_may_stay(one) for one in path.args)
    return isinstance(path, SequencePath) and all(_may_stay(one) for one in path.args)
