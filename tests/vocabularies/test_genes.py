import pytest

from kg.vocabularies import genes, targets


@pytest.mark.parametrize(
    ("name", "symbol"),
    [
        ("CEACAM5", "CEACAM5"),
        ("CD66e", "CEACAM5"),
        ("carcinoembryonic antigen-related cell adhesion molecule 5", "CEACAM5"),
        ("PD-L1", "CD274"),
        ("B7-H1", "CD274"),
        ("HER2", "ERBB2"),
        ("TROP2", "TACSTD2"),
        ("TROP-2", "TACSTD2"),
        ("claudin 18", "CLDN18"),
        ("Nectin-4", "NECTIN4"),
        ("folate receptor alpha", "FOLR1"),
        ("PSMA", "FOLH1"),
        ("BCMA", "TNFRSF17"),
        ("VEGFR2", "KDR"),
        ("PCSK9", "PCSK9"),
    ],
)
def test_a_gene_is_found_by_each_of_its_names(name: str, symbol: str) -> None:
    assert [meaning.gene.symbol for meaning in targets.by_text(name)] == [symbol]
    found = genes.by_name(name)
    assert not found or found[0].gene.symbol == symbol


def test_candidates_come_best_rank_first() -> None:
    ranks = [genes.RANKS.index(candidate.rank) for candidate in genes.by_name("CEA")]
    assert ranks == sorted(ranks)
    assert genes.by_name("CEA")[0].gene.symbol == "CEACAM5"
    assert {c.gene.symbol for c in genes.by_name("PD-1")} > {"PDCD1", "SNCA"}


def test_an_approved_symbol_beats_the_same_letters_as_an_alias() -> None:
    for symbol in ("MET", "KIT", "RET", "CD4", "FAP", "TNF"):
        first = genes.by_name(symbol)[0]
        assert (first.gene.symbol, first.rank) == (symbol, "approved")


def test_every_gene_is_found_by_symbol_number_and_name() -> None:
    for gene in genes.genes():
        assert genes.by_id(gene.hgnc_id) == genes.by_symbol(gene.symbol) == gene
        assert gene in [candidate.gene for candidate in genes.by_name(gene.name)]


def test_unknown_names_give_nothing() -> None:
    assert genes.by_name("no such gene") == ()
    assert genes.by_id("HGNC:0") is None
    assert genes.by_symbol("ceacam5") is None
