"""The ontology is OWL 2 DL and free of contradiction."""

from __future__ import annotations

import shutil
from itertools import combinations
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, Literal, URIRef

from kg.vocab import ONTOLOGY, TKG

# https://www.w3.org/TR/owl2-syntax/#Datatype_Maps, those in use here
DATATYPES = {XSD.string, XSD.boolean, XSD.integer, XSD.decimal, XSD.anyURI, RDFS.Literal}
BUILT_IN = (str(OWL), str(RDF), str(RDFS), str(XSD))
ROLES = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)


def contradictions(graph: Graph, folder: Path) -> list[str]:
    """Unsatisfiable classes under HermiT; a contradiction of the whole shows as `Nothing`."""
    if shutil.which("java") is None:
        pytest.skip("needs Java for the reasoner HermiT")
    owlready2 = pytest.importorskip("owlready2")
    file = folder / "ontology.rdf"
    graph.serialize(file, format="xml")
    world = owlready2.World()
    world.get_ontology(file.as_uri()).load()
    try:
        owlready2.sync_reasoner_hermit(world, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError:
        return ["Nothing"]
    return [cls.name for cls in world.inconsistent_classes() if cls is not owlready2.Nothing]


def added(graph: Graph, *triples: tuple[URIRef, URIRef, URIRef | Literal]) -> Graph:
    larger = Graph()
    for triple in (*graph, *triples):
        larger.add(triple)
    return larger


def test_no_contradiction(ontology: Graph, tmp_path: Path) -> None:
    assert contradictions(ontology, tmp_path) == []


def test_a_thing_of_two_classes_is_a_contradiction(ontology: Graph, tmp_path: Path) -> None:
    thing = URIRef("https://w3id.org/trialkg/trial/NCT99000001")
    planted = added(
        ontology, (thing, RDF.type, URIRef(TKG.Trial)), (thing, URIRef(TKG.unii), Literal("X"))
    )
    assert contradictions(planted, tmp_path) == ["Nothing"]


def test_a_class_below_two_classes_is_unsatisfiable(ontology: Graph, tmp_path: Path) -> None:
    both = URIRef(ONTOLOGY + "DrugTarget")
    planted = added(
        ontology,
        (both, RDF.type, OWL.Class),
        (both, RDFS.subClassOf, URIRef(TKG.Drug)),
        (both, RDFS.subClassOf, URIRef(TKG.Target)),
    )
    assert contradictions(planted, tmp_path) == ["DrugTarget"]


def test_no_term_has_two_roles(ontology: Graph) -> None:
    roles = [set(ontology.subjects(RDF.type, role)) for role in ROLES]
    for one, other in combinations(roles, 2):
        assert {term for term in one & other if isinstance(term, URIRef)} == set()


def test_no_class_or_property_is_an_individual(ontology: Graph) -> None:
    terms = {term for role in ROLES for term in ontology.subjects(RDF.type, role)}
    links = set(ontology.subjects(RDF.type, OWL.ObjectProperty))
    for subject, prop, value in ontology:
        if prop in links:
            assert subject not in terms and value not in terms, (subject, prop, value)


def test_nothing_is_used_undeclared(ontology: Graph) -> None:
    used = set(ontology.predicates()) | set(ontology.objects(None, RDF.type))
    for prop in (RDFS.domain, RDFS.range, RDFS.subClassOf, RDFS.subPropertyOf, OWL.onProperty):
        used |= set(ontology.objects(None, prop))
    declared = {term for role in ROLES for term in ontology.subjects(RDF.type, role)}
    undeclared = {
        term
        for term in used - declared
        if not isinstance(term, BNode) and not str(term).startswith(BUILT_IN)
    }
    assert undeclared == set()


def test_only_owl_datatypes(ontology: Graph) -> None:
    for prop in ontology.subjects(RDF.type, OWL.DatatypeProperty):
        assert set(ontology.objects(prop, RDFS.range)) <= DATATYPES, prop
    literals = {o.datatype for o in ontology.objects() if isinstance(o, Literal)}
    assert literals - {None} <= DATATYPES
