from __future__ import annotations

from pathlib import Path

import pytest

from kg.model.trial import Identifier, Location, Trial
from kg.related.answer import Answer, answer
from kg.related.filters import Filters
from kg.related.index import Index
from kg.related.question import like_text, like_trials
from kg.related.rank import shares
from tests.related.corpus import drug_trial, index, nct

HOSPITAL = Location("Duke Clinical Research Site", city="Durham", country="United States")
ANONYMOUS = Location("Research Site", city="Madrid", country="Spain")
EUDRACT = Identifier("2020-001234-56", "SECONDARY_ID", "EUDRACT_NUMBER")


def titled(number: int, *drugs: str, **more: object) -> Trial:
    return drug_trial(number, "A study of lung cancer", *drugs, **more)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Index:
    trials = [
        titled(0, "SAR408701", identifiers=(EUDRACT,), locations=(HOSPITAL, ANONYMOUS)),
        titled(1, "tusamitamab ravtansine"),
        titled(2, "tusamitamab ravtansine", sponsor="Another"),
        titled(3, "labetuzumab govitecan", sponsor="Another"),
        titled(4, "XYZ-1", sponsor="Another", identifiers=(EUDRACT,)),
        titled(5, "XYZ-1", sponsor="Another", brief_summary=f"Extension of {nct(0)}."),
        titled(6, "XYZ-1", sponsor="Another", locations=(HOSPITAL,)),
        titled(7, "XYZ-1", sponsor="Another", locations=(ANONYMOUS,)),
        titled(8, "ABC-7", sponsor="Genzyme, a Sanofi Company"),
        titled(9, "ABC-7", sponsor="Genzyme"),
    ]
    return index(tmp_path_factory.mktemp("relations"), trials)


@pytest.fixture(scope="module")
def found(graph: Index) -> Answer:
    return answer(graph, like_trials(graph, [nct(0)]), asked="", share=shares({}), k=20)


@pytest.mark.parametrize(
    ("number", "types"),
    [
        (1, {"same-programme", "same-drug", "same-target"}),
        (2, {"same-drug", "same-target"}),
        (3, {"same-target"}),
        (4, {"same-trial-in-another-registry"}),
        (5, {"extension-or-parent"}),
        (6, {"shares-sites"}),
        (7, set()),
    ],
)
def test_typed_relations(found: Answer, number: int, types: set[str]) -> None:
    (one,) = (one for one in found.related if one.nct_id == nct(number))
    assert set(one.relations) == types


def test_a_sponsor_under_two_names_has_one_programme(graph: Index) -> None:
    asked = like_trials(graph, [nct(8)])
    for name in ("Genzyme", "Genzyme, a Sanofi Company"):
        filters = Filters(sponsor=(name,))
        other = answer(graph, asked, asked="", share=shares({}), filters=filters).related
        assert [one.nct_id for one in other] == [nct(9)]
        assert "same-programme" in other[0].relations


def test_the_ids_that_match_are_shown(found: Answer) -> None:
    shared = {one.nct_id: one.shared_ids for one in found.related if one.shared_ids}
    assert shared == {nct(4): ("2020-001234-56",)}


def test_an_extension_is_related_the_other_way_too(graph: Index) -> None:
    back = answer(graph, like_trials(graph, [nct(5)]), asked="", share=shares({}), k=20)
    (one,) = (one for one in back.related if one.nct_id == nct(0))
    assert one.relations == ("extension-or-parent",)


def test_a_description_finds_drugs_by_any_name_and_what_they_act_on(graph: Index) -> None:
    text = "A trial of SAR-408701 in lung cancer"
    described = answer(graph, like_text(graph, text), asked="text", share=shares({}), k=4)
    assert {one.nct_id for one in described.related[:3]} == {nct(0), nct(1), nct(2)}
    assert described.related[3].nct_id == nct(3)
    assert "same-drug" in described.related[0].relations
    assert described.related[0].differences == ()


def test_a_folder_without_an_index_is_told(tmp_path: Path) -> None:
    from kg.errors import StoreError

    with pytest.raises(StoreError, match="build the graph again"):
        Index(tmp_path)
