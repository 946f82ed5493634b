"""The small graph that the catalogue queries are asked, the ontology loaded as in any store."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Store

from kg.resources import folder

FIXTURE = Path(__file__).resolve().parents[1] / "data" / "queries" / "fixture.ttl"


@pytest.fixture(scope="session")
def fixture_graph() -> Store:
    store = Store()
    for path in (FIXTURE, *sorted(folder("ontology").glob("*.ttl"))):
        store.load(path=path)
    return store
