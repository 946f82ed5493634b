"""The code lists are whole: every scheme, every concept, the registry's own codes."""

from __future__ import annotations

from rdflib import RDF, RDFS, SKOS, Graph, Literal, URIRef

from kg.iris import code
from kg.vocab import CODE, SCHEMES


def test_the_schemes_are_those_of_the_vocabulary(ontology: Graph) -> None:
    stated = {str(scheme) for scheme in ontology.subjects(RDF.type, SKOS.ConceptScheme)}
    assert stated == {CODE + scheme for scheme in SCHEMES}
    for scheme in stated:
        for need in (RDFS.label, SKOS.prefLabel, SKOS.definition):
            assert (URIRef(scheme), need, None) in ontology, (scheme, need)
        assert len(list(ontology.subjects(SKOS.inScheme, URIRef(scheme)))) >= 2, scheme


def test_every_concept_is_whole(ontology: Graph) -> None:
    concepts = list(ontology.subjects(RDF.type, SKOS.Concept))
    assert len(concepts) > 150
    for concept in concepts:
        for need in (SKOS.prefLabel, SKOS.notation, SKOS.definition, SKOS.inScheme):
            assert len(list(ontology.objects(concept, need))) == 1, (concept, need)
        scheme = ontology.value(concept, SKOS.inScheme)
        assert (concept, SKOS.topConceptOf, scheme) in ontology
        notation = ontology.value(concept, SKOS.notation)
        name = str(scheme).removeprefix(CODE)
        assert str(concept) == code(name, str(notation))


def test_a_code_carries_the_registrys_words(ontology: Graph) -> None:
    active = URIRef(code("overall-status", "ACTIVE_NOT_RECRUITING"))
    assert ontology.value(active, SKOS.prefLabel) == Literal("Active, not recruiting")
    page = URIRef(code("record-format", "ctgov-text-page"))
    assert ontology.value(page, SKOS.notation) == Literal("ctgov-text-page")


def test_labels_within_a_scheme_differ(ontology: Graph) -> None:
    for scheme in SCHEMES:
        labels = [
            str(ontology.value(concept, SKOS.prefLabel))
            for concept in ontology.subjects(SKOS.inScheme, URIRef(CODE + scheme))
        ]
        assert len(labels) == len(set(labels)), scheme
