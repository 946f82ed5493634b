"""Cuts a text page into its sections.

A section is a heading on a line of its own, one sentence of instructions to the reader (which is
not content), then the content. Free text may hold a line that reads like a heading; what tells
the two apart is the sentence of instructions. Headings nobody knows are cut out the same way, so
that their content never slips into the section before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

OPENINGS = {
    "Study Results": "Results",
    "Basic Information": "Get a",
    "Brief Summary": "Review the",
    "Detailed Description": "Dive into",
    "Conditions": "See the",
    "Keywords": "Explore",
    "Study Design": "Understand how",
    "Study Groups": "Review each",
    "Interventions": "Learn about",
    "Other Intervention Names": "Discover",
    "Eligibility Criteria": "Check the",
    "Sponsors": "Meet the",
    "Responsible Party": "Identify the",
    "Principal Investigators": "Learn about",
    "Central Contacts": "Reach out",
    "Locations": "Explore where",
    "Countries": "Review the",
    "Provided Documents": "Download",
    "Related Links": "Access",
    "References": "Explore related",
    "Other Identifiers": "Review additional",
    "More Related Trials": "Additional clinical",
}
"""The known headings, each with the first words of the instructions below it."""

FREE_TEXT = frozenset(
    {
        "Brief Summary",
        "Detailed Description",
        "Study Groups",
        "Interventions",
        "Eligibility Criteria",
    }
)

_HEADING = re.compile(r"[A-Z][^.:;!?*\\]{2,60}")
_INSTRUCTION = re.compile(
    r"(?:Get|Review|Dive|See|Understand|Learn|Discover|Check|Meet|Identify|Explore|Additional"
    r"|Access|Download|Reach|Find|Browse|Read|View|Know|Follow|Look|Consult|Examine|Compare) .+\."
)
_ABOUT_THE_PAGE = re.compile(r"\b(?:study|trial|trials|research|clinical|participants)\b")


class Section(NamedTuple):
    """One section: its heading and its lines, blank ones kept, instructions left out."""

    heading: str
    lines: tuple[str, ...]

    @property
    def rows(self) -> list[str]:
        """The lines that hold something."""
        return [line for line in self.lines if line]


def sections(text: str) -> list[Section]:
    r"""The sections in their order; what stands before the first heading has the heading "".

    >>> [s.heading for s in sections("T\n\nCountries\n\nReview the places.\n\nJapan\n")]
    ['', 'Countries']
    """
    lines = [line.strip() for line in text.splitlines()]
    found: list[tuple[str, list[str]]] = [("", [])]
    seen: set[str] = set()
    plain = not any(_introduced(lines, i) for i in range(len(lines)) if lines[i] in OPENINGS)
    i = 0
    while i < len(lines):
        line = lines[i]
        content = _content(lines, i, plain, found[-1][0], seen)
        if content is None:
            found[-1][1].append(line)
            i += 1
        else:
            seen.add(line)
            found.append((line, []))
            i = content
    return [Section(heading, _trimmed(body)) for heading, body in found]


def _content(lines: Sequence[str], i: int, plain: bool, current: str, seen: set[str]) -> int | None:
    """Where the content starts if line `i` is a heading, else None."""
    line = lines[i]
    if line in OPENINGS:
        if introduction := _introduced(lines, i):
            return introduction if line == "Study Results" else introduction + 1
        alone = (i == 0 or not lines[i - 1]) and (i + 1 == len(lines) or not lines[i + 1])
        if alone and line not in seen and (plain or current not in FREE_TEXT):
            return i + 1
        return None
    if not _HEADING.fullmatch(line) or len(line.split()) > 6 or line.isupper():
        return None
    after = _next(lines, i)
    alone = i > 0 and not lines[i - 1] and i + 1 < len(lines) and not lines[i + 1]
    return after + 1 if alone and after and _instructs(lines[after]) else None


def _introduced(lines: Sequence[str], i: int) -> int | None:
    """Where the instructions below the known heading at `i` stand, if they are there."""
    after = _next(lines, i)
    if after is None:
        return None
    opening = OPENINGS[lines[i]]
    if lines[i] == "Study Results":
        return after if lines[after].startswith(opening) else None
    known = lines[after].startswith(opening + " ") and lines[after].endswith(".")
    return after if known or _instructs(lines[after]) else None


def _instructs(line: str) -> bool:
    """Whether a line reads like instructions to the reader of a page."""
    return bool(len(line) < 250 and _INSTRUCTION.fullmatch(line) and _ABOUT_THE_PAGE.search(line))


def _next(lines: Sequence[str], i: int) -> int | None:
    return next((j for j in range(i + 1, len(lines)) if lines[j]), None)


def _trimmed(lines: list[str]) -> tuple[str, ...]:
    filled = [i for i, line in enumerate(lines) if line]
    return tuple(lines[filled[0] : filled[-1] + 1]) if filled else ()
