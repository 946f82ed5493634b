from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import RecordError
from kg.model.trial import PartialDate
from kg.parse.dates import partial_date

DAYS = st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2017-10-17", "2017-10-17"),
        ("2017-10", "2017-10"),
        ("2017", "2017"),
        ("October 17, 2017", "2017-10-17"),
        ("Oct 7, 2017", "2017-10-07"),
        ("May 2018", "2018-05"),
        ("2020-07-27T16:54", "2020-07-27"),
        (" 2005 ", "2005"),
        ("February 29, 2020", "2020-02-29"),
    ],
)
def test_dates_keep_their_precision(text: str, expected: str) -> None:
    assert partial_date(text) == PartialDate(expected)


@pytest.mark.parametrize("text", [None, "", "  "])
def test_no_date(text: str | None) -> None:
    assert partial_date(text, "Actual") is None


@pytest.mark.parametrize(
    "text",
    ["soon", "2017-13", "2017-02-30", "February 30, 2020", "Brumaire 3, 1799", "17-10-2017",
     "0000", "2017-1-1", "٢٠١٧", "2017-10-17 and later"],
)  # fmt: skip
def test_what_is_no_date_is_told(text: str) -> None:
    with pytest.raises(RecordError, match=r"NCT99000001 at startDate: found .* expected a date"):
        partial_date(text, record="NCT99000001", place="startDate")


@given(DAYS, st.sampled_from(["%Y-%m-%d", "%Y-%m", "%Y"]))
def test_an_iso_date_comes_back_as_it_was(day: datetime.date, form: str) -> None:
    text = day.strftime(form)
    assert partial_date(text) == PartialDate(text)


@given(DAYS)
def test_words_and_iso_are_the_same_day(day: datetime.date) -> None:
    assert partial_date(f"{day:%B} {day.day}, {day.year}") == partial_date(day.isoformat())


@given(st.text())
def test_any_text_is_a_date_or_told(text: str) -> None:
    try:
        found = partial_date(text)
    except RecordError:
        return
    assert found is None or partial_date(found.date) == found
