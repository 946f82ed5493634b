from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import kg
from kg.cli.export import export
from kg.demo import example_records
from kg.errors import KgError


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store")
    kg.build([*example_records()][:2], folder)
    return folder


def run(store: Path, *arguments: str | Path) -> Result:
    return CliRunner().invoke(export, [*map(str, arguments), "--store", str(store)])


@pytest.mark.parametrize(("form", "file"), [("neo4j-csv", "import.sh"), ("cypher", "load.cypher")])
def test_a_folder_is_written(store: Path, tmp_path: Path, form: str, file: str) -> None:
    result = run(store, form, "--out", tmp_path / "out", "--gzip")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "left out" not in result.stderr
    assert (tmp_path / "out" / file).is_file()


def test_a_mapping_of_ones_own_counts_what_it_leaves_out(store: Path, tmp_path: Path) -> None:
    mapping = tmp_path / "mine.yaml"
    mapping.write_text("labels: {Study: {class: 'tkg:Trial', keys: {id: 'tkg:nctId string'}}}")
    result = run(store, "neo4j-csv", "--out", tmp_path / "out", "--mapping", mapping)
    assert result.exit_code == 0
    assert "left out: 2 of <https://w3id.org/trialkg/ontology#overallStatus> of Study" in (
        result.stderr
    )
    header = (tmp_path / "out" / "nodes" / "Study.header.csv").read_text()
    assert header == "iri:ID,id:string,:LABEL\n"


@pytest.mark.parametrize("form", ["neo4j-csv", "cypher", "kgx", "parquet"])
def test_a_part_is_taken(store: Path, tmp_path: Path, form: str) -> None:
    for name, part in (("one", ("--trial", "NCT00004883", "--hops", "0")), ("all", ())):
        result = run(store, form, "--out", tmp_path / name, *part)
        assert result.exit_code == 0, result.stderr
    sizes = [
        sum(path.stat().st_size for path in (tmp_path / name).rglob("*") if path.is_file())
        for name in ("one", "all")
    ]
    assert 0 < sizes[0] < sizes[1]
    wrong = run(store, form, "--out", tmp_path / "two", "--hops", "1")
    assert (wrong.exit_code, "--hops goes with" in wrong.stderr) == (2, True)


@pytest.mark.parametrize(("arguments", "told"), [(("cypher",), "'--out'"), (("neo4j",), "'--uri'")])
def test_what_is_missing_is_told(store: Path, arguments: tuple[str, ...], told: str) -> None:
    result = run(store, *arguments)
    assert result.exit_code == 2
    assert told in result.stderr


def test_the_password_is_no_argument_and_is_never_shown(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = export.commands["neo4j"]
    assert not any("password" in parameter.opts[0] for parameter in command.params)
    monkeypatch.delenv("NEO4J_PASSWORD", raising=False)
    missing = run(store, "neo4j", "--uri", "bolt://127.0.0.1:1")
    assert isinstance(missing.exception, KgError)
    assert "NEO4J_PASSWORD" in str(missing.exception)
    monkeypatch.setenv("NEO4J_PASSWORD", "geheim")
    result = run(store, "neo4j", "--uri", "bolt://127.0.0.1:1")
    assert isinstance(result.exception, KgError)
    assert "geheim" not in str(result.exception) + result.output
