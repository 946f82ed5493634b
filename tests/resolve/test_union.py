import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.resolve.collect import Collector
from kg.resolve.resolution import Resolution
from kg.resolve.vocabulary import NoVocabulary

from .tiny import ONCOLOGY, drug, trial


def resolve(*trials, vocabulary=ONCOLOGY):
    collector = Collector()
    for one in trials:
        collector.add(one)
    return Resolution(collector, vocabulary)


def guards(resolution):
    return {(link.name, link.other): link.guard for link in resolution.links()}


def same(resolution, one, other):
    return resolution.find(one).key == resolution.find(other).key


def test_other_names_join():
    resolution = resolve(trial(1, drug("EXM-1234", "examplimab", "Examplira")))
    assert same(resolution, "EXM-1234", "examplimab")
    assert same(resolution, "EXM 1234", "Examplira")
    assert resolution.find("EXM-1234").label == "examplimab"


def test_two_registered_substances_never_join():
    resolution = resolve(*(trial(n, drug("Docetaxel", "Carboplatin")) for n in range(20)))
    assert not same(resolution, "docetaxel", "carboplatin")
    assert guards(resolution)["Docetaxel", "Carboplatin"] == "two registered substances"


def test_codes_that_differ_in_a_digit_never_join():
    resolution = resolve(trial(1, drug("EXM-1234", "EXM-1235")))
    assert guards(resolution)["EXM-1234", "EXM-1235"] == "codes that differ in their digits"


def test_an_unknown_code_does_not_join_a_drug_with_another_code_of_that_house():
    resolution = resolve(trial(1, drug("MK-7684", "pembrolizumab")))
    assert not same(resolution, "MK-7684", "pembrolizumab")


def test_look_alikes_never_join():
    resolution = resolve(trial(1, drug("aclidinium"), drug("clidinium")))
    assert not same(resolution, "aclidinium", "clidinium")


@pytest.mark.parametrize("other", ["trastuzumab deruxtecan", "trastuzumab emtansine"])
@pytest.mark.parametrize("vocabulary", [ONCOLOGY, NoVocabulary()])
def test_an_antibody_is_not_its_conjugate(other, vocabulary):
    resolution = resolve(
        trial(1, drug("trastuzumab", other)), trial(2, drug(other)), vocabulary=vocabulary
    )
    assert not same(resolution, "trastuzumab", other)


def test_a_code_does_not_bridge_an_antibody_and_its_conjugate():
    resolution = resolve(
        trial(1, drug("EXM-1234", "samplimab")),
        trial(2, drug("EXM-1234", "samplimab vedotin")),
        vocabulary=NoVocabulary(),
    )
    assert not same(resolution, "samplimab", "samplimab vedotin")


def test_a_name_of_many_is_a_class():
    resolution = resolve(
        trial(1, drug("Docetaxel", "Standardix")),
        trial(2, drug("Carboplatin", "Standardix")),
        trial(3, drug("Standardix")),
    )
    assert resolution.find("Standardix").unii is None
    assert guards(resolution)["Docetaxel", "Standardix"] == "links to several registered substances"


@pytest.mark.parametrize(
    "other", ["ADC", "PD-1 inhibitor", "placebo", "10 mg tablet", "Arm A", "chemotherapy"]
)
def test_classes_placebos_and_doses_join_nothing(other):
    resolution = resolve(trial(1, drug("EXM-1", other)), trial(2, drug("EXM-2222", other)))
    assert resolution.find("EXM-2222").names[0].name == "EXM-2222"
    assert not any(link.status == "ACCEPTED" for link in resolution.links())


def test_separate_interventions_of_one_trial_are_not_one_drug():
    resolution = resolve(
        trial(1, drug("EXM-1234"), drug("Otherix")), trial(2, drug("EXM-1234", "Otherix"))
    )
    assert not same(resolution, "EXM-1234", "Otherix")


def test_an_acronym_means_what_records_mean_by_it():
    vocabulary = type(ONCOLOGY)(
        {"AAAAAAAAA1": ("CYCLOPHOSPHAMIDE",), "AAAAAAAAA2": ("CEFOTAXIME", "CTX")}
    )
    trials = [trial(n, drug("cyclophosphamide", "CTX")) for n in range(3)]
    assert resolve(*trials, vocabulary=vocabulary).find("CTX").unii == "AAAAAAAAA1"
    assert resolve(trial(9, drug("CTX")), vocabulary=vocabulary).find("CTX").unii == "AAAAAAAAA2"


def test_refused_names_stay_with_their_reason():
    resolution = resolve(trial(1, drug("MK-7684", "pembrolizumab")))
    refused = [n for n in resolution.find("pembrolizumab").names if n.status == "REFUSED"]
    assert [(n.name, n.refused_because) for n in refused] == [
        ("MK-7684", "codes that differ in their digits")
    ]
    assert refused[0].evidence[0].record == "NCT99000001"


POOL = [
    "EXM-1234",
    "EXM-1235",
    "examplimab",
    "Examplira",
    "docetaxel",
    "Taxotere",
    "carboplatin",
    "ADC",
    "placebo",
    "trastuzumab",
    "trastuzumab deruxtecan",
    "DS-8201a",
    "samplinib",
    "carboplatin/paclitaxel",
]
interventions = st.builds(
    lambda names: drug(names[0], *names[1:]),
    st.lists(st.sampled_from(POOL), min_size=1, max_size=4),
)
trials = st.lists(
    st.builds(lambda n, i: trial(n, *i), st.integers(1, 5), st.lists(interventions, max_size=3)),
    max_size=6,
)


@settings(deadline=None, max_examples=150)
@given(trials, st.randoms(use_true_random=False))
def test_the_order_of_records_does_not_matter(some, random):
    shuffled = random.sample(some, len(some))
    one, other = resolve(*some), resolve(*shuffled)
    assert list(one.drugs()) == list(other.drugs())
    assert list(one.links()) == list(other.links())
    assert [one.ground(t) for t in some] == [other.ground(t) for t in some]
    assert one.coverage == other.coverage


@settings(deadline=None, max_examples=100)
@given(trials)
def test_no_drug_holds_two_substances_or_two_numbers_of_a_house(some):
    for one in resolve(*some).drugs():
        names = {n.name.lower() for n in one.names if n.status == "ACCEPTED"}
        assert not {"exm-1234", "exm-1235"} <= names
        assert not {"trastuzumab", "trastuzumab deruxtecan"} <= names
        assert not {"docetaxel", "carboplatin"} <= names


def test_why_two_names_are_one_drug():
    resolution = resolve(
        trial(1, drug("EXM-1234", "examplimab")), trial(2, drug("examplimab", "Examplira"))
    )
    chain = resolution.explain("EXM-1234", "Examplira")
    assert [(link.name, link.other) for link in chain] == [
        ("EXM-1234", "examplimab"),
        ("examplimab", "Examplira"),
    ]
    assert [link.evidence[0].record for link in chain] == ["NCT99000001", "NCT99000002"]


def test_why_two_names_are_not_one_drug():
    resolution = resolve(trial(1, drug("MK-7684", "pembrolizumab")))
    (link,) = resolution.explain("pembrolizumab", "MK-7684")
    assert link.guard == "codes that differ in their digits"
    assert resolution.explain("docetaxel", "MK-7684") == ()


@pytest.mark.parametrize("company", ["GSK Biologicals", "Pfizer", "Example Pharma Ltd."])
def test_a_company_joins_nothing(company):
    resolution = resolve(trial(1, drug("Vaxone", company)), trial(2, drug("Vaxtwo", company)))
    assert not same(resolution, "Vaxone", "Vaxtwo")
