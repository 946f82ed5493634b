"""The extraction, on tiny inputs in the shape of the sources."""

from __future__ import annotations

import json

from kg.vocabularies.bundle import cities, countries, hgnc, mesh, mondo, unii


def lines(*rows: str) -> str:
    return "".join(row.replace(" > ", "\t") + "\n" for row in rows)


def test_substances_that_are_drugs_and_the_names_worth_keeping() -> None:
    text = lines(
        "Name > TYPE > UNII > Display Name",
        "AB-1234 > cd > AAAAAAAAAA > EXAMPLUMAB",
        "EXAMPLUMAB > of > AAAAAAAAAA > EXAMPLUMAB",
        "EXAMPLUMAB [INN] > cn > AAAAAAAAAA > EXAMPLUMAB",
        "EXAMPLIN > bn > AAAAAAAAAA > EXAMPLUMAB",
        "IMMUNOGLOBULIN G1, ANTI-(HUMAN CEACAM5) > sys > AAAAAAAAAA > EXAMPLUMAB",
        "1H-PYRAZOLE, 1-(2,2'-BIS)- > sys > AAAAAAAAAA > EXAMPLUMAB",
        "OTHERIN IMPURITY B [EP IMPURITY] > cn > AAAAAAAAAA > EXAMPLUMAB",
        "DUO KIT COMPONENT EXAMPLUMAB > cn > AAAAAAAAAA > EXAMPLUMAB",
        "HER2 > cn > BBBBBBBBBB > SOME RECEPTOR PROTEIN",
        "NSC-12345 > cd > CCCCCCCCCC > SOME CHEMICAL",
        "OAK BARK [WHO-DD] > cn > DDDDDDDDDD > OAK BARK",
    ).replace("\n", "\r\n")
    assert list(unii.extract(text)) == [
        (
            *("AAAAAAAAAA", "EXAMPLUMAB", "EXAMPLUMAB", "AB-1234", "EXAMPLIN", ""),
            *("IMMUNOGLOBULIN G1, ANTI-(HUMAN CEACAM5)", "DUO"),
        )
    ]


def test_genes_that_make_a_protein_with_their_long_names() -> None:
    header = (
        "HGNC ID\tApproved symbol\tApproved name\tStatus\tAlias symbols"
        "\tNCBI Gene ID(supplied by NCBI)\tUniProt ID(supplied by UniProt)"
        "\tPrevious symbols\tLocus type\n"
    )
    rows = lines(
        "HGNC:1 > ABC > abc protein > Approved > XYZ, A1 > 11 > P1 > OLD1 > "
        "gene with protein product",
        "HGNC:2 > ABC-AS1 > abc antisense > Approved >  >  >  >  > RNA, long non-coding",
        "HGNC:3 > GONE > entry withdrawn > Entry Withdrawn >  >  >  >  > unknown",
    )
    supplementary = lines(
        "C1 > ABC protein, human > A1 protein, human|alpha beta cadherin, human"
        "|Alpha-beta cadherin, human > D000001",
        "C2 > Abc protein, mouse > alpha beta, mouse > D000001",
    )
    assert list(hgnc.extract(header + rows, supplementary)) == [
        ("1", "ABC", "abc protein", "P1", "11", "OLD1", "A1|XYZ", "alpha beta cadherin")
    ]


HEADINGS = lines(
    "D000001 > Example Disease > Disease, Example|Examplitis > C01.100|F03.200 > ",
    "D000002 > Example Drug >  > D02.100 > ",
)


def test_headings() -> None:
    assert list(mesh.extract(HEADINGS)) == [
        ("D000001", "Example Disease", "C01.100|F03.200", "Disease, Example|Examplitis"),
        ("D000002", "Example Drug", "D02.100", ""),
    ]


def test_supplementary_records_of_drugs_regimens_and_diseases_only() -> None:
    records = lines(
        "C1 > examplumab > AB-1234 > D000002",
        "C2 > XYZ protocol >  > *D000002",
        "C3 > Example Disease, Type 2 >  > D000001",
        "C4 > AB 99876 >  > D000002",
        "C5 > some chemical > other name > D000001,D000002",
    )
    kept = [row[0] for row in mesh.supplementary(records, HEADINGS, {"ab1234"})]
    assert kept == ["C1", "C2", "C3", "C4"]


def test_diseases_without_repeated_labels() -> None:
    content = json.dumps(
        [
            {
                "id": "0000001",
                "name": "example disease",
                "synonyms": ["Example-Disease", "examplitis"],
                "xrefs": [{"id": "D000001", "namespace": "MESH"}, {"id": "1", "namespace": "X"}],
                "relations": {"is_a": ["0000000"]},
            },
            {"id": "0000000", "name": "disease"},
        ]
    )
    assert list(mondo.extract(content)) == [
        ("0000001", "example disease", "D000001", "0000000", "examplitis"),
        ("0000000", "disease", "", "", ""),
    ]


def test_a_spelling_two_countries_share_is_nobodys() -> None:
    known = {"AA": {"name": "The Alphaland", "iso3": "AAA"}, "BB": {"name": "Beta", "iso3": "BBB"}}
    spellings = "AA:\n  - Alfaland\n  - Sharedland\n  - Алфа\nBB:\n  - Sharedland\n  - Alphaland\n"
    rows = {row[0]: row for row in countries.extract(json.dumps(known), spellings)}
    assert rows["AA"] == ("AA", "AAA", "Alphaland", "Alfaland")
    assert rows["BB"] == ("BB", "BBB", "Beta", "")
    assert rows["CS"][1] == "SCG"


def test_cities_keep_latin_names() -> None:
    city = {
        "geonameid": 7,
        "name": "Exämple",
        "latitude": 1.5,
        "longitude": -2.25,
        "countrycode": "FR",
        "population": 20000,
        "admin1code": "11",
        "alternatenames": ["Example City", "Пример", "example", "EXM"],
    }
    assert list(cities.extract(json.dumps({"7": city}))) == [
        ("7", "Exämple", "FR", "11", "1.50000", "-2.25000", "20000", "Example City")
    ]
