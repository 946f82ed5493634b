"""FDA's list of substance names, and what the names tell of targets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from kg.errors import SourceError
from kg.vocabularies import tables
from kg.vocabularies.bundle import mechanisms, unii
from kg.vocabularies.bundle.hand_made import hand_made, made_tables
from kg.vocabularies.bundle.lexicon import Lexicon
from kg.vocabularies.fetch.source import Content, Made, member

_HEADER = ["name", "type", "unii", "display name"]


def make(paths: Sequence[Path]) -> Content:
    """The substances of `UNIIs.zip`."""
    (path,) = paths
    name, file = member(path, r"UNII_Names[^/]*\.txt$")
    with file:
        text = file.read().decode("utf-8", "replace")
    head = text.partition("\n")[0].rstrip("\r").split("\t")
    if [cell.strip().lower() for cell in head] != _HEADER:
        raise SourceError(f"{path.name}: found columns {head} in {name}, expected {_HEADER}")
    substances = sorted(unii.extract(text), key=tuple)
    lexicon = Lexicon(tables.rows("hgnc"), hand_made("targets"), hand_made("other-targets"))
    return Content(
        _edition(name),
        (
            Made("unii", "Substances used as drugs, with their names", unii.HEADER, substances),
            Made(
                "mechanisms",
                "Targets of drugs as their own names tell them, and some curated",
                mechanisms.HEADER,
                mechanisms.extract(substances, lexicon, made_tables()),
                licence="CC0-1.0",
            ),
        ),
    )


def _edition(name: str) -> str | None:
    """The day in a name such as `UNII_Names_26Jun2026.txt`."""
    found = re.search(r"_(\d{1,2}[A-Za-z]{3}\d{4})\.txt$", name)
    try:
        return datetime.strptime(found[1], "%d%b%Y").date().isoformat() if found else None
    except ValueError:
        return None
