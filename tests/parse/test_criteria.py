from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.parse.criteria import split
from kg.parse.text import paragraphs


@pytest.mark.parametrize(
    ("inclusion", "exclusion"),
    [
        ("Inclusion Criteria:", "Exclusion Criteria:"),
        ("INCLUSION CRITERIA", "EXCLUSION CRITERIA"),
        ("Key Inclusion Criteria", "Key Exclusion Criteria"),
        ("Main criteria for inclusion:", "Main criteria for exclusion:"),
        ("Inclusion:", "Exclusions:"),
        ("* Inclusion criteria :", "* Exclusion criteria :"),
        ("1. Inclusion Criteria", "2. Exclusion Criteria"),
        ("Inclusion Criteria:", "Non-inclusion criteria:"),
        ("Inclusion Criteria (Part A):", "Exclusion Criteria (all parts):"),
    ],
)
def test_headings(inclusion: str, exclusion: str) -> None:
    text = f"Who may join.\n{inclusion}\n* Adults\n2. Consent\n{exclusion}\nPregnancy"
    assert split(text) == (("Adults", "Consent"), ("Pregnancy",))


def test_headings_of_several_parts_add_up() -> None:
    text = "Inclusion criteria A:\n* a\nExclusion criteria A:\n* b\nInclusion criteria B:\n* c"
    assert split(text) == (("a", "c"), ("b",))


def test_a_heading_may_have_its_text_beside_it() -> None:
    text = "Inclusion Criteria: Adults who consent to it Exclusion Criteria: none"
    assert split(text) == (("Adults who consent to it",), ("none",))


@pytest.mark.parametrize(
    "item",
    [
        "* Does not meet the inclusion criteria",
        "* Stroke less than a year before inclusion",
        "* Excluded drugs in the last week",
        "Other exclusion criteria may apply.",
    ],
)
def test_an_item_that_speaks_of_inclusion_is_no_heading(item: str) -> None:
    inclusion, exclusion = split(f"Exclusion Criteria:\n* First\n{item}\n* Last")
    assert inclusion == ()
    assert len(exclusion) == 3


@pytest.mark.parametrize(
    "text",
    [None, "", "Healthy adults.", "DISEASE CHARACTERISTICS:\n* Stage IV",
     "Inclusion and Exclusion Criteria:\n* Adults"],
)  # fmt: skip
def test_nothing_is_made_up_where_nothing_is_split(text: str | None) -> None:
    assert split(text) == ((), ())


LINES = st.sampled_from(
    ["Inclusion Criteria:", "Exclusion criteria", "* item", "words", "", "1. x"]
)


@given(st.lists(LINES | st.text(max_size=30)).map("\n".join))
def test_every_item_stands_in_the_text(text: str) -> None:
    criteria = paragraphs(text)
    for item in [item for items in split(criteria) for item in items]:
        assert item in (criteria or "")


def test_real_criteria_are_split_nearly_always(records: Path) -> None:
    whole = both = 0
    for line in (records / "ctgov-v2.jsonl").open("rb"):
        module = msgspec.json.decode(line)["protocolSection"]["eligibilityModule"]
        inclusion, exclusion = split(paragraphs(module.get("eligibilityCriteria")))
        whole += 1
        both += bool(inclusion and exclusion)
    assert both / whole > 0.96
