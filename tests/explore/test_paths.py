from __future__ import annotations

import pytest
from pyoxigraph import Store

from kg.explore.paths import find_paths
from kg.graph import Graph


def test_the_rarest_tie_comes_first(examples: Graph) -> None:
    found = examples.paths("NCT03324113", "NCT04154956", k=2)
    assert [str(path) for path in found.paths] == [
        "NCT03324113 → tests tusamitamab ravtansine → tested in NCT04154956",
        "NCT03324113 → led by Sanofi → leads NCT04154956",
    ]
    assert found.complete
    # 2 steps, and the drug has 4 trials and 1 target.
    assert found.paths[0].cost == pytest.approx(2 + 2.322, abs=1e-3)


def test_a_shared_identifier_connects(examples: Graph) -> None:
    best = examples.paths("NCT99000001", "NCT99000004").paths[0]
    assert str(best) == "NCT99000001 → carries U9999-0000-0001 → carried by NCT99000004"


def test_a_drug_reaches_its_target_and_its_sponsor(examples: Graph) -> None:
    (step,) = examples.paths("SAR408701", "CEACAM5", k=1).paths[0].steps
    assert (step.relation, step.node.label, step.node.kind) == ("acts on", "CEACAM5", "target")
    best = examples.paths("SAR408701", "Sanofi", k=1).paths[0]
    assert str(best) == "tusamitamab ravtansine → tested in NCT04394624 → led by Sanofi"


def test_two_names_of_one_thing_are_no_way_apart(examples: Graph) -> None:
    (path,) = examples.paths("SAR408701", "tusamitamab ravtansine").paths
    assert (path.cost, path.steps) == (0, [])


def test_things_apart_have_no_path(examples: Graph) -> None:
    found = examples.paths("NCT99000001", "NCT02187848")
    assert found.paths == []
    assert found.complete


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("NCT03324113", "NCT05466149"),
        ("CEACAM5", "PDCD1"),
        ("NCT02187848", "NCT06060704"),
        ("NCT04154956", "osimertinib"),
    ],
)
def test_the_way_back_is_as_long(examples: Graph, a: str, b: str) -> None:
    there, back = examples.paths(a, b, k=4), examples.paths(b, a, k=4)
    costs = [path.cost for path in there.paths]
    assert costs == [path.cost for path in back.paths]
    assert costs == sorted(costs)
    assert len(costs) == 4


def test_no_thing_is_passed_twice(examples: Graph) -> None:
    for path in examples.paths("CEACAM5", "PDCD1", k=10).paths:
        things = [path.start.iri, *(step.node.iri for step in path.steps)]
        assert len(set(things)) == len(things)


def test_more_paths_begin_with_the_same_ones(examples: Graph) -> None:
    few, many = (examples.paths("NCT03324113", "NCT04154956", k=k).paths for k in (2, 8))
    assert many[:2] == few


def test_a_hub_is_not_passed_but_told(crowd: Store) -> None:
    rare = find_paths(crowd, "NCT99000001", "NCT99000002")
    assert [str(path) for path in rare.paths] == [
        "NCT99000001 → tests rare → tested in NCT99000002"
    ]
    assert rare.common_hubs == ["common (drug)"]
    common = find_paths(crowd, "NCT99000001", "NCT99000300")
    assert common.paths == []
    assert common.common_hubs == ["common (drug)"]


def test_a_search_cut_short_says_so(examples: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.explore.paths.MOST_EXPANDED", 5)
    assert not examples.paths("NCT03324113", "NCT05466149").complete
