"""Both engines say the same of every kind of violation."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, RdfFormat, Store
from rdflib import RDF, RDFS, SH, Graph, URIRef

from kg.graph import Graph as OpenGraph
from kg.resources import folder
from kg.validate import judge, shapes_graph, validate
from kg.validate.questions import Question, Size
from kg.validate.report import Report
from kg.validate.rules import read_rules
from tests.validate.limits import LIMITS, set_limits
from tests.validate.planting import AT, ODD, Plant, examples, plants

EXAMPLES = Path(__file__).resolve().parents[1] / "shapes"


def stored(*graphs: Graph) -> Store:
    store = Store()
    for graph in graphs:
        store.load(graph.serialize(format="nt", encoding="utf-8"), format=RdfFormat.N_TRIPLES)
    return store


def reference(store: Store, shapes: Graph | None = None) -> Report:
    """What pySHACL says of the store as one graph, as the store gives it."""
    dump = store.dump(format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
    assert dump is not None
    return validate(Graph().parse(data=dump.decode(), format="nt"), shapes, engine="pyshacl")


def differences(store: Store, shapes: Graph | None = None) -> tuple[list[object], list[object]]:
    """What pySHACL alone says, and what the questions alone say."""
    expected = set(reference(store, shapes).results)
    found = set(validate(store, shapes, engine="sparql").results)
    return sorted(expected - found, key=str)[:5], sorted(found - expected, key=str)[:5]


@pytest.fixture(scope="module")
def planted() -> list[Plant]:
    return list(plants(shapes_graph()))


@pytest.fixture(scope="module")
def planted_store(planted: list[Plant]) -> Store:
    graph = Graph()
    for _, _, triples in planted:
        for triple in triples:
            graph.add(triple)
    return stored(graph)


@pytest.fixture(scope="module")
def expected(planted_store: Store) -> Report:
    return reference(planted_store)


def test_every_shape_is_compiled() -> None:
    rules = read_rules(shapes_graph(), {})
    assert rules.left == {}
    assert {rule.shape for rule in rules.compiled} == set(
        map(str, shapes_graph().subjects(SH.severity))
    )


def test_every_planted_violation_is_found_by_both(
    planted: list[Plant], planted_store: Store, expected: Report
) -> None:
    found = validate(planted_store, engine="sparql")
    assert found == expected

    focus_of = {str(triples[0][0]): (shape, name) for shape, name, triples in planted}
    broken = Counter(
        focus_of[r.focus_node]
        for r in found.results
        if r.focus_node in focus_of and focus_of[r.focus_node][0] == r.shape
    )
    assert {(shape, name) for shape, name, _ in planted} == set(broken)


@pytest.mark.parametrize("limits", LIMITS)
def test_a_store_too_large_for_tables_is_judged_alike(
    limits: str, planted_store: Store, expected: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_limits(monkeypatch, limits)
    assert validate(planted_store, engine="sparql") == expected


def test_no_node_is_asked_about_where_numbers_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a graph without a violation, counts say so for every grave rule on classes and links."""
    graph = Graph().parse(EXAMPLES / "arm-group" / "valid.ttl")
    asked: list[str] = []
    whole = Question.whole

    def noted(question: Question, size: Size, *, in_tables: bool) -> str:
        asked.append(question.asked.finds)
        return whole(question, size, in_tables=in_tables)

    monkeypatch.setattr(Question, "whole", noted)
    shapes = Graph().parse(folder("shapes") / "arm-group.ttl")
    assert validate(stored(graph), shapes, engine="sparql").results == ()
    assert asked == []


def test_every_example_is_judged_alike_by_both() -> None:
    store = stored(examples(EXAMPLES), Graph().parse(folder("ontology") / "codes.ttl"))
    found = validate(store, engine="sparql")
    assert found == reference(store)
    assert set(found.counts) == set(map(str, shapes_graph().subjects(SH.severity)))


def test_the_demonstration_is_judged_alike_by_both(demo_store: Path) -> None:
    store = OpenGraph(demo_store).store
    assert differences(store) == ([], [])
    assert len(validate(store, engine="sparql").results) > 0


FILES = sorted(folder("shapes").glob("*.ttl"))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_graph_is_judged_alike_by_both(data: st.DataObject) -> None:
    shapes = Graph().parse(data.draw(st.sampled_from(FILES)))
    classes = sorted({term for term in shapes.objects() if "ontology#" in str(term)})
    terms = [term for term in classes if isinstance(term, URIRef)]
    links = [term for term in terms if term.rpartition("#")[2][:1].islower()]
    kinds = [term for term in terms if term.rpartition("#")[2][:1].isupper()]
    nodes = [URIRef(f"{AT}{name}") for name in "abcd"]
    codes = [term for term in shapes.objects() if "/code/" in str(term) and "^" not in term]
    values = st.sampled_from([*nodes, *ODD, *(URIRef(code) for code in codes)])
    graph = Graph()
    for node in nodes:
        graph.add((node, RDF.type, data.draw(st.sampled_from(kinds))))
    # Some classes have no property of their own in their shapes.
    triples = st.tuples(st.sampled_from(nodes), st.sampled_from(links or [RDFS.label]), values)
    for triple in data.draw(st.lists(triples, max_size=25)):
        graph.add(triple)
    assert differences(stored(graph), shapes) == ([], [])


def test_the_engine_says_what_it_left() -> None:
    graph = Graph().parse(EXAMPLES / "trial" / "invalid-noStatus.ttl")
    judged = judge(stored(graph), engine="sparql")
    assert (judged.engine, judged.left) == ("sparql", {})
    assert judge(stored(graph)).engine == "pyshacl"
