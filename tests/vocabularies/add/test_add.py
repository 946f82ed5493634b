from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import KgError, SourceError
from kg.export.sssom import write_sssom
from kg.store import open_read_only
from kg.vocabularies import kept, tables
from kg.vocabularies.add import add


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("KG_VOCABULARIES", str(tmp_path / "kept"))
    tables.catalog.cache_clear()
    yield tmp_path
    tables.catalog.cache_clear()


def write(folder: Path, text: str, name: str = "Our drugs.tsv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_names_of_drugs_are_kept_under_the_files_name(folder: Path) -> None:
    path = write(
        folder, "# ours\ndrug\tname\tkind\tcomment\nosimertinib\tAZ-1\tcode\tfrom a talk\n"
    )
    added = add(path)
    (table,) = added.group.tables
    assert (added.group.name, table.name, table.kind) == (
        "our-drugs",
        "our-drugs-names",
        "drug-names",
    )
    assert (table.origin, table.edition[:7]) == ("added", "sha256 ")
    assert tables.rows("our-drugs-names") == [["osimertinib", "AZ-1", "code", "from a talk"]]
    assert table in tables.catalog()
    kept.remove("our-drugs")
    tables.catalog.cache_clear()
    assert table not in tables.catalog()


def test_targets_are_told_by_symbol_id_or_a_name_of_one_gene(folder: Path) -> None:
    text = "drug\ttarget\naba\tCEACAM5\nabb\tHGNC:1817\nabc\tCD66e\nabd\tdisialoganglioside GD2\n"
    add(write(folder, text), name="t", edition="2026-10")
    assert {row[1] for row in tables.rows("t-targets")} == {"CEACAM5", "~gd2"}
    assert tables.of_kind("drug-targets")[0].edition == "2026-10"


def test_conditions_and_organisations_have_tables_of_their_own(folder: Path) -> None:
    add(write(folder, "condition\tmesh\nlung ca\tD008175\nbreast ca\tBreast Neoplasms\n"), name="c")
    assert tables.rows("c-conditions")[0][:2] == ["breast ca", "D001943"]
    add(write(folder, "name\torganization\nSanofi-Aventis SpA\tSanofi\n"), name="o")
    assert tables.rows("o-organizations") == [["Sanofi", "Sanofi-Aventis SpA", ""]]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("drug\tname\na\t\n", "line 2: found no name, expected a value"),
        ("drug\tname\na\tb\tc\n", "line 2: found 3 cells, expected 2"),
        ("drug\tname\na\tb|c\n", "line 2: found 'b|c', expected values without"),
        ("drug\tname\n# x\n\na\t--\n", "line 2: found no name"),
        ("drug\tname\na\t---\n", "names with letters or digits"),
        ("drug\tname\tkind\na\tb\tnick\n", "the kind 'nick', expected one of code, inn"),
        ("drug\tname\tcolour\na\tb\tred\n", "found the column 'colour', expected drug, name"),
        ("a\tb\nc\td\n", "found the columns a, b, expected drug and name"),
        ("", "found no line with the names of the columns"),
        ("drug\tname\n", "found no row that can be used"),
        ("drug\tname\na\tX-1\nb\tx 1\n", "line 3: found 'x 1' for 'b', expected 'a' as in line 2"),
        ("drug\ttarget\na\tPD-9\n", "line 2: found 'PD-9', expected the symbol"),
        ("drug\ttarget\na\tCEA\n", "which may be CEACAM5, expected the symbol"),
        ("condition\tmesh\na\tD9\n", "found 'D9', expected the id or the term"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_line(folder: Path, text: str, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        add(write(folder, text))
    assert kept.groups() == ()


@pytest.mark.parametrize("name", ["hgnc", "mesh-supplementary", "Ours", "", "../x", "a" * 41])
def test_a_name_is_plain_and_nobody_elses(folder: Path, name: str) -> None:
    path = write(folder, "drug\tname\na\tb\n", name="---.tsv")
    with pytest.raises(KgError, match="expected a name of small letters"):
        add(path, name=name)


def test_a_file_that_is_no_text_is_refused(folder: Path) -> None:
    (folder / "a.tsv").write_bytes(b"drug\tname\n\xff\xfe\t\x00\n")
    with pytest.raises(SourceError, match="expected UTF-8 text"):
        add(folder / "a.tsv")
    with pytest.raises(SourceError, match="cannot be read"):
        add(folder / "missing.tsv")


SSSOM = """\
#curie_map:
#  HGNC: "http://identifiers.org/hgnc/"
subject_id\tsubject_label\tpredicate_id\tpredicate_modifier\tobject_id\tobject_label\tmapping_justification
x:1\tAZ-1\tskos:exactMatch\t\tchembl:1\tosimertinib\tsemapv:ManualMappingCuration
x:2\tAZ-2\tskos:exactMatch\tNot\tchembl:1\tosimertinib\tsemapv:ManualMappingCuration
x:3\tosimertinib\tRO:0002436\t\tHGNC:3236\tEGFR\tsemapv:ManualMappingCuration
x:4\tlung ca\tskos:exactMatch\t\tMESH:D008175\tLung Neoplasms\tsemapv:ManualMappingCuration
x:5\tca\tskos:broadMatch\t\tMESH:D009369\tNeoplasms\tsemapv:ManualMappingCuration
"""


def test_an_sssom_table_gives_names_targets_and_conditions(folder: Path) -> None:
    added = add(write(folder, SSSOM, "ours.sssom.tsv"))
    assert [table.name for table in added.group.tables] == [
        "ours-conditions", "ours-names", "ours-targets",
    ]  # fmt: skip
    assert added.left_out == {"mappings by skos:broadMatch": 1, "mappings refused by the table": 1}
    assert tables.rows("ours-names")[0][:2] == ["osimertinib", "AZ-1"]


def test_our_own_sssom_export_can_be_added(folder: Path, demo_store: Path) -> None:
    path = folder / "exported.tsv"
    with path.open("wb") as out:
        count = write_sssom(open_read_only(demo_store)[0], out)
    added = add(path)
    assert sum(added.left_out.values()) + sum(table.rows for table in added.group.tables) <= count
    assert ["tusamitamab ravtansine", "SAR408701"] in [
        row[:2] for row in tables.rows("exported-names")
    ]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=200))
def test_any_text_is_taken_or_refused_in_one_sentence(folder: Path, text: str) -> None:
    path = folder / "any.tsv"
    path.write_bytes(b"drug\tname\n" + text.encode("utf-8", "surrogatepass"))
    try:
        add(path)
    except KgError as error:
        assert "\n" not in str(error)
