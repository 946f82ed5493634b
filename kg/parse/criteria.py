"""Eligibility criteria taken apart: what lets a person in and what keeps one out."""

from __future__ import annotations

import re

_ITEM = re.compile(r"(?:\* )?(?:\(?\d{1,3}[.)]\s+)?")
_IN, _OUT = r"inclu(?:sion|ded?)", r"exclu(?:sion|ded?)"
_HEADING = re.compile(
    rf"""
    (?:\*\s)?(?:\(?(?:\d{{1,2}}|[a-z]|[ivx]{{1,4}})[.)]\s+)?   # its own number
    (?P<before>(?:[\w/&,()'’-]+\s+){{0,6}}?)
    (?:(?P<in>{_IN})|(?P<out>{_OUT}))s?
    (?P<criteria>\s*(?:/\s*eligibility\s*)?criteri(?:a|on|um|as)s?\b)?
    (?P<after>[^:.;]{{0,70}}?)
    \s*(?:(?P<colon>[:：]+)\s*(?P<rest>.*)|[.;-]?\s*)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_MIXED = re.compile(rf"{_IN}\W+(?:and|or|&|/)?\W*{_OUT}|{_OUT}\W+(?:and|or|&|/)?\W*{_IN}", re.I)
_LATER_HEADING = re.compile(r"(?<=\S)\s+(?=(?:Key |Main |Major )?exclusion criteria\s*:)", re.I)
_REMARK = re.compile(
    r"the above (?:information|list|criteria)\b|other protocol[ -](?:defined|specified)\b", re.I
)
"""The start of a sentence about the criteria, which is no criterion itself."""


def _heading(line: str) -> tuple[str, str] | None:
    """Which list a heading opens (`in`, `out`, or `` for neither) and what follows it."""
    match = _HEADING.fullmatch(line)
    if match is None:
        return None
    words = (match["before"] or "") + (match["after"] or "")
    named = match["criteria"] or "criteri" in words.lower()
    if match["colon"] is None and ((not named and words.strip()) or len(words.split()) > 4):
        return None  # a sentence that speaks of exclusion, not a heading
    if match["colon"] is not None and not named and len(words.split()) > 2:
        return None
    rest = match["rest"] or ""
    if _MIXED.search(line[: len(line) - len(rest)]):
        return "", rest
    return ("in" if match["in"] else "out"), rest


def split(criteria: str | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    r"""The inclusion and the exclusion items of criteria in their normal form (`paragraphs`).

    Only what stands below a heading is an item; where there is no heading, nothing is.

    >>> split("Key Inclusion Criteria:\n* Adults\n* Consent\nExclusion Criteria:\n1. Pregnancy")
    (('Adults', 'Consent'), ('Pregnancy',))
    >>> split("Healthy adults who consent.")
    ((), ())
    """
    lists: dict[str, list[str]] = {"in": [], "out": [], "": []}
    current = ""
    for line in _LATER_HEADING.sub("\n", criteria or "").split("\n"):
        heading = _heading(line)
        current, text = heading if heading else (current, line)
        item = text[_ITEM.match(text).end() :] if text else ""  # type: ignore[union-attr]
        if item.strip() and not _REMARK.match(item):
            lists[current].append(item.strip())
    return tuple(lists["in"]), tuple(lists["out"])
