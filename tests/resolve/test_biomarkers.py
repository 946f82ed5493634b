import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model.trial import Eligibility, Trial
from kg.resolve.biomarkers import required
from kg.vocabularies import genes


def of_title(text: str) -> list[tuple[str, str]]:
    trial = Trial(nct_id="NCT99000001", brief_title=text)
    return [(one.target.symbol, one.qualifier) for one in required(trial)]


def of_criterion(text: str) -> list[tuple[str, str]]:
    trial = Trial(nct_id="NCT99000001", eligibility=Eligibility(inclusion=(text,)))
    return [(one.target.symbol, one.qualifier) for one in required(trial)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("EXM-1 in CEACAM5-positive tumours", [("CEACAM5", "positive")]),
        ("EXM-1 in HER2+ Breast Cancer", [("ERBB2", "+")]),
        ("EXM-1 in NSCLC harbouring EGFR exon 19 deletions", [("EGFR", "exon 19 deletions")]),
        ("EXM-1 in PD-L1 expression \u2265 50% lung cancer", [("CD274", "expression \u2265 50%")]),
        ("EXM-1 in KRAS G12C-mutated NSCLC", [("KRAS", "G12C mutated")]),
        ("EXM-1 in claudin 18.2-positive cancer", [("CLDN18", "isoform 2 positive")]),
        ("EXM-1 in BRCA1/2 mutated cancer", [("BRCA1", "mutated"), ("BRCA2", "mutated")]),
        ("EXM-1 in cancer that overexpresses HER2", [("ERBB2", "cancer that overexpresses")]),
    ],
)
def test_a_title_says_who_is_studied(text: str, expected: list[tuple[str, str]]) -> None:
    assert of_title(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tumours are positive for CEACAM5 by IHC", [("CEACAM5", "positive for")]),
        ("Tumour tissue with CEACAM5 expression by IHC", [("CEACAM5", "expression")]),
        ("Documented EGFR exon 19 deletion", [("EGFR", "exon 19 deletion")]),
        (
            "PD-L1 tumour proportion score \u2265 50%",
            [("CD274", "tumour proportion score \u2265 50%")],
        ),
        ("Germline BRCA1 or BRCA2 mutation", [("BRCA1", "mutation"), ("BRCA2", "mutation")]),
    ],
)
def test_an_inclusion_criterion_asks_for_it(text: str, expected: list[tuple[str, str]]) -> None:
    assert of_criterion(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "HER2-negative disease",
        "EGFR and ALK wild-type disease",
        "No EGFR mutation",
        "HER2-positive or HER2-negative disease",
        "Any PD-L1 expression",
        "Known PD-L1 expression status",
        "If EGFR mutation is present, a TKI was given",
        "With EGFR mutation and prior treatment by a TKI",
        "Tissue available to test with PD-L1 expression \u2265 1%",
        "Cohort B: HER2-positive disease",
        "CD4+ cells above 200",
        "RNA positive",
    ],
)
def test_a_criterion_that_leaves_it_open_or_asks_the_contrary(text: str) -> None:
    assert of_criterion(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "PD-L1 expression in lung cancer",
        "EGFR mutation in plasma",
        "EXM-1, a KRAS G12C inhibitor",
        "Triple-negative breast cancer",
        "Was positive",
    ],
)
def test_a_title_that_only_speaks_of_a_gene(text: str) -> None:
    assert of_title(text) == []


def test_what_a_title_denies_no_criterion_asks_for() -> None:
    trial = Trial(
        nct_id="NCT99000001",
        brief_title="EXM-1 in HER2-negative cancer",
        eligibility=Eligibility(inclusion=("HER2-positive by the local test",)),
    )
    assert required(trial) == ()


def test_an_exclusion_criterion_asks_for_nothing() -> None:
    excluded = Eligibility(criteria="HER2-positive", exclusion=("HER2-positive disease",))
    assert required(Trial(nct_id="NCT99000001", eligibility=excluded)) == ()


def test_the_words_are_kept_with_their_field_and_rule() -> None:
    sentence = "Documented EGFR mutation."
    eligibility = Eligibility(inclusion=(f"Adults. {sentence}",))
    (one,) = required(Trial(nct_id="NCT99000001", eligibility=eligibility))
    assert (one.sentence, one.field) == (sentence, "eligibilityModule.eligibilityCriteria")
    assert (one.rule, one.confidence) == ("inclusion-altered", 0.85)


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    for title in (text, f"{text} positive", f"with EGFR {text} mutation"):
        for symbol, _ in of_title(title):
            assert genes.by_symbol(symbol)
