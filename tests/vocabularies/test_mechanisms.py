from pathlib import Path

import pytest

from kg.vocabularies import bundle, drugs, genes, mechanisms, other_targets, tables


def targets_of(name: str, role: str = "target") -> set[str]:
    (substance,) = drugs.by_name(name)
    return {m.symbol for m in mechanisms.by_unii(substance.unii) if m.role == role}


@pytest.mark.parametrize(
    ("drug", "symbols"),
    [
        ("tusamitamab", {"CEACAM5"}),
        ("SAR408701", {"CEACAM5"}),
        ("labetuzumab govitecan", {"CEACAM5"}),
        ("pembrolizumab", {"PDCD1"}),
        ("durvalumab", {"CD274"}),
        ("DS-8201", {"ERBB2"}),
        ("sacituzumab govitecan", {"TACSTD2"}),
        ("zolbetuximab", {"CLDN18"}),
        ("mirvetuximab soravtansine", {"FOLR1"}),
        ("amivantamab", {"EGFR", "MET"}),
        ("ivonescimab", {"PDCD1", "VEGFA"}),
        ("osimertinib", {"EGFR"}),
        ("sitagliptin", {"DPP4"}),
        ("timigutuzumab", {"ERBB2"}),
        ("M9140", {"CEACAM5"}),
        ("CTL019", {"CD19"}),
        ("yttrium Y-90 epratuzumab", {"CD22"}),
    ],
)
def test_targets_of_drugs(drug: str, symbols: set[str]) -> None:
    assert targets_of(drug) == symbols


def test_a_payload_is_not_the_target() -> None:
    assert targets_of("SAR408701", "payload") == {"TUBB"}
    assert targets_of("DS-8201", "payload") == {"TOP1"}
    assert targets_of("gemtuzumab ozogamicin", "payload") == {"~dna"}
    assert targets_of("tusamitamab", "payload") == set()


def test_an_antibody_against_what_no_human_gene_makes_has_no_gene() -> None:
    assert targets_of("pritoxaximab") == {"~shiga-toxin-1"}
    assert targets_of("setoxaximab") == {"~shiga-toxin-2"}
    assert targets_of("sabatolimab") == {"HAVCR2"}  # "hepatitis A virus cellular receptor 2"


def test_a_stem_in_a_name_that_merely_ends_so_does_not_count() -> None:
    assert "AR" not in targets_of("aceglutamide")


def test_a_drug_that_no_register_holds_is_found_by_its_name() -> None:
    assert {m.symbol for m in mechanisms.by_unii("name:ibi343")} == {"CLDN18", "TOP1"}


def test_a_conjugate_that_no_register_holds_is_read_by_its_build() -> None:
    found = mechanisms.by_unii("name:tusamitamabmafodotin")
    assert {(m.symbol, m.role, m.rule) for m in found} == {
        ("CEACAM5", "target", "antibody-stem"),
        ("TUBB", "payload", "payload-stem"),
    }
    assert mechanisms.by_unii("name:tusamitamabhyaluronidase") == ()
    assert mechanisms.by_unii("name:unheardmabmafodotin") == ()


def test_what_a_curated_conjugate_carries() -> None:
    found = {(m.symbol, m.action) for m in mechanisms.by_unii("name:bat8003")}
    assert found == {("TACSTD2", "binder"), ("TUBB", "tubulin")}


def test_a_name_of_the_hand_made_table_has_the_mechanisms_of_its_drug() -> None:
    assert mechanisms.by_unii("name:gsk5764227") == mechanisms.by_unii("name:hs20093") != ()


def test_every_hand_made_row_tells_its_source() -> None:
    folder = Path(bundle.__file__).parent
    for name in ("curated", "stems", "payloads", "conjugates", "names"):
        header, *rows = (folder / f"{name}.tsv").read_text("utf-8").splitlines()
        assert header.endswith("\tsource")
        assert all(row.split("\t")[-1] for row in rows), name


def test_every_row_names_a_known_substance_and_gene() -> None:
    for unii, symbol, *_ in tables.rows("mechanisms"):
        assert unii.startswith("name:") or drugs.by_unii(unii)
        assert genes.by_symbol(symbol) or other_targets.by_symbol(symbol), symbol
    for unii, *_ in tables.rows("gtopdb"):
        assert drugs.by_unii(unii)
