from __future__ import annotations

import io
import string

import pytest
import rdflib
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Store,
    parse,
)
from rdflib.compare import isomorphic

from kg.export import write
from kg.export.turtle import turtle as statements
from kg.vocab import PREFIXES
from tests.graphs import holding

XSD = PREFIXES["xsd"]
RDF_TYPE = NamedNode(PREFIXES["rdf"] + "type")
TKG = PREFIXES["tkg"]
TRIAL = PREFIXES["trial"]


def turtle(*triples: tuple[object, object, object]) -> str:
    return text_of(holding(Quad(s, p, o) for s, p, o in triples))  # type: ignore[arg-type]


def text_of(store: Store) -> str:
    out = io.BytesIO()
    write(store, "turtle", out)
    return out.getvalue().decode()


def body(text: str) -> str:
    """Turtle without its prefixes."""
    return text[text.index("\n\n") + 2 :]


def iri_of(namespace: str, local: str) -> NamedNode:
    return NamedNode(namespace + local)


_IRI_CHARACTERS = st.characters(exclude_characters=' <>"{}|^`\\', exclude_categories=("C", "Z"))
_namespaces = st.sampled_from(
    [TKG, TRIAL, PREFIXES["doi"], PREFIXES["phase"], "urn:x:", "http://é/"]
)
_locals = st.text(_IRI_CHARACTERS | st.sampled_from(".-_:/#~%'()*,;=@!$&?"), max_size=8)


def _valid(namespace: str, local: str) -> NamedNode | None:
    try:
        return NamedNode(namespace + local)
    except ValueError:
        return None


iris = st.builds(_valid, _namespaces, _locals).filter(bool)
blanks = st.sampled_from([BlankNode("b0"), BlankNode("b1")])
texts = st.text(
    st.characters(exclude_categories=("Cs",)) | st.sampled_from("\"\\\n\r\t'<>^@. ")
) | (
    st.lists(st.sampled_from(['"', "\\", "\n", "\r", "n", '"""', "\\n", "é", "\u2028", "\0"])).map(
        "".join
    )
)
numbers = st.builds(
    lambda text, kind: Literal(text, datatype=NamedNode(XSD + kind)),
    st.text("0123456789+-.eE", min_size=1, max_size=5) | st.sampled_from(["true", "false", "1"]),
    st.sampled_from(["integer", "decimal", "boolean", "double", "date", "gYear", "int"]),
)
literals = (
    texts.map(Literal)
    | st.builds(lambda text: Literal(text, language="en-GB"), texts)
    | st.builds(lambda text, kind: Literal(text, datatype=kind), texts, iris)
    | numbers
)
triples = st.tuples(iris | blanks, iris | st.just(RDF_TYPE), iris | blanks | literals)


def canonical(quads: object) -> Dataset:
    dataset = Dataset(quads)  # type: ignore[arg-type]
    dataset.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return dataset


@settings(max_examples=300, deadline=None)
@given(st.lists(triples, max_size=12))
@example([(iri_of(TRIAL, "NCT1"), iri_of(TKG, "p"), Literal('\n"""\\'))])
@example([(iri_of(TRIAL, "NCT1"), iri_of(TKG, "p"), Literal('a "^^<http://e/> b'))])
@example([(iri_of(TRIAL, "a\u00a0b"), iri_of(TKG, "p"), iri_of(TKG, "\u3000"))])
@example([(iri_of(TRIAL, "a.b"), iri_of(TKG, "-p"), iri_of(TKG, ""))])
def test_any_graph_reads_back_the_same(given_triples: list[tuple[object, object, object]]) -> None:
    store = holding(Quad(s, p, o) for s, p, o in given_triples)  # type: ignore[arg-type]
    text = text_of(store)
    assert canonical(parse(text, RdfFormat.TURTLE)) == canonical(store)


@pytest.mark.filterwarnings("ignore:.*weird")
@settings(max_examples=100, deadline=None)
@given(st.lists(triples, max_size=6))
def test_another_reader_agrees(given_triples: list[tuple[object, object, object]]) -> None:
    store = holding(Quad(s, p, o) for s, p, o in given_triples)  # type: ignore[arg-type]
    plain = store.dump(format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
    wanted = rdflib.Graph().parse(data=plain, format="nt")
    assert isomorphic(rdflib.Graph().parse(data=text_of(store), format="turtle"), wanted)


def test_a_trial_reads_well() -> None:
    trial, part = iri_of(TRIAL, "NCT99000001"), iri_of(TRIAL, "NCT99000001/arm/a-1")
    text = turtle(
        (part, RDF_TYPE, iri_of(TKG, "ArmGroup")),
        (trial, iri_of(TKG, "phase"), iri_of(PREFIXES["phase"], "PHASE2")),
        (trial, iri_of(TKG, "phase"), iri_of(PREFIXES["phase"], "PHASE1")),
        (trial, iri_of(TKG, "enrollment"), Literal(12)),
        (trial, iri_of(TKG, "hasDmc"), Literal(True)),
        (
            trial,
            iri_of(TKG, "minimumAgeYears"),
            Literal("0.5", datatype=NamedNode(XSD + "decimal")),
        ),
        (
            trial,
            iri_of(TKG, "startDate"),
            Literal("2020-01", datatype=NamedNode(XSD + "gYearMonth")),
        ),
        (trial, iri_of(TKG, "inclusionCriteria"), Literal('* one\n* "two"')),
        (trial, iri_of(TKG, "hasArm"), part),
        (trial, iri_of(PREFIXES["rdfs"], "label"), Literal("A trial")),
        (trial, RDF_TYPE, iri_of(TKG, "Trial")),
        (iri_of(PREFIXES["drug"], "x"), RDF_TYPE, iri_of(TKG, "Drug")),
    )
    assert body(text) == (
        """\
drug:x a tkg:Drug .

trial:NCT99000001 a tkg:Trial ;
    rdfs:label "A trial" ;
    tkg:enrollment 12 ;
    tkg:hasArm <https://w3id.org/trialkg/trial/NCT99000001/arm/a-1> ;
    tkg:hasDmc true ;
    tkg:inclusionCriteria \"""* one
* \\"two\\"\""" ;
    tkg:minimumAgeYears 0.5 ;
    tkg:phase phase:PHASE1 ,
        phase:PHASE2 ;
    tkg:startDate "2020-01"^^xsd:gYearMonth .

<https://w3id.org/trialkg/trial/NCT99000001/arm/a-1> a tkg:ArmGroup .
"""
    )
    assert text.startswith("@prefix tkg: <https://w3id.org/trialkg/ontology#> .\n")


def test_parts_follow_their_trial_and_not_another() -> None:
    names = ["NCT1", "NCT1/arm/b", "NCT1/arm/a", "NCT10", "NCT10/arm/a", "NCT2"]
    text = turtle(*((iri_of(TRIAL, name), RDF_TYPE, iri_of(TKG, "T")) for name in names))
    subjects = [line.split(" ")[0].strip("<>") for line in body(text).splitlines() if line]
    assert [subject.removeprefix(TRIAL).removeprefix("trial:") for subject in subjects] == [
        "NCT1",
        "NCT1/arm/a",
        "NCT1/arm/b",
        "NCT10",
        "NCT10/arm/a",
        "NCT2",
    ]


def test_only_safe_names_are_shortened() -> None:
    for local in ("", "a.b", "-a", "a/b", "é", "a%20b", "a:b", "a'b"):
        iri = iri_of(TKG, local)
        assert f"{iri} {iri} {iri} ." in turtle((iri, iri, iri))
    for local in ("a", "1", "_a-b-"):
        iri = iri_of(TKG, local)
        assert f"tkg:{local} tkg:{local} tkg:{local} ." in turtle((iri, iri, iri))


@pytest.mark.parametrize(
    ("text", "kind", "written"),
    [
        ("12", "integer", "12"),
        ("-3", "integer", "-3"),
        ("007", "integer", '"007"^^xsd:integer'),
        ("+1", "integer", '"+1"^^xsd:integer'),
        ("1", "int", '"1"^^xsd:int'),
        ("0.5", "decimal", "0.5"),
        ("2.0", "decimal", "2.0"),
        ("2", "decimal", '"2"^^xsd:decimal'),
        ("1.50", "decimal", '"1.50"^^xsd:decimal'),
        ("1.", "decimal", '"1."^^xsd:decimal'),
        ("true", "boolean", "true"),
        ("1", "boolean", '"1"^^xsd:boolean'),
        ("1e0", "double", '"1e0"^^xsd:double'),
    ],
)
def test_only_canonical_numbers_are_bare(text: str, kind: str, written: str) -> None:
    line = f'<{TKG}s> <{TKG}p> "{text}"^^<{XSD}{kind}> .\n'
    assert b"".join(statements([line.encode()], PREFIXES)).endswith(
        f"\ntkg:s tkg:p {written} .\n".encode()
    )


def test_an_empty_store_gives_prefixes_alone() -> None:
    assert set(text_of(Store()).splitlines()) == {
        f"@prefix {name}: <{iri}> ." for name, iri in PREFIXES.items()
    }


def test_printable_ascii_in_a_text_stays_readable() -> None:
    subject, predicate = iri_of(TKG, "s"), iri_of(TKG, "p")
    plain = string.printable[:94].replace('"', "").replace("\\", "")
    assert f'tkg:p "{plain}" .' in turtle((subject, predicate, Literal(plain)))
