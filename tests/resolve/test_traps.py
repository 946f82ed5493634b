"""The traps of the domain that concern drugs, each with a case that others fell into."""

import pytest

from kg.model.trial import ArmGroup
from kg.resolve.bundled import Bundled
from kg.resolve.collect import Collector
from kg.resolve.nameable import nameable
from kg.resolve.reading import Reader
from kg.resolve.resolution import Resolution
from kg.resolve.target_words import genes_in

from .tiny import ONCOLOGY, Tiny, drug, trial

READER = Reader(ONCOLOGY)
BUNDLED = Bundled()


def read(text):
    return [part.node for part in READER.read(text).parts]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("matching placebo", "PLACEBO"),
        ("best supportive care", "COMPARATOR"),
        ("normal saline", "PLACEBO"),
        ("whole exome sequencing", "DIAGNOSTIC"),
        ("tumor biopsy", "PROCEDURE"),
        ("interbody fusion device", "OTHER"),
        ("lifestyle programme", "OTHER"),
    ],
)
def test_3_what_is_no_drug_is_kept_with_a_role_and_a_reason(text, role):
    (part,) = READER.read(text).parts
    assert part.node == ""
    assert part.not_drug.role == role
    assert part.not_drug.reason


def test_3_unhealthy_is_not_healthy():
    assert READER.read("unhealthyol").only.node == "unhealthyol"


def test_3_an_unknown_description_makes_no_drug_and_is_kept():
    one = trial(1, drug("Home with antibiotics when eating"))
    collector = Collector()
    collector.add(one)
    resolution = Resolution(collector, ONCOLOGY)
    (grounding,) = resolution.ground(one).groundings
    assert (grounding.status, grounding.reason) == ("REFUSED", "description")
    assert resolution.coverage.unresolved == 1


@pytest.mark.parametrize("text", ["Inactivated", "40KD", "F-18", "Treatment as usual", "Arm B"])
def test_4_general_words_are_no_names(text):
    assert not nameable(text)


@pytest.mark.parametrize(
    "text",
    [
        "docetaxel plus carboplatin",
        "docetaxel/carboplatin",
        "carboplatin-docetaxel",
        "12 weeks of docetaxel and carboplatin",
    ],
)
def test_5_combinations_have_their_parts(text):
    assert sorted(read(text)) == ["unii:AAAAAAAAA5", "unii:AAAAAAAAA7"]


def test_5_a_regimen_is_known_before_a_brand_of_the_same_name():
    parts = Reader(BUNDLED).read("EPOCH").parts
    assert [part.text for part in parts][:1] == ["etoposide"]
    assert len(parts) == 5


@pytest.mark.parametrize(
    "text",
    [
        "docetaxel 75 mg/m2 IV Q3W",
        "12 months of docetaxel",
        "Docetaxel - Dose A",
        "docetaxel administration for 6-12 weeks",
    ],
)
def test_6_doses_times_and_routes_are_not_the_drug(text):
    assert read(text) == ["unii:AAAAAAAAA5"]


@pytest.mark.parametrize("text", ["docetaxel sulfate ester", "anti-docetaxel vaccine"])
def test_6_a_word_that_may_make_another_drug_is_not_dropped(text):
    assert read(text) != ["unii:AAAAAAAAA5"]


@pytest.mark.parametrize(
    "text",
    ["trastuzumab-dkst", "trastuzumab biosimilar ABC 123", "proposed biosimilar of trastuzumab"],
)
def test_7_a_biosimilar_is_counted_as_its_reference(text):
    assert read(text) == ["unii:AAAAAAAAA3"]


def test_7_the_code_of_a_biosimilar_is_another_name():
    assert READER.read("trastuzumab biosimilar ABC-123").aliases == ("ABC-123",)


def test_7_a_name_of_the_hand_made_table_is_the_conjugate():
    conjugate = "trastuzumab deruxtecan"
    reader = Reader(Tiny({"AAAAAAAAA4": (conjugate,)}, means={"tdxd": conjugate}))
    assert reader.read("T-DXd").only.node == "unii:AAAAAAAAA4"


@pytest.mark.parametrize(
    ("words", "side", "symbols"),
    [
        ("PD-1 and VEGF in adults", "after", ["PDCD1", "VEGFA"]),
        ("PD-L1 x 4-1BB", "before", ["CD274", "TNFRSF9"]),
        ("BCMAxCD3", "before", ["TNFRSF17", "CD3E"]),
        ("Hematopoietic Progenitor Kinase-1 (HPK1)", "before", ["MAP4K1"]),
        ("claudin 18.2", "after", ["CLDN18"]),
        ("GLP-1/GIP receptor", "before", ["GIPR", "GLP1R"]),
        ("antibody-drug conjugate (ADC)", "before", []),
        ("PD-L1 expression", "after", []),
    ],
)
def test_8_words_beside_a_cue_mean_these_genes(words, side, symbols):
    found = [gene.symbol for gene, _ in genes_in(words, side, BUNDLED.genes)]
    assert sorted(found) == sorted(symbols)


def test_a_comparator_is_told_from_what_is_studied():
    arms = (ArmGroup("New", "EXPERIMENTAL"), ArmGroup("Old", "ACTIVE_COMPARATOR"))
    given = drug("EXM-1234", arms=("New",)), drug("docetaxel", arms=("Old",))
    one = trial(1, *given, arm_groups=arms)
    collector = Collector()
    collector.add(one)
    roles = {g.mention: g.role for g in Resolution(collector, ONCOLOGY).ground(one).groundings}
    assert roles == {"EXM-1234": "INVESTIGATIONAL", "docetaxel": "COMPARATOR"}
