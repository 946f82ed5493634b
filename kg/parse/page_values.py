"""What the lines of a text page hold: values, labelled values, running text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.parse.text import clean, paragraphs

_MISSING = frozenset(
    {"-", "–", "—", "n/a", "none listed", "not specified", "not provided", "not available"}
)


def value(text: str | None) -> str | None:
    """A value as shown; None for the words a page uses for "nothing here".

    >>> value("Not specified"), value(" Sanofi ")
    (None, 'Sanofi')
    """
    text = clean(text)
    return None if text is None or text.casefold() in _MISSING else text


def prose(lines: Sequence[str]) -> str | None:
    r"""Running text in its normal form.

    >>> prose(["Adults", "", "* age \\>= 18"])
    'Adults\n* age >= 18'
    """
    text = paragraphs("\n".join(lines))
    return None if text is None or text.casefold() in _MISSING else text


def behind(row: str, label: str) -> str | None:
    """What stands behind a label on its line; None where the line has another label.

    >>> behind("Sponsor Role lead", "Sponsor Role"), behind("Role: PI", "Role")
    ('lead', 'PI')
    >>> behind("Roles", "Role") is None
    True
    """
    rest = row[len(label) :]
    if not row.startswith(label) or (rest and rest[0] not in ": "):
        return None
    return rest.lstrip(": ")


def entries(rows: Iterable[str], last: str) -> Iterator[tuple[list[str], str | None]]:
    """Entries that a labelled line ends: the rows before it, and what stands behind the label.

    Rows that no such line ends come last, with None.

    >>> list(entries(["Sanofi", "INDUSTRY", "Sponsor Role lead", "NIH"], "Sponsor Role"))
    [(['Sanofi', 'INDUSTRY'], 'lead'), (['NIH'], None)]
    """
    entry: list[str] = []
    for row in rows:
        rest = behind(row, last)
        if rest is None:
            entry.append(row)
        else:
            yield entry, rest
            entry = []
    if entry:
        yield entry, None
