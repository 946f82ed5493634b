import pytest

from kg.vocabularies import drugs

SAME = {
    "TUSAMITAMAB RAVTANSINE": ("SAR408701", "SAR-408701", "sar 408701", "Tusamitamab ravtansine"),
    "TUSAMITAMAB": ("tusamitamab", "SAR408377"),
    "DIPHENHYDRAMINE": ("Restamin",),
    "TRASTUZUMAB DERUXTECAN": ("DS-8201", "Enhertu", "fam-trastuzumab deruxtecan-nxki"),
    "PEMBROLIZUMAB": ("MK-3475", "Keytruda®", "lambrolizumab", "SCH 900475"),
    "OSIMERTINIB": ("AZD9291", "osimertinib"),
    "SACITUZUMAB GOVITECAN": ("IMMU-132",),
    "SACITUZUMAB TIRUMOTECAN": ("SKB264", "MK-2870"),
    "ZOLBETUXIMAB": ("IMAB362",),
    "TELISOTUZUMAB VEDOTIN": ("ABBV-399",),
    "NIVOLUMAB": ("BMS-936558",),
    "TRIFLURIDINE": ("trifluridine",),
    "TIPIRACIL": ("tipiracil",),
    "AZACITIDINE": ("5-azacytidine",),
}


@pytest.mark.parametrize(
    ("label", "name"), [(label, name) for label, names in SAME.items() for name in names]
)
def test_a_drug_is_found_by_each_of_its_names(label: str, name: str) -> None:
    assert [substance.label for substance in drugs.by_name(name)] == [label]


@pytest.mark.parametrize(
    "name", ["CEA", "HER2", "ADC", "EGFR", "PD-1", "placebo", "chemotherapy", "vaccine", "", "-"]
)
def test_targets_classes_and_nothing_are_no_drugs(name: str) -> None:
    assert drugs.by_name(name) == ()


def test_an_antibody_is_not_its_conjugate() -> None:
    labels = ("tusamitamab", "tusamitamab ravtansine", "trastuzumab", "trastuzumab emtansine")
    assert len({drugs.by_name(label)[0].unii for label in labels}) == len(labels)


def test_hydrates_and_mirror_images_do_not_make_a_name_ambiguous() -> None:
    for name in ("docetaxel", "cyclophosphamide", "ondansetron", "emtricitabine", "azithromycin"):
        assert len(drugs.by_name(name)) == 1, name


def test_a_code_of_two_substances_gives_both() -> None:
    assert {s.label for s in drugs.by_name("AS-101")} == {
        "AMMONIUM TRICHLOROTELLURATE",
        "ARSANILIC ACID",
    }


def test_names_carry_their_kind() -> None:
    kinds = dict(drugs.by_name("MK-3475")[0].names)
    assert kinds["MK-3475"] == "code"
    assert kinds["KEYTRUDA"] == "brand"
    assert kinds["PEMBROLIZUMAB"] == "inn"


def test_a_regimen_has_components() -> None:
    assert "OXALIPLATIN" in {substance.label for substance in drugs.components("FOLFOX")}
    assert drugs.components("oxaliplatin") == ()


def test_every_substance_is_found_by_its_label_and_identifier() -> None:
    for substance in drugs.substances():
        assert drugs.by_unii(substance.unii) == substance
    assert len({substance.unii for substance in drugs.substances()}) > 40_000
