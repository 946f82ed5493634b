from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.export.neo4j.mapping import mapping
from kg.export.neo4j.stream import Edge, Node, Stream
from kg.export.neo4j.terms import text, whole_date
from kg.vocab import RDF, RDFS, SKOS, TKG, XSD
from tests.graphs import holding

TRIAL = NamedNode("http://e.org/trial/1")
SITE = NamedNode("http://e.org/site/1")


def of(subject: NamedNode, kind: str, *said: tuple[str, NamedNode | Literal]) -> list[Quad]:
    return [
        Quad(subject, NamedNode(RDF.type), NamedNode(kind)),
        *(Quad(subject, NamedNode(term), value) for term, value in said),
    ]


def typed(value: str, datatype: str) -> Literal:
    return Literal(value, datatype=NamedNode(datatype))


def streamed(store: Store) -> tuple[list[Node], list[Edge], dict[str, int]]:
    stream = Stream(store, mapping())
    found = [*stream]
    nodes = [each for each in found if isinstance(each, Node)]
    edges = [each for each in found if isinstance(each, Edge)]
    return nodes, edges, dict(stream.left_out)


def test_values_become_text_of_their_type() -> None:
    phase = NamedNode("https://w3id.org/trialkg/code/phase/PHASE_1")
    store = holding(
        of(
            TRIAL,
            TKG.Trial,
            (TKG.enrollment, typed("34", XSD.integer)),
            (TKG.hasResults, typed("1", XSD.boolean)),
            (TKG.startDate, typed("2015-04", XSD.gYearMonth)),
            (TKG.completionDate, typed("2016-04-30", XSD.date)),
            (TKG.phase, phase),
            (TKG.sex, NamedNode("https://w3id.org/trialkg/code/sex/NEW_CODE")),
            (TKG.keyword, Literal("b;c")),
            (TKG.keyword, Literal("a", language="en")),
        )
        + of(phase, SKOS.Concept, (SKOS.notation, Literal("PHASE-1")))
    )
    nodes, _, left_out = streamed(store)
    assert next(node for node in nodes if node.labels == ("Trial",)).values == {
        "enrollment": "34",
        "hasResults": "true",
        "startDate": "2015-04-01",
        "startDatePrecision": "month",
        "completionDate": "2016-04-30",
        "phase": ["PHASE-1"],
        "sex": "NEW_CODE",
        "keyword": ["a", "b;c"],
    }
    assert left_out == {}


def test_a_site_has_a_point_where_its_sources_agree() -> None:
    latitude, longitude = "https://schema.org/latitude", "https://schema.org/longitude"
    agreed = [(latitude, typed("50.1", XSD.decimal)), (longitude, typed("8.2", XSD.decimal))]
    more = [*agreed, (latitude, typed("51", XSD.decimal))]
    (one,), _, _ = streamed(holding(of(SITE, TKG.Site, *agreed)))
    assert one.values["location"] == ("50.1", "8.2")
    (two,), _, _ = streamed(holding(of(SITE, TKG.Site, *more)))
    assert two.values == {"latitude": ["50.1", "51"], "longitude": ["8.2"]}


def test_a_second_value_stands_beside_the_first() -> None:
    names = [(RDFS.label, Literal(each)) for each in ("c", "a", "b")]
    (node,), _, left_out = streamed(holding(of(SITE, TKG.Site, *names)))
    assert node.values == {"name": "a", "nameMore": ["b", "c"]}
    assert left_out == {}


def test_what_has_no_place_is_counted() -> None:
    other = NamedNode("http://e.org/other")
    store = holding(
        [
            *of(TRIAL, TKG.Trial, ("http://e.org/p", Literal("x")), (TKG.nctId, Literal("1"))),
            *of(other, "http://e.org/Class", (RDFS.label, Literal("x"))),
            Quad(TRIAL, NamedNode(TKG.nctId), Literal("2")),
            Quad(TRIAL, NamedNode(TKG.enrollment), Literal("many")),
            Quad(TRIAL, NamedNode(TKG.site), Literal("here")),
        ]
    )
    nodes, _, left_out = streamed(store)
    assert [node.values for node in nodes] == [{"nctId": "1"}]
    assert left_out == {
        "<http://e.org/p> of Trial": 1,
        f"<{RDFS.label}> of a subject without a label": 1,
        f"<{TKG.nctId}> more than one value, expected one": 1,
        f"<{TKG.enrollment}> not a int": 1,
        f"<{TKG.site}> not an IRI": 1,
    }


def test_what_is_not_described_is_a_node_too() -> None:
    other = NamedNode("http://e.org/trial/2")
    store = holding(of(TRIAL, TKG.Trial, (TKG.expandedAccessTrial, other)))
    nodes, edges, _ = streamed(store)
    assert [(node.iri, node.labels) for node in nodes] == [
        (TRIAL.value, ("Trial",)),
        (other.value, ("Undescribed",)),
    ]
    assert edges == [Edge(TRIAL.value, "EXPANDED_ACCESS_TRIAL", other.value)]


def test_everything_in_a_built_store_has_a_place(tmp_path: Path) -> None:
    import kg
    from kg.demo import example_records
    from kg.store import open_read_only

    kg.build([*example_records()], tmp_path)
    nodes, edges, left_out = streamed(open_read_only(tmp_path)[0])
    assert left_out == {}
    iris = {node.iri for node in nodes}
    assert len(iris) == len(nodes)
    assert {end for edge in edges for end in (edge.start, edge.end)} <= iris
    assert len({(edge.start, edge.type, edge.end) for edge in edges}) == len(edges)


@given(st.text())
def test_any_text_is_read_back(value: str) -> None:
    assert text(str(Literal(value)).encode("utf-8", "surrogatepass")) == value


@pytest.mark.parametrize("wrong", ["2015-13", "2015-02-30", "-2015", "2015-04-30Z", "15", ""])
def test_a_date_that_is_none(wrong: str) -> None:
    assert whole_date(wrong) is None


def test_what_a_mapping_has_no_label_for_is_not_described() -> None:
    drug = NamedNode("http://e.org/drug/1")
    store = holding(
        of(TRIAL, TKG.Trial, (TKG.studiesDrug, drug)) + of(drug, "http://e.org/Substance")
    )
    nodes, _, _ = streamed(store)
    assert [(node.iri, node.labels) for node in nodes] == [
        (TRIAL.value, ("Trial",)),
        (drug.value, ("Undescribed",)),
    ]
