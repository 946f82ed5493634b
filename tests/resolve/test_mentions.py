import pytest

from kg.resolve.collect import Collector
from kg.resolve.mentions import claims
from kg.resolve.resolution import Resolution

from .tiny import ONCOLOGY, drug, trial


def of_keywords(*keywords):
    return [(claim.name, claim.other, claim.field) for claim in claims(trial(1, keywords=keywords))]


@pytest.mark.parametrize(
    ("keyword", "pair"),
    [
        ("EXM-1234 (samplimab)", ("EXM-1234", "samplimab")),
        ("samplimab (EXM-1234)", ("samplimab", "EXM-1234")),
        ("samplimab; EXM-1234", ("samplimab", "EXM-1234")),
        ("EXM-1234 / samplimab", ("EXM-1234", "samplimab")),
        ("EXM-1234 also known as samplimab", ("EXM-1234", "samplimab")),
    ],
)
def test_one_keyword_that_holds_a_code_and_a_name(keyword, pair):
    assert of_keywords(keyword) == [(*pair, "keywords[]")]


@pytest.mark.parametrize(
    "keywords",
    [
        ("EXM-1234", "samplimab"),
        ("samplimab; examplimab",),
        ("EXM-1234; EXM-1235",),
        ("samplimab; EXM-1234; docetaxel",),
        ("samplimab for asthma; EXM-1234",),
        ("asthma (EXM-1234)",),
    ],
)
def test_keywords_that_do_not_say_that_two_names_are_one(keywords):
    assert of_keywords(*keywords) == []


def test_a_keyword_joins_a_code_and_a_name_and_is_the_evidence():
    collector = Collector()
    collector.add(trial(1, drug("EXM-1234"), keywords=("EXM-1234 (samplimab)",)))
    found = Resolution(collector, ONCOLOGY).find("samplimab")
    (name,) = [name for name in found.names if name.name == "EXM-1234"]
    assert "keywords[]" in {evidence.field for evidence in name.evidence}
    assert Resolution(collector, ONCOLOGY).find("EXM-1234") == found


def test_a_keyword_joins_no_two_registered_substances():
    collector = Collector()
    collector.add(trial(1, drug("pembrolizumab"), keywords=("SAR408701 (pembrolizumab)",)))
    resolution = Resolution(collector, ONCOLOGY)
    assert resolution.find("SAR408701") != resolution.find("pembrolizumab")
