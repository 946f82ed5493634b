import pytest

from kg.names import squash
from kg.vocabularies import genes, tables, targets


@pytest.mark.parametrize(
    ("text", "symbols", "qualifier"),
    [
        ("claudin 18.2", ["CLDN18"], "isoform 2"),
        ("CLDN18.2", ["CLDN18"], "isoform 2"),
        ("GLP-1 receptor", ["GLP1R"], ""),
        ("KRAS G12C", ["KRAS"], "G12C"),
        ("KRAS G12V", ["KRAS"], "G12V"),
        ("EGFR exon 20 insertion", ["EGFR"], "exon 20 insertion"),
        ("HER2/neu", ["ERBB2"], ""),
        ("c-Met", ["MET"], ""),
        ("PD-1", ["PDCD1"], ""),
        ("TNF-α", ["TNF"], ""),
        ("CDK4/6", ["CDK4", "CDK6"], ""),
        ("carcinoembryonic antigen", ["CEACAM5"], ""),
        ("trophoblast cell surface antigen 2", ["TACSTD2"], ""),
    ],
)
def test_what_texts_call_targets(text: str, symbols: list[str], qualifier: str) -> None:
    found = targets.by_text(text)
    assert [meaning.gene.symbol for meaning in found] == symbols
    assert {meaning.qualifier for meaning in found} == {qualifier}
    assert not any(meaning.ambiguous for meaning in found)


@pytest.mark.parametrize("text", ["CEA", "TF", "IL-17", "FAP"])
def test_abbreviations_of_other_things_are_marked(text: str) -> None:
    assert targets.by_text(text)
    assert all(meaning.ambiguous for meaning in targets.by_text(text))


@pytest.mark.parametrize("text", ["", " ", "tumour", "chemotherapy", "week 12", "G12C"])
def test_other_words_are_no_targets(text: str) -> None:
    assert targets.by_text(text) == ()


def test_every_row_of_the_hand_made_table_names_known_genes_once() -> None:
    rows = tables.rows("targets")
    assert len({squash(row[0]) for row in rows}) == len(rows)
    for text, symbols, _, note in rows:
        assert all(genes.by_symbol(symbol) for symbol in symbols.split("|")), text
        assert note in {"", "ambiguous"}
