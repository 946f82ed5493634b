"""Every RDF format gives back the graph it was given, whatever its texts and IRIs hold."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
import rdflib
from hypothesis import assume, example, given, settings
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

from kg.errors import KgError
from kg.export import write
from kg.export.context import context
from kg.export.forms import runs
from kg.resources import folder
from kg.store import open_read_only
from kg.vocab import PREFIXES
from tests.graphs import holding

READ = {
    "turtle": (RdfFormat.TURTLE, "turtle"),
    "ntriples": (RdfFormat.N_TRIPLES, "nt"),
    "trig": (RdfFormat.TRIG, "trig"),
    "nquads": (RdfFormat.N_QUADS, "nquads"),
    "rdfxml": (RdfFormat.RDF_XML, "xml"),
    "jsonld": (RdfFormat.JSON_LD, "json-ld"),
}
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
TKG = PREFIXES["tkg"]
XSD = PREFIXES["xsd"]
XML_TEXT = re.compile("[\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*")

HOSTILE = (
    'say "no"',
    "back\\slash \\n \\u0041 \\",
    '} ; DROP ALL ; INSERT DATA { <a> <b> "c" } #',
    "</rdf:Description><x/> ]]> &amp; &#0; <!--",
    '"}],"@id":"http://evil/","x":[{"',
    "line one\nline two\r\n\ttabbed\r",
    "\"\"\"triple\"\"\" '''quotes'''",
    "@prefix x: <http://x/> .",
    "_:b0",
    "https://w3id.org/trialkg/trial/NCT1",
    "true",
    "12",
    "",
    " ",
    "\u2028\u2029\u200f é 漢 😀",
    "x" * 70_000,
)


def text_of(store: Store, kind: str) -> bytes:
    out = io.BytesIO()
    write(store, kind, out)
    return out.getvalue()


def canonical(quads: object) -> Dataset:
    dataset = Dataset(quads)  # type: ignore[arg-type]
    dataset.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return dataset


def in_rdflib(store: Store) -> rdflib.Graph:
    plain = store.dump(format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
    return rdflib.Graph().parse(data=plain, format="nt")


def read_by_rdflib(text: bytes, kind: str) -> rdflib.Graph:
    if kind in ("trig", "nquads"):
        dataset = rdflib.Dataset(default_union=False)
        dataset.parse(data=text, format=READ[kind][1])
        graph = rdflib.Graph()
        for triple in dataset.default_graph:
            graph.add(triple)
        return graph
    return rdflib.Graph().parse(data=text, format=READ[kind][1])


_SPACES = (
    TKG,
    PREFIXES["trial"],
    PREFIXES["mesh"],
    PREFIXES["phase"],
    "urn:x:",
    "http://é.example/",
)
_LOCAL = st.text(
    st.characters(exclude_characters=' <>"{}|^`\\', exclude_categories=("C", "Z"))
    | st.sampled_from(".-_:/#~%'()*,;=@!$&?"),
    max_size=8,
)


def _iri(text: str) -> NamedNode | None:
    try:
        return NamedNode(text)
    except ValueError:
        return None


iris = st.one_of(
    st.builds(lambda space, local: _iri(space + local), st.sampled_from(_SPACES), _LOCAL),
    st.builds(
        lambda scheme, local: _iri(f"{scheme}:{local}"), st.sampled_from(sorted(PREFIXES)), _LOCAL
    ),
    st.sampled_from(["phase", "label", "sameAs", "enrollment", "minimumAgeYears", "ipdUrl"]).map(
        lambda name: _iri(TKG + name)
    ),
).filter(bool)
predicates = st.one_of(
    st.sampled_from(
        ["p", "phase", "enrollment", "minimumAgeYears", "ipdUrl", "hasDmc", "condition"]
    ).map(lambda name: NamedNode(TKG + name)),
    st.sampled_from([NamedNode("urn:x:p"), NamedNode(PREFIXES["rdf"] + "type")]),
    st.builds(
        lambda local: NamedNode("http://other.example/v1/" + local),
        st.from_regex("[a-z_]{1,5}", fullmatch=True),
    ),
)
blanks = st.sampled_from([BlankNode("b0"), BlankNode("0f1"), BlankNode("a-b.c")])
texts = st.text(
    st.characters(exclude_categories=("Cs",)) | st.sampled_from("\"\\\n\r\t'<>&^@. ")
) | st.sampled_from(HOSTILE[:-1])
numbers = st.builds(
    lambda text, kind: Literal(text, datatype=NamedNode(XSD + kind)),
    st.text("0123456789+-.eE", min_size=1, max_size=20)
    | st.sampled_from(["true", "false", "1", "-0", "007"]),
    st.sampled_from(["integer", "decimal", "boolean", "double", "date", "gYear", "int", "anyURI"]),
)
literals = (
    texts.map(Literal)
    | st.builds(lambda text: Literal(text, language="en-gb"), texts)
    | st.builds(
        lambda text, kind: Literal(text, datatype=NamedNode(f"urn:{kind}")),
        texts,
        st.sampled_from("ab"),
    )
    | numbers
)
triples = st.tuples(iris | blanks, predicates, iris | blanks | literals)
Triples = list[tuple[object, object, object]]


def store_of(given_triples: Triples, kind: str) -> Store:
    if kind == "rdfxml":
        for _, _, value in given_triples:
            assume(not isinstance(value, Literal) or XML_TEXT.fullmatch(value.value))
    return holding(Quad(s, p, o) for s, p, o in given_triples)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["trig", "rdfxml", "jsonld"])
@settings(max_examples=100, deadline=None)
@given(given_triples=st.lists(triples, max_size=8))
@example([(NamedNode("doi:10.1/x"), NamedNode(TKG + "p"), NamedNode(TKG + "q"))])
@example([(NamedNode(TKG + "s"), NamedNode(TKG + "p"), NamedNode("trial:NCT1"))])
@example(
    [
        (
            NamedNode(TKG + "s"),
            NamedNode(TKG + "enrollment"),
            Literal("-0", datatype=NamedNode(XSD + "integer")),
        )
    ]
)
def test_any_graph_reads_back_the_same(kind: str, given_triples: Triples) -> None:
    store = store_of(given_triples, kind)
    assert canonical(parse(text_of(store, kind), READ[kind][0])) == canonical(store)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("kind", ["trig", "rdfxml", "jsonld"])
@settings(max_examples=30, deadline=None)
@given(given_triples=st.lists(triples, max_size=5))
def test_another_reader_agrees(kind: str, given_triples: Triples) -> None:
    # rdflib changes numbers that are not in their canonical form as it reads them.
    store = store_of([each for each in given_triples if _same_in_rdflib(each)], kind)
    assert isomorphic(read_by_rdflib(text_of(store, kind), kind), in_rdflib(store))


def _same_in_rdflib(triple: tuple[object, object, object]) -> bool:
    value = triple[2]
    return (
        not isinstance(value, Literal)
        or not value.datatype.value.startswith(XSD)
        or (value.datatype.value == XSD + "string")
    )


@pytest.mark.parametrize("kind", READ)
def test_hostile_texts_stay_texts(kind: str) -> None:
    subject = NamedNode(PREFIXES["trial"] + "NCT99000001")
    store = holding(
        Quad(subject, NamedNode(TKG + name), Literal(text))
        for text in HOSTILE
        for name in ("briefTitle", "ipdUrl", "condition", "enrollment")
    )
    text = text_of(store, kind)
    assert set(parse(text, READ[kind][0])) == set(store)
    assert isomorphic(read_by_rdflib(text, kind), in_rdflib(store))


@pytest.mark.parametrize("kind", READ)
def test_the_example_graph_reads_back_the_same(demo_store: Path, kind: str) -> None:
    store = open_read_only(demo_store)[0]
    text = text_of(store, kind)
    assert canonical(parse(text, READ[kind][0])) == canonical(store)
    assert len(read_by_rdflib(text, kind)) == len(store)


def test_named_graphs_stand_in_trig() -> None:
    s, p, g = (NamedNode(TKG + name) for name in "spg")
    store = holding([Quad(s, p, Literal('a "> b')), Quad(s, p, Literal("c"), g), Quad(p, p, s, g)])
    text = text_of(store, "trig")
    assert set(parse(text, RdfFormat.TRIG)) == set(store)
    assert b'tkg:g {\ntkg:s tkg:p "c" .\n}\n' in text


def test_xml_refuses_what_it_cannot_hold() -> None:
    s, p = NamedNode(TKG + "s"), NamedNode(TKG + "p")
    with pytest.raises(KgError, match=r"ontology#s: found the character U\+0000, expected one"):
        text_of(holding([Quad(s, p, Literal("a\0b"))]), "rdfxml")
    with pytest.raises(KgError, match=r"expected one that ends in a name"):
        text_of(holding([Quad(s, NamedNode("http://e.example/1"), s)]), "rdfxml")


def test_the_published_context_is_that_of_the_ontology() -> None:
    shipped = (folder("examples").parent / "context.jsonld").read_text(encoding="utf-8")
    assert json.loads(shipped) == context(), "python -m kg.export.context > kg/_data/context.jsonld"


def test_jsonld_is_compact() -> None:
    trial = NamedNode(PREFIXES["trial"] + "NCT99000001")
    store = holding(
        Quad(trial, NamedNode(iri), value)
        for iri, value in (
            (PREFIXES["rdf"] + "type", NamedNode(TKG + "Trial")),
            (PREFIXES["rdfs"] + "label", Literal("A trial")),
            (TKG + "phase", NamedNode(PREFIXES["phase"] + "PHASE1")),
            (TKG + "phase", NamedNode(PREFIXES["phase"] + "PHASE2")),
            (TKG + "enrollment", Literal(12)),
            (TKG + "hasDmc", Literal(False)),
            (TKG + "startDate", Literal("2020-01", datatype=NamedNode(XSD + "gYearMonth"))),
        )
    )
    found = json.loads(text_of(store, "jsonld"))
    assert found["@context"] == context()["@context"]
    assert found["@graph"] == [
        {
            "@id": "trial:NCT99000001",
            "@type": "Trial",
            "label": "A trial",
            "phase": ["code:phase/PHASE1", "code:phase/PHASE2"],
            "enrollment": 12,
            "hasDmc": False,
            "startDate": {"@value": "2020-01", "@type": "xsd:gYearMonth"},
        }
    ]


def test_runs_end_where_subjects_do() -> None:
    lines = [f"<s{n // 3}> <p> <o{n}> .\n".encode() for n in range(20)]
    found = [list(run) for run in runs(lines, 4)]
    assert [len(run) for run in found] == [6, 6, 6, 2]
    assert [line for run in found for line in run] == lines
