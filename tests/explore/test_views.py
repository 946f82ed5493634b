from __future__ import annotations

import math
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import Store

from kg.errors import KgError, NotFoundError
from kg.explore.views import MOST_NODES, VIEWS, to_networkx
from kg.graph import Graph
from tests.explore.conftest import DRUG, TRIAL

TUSAMITAMAB = DRUG("unii-DSS3BE2ZXN")
CEACAM5 = "http://identifiers.org/hgnc/1817"


def test_two_hops_around_a_trial_hold_its_drugs_their_targets_and_their_other_trials(
    examples: Graph,
) -> None:
    near = examples.to_networkx("trial-drug-target", around="NCT03324113")
    trials = {said["nct_id"] for _, said in near.nodes(data=True) if said["kind"] == "trial"}
    assert trials == {"NCT03324113", "NCT02187848", "NCT04154956", "NCT04394624"}
    assert near.nodes[TUSAMITAMAB]["label"] == "tusamitamab ravtansine"
    assert near.nodes[CEACAM5]["symbol"] == "CEACAM5"
    assert near.edges[TUSAMITAMAB, CEACAM5] == {"relations": ["acts on"]}
    assert near.graph["left_out"] == []


def test_an_edge_says_which_part_a_drug_has(examples: Graph) -> None:
    near = examples.to_networkx("trial-drug-target", around="NCT04154956", hops=1)
    docetaxel = DRUG("unii-15H5577CQD")
    assert near.edges[TRIAL("NCT04154956"), docetaxel]["roles"] == ["COMPARATOR"]
    assert near.edges[TRIAL("NCT04154956"), docetaxel]["relations"] == ["compares with"]
    assert near.edges[TRIAL("NCT04154956"), TUSAMITAMAB]["relations"] == ["tests"]


def test_a_trial_has_what_is_known_of_it(examples: Graph) -> None:
    near = examples.to_networkx(around="NCT03324113", hops=1)
    said = near.nodes[TRIAL("NCT03324113")]
    assert said["kind"] == "trial"
    assert said["phases"] == ["PHASE1"]
    assert said["start_date"] == "2017-10-17"
    assert said["sponsor"] == "Sanofi"
    assert all(value not in (None, "", []) for value in said.values())


def test_trials_are_joined_by_what_they_share_the_rare_counting_more(examples: Graph) -> None:
    trials = examples.to_networkx("trials")
    same_drug = trials.edges[TRIAL("NCT02187848"), TRIAL("NCT04394624")]
    assert same_drug["reasons"] == ["tusamitamab ravtansine", "CEACAM5"]
    assert same_drug["relations"] == ["same drug", "same target"]
    assert same_drug["weight"] == pytest.approx(2 * math.log(1 + 36 / 4))
    nsclc = trials.edges[TRIAL("NCT04646330"), TRIAL("NCT05816499")]
    assert nsclc["weight"] > 0
    assert sorted(trials) == list(trials)


def test_a_drug_given_besides_joins_nothing(examples: Graph) -> None:
    drugs = examples.to_networkx("trials", around="NCT03324113")
    reasons = {reason for *_, said in drugs.edges(data=True) for reason in said["reasons"]}
    assert "tusamitamab ravtansine" in reasons
    assert not reasons & {"dexamethasone", "diphenhydramine", "naphazoline"}


def test_drugs_are_joined_by_targets_and_trials(examples: Graph) -> None:
    drugs = examples.to_networkx("drugs", around="cadonilimab", hops=1)
    labels = {said["label"] for _, said in drugs.nodes(data=True)}
    assert labels >= {"cadonilimab", "pembrolizumab", "toripalimab", "catequentinib"}
    cadonilimab, pembrolizumab = DRUG("unii-6FYG1DS4NW"), DRUG("unii-DPT0O3T46P")
    assert drugs.edges[cadonilimab, pembrolizumab]["reasons"] == ["PDCD1"]
    assert drugs.edges[cadonilimab, pembrolizumab]["relations"] == ["same target"]


def test_sponsors_are_joined_by_trials(examples: Graph) -> None:
    sponsors = examples.to_networkx("sponsors", around="Sanofi")
    assert {said["label"] for _, said in sponsors.nodes(data=True)} == {
        "Regeneron Pharmaceuticals",
        "Sanofi",
    }
    assert [said["reasons"] for *_, said in sponsors.edges(data=True)] == [["NCT04456673"]]


@pytest.mark.parametrize("view", VIEWS)
def test_the_whole_view_holds_every_neighbourhood(examples: Graph, view: str) -> None:
    whole = examples.to_networkx(view)
    near = examples.to_networkx(view, around="NCT04154956")
    assert 0 < near.number_of_nodes() < whole.number_of_nodes()
    assert set(near) <= set(whole)
    for one, two, said in near.edges(data=True):
        assert whole.edges[one, two] == said


def test_the_centre_may_go_by_any_name(examples: Graph) -> None:
    by_code = examples.to_networkx(around="SAR408701", hops=1)
    assert set(by_code) == set(examples.to_networkx(around="tusamitamab ravtansine", hops=1))
    assert CEACAM5 in examples.to_networkx(around="CEACAM5", hops=1)
    with pytest.raises(NotFoundError, match="no trial, drug, target or sponsor goes by 'nothing'"):
        examples.to_networkx(around="nothing")


def test_an_unknown_view_is_refused(examples: Graph) -> None:
    with pytest.raises(KgError, match="found view 'trial', expected one of trial-drug-target"):
        examples.to_networkx("trial")


def test_a_hub_is_there_but_not_followed_and_told(crowd: Store) -> None:
    near = to_networkx(crowd, around="NCT99000001", hops=4)
    assert set(near) == {TRIAL("NCT99000001"), TRIAL("NCT99000002"), DRUG("common"), DRUG("rare")}
    assert near.graph["left_out"] == ["common (drug): more than 200 links, not followed"]
    trials = to_networkx(crowd, "trials", around="NCT99000001")
    assert [said["reasons"] for *_, said in trials.edges(data=True)] == [["rare"]]
    assert trials.graph["left_out"] == ["common (drug): shared by more than 50"]


def test_a_hub_asked_for_is_followed(crowd: Store) -> None:
    assert to_networkx(crowd, around="common", hops=1).number_of_nodes() == 301


def test_a_crowd_is_cut_and_told(crowd: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_NODES >= 301
    monkeypatch.setattr("kg.explore.views.MOST_NODES", 10)
    near = to_networkx(crowd, around="common", hops=1)
    assert near.number_of_nodes() == 10
    assert near.graph["left_out"] == ["291 neighbours beyond the first 10 nodes"]


def test_every_process_makes_the_same_graph(examples: Graph) -> None:
    said = {_in_another_process(examples.store_dir, seed) for seed in ("1", "2")}
    assert len(said) == 1


def _in_another_process(store_dir: Path, seed: str) -> str:
    code = (
        "import sys; from kg.graph import Graph; from kg.explore.communities import communities\n"
        "graph = Graph(sys.argv[1])\n"
        "for view in ('trials', 'links', 'drugs'):\n"
        "    network = graph.to_networkx(view)\n"
        "    print(list(network.nodes(data=True)), list(network.edges(data=True)))\n"
        "    print(communities(graph.store, network))\n"
        "print(graph.paths('NCT03324113', 'NCT05466149'))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(store_dir)],
        env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).resolve().parents[2])},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_a_drug_of_many_trials_is_joined_by_the_trials_of_the_others(crowd: Store) -> None:
    drugs = to_networkx(crowd, "drugs", around="rare")
    assert [said["reasons"] for *_, said in drugs.edges(data=True)] == [
        ["NCT99000001", "NCT99000002"]
    ]
    assert drugs.graph["left_out"] == ["common (drug): more than 50 links, not followed"]
