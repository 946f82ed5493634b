"""Every term is documented, and the constants and the declarations are the same."""

from __future__ import annotations

import pyoxigraph
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, URIRef

from kg import vocab
from kg.resources import folder
from kg.schemes import SCHEME_OF
from kg.vocab import TKG

KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)


def declared(graph: Graph) -> set[str]:
    return {
        str(term)
        for kind in KINDS
        for term in graph.subjects(RDF.type, kind)
        if str(term).startswith(vocab.ONTOLOGY)
    }


def test_rdflib_and_oxigraph_read_the_same(ontology: Graph) -> None:
    store = pyoxigraph.Store()
    for file in folder("ontology").glob("*.ttl"):
        store.load(path=str(file), format=pyoxigraph.RdfFormat.TURTLE)
    assert len(store) == len(ontology) > 3000


def test_every_term_is_documented(ontology: Graph) -> None:
    needed = (RDFS.label, SKOS.definition, SKOS.example, RDFS.isDefinedBy, DCTERMS.source)
    lacking = [
        (term, need)
        for term in sorted(declared(ontology))
        for need in needed
        if (URIRef(term), need, None) not in ontology
    ]
    assert lacking == []


def test_every_property_has_one_domain_and_one_range(ontology: Graph) -> None:
    for kind in (OWL.ObjectProperty, OWL.DatatypeProperty):
        for term in ontology.subjects(RDF.type, kind):
            if str(term).startswith(vocab.ONTOLOGY):
                assert len(list(ontology.objects(term, RDFS.domain))) == 1, term
                assert len(list(ontology.objects(term, RDFS.range))) == 1, term


def test_constants_are_the_declared_terms(ontology: Graph) -> None:
    constants = {getattr(TKG, name) for name in TKG.__annotations__}
    assert constants == declared(ontology)


def test_no_label_stands_for_two_properties_or_classes(ontology: Graph) -> None:
    for kind in KINDS[:3]:
        labels = [
            str(label)
            for term in ontology.subjects(RDF.type, kind)
            if str(term).startswith(vocab.ONTOLOGY)
            for label in ontology.objects(term, RDFS.label)
        ]
        assert len(labels) == len(set(labels))


def test_the_range_of_a_code_property_is_its_scheme(ontology: Graph) -> None:
    stated = {
        str(prop): str(scheme).removeprefix(vocab.CODE)
        for prop, cls in ontology.subject_objects(RDFS.range)
        for scheme in ontology.objects(cls, OWL.hasValue)
    }
    assert stated == dict(SCHEME_OF)


def test_prefixes_are_the_namespaces_of_the_constants() -> None:
    for name in ("TKG", "RDF", "RDFS", "XSD", "SKOS", "SKOSXL", "PROV", "SCHEMA"):
        namespace = getattr(vocab, name)
        prefix = vocab.PREFIXES[name.lower()]
        assert all(getattr(namespace, term) == prefix + term for term in namespace.__annotations__)
