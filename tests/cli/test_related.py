from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import kg
from kg.cli import main
from kg.demo import SEED, example_records

OTHERS = {"NCT02187848", "NCT04154956", "NCT04394624"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("examples")
    kg.build(example_records(), folder)
    return folder


def run(store: Path, *arguments: str, given: str | None = None) -> Result:
    arguments = ("related", "--store", str(store), *arguments)
    return CliRunner().invoke(main, arguments, input=given)


def test_json_has_reasons_that_sum_to_the_score(store: Path) -> None:
    found = json.loads(run(store, SEED, "--format", "json").stdout)
    assert found["trial"]["nct_id"] == SEED
    assert {one["nct_id"] for one in found["related"][:3]} == OTHERS
    for one in found["related"]:
        assert one.keys() >= {"nct_id", "title", "score", "relations", "reasons", "differences"}
        assert sum(reason["weight"] for reason in one["reasons"]) == pytest.approx(
            one["score"], abs=1e-6
        )
        assert one["reasons"][0].keys() == {"kind", "label", "iri", "weight"}


def test_table_and_csv(store: Path) -> None:
    table = run(store, SEED, "--format", "table", "-k", "3").stdout
    assert "same-programme" in table
    assert "drug tusamitamab ravtansine" in table.lower()
    rows = list(csv.DictReader(io.StringIO(run(store, SEED, "--format", "csv").stdout)))
    assert {row["nct_id"] for row in rows[:3]} == OTHERS
    assert len(rows) == 10


@pytest.mark.parametrize("name", ["SAR408701", "tusamitamab ravtansine", "sar-408701"])
def test_a_drug_by_any_name(store: Path, name: str) -> None:
    found = json.loads(run(store, "--drug", name, "-k", "4").stdout)
    assert {one["nct_id"] for one in found["related"]} == OTHERS | {SEED}
    assert found["trial"] is None


def test_a_description_from_a_file_or_standard_input(store: Path, tmp_path: Path) -> None:
    text = "Tusamitamab ravtansine against docetaxel in CEACAM5-positive lung cancer"
    protocol = tmp_path / "protocol.txt"
    protocol.write_text(text, encoding="utf-8")
    answers = [
        run(store, "--file", str(protocol)).stdout,
        run(store, "--file", "-", given=text).stdout,
        run(store, "--text", text).stdout,
    ]
    assert answers[0] == answers[1] == answers[2]
    assert json.loads(answers[0])["related"][0]["nct_id"] == "NCT04154956"


def test_filters_weights_and_only(store: Path) -> None:
    found = json.loads(run(store, SEED, "--phase", "3", "--only", "target").stdout)
    assert [one["nct_id"] for one in found["related"]] == ["NCT04154956"]
    assert found["weights"] == {"target": 1.0}
    none = json.loads(run(store, SEED, "--exclude-sponsor", "Sanofi").stdout)
    assert not OTHERS & {one["nct_id"] for one in none["related"]}
    plain, more = (
        json.loads(run(store, SEED, *extra).stdout)["weights"]["target"]
        for extra in ((), ("--weight", "target=2"))
    )
    assert more > plain


def test_a_page(store: Path, tmp_path: Path) -> None:
    page = tmp_path / "related.html"
    assert run(store, SEED, "--html", str(page)).exit_code == 0
    assert SEED in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ((), 2, "Give NCT ids, or one of"),
        ((SEED, "--drug", "x"), 2, "Give NCT ids, or one of"),
        ((SEED, "--weight", "target"), 2, "expected KIND=FACTOR"),
        ((SEED, "--only", "colour"), 1, "expected one of text, drug"),
        (("NCT00000000",), 1, "the graph has no trial NCT00000000"),
        (("--drug", "zzzz9"), 1, "zzzz9"),
    ],
)
def test_mistakes_are_told_in_a_sentence(
    store: Path, arguments: tuple[str, ...], code: int, words: str
) -> None:
    result = run(store, *arguments)
    assert result.exit_code == code
    assert words in result.stderr
    assert "Traceback" not in result.output


def test_the_same_question_gives_the_same_bytes(store: Path) -> None:
    assert run(store, SEED).stdout == run(store, SEED).stdout
