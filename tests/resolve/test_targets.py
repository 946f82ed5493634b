import pytest

from kg.model.trial import Eligibility
from kg.resolve.collect import Collector
from kg.resolve.resolution import Resolution
from kg.resolve.vocabulary import NoVocabulary

from .tiny import ONCOLOGY, drug, trial


def targets(name, *trials, vocabulary=ONCOLOGY):
    collector = Collector()
    for one in trials:
        collector.add(one)
    return Resolution(collector, vocabulary).find(name).targets


def symbols(*args, **named):
    return [link.target.symbol for link in targets(*args, **named)]


@pytest.mark.parametrize(
    "text",
    [
        "EXM-1234 is an anti-CEACAM5 antibody-drug conjugate given every two weeks.",
        "EXM-1234, a CEACAM5-targeted conjugate, is tested in adults.",
        "EXM-1234 is a conjugate targeting CEACAM5 in solid tumours.",
        "EXM-1234 is directed against carcinoembryonic antigen-related cell adhesion molecule 5.",
        "The CD66e inhibitor EXM-1234 is given once.",
        "EXM-1234 (CEACAM5 antibody) is given once.",
        "This study tests the anti-CEACAM5 antibody EXM-1234.",
    ],
)
def test_a_sentence_says_the_target(text):
    (link,) = targets("EXM-1234", trial(1, drug("EXM-1234"), drug("docetaxel"), brief_summary=text))
    assert link.target.hgnc_id == "HGNC:1817"
    assert link.evidence[0].text == text
    assert link.evidence[0].field == "briefSummary"
    assert link.evidence[0].record == "NCT99000001"


@pytest.mark.parametrize(
    "text",
    [
        "EXM-1234 is given after progression on an anti-EGFR antibody.",
        "EXM-1234 in patients resistant to EGFR inhibitors.",
        "EXM-1234 plus an EGFR inhibitor is compared with care.",
        "docetaxel, samplinib, EGFR inhibitor, EXM-1234.",
        "EXM-1234 in EGFR inhibitor-naive adults.",
        "EXM-1234 is a CEA inhibitor.",
        "EXM-1234 was good for the set.",
    ],
)
def test_a_sentence_that_speaks_of_other_drugs_or_is_unclear(text):
    assert (
        symbols("EXM-1234", trial(1, drug("EXM-1234"), drug("docetaxel"), brief_summary=text)) == []
    )


def test_an_exclusion_criterion_never_makes_a_link_and_may_stand_beside_one():
    excluded = Eligibility(exclusion=("Earlier treatment targeting CEACAM5.",))
    assert symbols("EXM-1234", trial(1, drug("EXM-1234"), eligibility=excluded)) == []
    (link,) = targets("SAR408701", trial(1, drug("SAR408701"), eligibility=excluded))
    assert [e.rule for e in link.evidence] == ["curated", "exclusion-criterion"]


def test_a_required_biomarker_is_not_the_target():
    title = "EXM-1234 in EGFR-positive tumours"
    assert symbols("EXM-1234", trial(1, drug("EXM-1234"), brief_title=title)) == []


def test_an_isoform_maps_to_its_gene_and_is_kept():
    (link,) = targets("EXM-1234", trial(1, drug("EXM-1234", "anti-claudin 18.2 antibody")))
    assert (link.target.symbol, link.qualifier) == ("CLDN18", "18.2")


def test_the_drugs_own_knowledge_needs_no_text():
    assert symbols("SAR408701", trial(1, drug("SAR408701"))) == ["CEACAM5"]


def test_several_targets():
    text = "EXM-1234 is an anti-CEACAM5 antibody. EXM-1234 is an EGFR antagonist."
    assert symbols("EXM-1234", trial(1, drug("EXM-1234"), brief_summary=text)) == [
        "CEACAM5",
        "EGFR",
    ]


def test_without_a_vocabulary_there_are_no_genes():
    text = "EXM-1234 is an anti-CEACAM5 antibody."
    one = trial(1, drug("EXM-1234"), brief_summary=text)
    assert symbols("EXM-1234", one, vocabulary=NoVocabulary()) == []
