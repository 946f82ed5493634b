from hypothesis import given
from hypothesis import strategies as st

from kg.vocabularies import squash


@given(st.text())
def test_squashing_twice_is_squashing_once(text: str) -> None:
    assert squash(squash(text)) == squash(text)


@given(st.text())
def test_nothing_but_letters_and_digits_is_left(text: str) -> None:
    assert all(sign.isalnum() for sign in squash(text))


@given(st.text(alphabet=st.characters(max_codepoint=127)), st.sampled_from(" -./,()'_\u00ae™"))
def test_signs_between_do_not_count(text: str, sign: str) -> None:
    assert squash(sign.join(text)) == squash(text)


def test_codes_that_differ_in_a_digit_stay_apart() -> None:
    assert squash("SAR408701") != squash("SAR408702")
    assert squash("DS-8201") != squash("DS-8201a")


def test_greek_accents_and_full_width_letters() -> None:
    assert squash("TNF-α") == squash("tnf alpha") == squash("ＴＮＦ－Α")
    assert squash("Türkiye") == "turkiye"
    assert squash("final ς") == squash("final σ")
    assert squash("5 µg") == squash("5 μg") == "5mug"
