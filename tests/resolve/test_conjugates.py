"""Antibodies and conjugates by any name, with the bundled vocabularies."""

from __future__ import annotations

import pytest

from kg.model.drug import Drug
from kg.model.trial import Intervention, Trial
from kg.names import squash
from kg.resolve.bundled import Bundled
from kg.resolve.collect import Collector
from kg.resolve.inn import build
from kg.resolve.reading import Reader
from kg.resolve.resolution import Resolution
from kg.vocabularies import tables


def alone(name: str, summary: str | None = None) -> Drug:
    """The drug of a trial that gives it this one name."""
    collector = Collector()
    collector.add(
        Trial(
            nct_id="NCT90000001",
            brief_title="A study",
            brief_summary=summary,
            interventions=(Intervention(name=name, type="DRUG"),),
        )
    )
    drug = Resolution(collector, Bundled()).find(name)
    assert drug is not None
    return drug


def acts(drug: Drug) -> set[tuple[str, bool]]:
    return {(link.target.symbol, link.payload) for link in drug.targets}


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("SAR 408701", "tusamitamab ravtansine"),
        ("DS-8201a", "trastuzumab deruxtecan"),
        ("fam-trastuzumab deruxtecan-nxki", "trastuzumab deruxtecan"),
        ("IMMU-132", "sacituzumab govitecan"),
        ("sacituzumab govitecan-hziy", "sacituzumab govitecan"),
        ("telisotuzumab vedotin-tllv", "telisotuzumab vedotin"),
        ("JNJ-61186372", "amivantamab"),
        ("cilta-cel", "ciltacabtagene autoleucel"),
        ("PRO95780", "drozitumab"),
        ("RG7450", "vandortuzumab vedotin"),
        ("DS-6051b", "taletrectinib"),
    ],
)
def test_a_name_reaches_its_drug(name: str, label: str) -> None:
    assert alone(name).label == label


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("tusamitamab vedotin", {("CEACAM5", False), ("TUBB", True)}),
        ("PRO1160", {("CD70", False), ("TOP1", True)}),
        ("GSK5764227", {("CD276", False), ("TOP1", True)}),
        ("gemtuzumab ozogamicin", {("CD33", False), ("DNA", True)}),
        ("bimekizumab", {("IL17A", False), ("IL17F", False)}),
        ("tocilizumab", {("IL6R", False)}),
        ("dinutuximab", {("GD2", False)}),
        ("nivatrotamab", {("GD2", False), ("CD3E", False)}),
        ("Synagis", {("RSV F", False)}),
        ("Zinplava", {("C. difficile toxin B", False)}),
        ("tixagevimab", {("SARS-CoV-2 spike", False)}),
        ("dolutegravir", {("HIV-1 integrase", False)}),
        ("imocitrelvir", set()),
        ("OBI-999", {("Globo H", False), ("TUBB", True)}),
        ("tusamitamab tesirine", {("CEACAM5", False), ("DNA", True)}),
    ],
)
def test_what_it_acts_on(name: str, expected: set[tuple[str, bool]]) -> None:
    assert acts(alone(name)) == expected


def test_a_payload_stays_one_whatever_a_record_says_of_the_drug() -> None:
    said = alone("SHR-A2009", "SHR-A2009 is a topoisomerase I inhibitor.")
    assert ("TOP1", True) in acts(said)


@pytest.mark.parametrize("name", ["bulumtatug fuvedotin", "tusamitamab-vedotin"])
def test_a_conjugate_is_one_drug_and_another_than_its_antibody(name: str) -> None:
    part = Reader(Bundled()).read(name).only
    assert part is not None
    assert build(name).conjugate == squash(name)
    antibody = Reader(Bundled()).read(build(name).antibody).only
    assert antibody is not None
    assert part.node != antibody.node


def test_an_unregistered_drug_goes_by_all_its_hand_made_names() -> None:
    for name in ("GSK5764227", "HS-20093", "risvutatug rezetecan"):
        told = {each.name for each in alone(name).names}
        assert {"GSK5764227", "HS-20093", "risvutatug rezetecan"} <= told


def test_no_hand_made_name_leads_to_another_hand_made_name() -> None:
    pairs = [(squash(name), squash(meaning)) for name, meaning, _ in tables.rows("drug-names")]
    assert len({name for name, _ in pairs}) == len(pairs)
    elsewhere = {name for name, meaning in pairs if name != meaning}
    assert not elsewhere & {meaning for _, meaning in pairs}
