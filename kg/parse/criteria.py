"""Eligibility criteria taken apart: what lets a person in and what keeps one out."""

from __future__ import annotations

import re

_ITEM = re.compile(r"^(?:[*•-]\s+)?(?:\(?\d{1,3}[.)]\s+)?")
_IN, _OUT = r"inclu(?:sion|ded?)", r"(?:exclu(?:sion|ded?)|non-inclusion)"
_HEADING = re.compile(
    rf"""
    (?P<bullet>\*\s)?-?(?:\(?(?:\d{{1,2}}|[a-z]|[ivx]{{1,4}})[.)]\s+)?   # its own number
    (?P<before>(?:[\w/&,()'’-]+\s+){{0,12}}?)
    (?:(?P<out>{_OUT})|(?P<in>{_IN}))s?
    (?P<criteria>\s*(?:/\s*eligibility\s*)?criteri(?:a|on|um|as)s?\b)?
    (?P<after>[^:.;]{{0,70}}?)
    \s*(?:(?P<colon>[:：]+)\s*(?P<rest>.*)|[.-]?\s*)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_MIXED = re.compile(rf"{_IN}\W+(?:and|or)?\W*{_OUT}|{_OUT}\W+(?:and|or)?\W*{_IN}", re.IGNORECASE)
_SENTENCE = re.compile(r"\b(?:not|meet\w*|appl\w+|fulfil\w*|satisf\w+)\b", re.IGNORECASE)
_INLINE_HEADING = re.compile(
    r"(?P<item>(?:\S+\s+){4,}?)(?P<heading>(?:Key |Main |Major )?E(?i:xclusion criteria)\s*:.*)"
)
_REMARK = re.compile(
    r"the above (?:information|list|criteria)\b|other protocol[ -](?:defined|specified)\b", re.I
)
"""The start of a sentence about the criteria, which is no criterion itself."""


def _heading(line: str) -> tuple[str, str] | None:
    """Which list a heading opens (`in`, `out`, or `` for neither) and what follows it."""
    match = _HEADING.fullmatch(line) if "clu" in line.lower() else None
    if match is None:
        return None
    words = (match["before"] or "") + (match["after"] or "")
    extra = len(words.split())
    named = match["criteria"] or "criteri" in words.lower()
    if match["colon"] is None:
        if _SENTENCE.search(line) or extra > (1 if match["bullet"] else 4) or (extra and not named):
            return None  # a sentence or an item that speaks of exclusion, not a heading
    elif not named and extra > 1:
        return None
    rest = match["rest"] or ""
    if _MIXED.search(line[: len(line) - len(rest)]):
        return "", rest
    return ("in" if match["in"] else "out"), rest


def _lines(criteria: str) -> list[str]:
    """The lines, with a heading that stands at the end of an item set on a line of its own."""
    found: list[str] = []
    for line in criteria.split("\n"):
        inline = _INLINE_HEADING.fullmatch(line) if ":" in line else None
        found += [inline["item"], inline["heading"]] if inline else [line]
    return found


def split(criteria: str | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    r"""The inclusion and the exclusion items of criteria in their normal form (`paragraphs`).

    Only what stands below a heading is an item; where there is no heading, nothing is.

    >>> split("Key Inclusion Criteria:\n* Adults\n* Consent\nExclusion Criteria:\n1. Pregnancy")
    (('Adults', 'Consent'), ('Pregnancy',))
    >>> split("Healthy adults who consent.")
    ((), ())
    >>> split("Exclusion:\n* Asthma\nThe above information is not complete.")
    ((), ('Asthma',))
    """
    lists: dict[str, list[str]] = {"in": [], "out": [], "": []}
    current = ""
    for line in _lines(criteria or ""):
        heading = _heading(line)
        current, text = heading if heading else (current, line)
        item = _ITEM.sub("", text, count=1).strip()
        if item and not _REMARK.match(item):
            lists[current].append(item)
    return tuple(lists["in"]), tuple(lists["out"])
