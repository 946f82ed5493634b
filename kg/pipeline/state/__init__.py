"""What a build remembers for its updates, in a SQLite file beside the graph."""

from __future__ import annotations

from kg.pipeline.state.state import FILE, State

__all__ = ["FILE", "State"]
