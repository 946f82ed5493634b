"""A ganglioside, a toxin and DNA are targets as genes are: built, checked, shown and exported."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.export.kgx import export_kgx
from kg.export.neo4j.mapping import mapping
from kg.export.sssom import write_sssom
from kg.store import open_read_only
from tests.pipeline.made_up import triples, write
from tests.registry import study

GD2 = "https://w3id.org/trialkg/target/gd2"
TOXIN_B = "https://w3id.org/trialkg/target/c-difficile-toxin-b"
DNA = "https://w3id.org/trialkg/target/dna"


def given(number: int, name: str, date: str = "2026-01-01") -> dict[str, Any]:
    one = study(number)
    one["protocolSection"]["statusModule"] = {"lastUpdatePostDateStruct": {"date": date}}
    one["protocolSection"]["armsInterventionsModule"] = {
        "interventions": [{"type": "DRUG", "name": name}]
    }
    return one


RECORDS = [
    given(1, "dinutuximab"),
    given(2, "Danyelza"),
    given(3, "gemtuzumab ozogamicin"),
    given(4, "Zinplava"),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("other")
    kg.build([write(folder / "records.jsonl", RECORDS)], folder / "store")
    return folder / "store"


@pytest.mark.parametrize("name", ["GD2", "gd2", "disialoganglioside GD2"])
def test_a_target_that_is_no_gene_has_a_card(store: Path, name: str) -> None:
    card = kg.open(store).target(name)
    assert (card.iri, card.symbol, card.kind, card.uniprot) == (GD2, "GD2", "lipid", None)
    assert [drug.label for drug in card.drugs] == ["dinutuximab", "naxitamab"]
    assert card.trials == ["NCT99000001", "NCT99000002"]
    assert all(drug.evidence for drug in card.drugs)


def test_what_acts_on_dna_is_a_payload_and_no_target_of_the_trial(store: Path) -> None:
    graph = kg.open(store)
    drug = graph.drug("Mylotarg")
    assert [target.symbol for target in drug.targets] == ["CD33"]
    assert [(one.symbol, one.iri) for one in drug.payloads] == [("DNA", DNA)]
    card = graph.target("DNA")
    assert (card.drugs, card.trials) == ([], [])
    assert [one.label for one in card.payload_of] == ["gemtuzumab ozogamicin"]
    assert graph.target("CD33").kind is None


def test_the_graph_conforms(store: Path) -> None:
    assert kg.open(store).validate().conforms


def test_trials_of_one_target_are_related_by_it(store: Path) -> None:
    answer = kg.open(store).related("NCT99000001")
    (found,) = [one for one in answer.related if one.nct_id == "NCT99000002"]
    assert "same-target" in found.relations
    assert ("target", "GD2", GD2) in {(r.kind, r.label, r.iri) for r in found.reasons}


def test_exports_tell_it_from_a_gene(store: Path, tmp_path: Path) -> None:
    graph = open_read_only(store)[0]
    export_kgx(graph, mapping(), tmp_path / "kgx")
    lines = (tmp_path / "kgx" / "nodes.jsonl").read_text("utf-8").splitlines()
    nodes = {node["iri"]: node for node in map(json.loads, lines)}
    assert nodes[GD2]["category"] == ["biolink:ChemicalEntity"]
    assert nodes[GD2]["targetKind"] == "LIPID"
    assert nodes["http://identifiers.org/hgnc/1659"]["category"] == ["biolink:Gene"]
    table = io.BytesIO()
    write_sssom(graph, table)
    assert b"\ttkgtarget:gd2\tGD2\t" in table.getvalue()


def test_an_update_says_what_a_build_says(tmp_path: Path) -> None:
    kg.build([write(tmp_path / "first.jsonl", [RECORDS[1], RECORDS[2]])], tmp_path / "store")
    newer = given(2, "naxitamab", "2026-02-02")
    kg.update([write(tmp_path / "day.jsonl", [RECORDS[0], RECORDS[3], newer])], tmp_path / "store")
    kg.build(
        [write(tmp_path / "all.jsonl", [RECORDS[0], newer, *RECORDS[2:]])], tmp_path / "scratch"
    )
    for target in (GD2, TOXIN_B, DNA):
        said = of(tmp_path / "store", target)
        assert said and said == of(tmp_path / "scratch", target)


def of(store: Path, target: str) -> list[str]:
    """All that is said of a target or names it."""
    return [line for line in triples(store) if f"<{target}>" in line]
