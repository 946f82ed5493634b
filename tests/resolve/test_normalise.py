import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolve.normalise import base, core, only_dosing, plain, squash

names = st.text(
    st.sampled_from("abcdeXYZ ()-,./+0123456789®™β%\u2013") | st.characters(max_codepoint=0x2FF),
    max_size=40,
)


@given(names)
@pytest.mark.parametrize("normalise", [plain, core, base, squash])
def test_twice_is_once(normalise, text):
    assert normalise(normalise(text)) == normalise(text)


@given(names)
def test_case_and_punctuation_do_not_tell_names_apart(text):
    assert squash(text) == squash(f" {text}- ")


@pytest.mark.parametrize(
    ("registered", "name"),
    [
        ("examplinib hydrochloride 10 mg tablet", "examplinib hydrochloride"),
        ("Oral zinc gluconate", "zinc gluconate"),
        ("EXM-1234 200 mg IV Q3W", "EXM-1234"),
        ("Comparator: examplinib", "examplinib"),
        ("treatment with examplinib twice daily", "examplinib"),
        ("examplinib 20mg-40mg", "examplinib"),
        ("interferon β-1a", "interferon beta-1a"),
        ("fluorouracil 5% cream", "fluorouracil"),
        ("5-FU", "5-FU"),
        ("insulin 70/30", "insulin 70/30"),
        ("100 mg", "100 mg"),
    ],
)
def test_dose_route_and_form_go(registered, name):
    assert core(registered) == name


@pytest.mark.parametrize(
    ("salt", "drug"),
    [
        ("irinotecan hydrochloride trihydrate", "irinotecan"),
        ("ATORVASTATIN CALCIUM TRIHYDRATE", "ATORVASTATIN"),
        ("octreotide acetate", "octreotide"),
    ],
)
def test_counter_ions_go(salt, drug):
    assert base(salt) == drug


@pytest.mark.parametrize(
    "name",
    ["sodium chloride", "lithium carbonate", "magnesium sulfate", "fluticasone furoate",
     "fluticasone propionate", "testosterone undecanoate", "abiraterone acetate",
     "mycophenolate sodium", "isosorbide nitrate"],
)  # fmt: skip
def test_salts_that_matter_stay(name):
    assert base(name) == name


def test_a_dose_is_no_name():
    assert only_dosing("200 mg IV Q3W")
    assert not only_dosing("200 mg of examplinib")
