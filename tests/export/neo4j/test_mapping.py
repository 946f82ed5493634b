from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import OWL, RDF, Graph, URIRef
from rdflib.namespace import DCTERMS, RDFS, SKOS

from kg.errors import KgError
from kg.export.neo4j.document import page
from kg.export.neo4j.mapping import PropertyGraph, mapping
from kg.resources import folder
from kg.vocab import PREFIXES

SHAPES = "http://www.w3.org/ns/shacl#"
BEYOND = {
    RDFS.label,
    RDFS.isDefinedBy,
    SKOS.prefLabel,
    SKOS.altLabel,
    SKOS.definition,
    SKOS.exactMatch,
    SKOS.closeMatch,
    DCTERMS.isReplacedBy,
}
"""Annotation properties that also stand on what a store describes."""
ABOVE = {
    URIRef(PREFIXES["skosxl"] + "Label"),
    URIRef(PREFIXES["schema"] + "Country"),
    URIRef(PREFIXES["schema"] + "CreativeWork"),
    URIRef(PREFIXES["schema"] + "MedicalStudy"),
    URIRef(PREFIXES["schema"] + "Organization"),
    URIRef(PREFIXES["schema"] + "Place"),
    URIRef("http://purl.obolibrary.org/obo/OBI_0000066"),
}
"""Classes that only stand above ours: nothing in a store is said to be one."""


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(folder("ontology") / "trialkg.ttl")


@pytest.fixture(scope="module")
def graph() -> PropertyGraph:
    return mapping()


def test_every_class_is_a_label_and_the_reverse(ontology: Graph, graph: PropertyGraph) -> None:
    declared = {
        each for each in ontology.subjects(RDF.type, OWL.Class) if isinstance(each, URIRef)
    } - ABOVE
    assert {URIRef(label.iri) for label in graph.labels.values()} == declared


def test_every_property_is_a_key_or_a_relationship_and_the_reverse(
    ontology: Graph, graph: PropertyGraph
) -> None:
    declared = set(ontology.subjects(RDF.type, OWL.ObjectProperty))
    declared |= set(ontology.subjects(RDF.type, OWL.DatatypeProperty)) | BEYOND
    labels = graph.labels.values()
    keys = {URIRef(term) for label in labels for key in label.keys for term in key.terms}
    relationships = {URIRef(term) for term in graph.relationships.values()}
    assert keys | relationships == declared
    assert not keys & relationships


def test_a_property_stands_on_the_labels_of_its_domain_and_leads_to_that_of_its_range(
    ontology: Graph, graph: PropertyGraph
) -> None:
    names = {URIRef(label.iri): label.name for label in graph.labels.values()}
    for label in graph.labels.values():
        for term in [term for key in label.keys for term in key.terms]:
            assert label.name in domain(ontology, term, names), (label.name, term)
        for each in label.relationships:
            assert label.name in domain(ontology, each.term, names)
            target = ontology.value(URIRef(each.term), RDFS.range)
            assert target is None or names[URIRef(target)] == each.to


def domain(ontology: Graph, term: str, names: dict[URIRef, str]) -> set[str]:
    said = ontology.value(URIRef(term), RDFS.domain)
    if said is None:
        return set(names.values())
    union = ontology.value(said, OWL.unionOf)
    return {names[each] for each in ([said] if union is None else ontology.items(union))}


def test_a_key_for_one_value_is_held_to_one_by_a_shape_or_by_the_model(
    graph: PropertyGraph,
) -> None:
    shapes = Graph()
    for path in folder("shapes").glob("*.ttl"):
        shapes.parse(path)
    one = {
        (str(target), str(shapes.value(shape, URIRef(SHAPES + "path"))))
        for shape in shapes.subjects(URIRef(SHAPES + "maxCount"))
        if int(str(shapes.value(shape, URIRef(SHAPES + "maxCount")))) == 1
        for target in shapes.objects(shape, URIRef(SHAPES + "targetClass"))
    }
    by_construction = {"Trial", "Record", "Evidence", "Grounding", "Code", "CodeList"}
    loose = {
        f"{label.name}.{key.name}"
        for label in graph.labels.values()
        for key in label.keys
        if label.name not in by_construction and key.type != "point" and not key.number
        if (label.iri, key.terms[0]) not in one
    }
    assert loose <= {"DrugName.lookupKey"}


def test_the_page_of_the_mapping_is_current(graph: PropertyGraph) -> None:
    document = folder("docs") / "property-graph.md"
    if not document.parent.is_dir():
        pytest.skip("docs/ is not installed")
    assert document.read_text(encoding="utf-8") == page(graph), (
        "renew it with: python -m kg.export.neo4j.document > docs/property-graph.md"
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- a", "found no labels"),
        ("labels: {'Bad`Label': {class: 'tkg:Trial'}}", "found the label"),
        ("labels: {Resource: {class: 'tkg:Trial'}}", "found the label"),
        ("labels: {T: {class: 'nothing:Trial'}}", "expected a term such as tkg:Trial"),
        ("labels: {T: {class: 'tkg:Trial', keys: {a: 'tkg:nctId text'}}}", "T.a: found"),
        ("labels: {T: {class: 'tkg:Trial', keys: {'a b': 'tkg:nctId string'}}}", "T.a b"),
        ("labels: {T: {class: 'tkg:Trial', keys: {p: 'tkg:nctId point'}}}", "1 terms"),
        ("labels: {T: {class: 'tkg:Trial', relationships: {A: 'tkg:site S'}}}", "expected a label"),
        ("{unique: {T: x}, labels: {T: {class: 'tkg:Trial'}}}", "found no key 'x'"),
        (
            "labels: {T: {class: 'tkg:Trial', keys: {a: 'tkg:nctId string+', aMore: "
            "'tkg:keyword string[]'}}}",
            "the key aMore twice",
        ),
    ],
)
def test_a_mapping_that_cannot_be_is_told(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "m.yaml"
    path.write_text(text)
    with pytest.raises(KgError, match=r"m\.yaml: ") as error:
        mapping(path)
    assert told in str(error.value)
