from __future__ import annotations

import pytest

from kg.errors import SourceError
from kg.vocabularies.bundle import antibodies, mechanisms
from kg.vocabularies.bundle.lexicon import Lexicon

GENES = [
    ("1817", "CEACAM5", "CEA cell adhesion molecule 5", "", "", "CEA", "CD66e", ""),
    ("8760", "PDCD1", "programmed cell death 1", "", "", "", "PD-1", ""),
    ("1", "IL4", "interleukin 4", "", "", "", "", ""),
    ("2", "IL13", "interleukin 13", "", "", "", "", ""),
    ("3", "STX1A", "syntaxin 1A", "", "", "STX", "", ""),
    ("4", "TOP1", "DNA topoisomerase I", "", "", "", "PD-1", ""),
    ("5", "EGFR", "epidermal growth factor receptor", "", "", "", "", ""),
]
TARGETS = [("carcinoembryonic antigen", "CEACAM5", "", "")]
OTHERS = [
    ("gd2", "GD2", "LIPID", "ganglioside GD2", "", "", r"GANGLIOSIDE GD2\b", "a book"),
    ("dna", "DNA", "NUCLEIC_ACID", "deoxyribonucleic acid", "", "", "", "a book"),
]
LEXICON = Lexicon(GENES, TARGETS, OTHERS)


@pytest.mark.parametrize(
    ("name", "symbols"),
    [
        ("IMMUNOGLOBULIN G1, ANTI-(HUMAN CARCINOEMBRYONIC ANTIGEN) (MOUSE CHAIN)", ("CEACAM5",)),
        ("IG, ANTI-(HOMO SAPIENS CEACAM5 (UNKNOWN WORDS, CD66E)), MONOCLONAL", ("CEACAM5",)),
        ("IG, ANTI-(HUMAN PROTEIN PDCD1 (PROGRAMMED CELL DEATH 1))", ("PDCD1",)),
        ("IG, ANTI-(HUMAN INTERLEUKIN 4/INTERLEUKIN 13) (CHAIN)", ("IL4", "IL13")),
        ("IG, ANTI-(HOMO SAPIENS CEACAM5 (CEA)) AND ANTI-(HOMO SAPIENS PDCD1)", None),
        ("IG, ANTI-(HOMO SAPIENS CEACAM5 (CEA) AND HOMO SAPIENS PDCD1 (PD1)), MAB", None),
        ("IG, ANTI-(HOMO SAPIENS CEACAM5 (CEA) AND PDCD1 (PD1)), BISPECIFIC", None),
        ("IG, ANTI-(HOMO SAPIENS CEACAM5 (CEA))/ANTI-HOMO SAPIENS PDCD1 (PD1)), MAB", None),
        ("IG, ANTI-(HUMAN SURFACE RECEPTOR EGFR) (CHAIN)", ("EGFR",)),
        ("IG, ANTI-(SHIGA TOXIN TYPE STX) (CHAIN)", ()),
        ("IG, ANTI-(HUMAN UNHEARD OF) (CHAIN)", ()),
        ("IG, ANTI-(GANGLIOSIDE GD2) (CHAIN)", ("~gd2",)),
        ("IG, ANTI-(GANGLIOSIDE GD20) (CHAIN)", ()),
        ("IG, ANTI-(GANGLIOSIDE GD2) AND ANTI-(HOMO SAPIENS PDCD1)", ("~gd2", "PDCD1")),
        ("IG, ANTI-(CANIS FAMILIARIS INTERLEUKIN 4) (CHAIN)", ()),
        ("BENZENE, ANTI-(+)-", ()),
    ],
)
def test_what_an_antibody_binds(name: str, symbols: tuple[str, ...] | None) -> None:
    expected = ("CEACAM5", "PDCD1") if symbols is None else symbols
    assert antibodies.targets(name, LEXICON) == expected


def test_a_name_of_two_genes_is_not_decided() -> None:
    assert LEXICON.find("PD-1") == ()
    assert LEXICON.find("programmed cell death 1") == ("PDCD1",)


def test_a_symbol_out_of_force_is_refused() -> None:
    with pytest.raises(SourceError, match="NOPE"):
        Lexicon(GENES, [("some text", "NOPE", "", "")])
    with pytest.raises(SourceError, match=r"~nope.*other-targets"):
        LEXICON.known("EGFR|~nope")


MADE = mechanisms.HandMade(
    curated=[("SMALLNIB", "inhibitor", "EGFR", "a book"), ("XYZ-12", "binder", "EGFR", "a book")],
    payloads=[("tecan", "topoisomerase I", "TOP1", "a book")],
    carried=[("XYZ-12", "DNA", "~dna", "a book"), ("CODED-1", "receptor", "EGFR", "a book")],
    stems=[("kib", "oddkib", "inhibitor", "EGFR", "a book")],
)


def substance(unii: str, label: str, inn: str = "", systematic: str = "") -> tuple[str, ...]:
    return (unii, label, inn, "", "", "", systematic, "")


def test_conjugates_salts_and_stems() -> None:
    anti = "IG, ANTI-(HUMAN CARCINOEMBRYONIC ANTIGEN) (CHAIN)"
    rows = list(
        mechanisms.extract(
            [
                substance("A", "EXAMPLUMAB", "EXAMPLUMAB", anti),
                substance("B", "EXAMPLUMAB RUXOTECAN"),
                substance("C", "SMALLNIB MESYLATE"),
                substance("D", "NEWKIB", "NEWKIB"),
                substance("E", "ODDKIB", "ODDKIB"),
                substance("F", "PLAINKIB"),
                substance("G", "YTTRIUM Y-90 EXAMPLUMAB"),
                substance("H", "CODED-1"),
                substance("I", "PEPTIDE RUXOTECAN"),
            ],
            LEXICON,
            MADE,
        )
    )
    assert rows == [
        ("name:xyz12", "~dna", "payload", "DNA", "curated", "XYZ-12 (a book)"),
        ("name:smallnib", "EGFR", "target", "inhibitor", "curated", "SMALLNIB (a book)"),
        ("name:xyz12", "EGFR", "target", "binder", "curated", "XYZ-12 (a book)"),
        ("A", "CEACAM5", "target", "binder", "anti-name", anti),
        ("B", "CEACAM5", "target", "binder", "antibody-stem", f"EXAMPLUMAB: {anti}"),
        ("B", "TOP1", "payload", "topoisomerase I", "payload-stem", "ruxotecan: -tecan"),
        ("C", "EGFR", "target", "inhibitor", "salt", "SMALLNIB"),
        ("D", "EGFR", "target", "inhibitor", "inn-stem", "newkib: -kib"),
        ("G", "CEACAM5", "target", "binder", "antibody-stem", f"EXAMPLUMAB: {anti}"),
        ("H", "EGFR", "payload", "receptor", "curated", "CODED-1 (a book)"),
        ("I", "TOP1", "payload", "topoisomerase I", "payload-stem", "ruxotecan: -tecan"),
    ]


def test_curated_interactions_count_primary_human_targets_of_known_ligands() -> None:
    interactions = (
        "ligand,ligand_id,target_gene_symbol,target_species,primary_target,type\n"
        "examplumab,1,CEACAM5,Human,t,Antibody\n"
        "examplumab,1,EGFR,Human,f,Antibody\n"
        "examplumab,1,EGFR,Mouse,t,Antibody\n"
        "unheard,2,EGFR,Human,t,Inhibitor\n"
    )
    ligands = '"Ligand id","INN"\n"1","examplumab"\n"2",""\n'
    known = [substance("A", "EXAMPLUMAB"), substance("B", "EXAMPLUMAB RUXOTECAN")]
    assert list(mechanisms.curated(interactions, ligands, known)) == [
        ("A", "CEACAM5", "antibody", "examplumab"),
        ("B", "CEACAM5", "antibody", "examplumab"),
    ]


def test_a_ligand_is_the_substance_shown_by_its_name_and_not_its_mirror_image() -> None:
    interactions = (
        "ligand,ligand_id,target_gene_symbol,target_species,primary_target,type\n"
        "smallnib,1,EGFR,Human,t,Inhibitor\n"
    )
    ligands = '"Ligand id","INN"\n"1","smallnib"\n'
    mirrored = ("B", "SMALLNIB, (R)-", "SMALLNIB", "", "", "", "", "")
    assert list(
        mechanisms.curated(interactions, ligands, [substance("A", "SMALLNIB"), mirrored])
    ) == [("A", "EGFR", "inhibitor", "smallnib")]


def test_another_chain_of_a_receptor_is_left_out() -> None:
    interactions = (
        "ligand,ligand_id,target_gene_symbol,target_species,primary_target,type\n"
        "tocilizumab,1,IL6R|IL6ST,Human,t,Antibody\n"
    )
    ligands = '"Ligand id","INN"\n"1",""\n'
    found = mechanisms.curated(interactions, ligands, [substance("A", "TOCILIZUMAB")])
    assert [symbol for _, symbol, *_ in found] == ["IL6R"]
