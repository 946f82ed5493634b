import pytest

from kg.parse import parse
from kg.records.files import read
from kg.resolve.bundled import Bundled
from kg.resolve.collect import Collector
from kg.resolve.resolution import Resolution
from kg.resolve.vocabulary import NoVocabulary

from .tiny import ONCOLOGY, arm, cites, drug, trial


def resolve(trials, vocabulary):
    collector = Collector()
    for one in trials:
        collector.add(one)
    return Resolution(collector, vocabulary)


def page(number, *interventions, unassigned, **fields):
    return trial(number, *interventions, unassigned_other_names=unassigned, **fields)


TITLE = "A study of EXM-1234 in Nordic adults with chronic severe hand eczema"
CITATION = (
    "Doe J. Safety of samplimab vedotin alone in Nordic adults "
    "with chronic severe hand eczema. J Ex."
)


def test_flattened_names_go_where_another_record_or_a_publication_says():
    older = trial(
        1, drug("EXM-1234"), drug("naphazoline", "Eyeclear"), drug("dexamethasone", "Santex drops")
    )
    newer = page(
        1, drug("EXM-1234"), drug("naphazoline"), drug("dexamethasone"),
        unassigned="Samplimab vedotin Santex drops Eyeclear Unknownix",
        brief_title=TITLE, references=cites(CITATION),
    )  # fmt: skip
    resolution = resolve([older, newer], NoVocabulary())
    grounded = resolution.ground(newer).groundings
    assigned = {g.mention: g.intervention[1] for g in grounded if g.rule.startswith("flattened-")}
    assert assigned == {
        "Samplimab vedotin": "EXM-1234",
        "Santex drops": "dexamethasone",
        "Eyeclear": "naphazoline",
    }
    assert [(g.mention, g.reason) for g in grounded if g.reason] == [("Unknownix", "unassigned")]
    assert list(resolution.unassigned()) == [("NCT99000001", "Unknownix")]
    found = resolution.find("samplimab vedotin")
    assert found.key == resolution.find("EXM-1234").key
    (name,) = [n for n in found.names if n.name == "Samplimab vedotin"]
    assert name.evidence[0].rule == "publication-title"
    assert name.evidence[0].text == CITATION


def test_flattened_names_without_evidence_stay_unassigned():
    one = page(1, drug("EXM-1234"), drug("naphazoline"), unassigned="Foo Bar", brief_title=TITLE)
    resolution = resolve([one], ONCOLOGY)
    assert [words for _, words in resolution.unassigned()] == ["Foo Bar"]


def test_a_publication_names_the_drug_only_if_the_title_names_no_other():
    title = TITLE.replace("EXM-1234", "EXM-1234 and docetaxel")
    one = trial(
        1, drug("EXM-1234"), drug("docetaxel"), brief_title=title, references=cites(CITATION)
    )
    resolution = resolve([one, trial(2, drug("samplimab vedotin"))], NoVocabulary())
    assert resolution.find("samplimab vedotin").key != resolution.find("EXM-1234").key


def test_a_later_version_names_the_code():
    before = trial(1, drug("EXM-1234"), drug("docetaxel"))
    after = trial(1, drug("samplimab vedotin"), drug("docetaxel"))
    resolution = resolve([before, after], ONCOLOGY)
    assert resolution.find("EXM-1234").key == resolution.find("samplimab vedotin").key


def test_roles():
    one = trial(
        1,
        drug("EXM-1234", arms=["Active"]),
        drug("docetaxel", arms=["Control"]),
        drug("dexamethasone", arms=["Active", "Control"], description="premedication"),
        drug("EXM-1234 placebo", arms=["Control"]),
        drug("Biopsy", type="PROCEDURE"),
        drug("Shock wave device (sham applicator)", type="DEVICE"),
        drug("Inhaler filled with docetaxel + Placebo", type="DEVICE"),
        drug("morphine", arms=["Active"], description="rescue when pain is severe"),
        brief_title="EXM-1234 versus docetaxel",
        arm_groups=(arm("Active"), arm("Control", "ACTIVE_COMPARATOR")),
    )
    grounded = resolve([one], ONCOLOGY).ground(one)
    assert {name: role for (_, name), role in grounded.roles.items()} == {
        "EXM-1234": "INVESTIGATIONAL",
        "docetaxel": "COMPARATOR",
        "dexamethasone": "BACKGROUND",
        "EXM-1234 placebo": "PLACEBO",
        "Biopsy": "PROCEDURE",
        "Shock wave device (sham applicator)": "PLACEBO",
        "Inhaler filled with docetaxel + Placebo": "OTHER",
        "morphine": "RESCUE",
    }
    assert len(grounded.investigational) == 1
    assert "unii-AAAAAAAAA5" in grounded.drugs


def test_what_is_not_grounded_says_why():
    one = trial(1, drug("Placebo"), drug("EXM"), drug("chemotherapy"))
    groundings = resolve([one], ONCOLOGY).ground(one).groundings
    assert [(g.status, g.reason) for g in groundings] == [
        ("REFUSED", "placebo"),
        ("REFUSED", "ambiguous"),
        ("REFUSED", "too general to name a drug"),
    ]
    assert groundings[1].candidates == ("unii-AAAAAAAAB6", "unii-AAAAAAAAB7")


def test_coverage_counts_interventions():
    one = trial(
        1,
        drug("docetaxel"),
        drug("EXM-1234"),
        drug("EXM"),
        drug("Placebo"),
        drug("Talk", type="BEHAVIORAL"),
    )
    found = resolve([one], ONCOLOGY).coverage
    assert (found.vocabulary, found.mined, found.unresolved, found.not_a_drug) == (1, 1, 1, 1)
    assert found.most_frequent_unresolved == (("EXM", 1),)


@pytest.fixture(scope="module")
def tusamitamab(records):
    sources = [records / "tusamitamab", records / "page"]
    return [parse(raw) for raw in read(sources, rejected=lambda rejection: None)]


class WithoutTheAlias(Bundled):
    """The bundle, had it never heard of the conjugate."""

    def substances(self, name):
        return [s for s in super().substances(name) if s.unii != "DSS3BE2ZXN"]


@pytest.mark.parametrize("vocabulary", [Bundled(), WithoutTheAlias(), NoVocabulary()])
def test_the_code_and_the_name_are_one_drug(tusamitamab, vocabulary):
    resolution = resolve(tusamitamab, vocabulary)
    by_code, by_name = resolution.find("SAR408701"), resolution.find("tusamitamab ravtansine")
    assert by_code == by_name
    others = ("docetaxel", "dexamethasone", "naphazoline", "diphenhydramine", "ramucirumab")
    assert by_code.key not in {resolution.find(name).key for name in others}
    trials = {t.nct_id for t in tusamitamab if by_name.key in resolution.ground(t).drugs}
    assert trials == {"NCT02187848", "NCT03324113", "NCT04154956", "NCT04394624"}
    rules = {e.rule for n in by_code.names for e in n.evidence if n.status == "ACCEPTED"}
    assert "publication-title" in rules


def test_its_target_has_evidence(tusamitamab):
    (target, *payload) = resolve(tusamitamab, Bundled()).find("SAR408701").targets
    assert (target.target.hgnc_id, target.target.symbol) == ("HGNC:1817", "CEACAM5")
    assert target.evidence
    assert all(link.payload for link in payload)


def test_the_page_s_flattened_names(tusamitamab):
    resolution = resolve(tusamitamab, Bundled())
    (page,) = [t for t in tusamitamab if t.unassigned_other_names]
    assigned = {
        g.mention.lower(): g.intervention[1]
        for g in resolution.ground(page).groundings
        if g.rule.startswith("flattened-")
    }
    assert assigned == {
        "tusamitamab ravtansine": "SAR408701",
        "santeson ophthalmic solution": "dexamethasone",
        "clearine": "naphazoline",
        "restamin kowa": "diphenhydramine",
    }
    assert list(resolution.unassigned()) == []


def test_real_records_are_resolved(records):
    sources = [records / "ctgov-v2.jsonl"]
    trials = [parse(raw) for raw in read(sources, rejected=lambda rejection: None)]
    resolution = resolve(trials, Bundled())
    assert resolution.coverage.resolved_share >= 0.85
    for link in resolution.links():
        if link.status == "ACCEPTED":
            one, other = resolution.find(link.name), resolution.find(link.other)
            assert one is not None
            assert other is not None
            assert one.key == other.key


def test_what_is_read_later_changes_no_description():
    (first, second) = (resolve([trial(1, drug("doxorubicin"))], Bundled()) for _ in range(2))
    second.meaning("Doxil")
    assert list(first.drugs()) == list(second.drugs())


def test_a_code_in_the_name_of_another_thing_is_no_drug():
    """What is neither drug nor biological is one only where a vocabulary knows it."""
    one = trial(1, drug("Study are 12", type="OTHER"), drug("docetaxel", type="OTHER"))
    resolution = resolve([one], ONCOLOGY)
    assert [g.mention for g in resolution.ground(one).groundings] == ["docetaxel"]
    assert all(told.names for told in resolution.drugs())
