from __future__ import annotations

import zipfile
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from kg.parse.text import clean, paragraphs

AWKWARD = st.text(st.sampled_from("&\\amp;lt#60<>*_-• \n\r\t\x00\x85\u200e\u2028\ud800é\u0301"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, None),
        ("", None),
        (" \n\t ", None),
        ("one\n  two\tthree", "one two three"),
        (r"dose \> 5 \[mg\] \<10 \~3 a\_b \*c", "dose > 5 [mg] <10 ~3 a_b *c"),
        ("1 &lt; 2 &amp;gt; 0 &#8805; 3 R&D AT&T;", "1 < 2 > 0 ≥ 3 R&D AT&T;"),
        ("x\u200ey\u202ez\ufeff\x07", "xyz"),
        ("don\x92t", "don’t"),
        ("e\u0301", "é"),
        (r"and\\or C:\Path", r"and\or C:\Path"),
        ("https://example.org/?a=1&copy=2", "https://example.org/?a=1&copy=2"),
        ("bad \ud800 half", "bad \ufffd half"),
    ],
)
def test_clean(text: str | None, expected: str | None) -> None:
    assert clean(text) == expected


MARKDOWN = (
    "Adults with a score \\> 3.\n\nThey must:\n\n* understand the study\n  * in their language\n"
    "* consent in writing before anything is done to them\n\n1. first\n2. second\n\nThe end."
)
WRAPPED = """
      Adults with a score &gt; 3.\r
\r
      They must:\r
\r
        -  understand the study\r
\r
             -  in their language\r
\r
        -  consent in writing before\r
           anything is done to them\r
\r
        1. first\r
\r
        2. second\r
\r
      The end.\r
    """
NORMAL = (
    "Adults with a score > 3.\nThey must:\n* understand the study\n* in their language\n"
    "* consent in writing before anything is done to them\n1. first\n2. second\nThe end."
)


@pytest.mark.parametrize("text", [MARKDOWN, WRAPPED, NORMAL])
def test_every_source_comes_to_one_form(text: str) -> None:
    assert paragraphs(text) == NORMAL


def test_a_wrapped_line_that_looks_like_an_item_stays_in_its_paragraph() -> None:
    text = "\n      Visits are on days 1 and\n      15. They end with week\n      - or month - 3.\n"
    assert paragraphs(text) == "Visits are on days 1 and 15. They end with week - or month - 3."


def test_unwrapped_lines_stay_apart() -> None:
    assert (
        paragraphs("Adults\nChildren\n• Elders\n•Others") == "Adults\nChildren\n* Elders\n* Others"
    )


@given(st.text() | AWKWARD)
def test_clean_twice_is_clean_once(text: str) -> None:
    once = clean(text)
    assert clean(once) == once


@given(st.text() | AWKWARD)
def test_paragraphs_twice_is_paragraphs_once(text: str) -> None:
    once = paragraphs(text)
    assert paragraphs(once) == once


@given(st.text() | AWKWARD)
def test_clean_text_can_be_written_down_on_one_line(text: str) -> None:
    found = clean(text) or ""
    found.encode()
    assert len(found.splitlines()) <= 1


def test_real_texts_are_the_same_in_both_forms(records: Path) -> None:
    pairs = 0
    with zipfile.ZipFile(records / "ctgov-legacy-xml.zip") as archive:
        names = set(archive.namelist())
        for line in (records / "ctgov-v2.jsonl").open("rb"):
            study = msgspec.json.decode(line)["protocolSection"]
            name = f"{study['identificationModule']['nctId']}.xml"
            if name not in names:
                continue
            root = etree.fromstring(archive.read(name))
            description, eligibility = study["descriptionModule"], study["eligibilityModule"]
            for path, text in {
                "brief_summary": description["briefSummary"],
                "detailed_description": description.get("detailedDescription"),
                "eligibility/criteria": eligibility["eligibilityCriteria"],
            }.items():
                assert paragraphs(root.findtext(f"{path}/textblock")) == paragraphs(text)
                pairs += 1
    assert pairs == 30
