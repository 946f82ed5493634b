from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
import rdflib
from click.testing import CliRunner
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from kg.cli import main
from kg.export.described import counted, write_void
from kg.export.schema_org import write_schema_org
from kg.store import open_read_only
from kg.vocab import PREFIXES, RDF
from tests.export.test_forms import HOSTILE
from tests.graphs import holding

TKG = PREFIXES["tkg"]
VOID = rdflib.Namespace("http://rdfs.org/ns/void#")


@pytest.fixture
def store(demo_store: Path) -> Store:
    return open_read_only(demo_store)[0]


def counts_of(store: Store, query: str) -> dict[str, int]:
    answer = store.query(query)
    assert isinstance(answer, QuerySolutions)
    return {row["x"].value: int(row["n"].value) for row in answer}  # type: ignore[union-attr]


def test_counts_are_those_of_the_graph(store: Store) -> None:
    counts = counted(store)
    assert counts.triples == len(store)
    assert counts.classes == counts_of(store, "SELECT ?x (COUNT(*) AS ?n) { ?s a ?x } GROUP BY ?x")
    assert counts.properties == counts_of(
        store, "SELECT ?x (COUNT(*) AS ?n) { ?s ?x ?o } GROUP BY ?x"
    )
    assert counts.subjects == len({str(quad.subject) for quad in store})
    assert counts.newest
    assert counts.newest[:2] == "20"


def test_void_is_turtle_with_a_part_for_each_class_and_property(store: Store) -> None:
    counts, out = counted(store), io.BytesIO()
    write_void(counts, out, "1")
    graph = rdflib.Graph().parse(data=out.getvalue(), format="turtle")
    (dataset,) = graph.subjects(VOID.vocabulary, rdflib.URIRef(TKG))
    assert int(str(graph.value(dataset, VOID.triples))) == counts.triples
    classes = {
        str(graph.value(part, VOID["class"])): int(str(graph.value(part, VOID.entities)))
        for part in graph.objects(dataset, VOID.classPartition)
    }
    assert classes == counts.classes
    properties = {
        str(graph.value(part, VOID.property)): int(str(graph.value(part, VOID.triples)))
        for part in graph.objects(dataset, VOID.propertyPartition)
    }
    assert properties == counts.properties
    rights = [str(text) for text in graph.objects(None, rdflib.DCTERMS.rights)]
    assert any("ClinicalTrials.gov" in text for text in rights)
    assert any("CC-BY-4.0" in text for text in rights)


def trials(store: Store) -> dict[str, Any]:
    out = io.BytesIO()
    count = write_schema_org(store, out)
    found = [json.loads(line) for line in out.getvalue().split(b"\n")[:-1]]
    assert len(found) == count
    return {each["identifier"][0]["value"]: each for each in found}


def test_a_trial_is_a_medical_trial(store: Store) -> None:
    found = trials(store)
    trial = found["NCT04154956"]
    assert trial["@type"] == "MedicalTrial"
    assert trial["url"] == "https://clinicaltrials.gov/study/NCT04154956"
    assert trial["sponsor"][0]["name"] == "Sanofi"
    assert trial["tkg:phase"] == ["PHASE3"]
    assert "https://schema.org/RandomizedTrial" in trial["trialDesign"]
    assert any("SAR408701" in drug.get("alternateName", []) for drug in trial["studySubject"])
    assert all(place["@type"] == "Place" for place in trial["studyLocation"])
    assert {place["address"]["addressCountry"] for place in trial["studyLocation"]} >= {"US", "JP"}
    assert "MedicalObservationalStudy" in {each["@type"] for each in found.values()}


def test_every_line_reads_as_rdf(store: Store) -> None:
    lines = list(trials(store).values())
    local = [{**each, "@context": {"@vocab": "https://schema.org/", "tkg": TKG}} for each in lines]
    graph = rdflib.Graph().parse(data=json.dumps(local), format="json-ld")
    kinds = {
        rdflib.URIRef(f"https://schema.org/{name}")
        for name in ("MedicalTrial", "MedicalObservationalStudy")
    }
    assert len([s for s, o in graph.subject_objects(rdflib.RDF.type) if o in kinds]) == len(lines)


def test_hostile_texts_stay_in_their_place() -> None:
    trial = NamedNode(PREFIXES["trial"] + "NCT99000001")
    store = holding(
        [
            Quad(trial, NamedNode(RDF.type), NamedNode(TKG + "Trial")),
            Quad(trial, NamedNode(TKG + "nctId"), Literal("NCT99000001")),
            *(Quad(trial, NamedNode(TKG + "acronym"), Literal(text)) for text in HOSTILE),
        ]
    )
    assert trials(store)["NCT99000001"]["alternateName"] == sorted(HOSTILE)


@pytest.mark.parametrize("kind", ["void", "schema-org"])
def test_commands_write_files_and_streams(demo_store: Path, tmp_path: Path, kind: str) -> None:
    def run(*asked: str) -> Any:
        return CliRunner().invoke(main, ["export", kind, *asked, "--store", str(demo_store)])

    out = tmp_path / "out"
    assert run("--out", str(out)).exit_code == 0
    assert run("--out", "-").stdout_bytes == out.read_bytes()
    assert run("--out", str(out)).exit_code == 1
