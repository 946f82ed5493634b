"""Every dependency has its reason in docs/dependencies.md, and every reason its dependency."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def names(requirements: list[str]) -> list[str]:
    return sorted(re.split(r"[^A-Za-z0-9._-]", requirement)[0] for requirement in requirements)


def declared() -> dict[str, list[str]]:
    """The dependencies of pyproject.toml, by the heading they have in the document."""
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found = {
        "Runtime": pyproject["project"]["dependencies"],
        "Build": pyproject["build-system"]["requires"],
    }
    for extra, requirements in pyproject["project"].get("optional-dependencies", {}).items():
        found[f"Extra `{extra}`"] = requirements
    return {heading: names(requirements) for heading, requirements in found.items()}


def explained() -> dict[str, list[str]]:
    """The dependencies that have a line with a reason, by heading."""
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    return {
        section.split("\n", 1)[0]: sorted(re.findall(r"^- `(\S+)`: \S.+\.$", section, re.M))
        for section in text.split("\n## ")[1:]
    }


def test_every_dependency_has_its_reason_and_the_reverse() -> None:
    assert explained() == declared()
