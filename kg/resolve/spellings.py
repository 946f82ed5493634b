"""The spellings under which a name is looked up, and how far each is trusted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.resolve.inn import looks_like_inn
from kg.resolve.normalise import base, core, plain
from kg.resolve.split import brackets

_SUFFIXED = re.compile(r"(.*[a-z]{5})-[a-z]{4}")
"""A biological and the four letters that tell its maker: `pertuzumab-dpzb`."""
LONG_ENOUGH = 9
_ENDINGS = (
    ("ino", "in"), ("ina", "in"), ("ina", "ine"), ("ona", "one"), ("ine", "in"), ("ato", "ate"),
    ("ide", "id"), ("ida", "ide"), ("ustin", "ustine"),
)  # fmt: skip

READ_AS = {
    "vocabulary": 1.0,
    "user-decision": 1.0,
    "vocabulary-dose-removed": 0.97,
    "vocabulary-salt": 0.95,
    "vocabulary-curated": 0.95,
    "vocabulary-within": 0.85,
    "vocabulary-carried": 0.9,
    "vocabulary-suffix-removed": 0.97,
    "vocabulary-spelling": 0.9,
    "vocabulary-acronym": 0.8,
    "vocabulary-product": 0.95,
    "vocabulary-prefix-removed": 0.9,
    "vocabulary-inverted": 0.9,
    "code": 0.9,
    "name": 0.8,
}
"""How far each rule of reading is trusted."""


def spellings(text: str) -> Iterator[tuple[str, str]]:
    """The spellings to look up, the most faithful first, with the rule each stands for."""
    whole, short = plain(text), core(text)
    yield "vocabulary", whole
    outer = brackets(short)[0] or short
    yield "vocabulary-dose-removed", short
    yield "vocabulary-dose-removed", outer
    for prefix in ("recombinant human ", "recombinant ", "human ", "rh-", "rh", "generic "):
        if outer.lower().startswith(prefix) and len(outer) > len(prefix) + 4:
            yield "vocabulary-prefix-removed", outer[len(prefix) :]
    if (suffixed := _SUFFIXED.fullmatch(outer)) and looks_like_inn(suffixed[1]):
        yield "vocabulary-suffix-removed", suffixed[1]
    for native in _native(outer):
        yield "vocabulary-spelling", native
    if (salt := base(outer)) != outer:
        yield "vocabulary-salt", salt
    if (number := re.sub(r" \d+\.\d+$", "", outer)) != outer:
        yield "vocabulary-dose-removed", number
    if outer.count(", ") == 1:
        first, second = outer.split(", ")
        yield "vocabulary-inverted", f"{second} {first}"


def _native(text: str) -> Iterator[str]:
    """English spellings of a nonproprietary name as other languages write it.

    >>> list(_native("Carboplatino")), list(_native("cisplatina")), list(_native("taxol"))
    (['Carboplatin'], ['cisplatin', 'cisplatine'], [])
    """
    if len(text) < LONG_ENOUGH or not text.isalpha():
        return
    for ending, own in _ENDINGS:
        if text.lower().endswith(ending):
            yield text[: -len(ending)] + own
