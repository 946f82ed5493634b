from __future__ import annotations

import networkx

from kg.explore.communities import communities
from kg.graph import Graph


def test_every_node_is_in_one_community(examples: Graph) -> None:
    view = examples.to_networkx("trials")
    found = communities(examples.store, view)
    assert sorted(iri for one in found for iri in one.members) == sorted(view)
    assert [len(one.members) for one in found] == sorted(
        (len(one.members) for one in found), reverse=True
    )


def test_the_trials_of_a_programme_are_together_and_name_it(examples: Graph) -> None:
    found = communities(examples.store, examples.to_networkx("trials"))
    programme = {"NCT02187848", "NCT03324113", "NCT04154956", "NCT04394624"}
    (one,) = [one for one in found if programme <= {iri.rpartition("/")[2] for iri in one.members}]
    assert one.drugs[0] == "tusamitamab ravtansine"
    assert one.targets[0] == "CEACAM5"
    assert one.conditions[0] == "Carcinoma, Non-Small-Cell Lung"


def test_communities_without_trials_are_told_by_their_trials(examples: Graph) -> None:
    found = communities(examples.store, examples.to_networkx("sponsors", around="Sanofi"))
    assert [one.drugs[0] for one in found] == ["tusamitamab ravtansine"]


def test_an_empty_view_has_none(examples: Graph) -> None:
    assert communities(examples.store, networkx.Graph()) == []
