from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from kg.model.trial import (
    AssertedRelation,
    Document,
    Identifier,
    Link,
    Reference,
    Results,
    Trial,
)
from kg.related.answer import answer
from kg.related.question import like_trials
from kg.related.rank import shares
from kg.related.shown import shown, text_of
from kg.related.words import words
from tests.related.corpus import drug_trial, index, nct

PLANTED: dict[str, object] = {
    "references": (Reference("Planted citation of an unheard-of thing", "12345678", "10.1/x"),),
    "links": (Link("https://example.org/planted", "planted link"),),
    "documents": (Document("planted document"),),
    "identifiers": (Identifier("PLANTED-12345", "SECONDARY_ID", "OTHER_GRANT"),),
    "asserted_related": (AssertedRelation(nct(3), "planted title"),),
    "acronym": "PLANTED",
    "results": Results(limitations_and_caveats="planted"),
}


def test_what_would_give_the_answer_away_is_gone_before_anything_is_read() -> None:
    trial = Trial(nct_id=nct(1), brief_title="Lung", **PLANTED)  # type: ignore[arg-type]
    seen = structs.asdict(shown(trial))
    assert {name for name in PLANTED if seen[name]} == set()
    assert "lanted" not in text_of(trial)


def test_asserted_related_trials_change_nothing(tmp_path: Path) -> None:
    trials = [drug_trial(number, f"Study {number} of lung cancer") for number in range(5)]
    plain = index(tmp_path / "plain", trials)
    trials[0] = structs.replace(
        trials[0], asserted_related=(AssertedRelation(nct(4), "Study 4 of lung cancer"),)
    )
    planted = index(tmp_path / "planted", trials)
    one, two = (
        answer(found, like_trials(found, [nct(0)]), asked="", share=shares({}))
        for found in (plain, planted)
    )
    assert one == two
    assert all(not related.relations for related in two.related)


@given(st.integers(10000, 99999999), st.sampled_from(["PMID: {}", "doi 10.1000/{}", "NCT{:08d}"]))
def test_identifiers_in_the_text_are_no_words(number: int, form: str) -> None:
    trial = Trial(nct_id=nct(1), brief_summary=f"As seen in ({form.format(number)}).")
    digits = f"{number:08d}" if "08d" in form else str(number)
    assert not any(digits in word for word in words(text_of(trial)))


def test_own_identifiers_in_the_text_are_no_words() -> None:
    trial = Trial(
        nct_id=nct(1),
        official_title="Study ABC-12345 of a thing",
        identifiers=(Identifier("ABC-12345", "ORG_STUDY_ID"), Identifier("thing", "SECONDARY_ID")),
    )
    assert "12345" not in text_of(trial)
    assert "thing" in text_of(trial)
