"""What the bundle says of itself: the manifest for programs, the notice for people."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from kg.vocabularies.described import Vocabulary


def write(folder: Path, vocabularies: Sequence[Vocabulary]) -> None:
    """Write `manifest.json` and `NOTICE.md` beside the tables."""
    ordered = sorted(vocabularies, key=lambda vocabulary: vocabulary.name)
    content = msgspec.json.format(msgspec.json.encode(ordered), indent=2)
    (folder / "manifest.json").write_bytes(content + b"\n")
    (folder / "NOTICE.md").write_text(notice(ordered))


def notice(vocabularies: Sequence[Vocabulary]) -> str:
    """Source, edition and licence of every table, in Markdown."""
    paragraphs = ["# Vocabularies", _FOREWORD]
    for found in vocabularies:
        origin = f", extracted from the Python package {found.package}" if found.package else ""
        paragraphs.append(
            f"## {found.file}\n\n{found.title}. {found.rows:,} rows.\n\n"
            f"- Source: {found.source}{origin}\n"
            f"- Edition: {found.edition}\n"
            f"- Licence: {found.licence}"
        )
    return "\n\n".join(paragraphs) + "\n"


_FOREWORD = """\
These tables are extracts: rows and columns were selected, names were cleaned, nothing was added
unless the table says so. Each keeps the licence of its source; none of the sources endorses this
project. A table under a share-alike licence is a file of its own, so that its terms bind that file
and not the others."""
