from __future__ import annotations

import gzip
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli.fetch import fetch
from kg.errors import KgError, NotFoundError
from tests.registry import Registry, running


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> Iterator[Registry]:
    monkeypatch.setattr("kg.records.api.Api._keep_pace", lambda api: None)
    with running(Registry()) as registry:
        monkeypatch.setenv("KG_API", registry.base_url)
        yield registry


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(fetch, [str(argument) for argument in arguments])


def studies(out: Path) -> int:
    return len(gzip.decompress(out.read_bytes()).splitlines())


def test_data_go_to_the_file_and_words_to_stderr(registry: Registry, tmp_path: Path) -> None:
    out = tmp_path / "t.jsonl.gz"
    result = run("--all", "--out", out)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"{out}: 23 studies of the registry's data of 2026-11-20T09:00:04\n"
    assert studies(out) == 23


def test_words_reach_the_registry(registry: Registry, tmp_path: Path) -> None:
    words = ["--condition", "c", "--intervention", "i", "--term", "t", "--sponsor", "s"]
    result = run(*words, "--since", "2026-10-01", "--limit", "3", "--out", tmp_path / "t.gz")
    assert result.exit_code == 0, result.output
    asked = registry.asked[0]
    assert [asked[f"query.{name}"] for name in ("cond", "intr", "term", "spons")] == list("cits")
    assert asked["filter.advanced"] == "AREA[LastUpdatePostDate]RANGE[2026-10-01,MAX]"
    assert asked["pageSize"] == "3"
    assert studies(tmp_path / "t.gz") == 3


def test_an_id_the_registry_lacks_fails_but_the_others_are_there(
    registry: Registry, tmp_path: Path
) -> None:
    result = run("nct99000002", "NCT99900000", "--out", tmp_path / "t.gz")
    assert result.exit_code == 1
    assert isinstance(result.exception, NotFoundError)
    assert str(result.exception) == "the registry has no study NCT99900000"
    assert studies(tmp_path / "t.gz") == 1


def test_what_came_twice_or_not_at_all_is_told(registry: Registry, tmp_path: Path) -> None:
    registry.studies.insert(9, registry.studies[0])
    result = run("--all", "--out", tmp_path / "t.gz")
    assert "came again on a later page and left out: 1\n" in result.stderr
    assert "counted" not in result.stderr
    registry.counted = 30
    result = run("--all", "--out", tmp_path / "t.gz", "--force")
    assert "the registry counted 30 studies, 24 came\n" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--all", "--condition", "x"],
        ["NCT99000001", "--all"],
        ["NCT99000001", "--since", "2026-01-01"],
        ["--since", "yesterday"],
        ["--all", "--limit", "0"],
    ],
)
def test_what_makes_no_sense_is_a_usage_error(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


def test_errors_are_one_sentence(registry: Registry, tmp_path: Path) -> None:
    result = run("--term", "refused(", "--out", tmp_path / "t.gz")
    assert isinstance(result.exception, KgError)
    assert "Error in `query.term`: unbalanced parenthesis" in str(result.exception)
    assert "\n" not in str(result.exception)
    assert not (tmp_path / "t.gz").exists()


def test_the_command_is_read_without_the_http_library() -> None:
    code = "import sys, kg.cli.fetch; sys.exit(bool({'httpx', 'rich.progress'} & set(sys.modules)))"
    root = Path(__file__).resolve().parents[2]
    assert subprocess.run([sys.executable, "-c", code], cwd=root).returncode == 0
