from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.parse import parse
from kg.records.files import read
from kg.resolve.conditions import ground
from kg.resolve.facts import mesh_tree, resolve_facts
from kg.vocabularies import conditions, mesh


@pytest.mark.parametrize(
    ("stated", "heading", "rule"),
    [
        ("Non-small cell lung cancer", "Carcinoma, Non-Small-Cell Lung", "mesh-term"),
        ("Lung cancer", "Lung Neoplasms", "everyday-name"),
        ("Pancreatic Cancer", "Pancreatic Neoplasms", "cancer-neoplasms"),
        ("Insomnia", "Sleep Initiation and Maintenance Disorders", "mondo-name"),
        ("Acute myeloid leukaemia", "Leukemia, Myeloid, Acute", "mesh-term"),
        ("Amyotrophic Lateral Sclerosis (ALS)", "Amyotrophic Lateral Sclerosis", "mesh-term"),
        ("Hodgkin Lymphoma (Category)", "Hodgkin Disease", "brackets-removed"),
        ("Stage III/IV melanoma", "Melanoma", "qualifier-removed"),
        ("Relapsed or refractory multiple myeloma", "Multiple Myeloma", "qualifier-removed"),
        ("Adenocarcinoma of Esophagus", "Esophageal Neoplasms", "everyday-name"),
    ],
)
def test_what_is_meant(stated: str, heading: str, rule: str) -> None:
    found = ground(stated)
    assert found is not None
    assert found.term == heading
    assert found.rule == rule or rule == "mesh-term"


@pytest.mark.parametrize(
    "stated", ["Healthy", "Recurrent Disease", "Childhood Cancer Survivors", "Insulin", "x", "()"]
)
def test_what_is_not_guessed(stated: str) -> None:
    assert ground(stated) is None


def test_a_qualifier_that_is_part_of_the_name_stays() -> None:
    found = ground("Severe Acute Respiratory Syndrome")
    assert found is not None
    assert found.rule == "mesh-term"


@settings(deadline=None)  # the first look-up reads the tables
@given(st.text())
def test_any_text_is_read(stated: str) -> None:
    found = ground(stated)
    assert found is None or (mesh.by_id(found.mesh_id) and 0 < found.confidence <= 1)


def test_the_table_names_headings_of_mesh() -> None:
    for heading in ("D008175", "D001943"):
        assert conditions.names(heading)
    assert {conditions.mesh_id(name) for name in conditions.names("D008175")} == {"D008175"}


def test_a_term_matches_its_disease() -> None:
    (node,) = (node for node in mesh_tree(["D002289"]) if node.id == "D002289")
    assert node.same == ("0005233",)
    assert "Non-Small Cell Lung Cancer" in node.names


def test_groundings_agree_with_the_registry(records: Path) -> None:
    """In records of one condition, what its words mean lies on the registry's own path."""
    counts: Counter[bool] = Counter()
    for raw in read([records / "ctgov-v2.jsonl"], lambda rejection: None):
        trial = parse(raw)
        facts = resolve_facts(trial)
        registry = {term.id for term in facts.condition_mesh}
        if len(trial.conditions) == 1 and registry and (found := facts.condition_groundings[0]):
            family = {found.mesh_id}
            family.update(h.mesh_id for h in mesh.ancestors(found.mesh_id))
            family.update(h.mesh_id for h in mesh.descendants(found.mesh_id))
            counts[bool(family & registry)] += 1
    assert counts[True] > 30 * counts[False] > 0
