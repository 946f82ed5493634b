"""A gene that a trial requires stands apart from what its drugs act on."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from kg.cards.target import target_card
from kg.cards.trial import trial_card

FIXTURE = Path(__file__).resolve().parents[1] / "data" / "queries" / "fixture.ttl"


@pytest.fixture(scope="module")
def store() -> Store:
    graph = Store()
    graph.load(path=FIXTURE, format=RdfFormat.TURTLE)
    return graph


def test_a_target_tells_who_requires_it(store: Store) -> None:
    card = target_card(store, "CEACAM5")
    assert card.required_by == ["NCT04154956"]
    assert set(card.required_by) < set(card.trials)
    assert target_card(store, "TUBB").required_by == []


def test_a_trial_tells_what_it_requires_with_the_words(store: Store) -> None:
    (one,) = trial_card(store, "NCT04154956").biomarkers
    assert (one.symbol, one.qualifier, one.field) == ("CEACAM5", "Positive", "briefTitle")
    assert one.sentence and "CEACAM5 Positive" in one.sentence
    assert (one.rule, one.confidence) == ("title-positive", 0.95)
    assert trial_card(store, "NCT03324113").biomarkers == []
