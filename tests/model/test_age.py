from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model.age import years


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        ("18 Years", "18"),
        ("1 Year", "1"),
        ("6 Months", "0.5"),
        ("3 Weeks", "0.057495"),
        ("2 Days", "0.005476"),
        ("36 Hours", "0.004107"),
        ("30 Minutes", "0.000057"),
        ("100 Years", "100"),
    ],
)
def test_years(age: str, expected: str) -> None:
    assert str(years(age)) == expected


@pytest.mark.parametrize("age", [None, "", "N/A", "18", "Years", "eighteen years", "-1 Years"])
def test_what_is_no_age(age: str | None) -> None:
    assert years(age) is None


@given(st.text())
def test_any_text_is_an_age_or_none(text: str) -> None:
    found = years(text)
    assert found is None or found >= Decimal(0)
