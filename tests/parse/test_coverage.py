"""The coverage tables know every path of every real record, and name only terms there are."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from lxml import etree

from kg import resources
from kg.parse import coverage
from kg.parse.api_v1_names import STUDY, Fields, Flag, Many, Part


def json_paths(value: object, path: str, found: set[str]) -> None:
    if isinstance(value, dict):
        for name, below in value.items():
            json_paths(below, f"{path}.{name}" if path else name, found)
    elif isinstance(value, list):
        for below in value:
            json_paths(below, path + "[]", found)
    else:
        found.add(path)


def xml_paths(root: etree._Element, found: set[str]) -> None:
    waiting = [(root, f"/{root.tag}")]
    while waiting:
        element, path = waiting.pop()
        if element.text and not element.text.isspace():
            found.add(path)
        if element.attrib:
            found.update(f"{path}/@{name}" for name in element.attrib)
        waiting += [(below, f"{path}/{below.tag}") for below in element]


@pytest.mark.parametrize(
    ("file", "row"),
    [("ctgov-v2.jsonl", coverage.api_row), ("ctgov-v1.jsonl", coverage.older_row)],
)
def test_every_json_path_of_the_real_records_is_known(records: Path, file: str, row) -> None:
    found: set[str] = set()
    with (records / file).open("rb") as lines:
        for line in lines:
            json_paths(msgspec.json.decode(line), "", found)
    assert len(found) > 100
    assert [path for path in sorted(found) if row(path) is None] == []


def test_every_xml_path_of_the_real_records_is_known(records: Path) -> None:
    found: set[str] = set()
    parser = etree.XMLParser(remove_comments=True)
    with zipfile.ZipFile(records / "ctgov-legacy-xml.zip") as archive:
        for name in archive.namelist():
            xml_paths(etree.fromstring(archive.read(name), parser), found)
    for file in (records / "tusamitamab").glob("*.xml"):
        xml_paths(etree.fromstring(file.read_bytes(), parser), found)
    assert len(found) > 250
    assert [path for path in sorted(found) if coverage.xml_row(path) is None] == []


@pytest.mark.parametrize(
    ("row", "path"),
    [
        (coverage.api_row, "protocolSection.designModule.phases"),
        (coverage.api_row, "protocolSection.designModule.mood"),
        (coverage.api_row, "newSection.thing"),
        (coverage.xml_row, "/clinical_study/mood"),
        (coverage.xml_row, "/clinical_study/phase/@mood"),
        (coverage.older_row, "ProtocolSection.DesignModule.Mood"),
    ],
)
def test_a_path_nobody_declared_is_not_known(row, path: str) -> None:
    assert row(path) is None


@pytest.mark.parametrize(
    ("row", "path"),
    [
        (coverage.api_row, "resultsSection.participantFlowModule.periods[].title"),
        (coverage.xml_row, "/clinical_study/pending_results/submitted"),
        (
            coverage.older_row,
            "ResultsSection.OutcomeMeasuresModule.OutcomeMeasureList.OutcomeMeasure[]"
            ".OutcomeClassList.OutcomeClass[].OutcomeClassTitle",
        ),
    ],
)
def test_a_group_of_paths_is_left_out_with_one_reason(row, path: str) -> None:
    found = row(path)
    assert found is not None
    assert not found.terms
    assert found.reason


@pytest.mark.parametrize("rows", [coverage.api_rows(), coverage.xml_rows()], ids=["api", "xml"])
def test_each_row_is_said_once_and_is_mapped_or_has_a_reason(rows) -> None:
    paths = [row.path for row in rows]
    assert len(paths) == len(set(paths))
    assert [row.path for row in rows if not row.terms and not row.reason] == []


def test_older_names_are_unique() -> None:
    names = [row.older_name for row in coverage.api_rows() if row.older_name]
    assert len(names) == len(set(names))


def older_paths(fields: Fields, old: str, new: str) -> Iterator[tuple[str, str]]:
    """Each field the older API's parser reads, with the field of API v2 it is read as."""
    for name, field in fields.items():
        match field:
            case str() | Flag():
                yield f"{old}{name}", f"{new}{field if isinstance(field, str) else field.name}"
            case Part():
                yield from older_paths(field.fields, f"{old}{name}.", f"{new}{field.name}.")
            case Many():
                at, to = f"{old}{name}.{field.element}[]", f"{new}{field.name}[]"
                yield from (
                    older_paths(field.fields, f"{at}.", f"{to}.") if field.fields else [(at, to)]
                )


def test_what_the_older_parser_reads_is_what_the_table_says() -> None:
    pairs = list(older_paths(STUDY, "", ""))
    found = {old: coverage.older_row(old) for old, _ in pairs}
    assert len(pairs) > 100
    said = {old: row.path.removesuffix("[]") for old, row in found.items() if row}
    assert said == {old: new.removesuffix("[]") for old, new in pairs}


def test_mapped_terms_are_declared_in_the_ontology() -> None:
    ontology = resources.folder("ontology") / "trialkg.ttl"
    if not ontology.is_file():
        pytest.skip(f"needs {ontology}")
    declared = set(re.findall(r"^(tkg:\w+)\s", ontology.read_text("utf-8"), re.MULTILINE))
    rows = (*coverage.api_rows(), *coverage.xml_rows())
    used = {term for row in rows for term in row.terms if term.startswith("tkg:")}
    assert sorted(used - declared) == []


def test_every_reason_is_used() -> None:
    rows = (*coverage.api_rows(), *coverage.xml_rows())
    assert {row.reason for row in rows if row.reason} == set(coverage.REASONS.values())


def test_the_printed_page_is_current() -> None:
    page = Path(__file__).resolve().parents[2] / "docs" / "coverage.md"
    again = "python -m kg.parse.coverage > docs/coverage.md"
    assert page.read_text("utf-8") == coverage.markdown(), f"renew it: {again}"
