from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.errors import KgError
from kg.explore.repurposing import other_uses
from kg.explore.timeline import timeline
from kg.graph import Graph
from kg.vocab import RDF, RDFS, SKOS, TKG
from tests.explore.conftest import DRUG, TRIAL
from tests.graphs import holding

MESH = "http://id.nlm.nih.gov/mesh/{}".format


def test_other_drugs_on_the_target_in_conditions_new_to_the_drug(examples: Graph) -> None:
    found = other_uses(examples.store, "cadonilimab")
    assert [(use.target, use.drug, use.condition, use.trials) for use in found] == [
        ("PDCD1", "toripalimab", "Carcinoma, Transitional Cell", ["NCT05302284"]),
        ("PDCD1", "iparomlimab", "Stomach Neoplasms", ["NCT07139587"]),
        ("CTLA4", "tuvonralimab", "Stomach Neoplasms", ["NCT07139587"]),
        ("PDCD1", "pembrolizumab", "Urinary Bladder Neoplasms", ["NCT05879653"]),
    ]


def test_a_target_shows_every_condition_of_its_drugs(examples: Graph) -> None:
    found = {(use.drug, use.condition) for use in other_uses(examples.store, "PD-1")}
    assert ("cadonilimab", "Carcinoma, Non-Small-Cell Lung") in found


def test_a_trial_is_no_drug(examples: Graph) -> None:
    with pytest.raises(KgError, match="'NCT03324113' is a trial, expected a drug or a target"):
        other_uses(examples.store, "NCT03324113")


def test_broader_terms_are_not_new_and_narrower_ones_say_so() -> None:
    quads = []

    def say(subject: str, predicate: str, value: NamedNode | Literal) -> None:
        quads.append(Quad(NamedNode(subject), NamedNode(predicate), value))

    for narrow, broad in (("lung", "cancer"), ("small-cell", "lung")):
        say(MESH(narrow), SKOS.broader, NamedNode(MESH(broad)))
    for term in ("cancer", "lung", "small-cell", "gout"):
        say(MESH(term), RDFS.label, Literal(term))
    for drug in ("mine", "theirs"):
        say(DRUG(drug), RDF.type, NamedNode(TKG.Drug))
        say(DRUG(drug), RDFS.label, Literal(drug))
        say(DRUG(drug), TKG.hasTarget, NamedNode("http://identifiers.org/hgnc/1"))
    studies = {"mine": ["lung"], "theirs": ["cancer", "lung", "small-cell", "gout"]}
    for number, (drug, terms) in enumerate(studies.items()):
        trial = TRIAL(f"NCT9900000{number}")
        say(trial, TKG.nctId, Literal(f"NCT9900000{number}"))
        say(trial, TKG.studiesDrug, NamedNode(DRUG(drug)))
        for term in terms:
            say(trial, TKG.conditionMesh, NamedNode(MESH(term)))
    store: Store = holding(quads)
    found = [(use.condition, use.within) for use in other_uses(store, "mine")]
    assert found == [("gout", []), ("small-cell", ["lung"])]


def test_a_timeline_is_in_order_of_start(examples: Graph) -> None:
    rows = [
        (entry.start_date, entry.nct_id, entry.phases)
        for entry in timeline(examples.store, "CEACAM5")
    ]
    assert rows == [
        ("2014-07-23", "NCT02187848", ["PHASE1", "PHASE2"]),
        ("2017-10-17", "NCT03324113", ["PHASE1"]),
        ("2020-02-06", "NCT04154956", ["PHASE3"]),
        ("2020-07-24", "NCT04394624", ["PHASE2"]),
    ]
    assert {entry.sponsor for entry in timeline(examples.store, "CEACAM5")} == {"Sanofi"}
