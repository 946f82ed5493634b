from __future__ import annotations

import pytest

from kg.errors import QueryError
from kg.model.trial import Location, MeshTerm
from kg.related.answer import answer
from kg.related.filters import Filters, allowed
from kg.related.index import Index
from kg.related.question import like_trials
from kg.related.rank import shares
from tests.related.corpus import drug_trial, index, nct

LUNG = MeshTerm("Carcinoma, Non-Small-Cell Lung", "D002289")


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Index:
    japan = (Location("Example Hospital", city="Nagoya", country="Japan"),)
    trials = [
        drug_trial(0, "Osimertinib for lung cancer", "osimertinib"),
        drug_trial(
            1, "Osimertinib for lung cancer", "osimertinib", phases=("PHASE2", "PHASE3"),
            status="RECRUITING", sponsor="Roche", condition_mesh=(LUNG,),
        ),
        drug_trial(
            2, "Osimertinib for lung cancer", "osimertinib", phases=("PHASE2",),
            sponsor="University of Rochester", conditions=("Lung Cancer Stage IV",),
        ),
        drug_trial(
            3, "Osimertinib for lung cancer", "osimertinib", sponsor="Roche Diagnostics",
            countries=("Japan",), locations=japan,
            start="2020-05",
        ),
    ]  # fmt: skip
    return index(tmp_path_factory.mktemp("filters"), trials)


def passing(graph: Index, filters: Filters) -> list[int]:
    mask = allowed(graph, filters)
    assert mask is not None
    return [number for number in range(graph.trials) if mask[number]]


@pytest.mark.parametrize(
    ("filters", "numbers"),
    [
        (Filters(phase=("2",)), [1, 2]),
        (Filters(phase=("phase 3", "early")), [1]),
        (Filters(phase=("4",)), []),
        (Filters(status=("recruiting",)), [1]),
        (Filters(status=("recruiting", "COMPLETED")), [0, 1, 2, 3]),
        (Filters(sponsor=("roche",)), [1, 3]),
        (Filters(exclude_sponsor=("Roche",)), [0, 2]),
        (Filters(country=("JP",)), [3]),
        (Filters(country=("Japan", "France")), [3]),
        (Filters(since="2020"), [3]),
        (Filters(since="2020-05"), [3]),
        (Filters(since="2020-06"), []),
        (Filters(condition=("lung cancer",)), [2]),
        (Filters(condition=("Lung Neoplasms",)), [1]),
        (Filters(condition=("Bronchial Neoplasms", "lung cancer")), [1, 2]),
        (Filters(phase=("2",), exclude_sponsor=("Roche",)), [2]),
    ],
)
def test_filters_choose(graph: Index, filters: Filters, numbers: list[int]) -> None:
    assert passing(graph, filters) == numbers


def test_no_filter_lets_all_pass(graph: Index) -> None:
    assert allowed(graph, Filters()) is None


def test_filters_act_before_the_best_are_chosen(graph: Index) -> None:
    question = like_trials(graph, [nct(0)])
    found = answer(
        graph, question, asked="", share=shares({}), k=1, filters=Filters(country=("Japan",))
    )
    assert [one.nct_id for one in found.related] == [nct(3)]


@pytest.mark.parametrize(
    ("filters", "words"),
    [
        (Filters(phase=("five",)), "phase 'five': expected"),
        (Filters(status=("open",)), "expected COMPLETED, RECRUITING"),
        (Filters(since="soon"), "since 'soon': expected a date"),
    ],
)
def test_a_value_that_is_none_is_told(graph: Index, filters: Filters, words: str) -> None:
    with pytest.raises(QueryError, match=words):
        allowed(graph, filters)
