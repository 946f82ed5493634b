"""Imports go one way: a stage knows what comes before it and nothing of what comes after."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1] / "kg"

LAYERS: tuple[frozenset[str], ...] = (
    frozenset({"errors", "iris", "names", "resources", "model"}),
    frozenset({"vocab", "schemes", "web"}),
    frozenset({"records", "parse", "vocabularies", "map", "store", "spool"}),
    frozenset({"resolve"}),
    frozenset({"related", "explore", "query", "validate", "cards"}),
    frozenset({"export"}),
    frozenset({"pipeline", "graph", "demo", "doctor"}),
    frozenset({"cli"}),
)
"""From the ground up. Parts of one layer are strangers, but where `TOGETHER` says otherwise."""

TOGETHER = {
    ("explore", "cards"),
    ("graph", "pipeline"),
    ("demo", "pipeline"),
    ("demo", "graph"),
    ("doctor", "pipeline"),
    ("vocab", "schemes"),
    ("schemes", "vocab"),
}


def imports() -> Iterator[tuple[str, str, Path]]:
    for path in sorted(ROOT.rglob("*.py")):
        part = path.relative_to(ROOT).parts[0].removesuffix(".py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module]
                if node.module == "kg":
                    names = [f"kg.{alias.name}" for alias in node.names]
            elif isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            for name in names:
                if name.startswith("kg."):
                    yield part, name.split(".")[1], path


def height(part: str) -> int:
    for number, layer in enumerate(LAYERS):
        if part in layer:
            return number
    raise AssertionError(f"kg/{part} stands in no layer")


def wrong(part: str, used: str) -> bool:
    if part in {used, "__init__", "__main__"} or (part, used) in TOGETHER:
        return False
    return height(used) >= height(part)


def test_no_stage_knows_what_comes_after_it() -> None:
    broken = [
        f"{path.name}: {part} imports {used}" for part, used, path in imports() if wrong(part, used)
    ]
    assert broken == []


@pytest.mark.parametrize(("part", "used"), [("parse", "map"), ("map", "resolve"), ("map", "store")])
def test_a_turn_back_would_be_seen(part: str, used: str) -> None:
    assert wrong(part, used)
