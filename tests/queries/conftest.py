"""The small graph that the catalogue queries are asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Store

FIXTURE = Path(__file__).resolve().parents[1] / "data" / "queries" / "fixture.ttl"


@pytest.fixture(scope="session")
def fixture_graph() -> Store:
    store = Store()
    store.load(path=FIXTURE)
    return store
