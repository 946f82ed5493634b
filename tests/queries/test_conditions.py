"""What is stated, what it was taken to mean and what stands above that are kept apart."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import QuerySolutions

import kg
from kg.vocab import PREFIXES


@pytest.fixture(scope="module")
def graph(demo_store: Path) -> kg.Graph:
    return kg.open(demo_store)


def holds(graph: kg.Graph, pattern: str) -> bool:
    prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    return bool(graph.store.query(f"{prefixes}ASK {{ {pattern} }}"))


@pytest.mark.parametrize(
    "mixed",
    [
        "?trial tkg:condition ?term . ?term a tkg:MeshTerm",
        "?trial tkg:conditionMesh ?term . ?term a tkg:Condition",
        "?trial tkg:conditionMesh ?term ; tkg:conditionAncestor ?term",
        "?trial a tkg:Trial ; tkg:groundedCondition ?term",
        "?trial tkg:condition ?stated . ?stated skos:broader ?above",
    ],
)
def test_a_term_has_one_part_in_a_trial(graph: kg.Graph, mixed: str) -> None:
    assert holds(graph, "?trial tkg:condition ?stated")
    assert holds(graph, "?trial tkg:conditionAncestor ?term")
    assert not holds(graph, mixed)


def test_any_lung_cancer_is_one_query_and_says_how_each_trial_comes_in(graph: kg.Graph) -> None:
    for name in ("Lung Neoplasms", "Lung Cancer"):
        found = graph.query("any-condition-trials", {"condition": name})
        assert isinstance(found, QuerySolutions)
        rows = [tuple(cell.value for cell in row) for row in found]
        assert {row[2] for row in rows} == {"registry", "stated condition"}
        assert len({row[0] for row in rows}) > 10
        assert "Carcinoma, Non-Small-Cell Lung" in {row[1] for row in rows}
