import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kg.resolve.codes import digits_differ, is_code, parse_code


@pytest.mark.parametrize(
    "code",
    [
        "SAR408701",
        "MK-3475",
        "DS-8201a",
        "BMS-936558",
        "AZD9291",
        "LY3298176",
        "ABBV-399",
        "IMMU-132",
        "BAY 43-9006",
        "CP-690,550",
        "141W94",
        "IMC-C225",
        "SHR-A1921",
        "BNT162b2",
        "NSC #119875",
        "U-101440E",
    ],
)
def test_company_codes(code):
    assert is_code(code)


@pytest.mark.parametrize(
    "other",
    [
        "IL-2",
        "COVID-19",
        "HER2",
        "CD19",
        "vitamin B12",
        "docetaxel",
        "5-FU",
        "T315I",
        "Day 14",
        "Phase 2",
        "Arm 12",
        "HPV-16",
        "anti-CD19",
        "10 mg",
        "",
    ],
)
def test_what_only_looks_like_a_code(other):
    assert not is_code(other)


@given(st.from_regex(r"[A-Z]{2,4}-?[1-9][0-9]{3,6}", fullmatch=True), st.integers(0, 9), st.data())
def test_one_digit_makes_another_substance(code, digit, data):
    places = [at for at, sign in enumerate(code) if sign.isdigit()]
    at = data.draw(st.sampled_from(places[1:]))
    assume(code[at] != str(digit))
    other = f"{code[:at]}{digit}{code[at + 1 :]}"
    first, second = parse_code(code), parse_code(other)
    assume(first is not None and second is not None)
    assert digits_differ(first, second)


def test_leading_zeros_come_and_go():
    assert not digits_differ(parse_code("NSC 008806"), parse_code("NSC #8806"))
