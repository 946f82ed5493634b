"""The ontology as its tests read it."""

from __future__ import annotations

import pytest
from rdflib import Graph

from kg.resources import folder


@pytest.fixture(scope="session")
def ontology() -> Graph:
    """Classes, properties and code lists in one graph."""
    graph = Graph()
    for file in sorted(folder("ontology").glob("*.ttl")):
        graph.parse(file)
    return graph
