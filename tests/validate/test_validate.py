"""A report is the same however the graph is held, ordered, and true to its records."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, RdfFormat, Store
from rdflib import RDF, SH, Graph

import kg.validate
from kg.resources import folder
from kg.validate import Engine, report_json, report_text, report_turtle, validate
from kg.validate import batches as batches_module
from kg.validate import reference as reference_module
from kg.validate.report import Report, Violation, make_report
from kg.vocab import SKOS, TKG

EXAMPLES = Path(__file__).resolve().parents[1] / "shapes"
FILES = sorted([*EXAMPLES.glob("*/invalid-*.ttl"), *(folder("ontology").glob("*.ttl"))])[::7]
TRIAL = "https://w3id.org/trialkg/trial/NCT99000001"


def loaded() -> Store:
    store = Store()
    for file in FILES:
        store.load(path=str(file), format=RdfFormat.TURTLE)
    return store


@pytest.fixture(scope="module")
def report() -> Report:
    return validate(loaded(), engine="pyshacl")


def test_a_store_and_a_graph_give_the_same_report(report: Report) -> None:
    # Through a dump, for a store writes 18.0 as 18.
    dump = loaded().dump(format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
    assert dump is not None
    assert validate(Graph().parse(data=dump.decode(), format="nt")) == report
    assert len(report.results) > 20


def test_the_size_of_batches_does_not_count(
    report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reference_module, "TRIALS_AT_A_TIME", 1)
    assert validate(loaded(), engine="pyshacl") == report


def test_results_are_ordered_and_counted(report: Report) -> None:
    assert report == make_report(reversed(report.results))
    assert sum(report.counts.values()) == len(report.results)
    assert report.results[0].severity == "Violation" and not report.conforms


def test_a_result_names_its_record_and_property() -> None:
    report = validate(
        Graph().parse(EXAMPLES / "trial" / "invalid-yesOrNo.ttl")
        + Graph().parse(folder("ontology") / "codes.ttl"),
        Graph().parse(folder("shapes") / "trial.ttl"),
    )
    assert report.results == (
        Violation(
            focus_node=TRIAL,
            record="NCT99000001",
            path="https://w3id.org/trialkg/ontology#hasDmc",
            value="yes",
            shape="https://w3id.org/trialkg/shapes#TrialShape-yesOrNo",
            severity="Violation",
            message="A yes-or-no fact is true or false.",
        ),
    )


def test_warnings_leave_a_graph_conforming() -> None:
    report = validate(
        Graph().parse(EXAMPLES / "trial" / "invalid-noBriefTitle.ttl")
        + Graph().parse(folder("ontology") / "codes.ttl"),
        Graph().parse(folder("shapes") / "trial.ttl"),
    )
    assert report.conforms
    assert [result.severity for result in report.results] == ["Warning"]


def test_a_thing_below_a_trial_that_nothing_points_to_is_judged() -> None:
    store = Store()
    store.load(
        f"<{TRIAL}/arm/lost> a <https://w3id.org/trialkg/ontology#ArmGroup> .".encode(),
        format=RdfFormat.TURTLE,
    )
    assert {r.shape.rpartition("#")[2] for r in validate(store).results} == {
        "ArmGroupShape-label",
        "ArmGroupShape-owner",
    }


def test_what_is_judged_and_pointed_to_alike_has_all_its_links() -> None:
    mesh, label = "http://id.nlm.nih.gov/mesh/D", "http://www.w3.org/2000/01/rdf-schema#label"
    names = "\n".join(
        f'<{mesh}{n}> a <{TKG.MeshTerm}> ; <{label}> "term" ; <{SKOS.broader}> <{mesh}{n + 1}> .'
        for n in range(1, 9)
    ).replace(f"{mesh}9>", f"{mesh}1>")
    store = Store()
    store.load(names.encode(), format=RdfFormat.TURTLE)
    for size in (1, 2):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(batches_module, "SHARED_FOR_ONE_TRIAL", 1)
            patch.setattr(reference_module, "TRIALS_AT_A_TIME", size)
            assert validate(store).results == ()


@pytest.mark.parametrize("engine", ["pyshacl", "sparql"])
def test_some_trials_and_nodes_have_the_results_that_they_have_in_the_whole(
    report: Report, engine: Engine
) -> None:
    store = loaded()

    def validate(store: Store, **nodes: Iterable[str]) -> Report:
        return kg.validate.validate(store, engine=engine, **nodes)

    records = sorted({r.record for r in report.results if r.record})
    others = sorted({r.focus_node for r in report.results if not r.record})
    for nct_id in records:
        found = validate(store, trials=[nct_id]).results
        owned = [r for r in report.results if r.record == nct_id]
        assert set(found) <= set(owned)
        lost = {r.focus_node for r in owned} - {r.focus_node for r in found}
        assert validate(store, trials=[nct_id], shared=lost) == make_report(owned)
    assert validate(store, shared=others) == make_report(r for r in report.results if not r.record)
    assert validate(store, trials=["NCT00000000"], shared=[f"{TRIAL}/arm/none"]).results == ()
    assert validate(store, trials=[]).results == ()


def test_json_has_the_promised_form(report: Report) -> None:
    told = json.loads("".join(report_json(report)))
    assert list(told) == ["conforms", "counts", "results"]
    assert list(told["results"][0]) == [
        "focus_node",
        "record",
        "path",
        "value",
        "shape",
        "severity",
        "message",
    ]


def test_text_groups_by_shape(report: Report) -> None:
    text = report_text(report)
    assert text.startswith("The graph does not conform.\n")
    assert all(
        f" · {shape.rpartition('#')[2]} · {n}\n" in text for shape, n in report.counts.items()
    )
    assert text.count("\n  A yes-or-no fact is true or false.\n") <= 2


def test_turtle_is_a_validation_report_without_blank_nodes(report: Report) -> None:
    turtle = "".join(report_turtle(report))
    graph = Graph().parse(data=turtle, publicID="https://example.org/r")
    assert len(list(graph.subjects(RDF.type, SH.ValidationResult))) == len(report.results)
    assert turtle == "".join(report_turtle(make_report(reversed(report.results))))
    assert "_:" not in turtle


def test_an_empty_graph_conforms() -> None:
    empty = validate(Store())
    assert empty == Report(conforms=True, counts={}, results=())
    assert report_text(empty) == "The graph conforms.\n\n0 violations, 0 warnings, 0 infos\n"
