"""The commands that the pages on exports show are commands that `kg` knows."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from pyoxigraph import QuerySolutions

from kg.cli import main
from kg.cli.export import export
from kg.store import open_read_only

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = ("formats.md", "loading.md", "parquet.md")
TEXT = "".join((DOCS / name).read_text(encoding="utf-8") for name in PAGES)
COMMANDS = sorted(set(re.findall(r"(?:\$ |`)kg (export [a-z][^`\n]+)", TEXT)))


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_runs(
    command: str, demo_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "parquet" in command or "release" in command:
        pytest.importorskip("pyarrow")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.rq").write_text("CONSTRUCT WHERE { ?trial tkg:nctId ?id }")
    command = command.replace("2026-11-26", "2999-11-26")  # never before the store was built
    done = CliRunner().invoke(main, [*shlex.split(command), "--store", str(demo_store)])
    assert done.exit_code == 0, done.stderr
    assert len(list(tmp_path.iterdir())) == 2


def test_every_format_is_told() -> None:
    assert isinstance(export, click.Group)
    told = (DOCS / "formats.md").read_text(encoding="utf-8")
    assert [name for name in export.commands if f"`{name}`" not in told] == []


def test_the_question_has_an_answer(demo_store: Path) -> None:
    (question,) = re.findall(r"```sparql\n(.*?)```", TEXT, re.DOTALL)
    answer = open_read_only(demo_store)[0].query(question)
    assert isinstance(answer, QuerySolutions)
    assert int(next(answer)["trials"].value) > 30  # type: ignore[union-attr]
