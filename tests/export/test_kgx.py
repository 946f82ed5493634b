from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from pyoxigraph import Literal, NamedNode, Quad

from kg.export.kgx import biolink, export_kgx
from kg.export.neo4j.mapping import mapping
from kg.model.drug import TargetKind
from kg.store import open_read_only
from kg.vocab import PREFIXES, RDF
from tests.export.test_forms import HOSTILE
from tests.graphs import holding


@pytest.fixture(scope="module")
def tables(demo_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kgx") / "kgx"
    export_kgx(open_read_only(demo_store)[0], mapping(), folder)
    return folder


@pytest.fixture(scope="module")
def model() -> dict[str, Any]:
    """The Biolink model as its package ships it."""
    package = pytest.importorskip("biolink_model")
    path = Path(next(iter(package.__path__))) / "schema" / "biolink_model.yaml"
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # type: ignore[no-any-return]


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n")[:-1]]


def tsv(path: Path) -> list[dict[str, str]]:
    head, *lines = path.read_text(encoding="utf-8").split("\n")[:-1]
    names = head.split("\t")
    return [dict(zip(names, line.split("\t"), strict=True)) for line in lines]


def test_nodes_and_edges_are_those_of_the_biolink_model(tables: Path) -> None:
    pytest.importorskip("biolink_model")
    from biolink_model.datamodel import pydanticmodel_v2 as classes

    seen = set()
    for node in rows(tables / "nodes.jsonl"):
        (category,) = node["category"]
        if category not in seen:
            kind = getattr(classes, category.removeprefix("biolink:"))
            # What sort of publication it is, a registry does not say.
            more = {"publication_type": []} if "publication_type" in kind.model_fields else {}
            kind(id=node["id"], category=node["category"], name=node.get("name"), **more)
            seen.add(category)
    assert {"biolink:ClinicalTrial", "biolink:Drug", "biolink:Gene"} <= seen
    for edge in rows(tables / "edges.jsonl")[::50]:
        classes.Association(**edge)


def test_every_category_and_predicate_is_valid(model: dict[str, Any]) -> None:
    words = biolink()
    assert words.version == model["version"]
    slots, classes = model["slots"], model["classes"]

    def ancestors(kind: dict[str, Any], name: str | None) -> list[str]:
        found = []
        while name:
            found.append(name)
            name = kind.get(name, {}).get("is_a")
        return found

    names = {"".join(word[0].upper() + word[1:] for word in name.split()): name for name in classes}
    for category in {*words.categories.values(), *words.targets.values(), "NamedThing"}:
        said = classes[names[category]] or {}
        assert not said.get("mixin"), category
        assert not said.get("abstract"), category
        assert "named thing" in ancestors(classes, names[category]), category
    for predicate in {*words.predicates.values(), "related_to"}:
        name = predicate.replace("_", " ")
        assert "related to" in ancestors(slots, name), predicate
        assert not slots[name].get("deprecated"), predicate


def test_what_is_mapped_is_in_the_property_graph() -> None:
    words, graph = biolink(), mapping()
    assert words.categories.keys() <= graph.labels.keys()
    mapped = words.predicates.keys() | words.derived | words.sources.keys()
    assert mapped <= graph.relationships.keys()
    assert words.targets.keys() == set(get_args(TargetKind))


def test_both_forms_say_the_same_and_edges_have_ends(tables: Path) -> None:
    nodes = rows(tables / "nodes.jsonl")
    ids = {node["id"] for node in nodes}
    assert len(ids) == len(nodes)
    edges = rows(tables / "edges.jsonl")
    assert len({edge["id"] for edge in edges}) == len(edges)
    assert all(edge["subject"] in ids and edge["object"] in ids for edge in edges)
    assert [row["id"] for row in tsv(tables / "nodes.tsv")] == [node["id"] for node in nodes]
    for flat, full in zip(tsv(tables / "edges.tsv"), edges, strict=True):
        assert {name for name, value in flat.items() if value} == full.keys()
        assert flat["knowledge_level"] == full["knowledge_level"]


def test_ids_are_curies_that_the_prefixes_expand(tables: Path) -> None:
    prefixes = json.loads((tables / "prefixes.json").read_text())
    for node in rows(tables / "nodes.jsonl"):
        prefix, _, local = node["id"].partition(":")
        if prefix in prefixes:
            assert prefixes[prefix] + local == node["iri"]
        else:
            assert node["id"] == node["iri"]
    assert any(node["id"] == "CLINICALTRIALS:NCT03324113" for node in rows(tables / "nodes.jsonl"))


def test_what_was_found_out_is_told_from_what_was_registered(tables: Path) -> None:
    by_property = {edge["original_predicate"]: edge for edge in rows(tables / "edges.jsonl")}
    assert by_property["tkg:hasTarget"]["primary_knowledge_source"] == "infores:trialkg"
    assert by_property["tkg:hasTarget"]["knowledge_level"] == "prediction"
    stated = by_property["tkg:condition"]
    assert stated["primary_knowledge_source"] == "infores:clinical-trials-gov"
    assert stated["aggregator_knowledge_source"] == ["infores:trialkg"]


def test_hostile_texts_stay_in_their_field(tmp_path: Path) -> None:
    trial = NamedNode(PREFIXES["trial"] + "NCT99000001")
    tkg = PREFIXES["tkg"]
    store = holding(
        [
            Quad(trial, NamedNode(RDF.type), NamedNode(tkg + "Trial")),
            *(Quad(trial, NamedNode(tkg + "keyword"), Literal(text)) for text in HOSTILE),
            Quad(trial, NamedNode(tkg + "keyword"), Literal("a|b\\|c")),
            Quad(trial, NamedNode(tkg + "briefTitle"), Literal(HOSTILE[5])),
        ]
    )
    export_kgx(store, mapping(), tmp_path / "out")
    (node,) = rows(tmp_path / "out" / "nodes.jsonl")
    assert sorted(node["keyword"]) == sorted([*HOSTILE, "a|b\\|c"])
    assert node["briefTitle"] == HOSTILE[5]
    (flat,) = tsv(tmp_path / "out" / "nodes.tsv")
    assert flat["briefTitle"] == "line one\\nline two\\r\\n\\ttabbed\\r"
    assert "a\\|b\\\\\\|c" in flat["keyword"]
