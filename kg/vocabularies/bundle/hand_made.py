"""The tables written here, from which others are derived."""

from __future__ import annotations

from pathlib import Path

from kg.vocabularies.bundle.mechanisms import HandMade
from kg.vocabularies.bundle.write import Row


def hand_made(name: str) -> list[Row]:
    """The rows of a table that stands beside this module."""
    content = (Path(__file__).parent / f"{name}.tsv").read_text("utf-8")
    return [line.split("\t") for line in content.rstrip("\n").split("\n")[1:]]


def made_tables() -> HandMade:
    """What cannot be read from the names of drugs."""
    return HandMade(
        hand_made("curated"), hand_made("payloads"), hand_made("conjugates"), hand_made("stems")
    )
