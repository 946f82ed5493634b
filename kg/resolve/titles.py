"""A trial's title and its publication's title that differ in the drug's name only."""

from __future__ import annotations

import re

from kg.resolve.codes import is_code
from kg.resolve.inn import build, looks_like_inn
from kg.resolve.normalise import core, plain, squash

_WORD = re.compile(r"[^\W_][\w.'-]*")
_SMALL_WORDS = """
a an and as at by for from in into is of on or the to with without versus vs study trial phase
patients patient subjects participants evaluation evaluating safety efficacy randomized open
label i ii iii results after who
"""
_SMALL = frozenset(_SMALL_WORDS.split())
_IDS = re.compile(r"\b(?:doi|pmid|pmcid|epub)\b.*", re.IGNORECASE)
ENOUGH_SHARED = 4


def _words(text: str) -> list[str]:
    return [w.strip(".'-").lower() for w in _WORD.findall(plain(text))]


def tells_same(title: str, name: str, citation: str, phrase: str) -> bool:
    """Whether a publication is about the trial's drug under another name.

    The words that follow the name in the trial's title follow the phrase in the publication's, at
    least four of them telling ones.

    >>> tells_same(
    ...     "A study of XYZ1234 in Nordic adults with chronic severe hand eczema", "XYZ1234",
    ...     "Doe J. On examplimab in Nordic adults with chronic severe hand eczema. J Ex. 2020.",
    ...     "examplimab")
    True
    """
    own, theirs = _words(title), _words(citation)
    after_name = _after(own, _words(core(name)))
    after_phrase = _after(theirs, _words(phrase))
    if not after_name or not after_phrase:
        return False
    following = [w for w in after_phrase[: 2 * len(after_name) + 4] if w not in _SMALL]
    telling = [w for w in after_name if w not in _SMALL]
    shared = [w for w in telling if w in following]
    return len(set(shared)) >= ENOUGH_SHARED and 4 * len(shared) >= 3 * len(telling)


def other_name(name: str, title: str, citation: str) -> str | None:
    """The other name that a publication's title gives the one drug of a trial's title.

    >>> other_name(
    ...     "XYZ1234", "A study of XYZ1234 in Nordic adults with chronic severe hand eczema",
    ...     "Doe J. On examplimab in Nordic adults with chronic severe hand eczema. J Ex. 2020.")
    'examplimab'
    """
    named = names_in(citation)
    if len(named) != 1 or squash(name) in squash(citation):
        return None
    return named[0] if tells_same(title, name, citation, named[0]) else None


def _after(words: list[str], phrase: list[str]) -> list[str]:
    size = len(phrase)
    for at in range(len(words) - size + 1):
        if words[at : at + size] == phrase:
            return words[at + size :]
    return []


def names_in(citation: str) -> tuple[str, ...]:
    """The codes and nonproprietary names in a publication's citation, conjugates whole.

    >>> names_in("Doe J. Safety of tusamitamab ravtansine and SAR408701. J Ex. 2020.")
    ('tusamitamab ravtansine', 'SAR408701')
    """
    words = [w.strip(".'") for w in _WORD.findall(_IDS.sub("", plain(citation)))]
    found: list[str] = []
    at = 0
    while at < len(words):
        pair = " ".join(words[at : at + 2])
        if at + 1 < len(words) and build(pair).conjugate:
            found.append(pair)
            at += 1
        elif is_code(words[at]) or looks_like_inn(words[at]):
            found.append(words[at])
        at += 1
    return tuple(dict.fromkeys(found))
