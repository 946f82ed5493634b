"""What the README shows is what comes out."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

import kg
from kg.cli import main
from kg.demo import example_records

README = (Path(__file__).resolve().parents[1] / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", README, re.DOTALL)


def test_the_demo_prints_what_the_readme_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KG_STORE", raising=False)
    result = CliRunner().invoke(main, ["demo"])
    assert result.exit_code == 0
    (shown,) = (block for kind, block in BLOCKS if kind == "text")
    assert result.stdout == shown


def test_the_two_commands_stand_each_on_one_line() -> None:
    commands = [line for line in README.splitlines() if line.startswith("python3 -m venv")]
    assert len(commands) == 2
    assert commands[0].endswith("kg demo")
    assert commands[1].endswith("pytest")


def commands() -> list[list[str]]:
    (block,) = (block for kind, block in BLOCKS if kind == "sh" and "kg info" in block)
    return [shlex.split(line, comments=True) for line in block.splitlines()]


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_every_command_of_the_readme_runs(
    words: list[str], demo_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if words[:2] == ["kg", "fetch"]:
        pytest.skip("kg fetch needs a network; tests/cli/test_fetch.py runs it on a local server")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KG_STORE", str(demo_store))
    stdin = None
    if words[0] == "echo":
        stdin, words = words[1], words[words.index("|") + 1 :]
    if words[:2] == ["kg", "build"]:
        monkeypatch.setenv("KG_STORE", str(tmp_path / "store"))
        words = ["kg", "build", *map(str, example_records())]
    if words[:2] == ["kg", "update"]:
        shutil.copytree(demo_store, tmp_path / "store")
        monkeypatch.setenv("KG_STORE", str(tmp_path / "store"))
        words = ["kg", "update", *map(str, example_records())]
    result = CliRunner().invoke(main, words[1:], input=stdin)
    assert result.exit_code == 0, result.stderr
    assert result.stdout or "--out" in words


def test_the_python_of_the_readme_runs(demo_store: Path) -> None:
    (block,) = (block for kind, block in BLOCKS if kind == "python")
    code = block.replace('kg.open("kg-store")', "kg.open(store)")
    assert code != block
    exec(code, {"store": str(demo_store), "kg": kg})
