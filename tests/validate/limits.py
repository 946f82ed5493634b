"""Limits so small that a graph of a few nodes is judged as one of millions would be."""

from __future__ import annotations

import pytest

from kg.validate import compiled, counts, kept, questions

LIMITS = {
    "look-ups instead of tables": {"MANY": 0, "MOST": 0},
    "counts, then look-ups": {"MANY": 0},
    "tables without counts": {"MOST": 0},
    "look-ups where tables would be large": {"LOOK_UP": 0},
    "each value of each node": {"HALF": 0},
    "each value once": {"HALF": 2},
    "a sample of one": {"SAMPLE": 1},
    "every property is rare": {"RARE": 0},
    "few at a time": {"AT_A_TIME": 50},
}


def set_limits(monkeypatch: pytest.MonkeyPatch, limits: str) -> None:
    for name, value in LIMITS[limits].items():
        for module in (compiled, counts, kept, questions):
            if hasattr(module, name):
                monkeypatch.setattr(module, name, value)
