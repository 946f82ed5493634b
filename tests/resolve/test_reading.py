import pytest

from kg.resolve.reading import Reader
from kg.resolve.vocabulary import NoVocabulary

from .tiny import ONCOLOGY


@pytest.fixture
def reader():
    return Reader(ONCOLOGY)


@pytest.mark.parametrize(
    ("registered", "unii"),
    [
        ("Docetaxel", "AAAAAAAAA5"),
        ("docetaxel 75 mg/m2 IV on Day 1", "AAAAAAAAA5"),
        ("Taxotere®", "AAAAAAAAA5"),
        ("docetaxel trihydrate", "AAAAAAAAA5"),
        ("SAR 408701", "AAAAAAAAA1"),
        ("pembrolizumab (MK-3475) 200 mg IV Q3W", "AAAAAAAAA9"),
    ],
)
def test_a_drug_under_its_dose_route_and_form(reader, registered, unii):
    assert reader.read(registered).only.node == f"unii:{unii}"


def test_the_bracket_is_an_alias_and_the_dose_is_not(reader):
    reading = reader.read("EXM-1234 (examplimab) (200 mg IV)")
    assert reading.only.text == "EXM-1234"
    assert reading.aliases == ("examplimab",)


@pytest.mark.parametrize(
    "registered",
    [
        "carboplatin + paclitaxel",
        "carboplatin/paclitaxel",
        "Carboplatin and Paclitaxel",
        "paclitaxel in combination with carboplatin",
        "Carboplatin AUC 5, Paclitaxel 175 mg/m2",
        "chemo doublet (carboplatin, paclitaxel)",
    ],
)
def test_combinations_come_apart(reader, registered):
    assert {part.node for part in reader.read(registered).parts} == {
        "unii:AAAAAAAAA7",
        "unii:AAAAAAAAA8",
    }


def test_an_unknown_side_of_a_combination_is_kept(reader):
    known, unknown = reader.read("Docetaxel plus EXM-1234").parts
    assert (known.node, unknown.node) == ("unii:AAAAAAAAA5", "exm1234")


def test_a_regimen_is_its_components(reader):
    nodes = [part.node for part in reader.read("mFOLFOX6 regimen").parts]
    assert nodes == ["unii:AAAAAAAAB1", "unii:AAAAAAAAB2", "unii:AAAAAAAAB3"]


@pytest.mark.parametrize("registered", ["rgp120/HIV-1", "pegylated interferon and care"])
def test_a_slash_or_and_inside_one_name_parts_nothing(registered):
    assert len(Reader(NoVocabulary()).read(registered).parts) == 1


def test_an_ambiguous_name_lists_its_candidates_and_means_none(reader):
    part = reader.read("EXM").only
    assert part.node == ""
    assert [s.unii for s in part.candidates] == ["AAAAAAAAB6", "AAAAAAAAB7"]


def test_a_condition_is_no_drug(reader):
    assert reader.read("Epilepsy").only.not_drug.reason == "a condition"


def test_placebo_beside_a_drug(reader):
    placebo, docetaxel = reader.read("placebo + docetaxel").parts
    assert placebo.not_drug.role == "PLACEBO"
    assert docetaxel.node == "unii:AAAAAAAAA5"


def test_the_code_in_a_description(reader):
    assert reader.read("anti-PD-1 antibody EXM-1210").only.node == "exm1210"


def test_a_regimen_inside_a_description_is_its_components(reader):
    parts = reader.read("EPOCH infusion chemotherapy").parts
    assert [part.text.lower() for part in parts][:2] == ["etoposide", "prednisone"]


def test_her_is_no_name(reader):
    assert reader.name("Her").node == ""
