"""What becomes of every field of a record: where it stands in the graph, or why it is left out.

The tables beside this module name each path of the registry's API and of its older XML. The API
before that had the same fields under names of their own, which the API's table carries, so its
paths need no table. `docs/coverage.md` is this module printed:
`python -m kg.parse.coverage > docs/coverage.md`.
"""

from __future__ import annotations

import csv
import sys
from functools import cache
from pathlib import Path

from msgspec import Struct

REASONS = {
    "agreement": "A contract between sponsor and investigator about publishing; no fact of the "
    "trial.",
    "browse": "A display aid of the registry's site, derived from the MeSH terms, which are kept.",
    "contact": "Personal data of a contact, which changes; investigators are kept.",
    "count": "The number of records that point here; the graph can count them.",
    "dealings": "A step between sponsor and registry about handing in results; no fact of the "
    "trial.",
    "file": "The size, date of arrival or abbreviated type of a file; its label, date and content "
    "are kept.",
    "header": "Says how the file was downloaded, not what the trial is.",
    "participants": "Part of a table of participants' results, which another release maps.",
    "predictions": "An estimate of the registry's own model, kept for its search.",
    "processing": "The registry's processing date, the same in all its records.",
    "repeats": "Repeats what stands one level above, which is kept.",
    "reverse": "The same link as the interventions' own arm labels, which are kept.",
    "withdrawn": "The registry withdrew this field, and its API does not hold it.",
}
"""Why a field is left out, by the mark its row carries."""

_FOLDER = Path(__file__).parent


class Row(Struct, frozen=True):
    """A field path (or, ending in `*`, all below one) and what becomes of it."""

    path: str
    terms: tuple[str, ...] = ()
    """The terms of the graph that say it; empty where it is left out."""
    reason: str | None = None
    """Why it, or a part of it, is left out."""
    older_name: str | None = None
    """What the API before v2 called it."""


def _row(record: dict[str, str]) -> Row:
    marks = record["graph"].split()
    reasons = [REASONS[mark[1:]] for mark in marks if mark.startswith("!")]
    return Row(
        path=record["path"],
        terms=tuple(mark for mark in marks if not mark.startswith("!")),
        reason=reasons[0] if reasons else None,
        older_name=record.get("older name") or None,
    )


@cache
def _rows(name: str) -> tuple[Row, ...]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as file:
        return tuple(_row(record) for record in csv.DictReader(file, delimiter="\t"))


def api_rows() -> tuple[Row, ...]:
    """The fields of API v2, and through their older names those of the API before."""
    return _rows("coverage_api.tsv")


def xml_rows() -> tuple[Row, ...]:
    """The elements and attributes of the legacy XML."""
    return _rows("coverage_xml.tsv")


def api_row(path: str) -> Row | None:
    """What becomes of a field of API v2; None for a path nobody knows.

    >>> api_row("protocolSection.designModule.phases[]").terms
    ('tkg:phase',)
    >>> api_row("hasResults.unheard") is None
    True
    """
    return _find(path, api_rows())


def xml_row(path: str) -> Row | None:
    """What becomes of an element or attribute of legacy XML.

    >>> xml_row("/clinical_study/overall_contact/phone").reason
    'Personal data of a contact, which changes; investigators are kept.'
    """
    return _find(path, xml_rows())


def older_row(path: str) -> Row | None:
    """What becomes of a field of the API before v2, which names each field for itself.

    >>> older_row("ProtocolSection.DesignModule.PhaseList.Phase[]").terms
    ('tkg:phase',)
    """
    parts = [part.removesuffix("[]") for part in path.split(".")]
    names = _by_older_name()
    if parts[-1] in names:
        return names[parts[-1]]
    groups = [(name[:-1], row) for name, row in names.items() if name.endswith("*")]
    return next((row for name, row in groups for part in parts if part.startswith(name)), None)


@cache
def _by_older_name() -> dict[str, Row]:
    return {row.older_name: row for row in api_rows() if row.older_name}


@cache
def _by_path(rows: tuple[Row, ...]) -> dict[str, Row]:
    return {row.path: row for row in rows}


def _find(path: str, rows: tuple[Row, ...]) -> Row | None:
    known = _by_path(rows)
    if path in known:
        return known[path]
    ends = [i for i, char in enumerate(path) if char in "./"]
    above = (known.get(path[: end + 1] + "*") for end in reversed(ends))
    return next((row for row in above if row is not None), None)


def markdown() -> str:
    """The tables as a page for people."""
    tables = (
        ("API v2 (JSON)", "The API before it had the name in the second column.", api_rows()),
        ("Legacy XML", "Paths as of `clinical_study`.", xml_rows()),
    )
    lines = [
        "# What becomes of every field",
        "",
        "Printed by `python -m kg.parse.coverage`; `*` stands for everything below a path.",
    ]
    for title, note, rows in tables:
        mapped = sum(bool(row.terms) for row in rows)
        older = rows is api_rows()
        lines += ["", f"## {title}", ""]
        lines += [f"{note} {mapped} rows are mapped, {len(rows) - mapped} are left out.", ""]
        lines += ["| field | older name | in the graph |" if older else "| field | in the graph |"]
        lines += ["|---|---|---|" if older else "|---|---|"]
        lines += [_line(row, older=older) for row in rows]
    return "\n".join(lines) + "\n"


def _line(row: Row, *, older: bool) -> str:
    said = " ".join(f"`{term}`" for term in row.terms)
    left_out = f"left out: {row.reason}" if row.reason else ""
    name = f" {row.older_name or ''} |" if older else ""
    return f"| `{row.path}` |{name} {'; '.join(part for part in (said, left_out) if part)} |"


if __name__ == "__main__":
    sys.stdout.write(markdown())
