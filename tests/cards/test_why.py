from __future__ import annotations

import pytest
from pyoxigraph import RdfFormat, Store

from kg.cards.why import why_card
from kg.cli.why import why_lines
from kg.iris import Iris
from kg.map.drugs import map_drug
from kg.model.drug import Drug, DrugName, Evidence

SAID = Evidence("record", "NCT99000001", "interventions[].otherNames", "other-name", 0.9, None)


def name(text: str, refused: str | None = None) -> DrugName:
    status = "REFUSED" if refused else "ACCEPTED"
    return DrugName(text, "SYNONYM", status, (SAID,), 1, refused)


@pytest.fixture(scope="module")
def store() -> Store:
    drugs = [
        Drug("examplix", "examplix", None, (name("examplix"), name("EXM-1234")), ()),
        Drug(
            "samplix", "samplix", None, (name("samplix"), name("EXM 1234", "stands beside it")), ()
        ),
    ]
    store = Store()
    lines = "".join(map_drug(drug, Iris()) for drug in drugs)
    store.load(input=lines.encode(), format=RdfFormat.N_TRIPLES)
    return store


def test_one_drug_with_the_reasons_for_both_names(store: Store) -> None:
    card = why_card(store, "exm1234", "Examplix")
    assert card.same is True
    assert card.one.found is not None and card.other.found is not None
    assert card.one.found.name == "EXM-1234"
    assert card.one.found.evidence[0].record == "NCT99000001"
    assert "NCT99000001" in "\n".join(why_lines(card))


def test_two_drugs_with_the_link_that_was_refused(store: Store) -> None:
    card = why_card(store, "EXM-1234", "samplix")
    assert card.same is False
    assert [(refused.name, refused.reason) for refused in card.refused] == [
        ("EXM 1234", "stands beside it")
    ]
    assert "refused EXM 1234: stands beside it" in "\n".join(why_lines(card))


def test_an_unknown_name_is_an_answer(store: Store) -> None:
    card = why_card(store, "examplix", "nothing like it")
    assert card.same is None
    assert card.other.problem is not None
