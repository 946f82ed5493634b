"""What docs/explore.md shows is what comes out."""

from __future__ import annotations

import re
import shlex
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.explore.views import VIEWS
from kg.graph import Graph

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "explore.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", TEXT, re.DOTALL)


def test_commands(examples: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KG_STORE", str(examples.store_dir))
    consoles = [block for kind, block in BLOCKS if kind == "console"]
    assert len(consoles) == 2
    for block in consoles:
        command, _, expected = block.partition("\n")
        done = CliRunner().invoke(main, shlex.split(command.removeprefix("$ kg ")))
        assert done.exit_code == 0
        assert done.stdout == expected


def test_python(examples: Graph) -> None:
    shown = StringIO()
    known = {"Graph": lambda _: examples}
    with redirect_stdout(shown):
        for kind, block in BLOCKS:
            if kind == "python":
                exec(block, known)
    assert shown.getvalue() == "".join(block for kind, block in BLOCKS if kind == "text")


def test_views() -> None:
    assert re.findall(r"^\| `(.+?)`", TEXT, re.MULTILINE) == list(VIEWS)
