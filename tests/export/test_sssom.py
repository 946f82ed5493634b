from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import Store

from kg.cli import main
from kg.export.sssom import mappings, write_sssom
from kg.store import open_read_only


@pytest.fixture(scope="module")
def store(demo_store: Path) -> Store:
    return open_read_only(demo_store)[0]


@pytest.fixture(scope="module")
def table(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sssom") / "mappings.sssom.tsv"
    with path.open("wb") as out:
        write_sssom(store, out)
    return path


def rows(path: Path) -> list[dict[str, str]]:
    text = path.read_text(encoding="utf-8")
    body = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("#"))
    return list(csv.DictReader(io.StringIO(body), dialect="excel-tab"))


def test_the_table_passes_the_validation_of_the_sssom_package(table: Path) -> None:
    pytest.importorskip("sssom")
    from sssom.parsers import parse_sssom_table
    from sssom.validators import validate

    read = parse_sssom_table(str(table))
    assert len(read.df) == len(rows(table)) > 100
    for kind, report in validate(read, fail_on_error=False).items():
        assert [found.message for found in report.results] == [], kind


def test_a_code_name_is_mapped_to_its_drug_and_the_drug_to_its_target(table: Path) -> None:
    found = [row for row in rows(table) if row["subject_label"] == "SAR408701"]
    by_rule = {row["curation_rule_text"]: row for row in found}
    known = by_rule["vocabulary"]
    assert known["object_id"] == "tkgdrug:unii-DSS3BE2ZXN"
    assert known["mapping_justification"] == "semapv:BackgroundKnowledgeBasedMatching"
    assert (known["confidence"], known["predicate_modifier"]) == ("1.0", "")
    assert known["author_label"].startswith("UNII ")
    targets = [row for row in rows(table) if row["subject_id"] == "tkgdrug:unii-DSS3BE2ZXN"]
    assert ("tkg:hasTarget", "HGNC:1817", "CEACAM5") in {
        (row["predicate_id"], row["object_id"], row["object_label"]) for row in targets
    }
    assert "tkg:hasPayloadTarget" in {row["predicate_id"] for row in targets}


def test_refused_names_are_there_as_refused_with_the_reason(table: Path) -> None:
    refused = [row for row in rows(table) if row["predicate_modifier"] == "Not"]
    assert refused
    for row in refused:
        assert row["comment"].startswith("refused: ")
        assert row["confidence"] == ""


def test_a_condition_without_its_stage_is_broader_and_headings_meet_their_diseases(
    table: Path,
) -> None:
    found = rows(table)
    stated = [row for row in found if row["subject_id"].startswith("tkgcondition:")]
    assert {row["predicate_id"] for row in stated} == {"skos:exactMatch", "skos:broadMatch"}
    for row in stated:
        broad = row["curation_rule_text"] == "qualifier-removed"
        assert (row["predicate_id"] == "skos:broadMatch") == broad
    diseases = {row["object_id"]: row for row in found if row["subject_id"].startswith("MESH:")}
    assert diseases["MONDO:0005233"]["object_label"] == "non-small cell lung carcinoma"


def test_the_same_graph_gives_the_same_bytes_and_another_base_its_own_ids(store: Store) -> None:
    one, two, other = io.BytesIO(), io.BytesIO(), io.BytesIO()
    write_sssom(store, one)
    write_sssom(store, two)
    assert one.getvalue() == two.getvalue()
    count = write_sssom(store, other, base="https://example.org/")
    assert count == len(list(mappings(store)))
    assert b'tkgdrug: "https://example.org/drug/"' in other.getvalue()


def test_the_command_writes_a_file_and_never_over_another(demo_store: Path, tmp_path: Path) -> None:
    out = tmp_path / "m.tsv"
    command = ["export", "sssom", "--store", str(demo_store), "--out", str(out)]
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 0, done.output
    assert "mappings" in done.stderr
    assert out.read_bytes().startswith(b"#curie_map:\n")
    again = CliRunner().invoke(main, command)
    assert again.exit_code == 1
    assert "--force" in again.stderr
