"""Tells a real place from a name that could stand for any.

"Research Site" in Madrid is not one place across trials; "Duke Clinical Research Site" is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W_]+")
_CONTACT = re.compile(
    r"\bcontact\b.*(\d{3}|details|information|sponsor|site)|additional information|"
    r"\bcall (cent|us|\d)|toll.?free|\S@\S+\.\w|\(?\d{3}\)?[ -]\d{3}[ -]\d{4}",
    re.IGNORECASE,
)
_ANONYMOUS = re.compile(
    r"\binvestigat\w*\W+(\w+\W+)?(site|cent(er|re)|location|facility|hospital|clinic)s?\b|"
    r"\b(site|institution)s?\W+(ref\w*\W+)?(id|no|nr|n°|№|num(ber)?|#)\b",
    re.IGNORECASE,
)
_SITE_NUMBER = re.compile(
    r"\s*([-/(_,:]\s*)?(\bsite\s*(\b(id|number|no)\b|(?=#))|\bid\b\s*(\b(number|no)\b)?|#(?=\s*[\w.-]*\d{3}))"
    r"\s*[#:.]*\s*[\w.-]*\d[\w.-]*\)?\s*$",
    re.IGNORECASE,
)
_SITE_WORDS = frozenset("investigator investigators local location locations site sites".split())
_EMPTY_WORDS = _SITE_WORDS | frozenset(
    (
        "a additional an and at call center centers centre centres clinic clinical cro "
        "decentralised decentralized facilities facility for home id in inc information "
        "institution institutions internet investigational investigative medical multiple n no "
        "nr num number of office on online only participating practice private recruiting ref "
        "reference remote research selected several sponsor study studies telehealth "
        "telemedicine test the this to trial trials various virtual web website within"
    ).split()
)


@lru_cache(maxsize=1 << 17)
def place_name(facility: str) -> str:
    """The facility's name without the number a sponsor gave it.

    >>> place_name("Meir Medical Center /ID# 205345")
    'Meir Medical Center'
    >>> place_name("City Hospital No. 2")
    'City Hospital No. 2'
    """
    return _SITE_NUMBER.sub("", facility) or facility


def is_anonymous(facility: str | None, places: Iterable[str], sponsors: Iterable[str]) -> bool:
    """Whether a facility's name fails to say which place it is.

    `places` are the location's own city, state and country: a name that only repeats them says
    nothing more. `sponsors` are the trial's: "Shire Clinical Research Site" in a trial of Shire
    is any site of theirs.

    >>> is_anonymous("Investigational Site Number : 8400001", ["Nagoya"], ["Sanofi"])
    True
    >>> is_anonymous("Duke Clinical Research Site", ["Durham"], ["Sanofi"])
    False
    """
    words = _telling_words(facility) if facility else None
    if words is None:
        return True
    where = {word for place in places for word in _words(place)}
    if _EMPTY_WORDS.issuperset(words) or where.issuperset(words):
        return True
    if _SITE_WORDS.isdisjoint(words):
        return False
    names = {word for sponsor in sponsors for word in _words(sponsor)}
    return (_EMPTY_WORDS | where | names).issuperset(words)


@lru_cache(maxsize=1 << 17)
def _telling_words(facility: str) -> list[str] | None:
    """The words of a facility's name without numbers; None where its form alone is no name."""
    name = place_name(facility)
    if _CONTACT.search(facility) or _ANONYMOUS.search(name):
        return None
    return [word for word in _words(name) if not _DIGIT.search(word)]


@lru_cache(maxsize=1 << 16)
def _words(text: str) -> list[str]:
    plain = text.casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain)
        plain = "".join(c for c in plain if not unicodedata.combining(c))
    return _WORD.findall(plain)
