"""Company codes: letters and digits that name a drug before it has a name.

Two codes are the same only if every letter and digit agrees; one digit more or less is another
substance, so nothing here is ever approximate.
"""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from kg.resolve.normalise import plain

_CODE = re.compile(
    r"(?P<prefix>[A-Za-z]{1,7}(?:-[A-Za-z]{1,2}(?=\d))?) ?[ -]?#? ?"
    r"(?P<digits>\d+(?:[,.-]?\d+)*)"
    r"(?P<suffix>-?[A-Za-z]{0,3}(?:-?\d{1,4}[A-Za-z]?)?)"
)
_DIGITS_FIRST = re.compile(r"(?P<digits>\d{2,4})(?P<prefix>[UWC])(?P<suffix>\d{2,3})")
_MUTATION = re.compile(r"[A-Z]\d{2,4}[A-Z]")
_NOT_DIGIT = re.compile(r"\D")
_NOT_A_PREFIX_WORDS = """
il cd her hpv hiv hcv hbv htlv ifn pge pgf vitamin covid sars day days arm arms phase part
parts cohort type week weeks cycle group groups dose level stage grade step folfox mfolfox
folfiri i y f c p h n q b d vitaminb vitamind vitamink tc lu ga in ra sm sr re cu zr at ac cs
co xe rb tl hla hsp mhc tlr gp vcp omega factor visit age year years month months panel site
version no nr study test group pcv mmr ige igg aged and or
"""
_NOT_A_PREFIX = frozenset(_NOT_A_PREFIX_WORDS.split())


class Code(Struct, frozen=True):
    """A company code in its parts: `DS-8201a` is `ds`, `8201`, `a`."""

    prefix: str
    digits: str
    """All digits of the code, in order."""
    suffix: str

    @property
    def number(self) -> str:
        """The digits as houses count them: leading zeros come and go.

        >>> Code("nsc", "008806", "").number
        '8806'
        """
        return self.digits.lstrip("0")


@lru_cache(maxsize=1 << 17)
def parse_code(text: str) -> Code | None:
    """The parts of a company code, None where the text is not one.

    >>> parse_code("DS-8201a")
    Code(prefix='ds', digits='8201', suffix='a')
    >>> [parse_code(code).digits for code in ("BMS-936558", "BAY 43-9006", "SAR408701")]
    ['936558', '439006', '408701']
    >>> [parse_code(text) for text in ("IL-2", "COVID-19", "vitamin B12", "docetaxel", "S-1")]
    [None, None, None, None, None]
    """
    text = plain(text)
    if len(text) > 24 or _MUTATION.fullmatch(text):
        return None
    match = _CODE.fullmatch(text) or _DIGITS_FIRST.fullmatch(text)
    if match is None:
        return None
    prefix = re.sub(r"[^a-z]", "", match["prefix"].lower())
    suffix = match["suffix"].replace("-", "").lower()
    digits = _NOT_DIGIT.sub("", match["digits"] + suffix)
    if len(prefix) == 1:
        if len(digits) < 3:
            return None
    elif prefix in _NOT_A_PREFIX or prefix.startswith("anti") or len(digits) < 2:
        return None
    return Code(prefix, digits, re.sub(r"\d", "", suffix))


def is_code(text: str) -> bool:
    """Whether the text is a company code.

    >>> is_code("IMMU-132"), is_code("AZD9291"), is_code("LY3298176"), is_code("trastuzumab")
    (True, True, True, False)
    """
    return parse_code(text) is not None


def digits_differ(one: Code, other: Code) -> bool:
    """Whether two codes of one house are told apart by their digits.

    >>> digits_differ(parse_code("SAR408701"), parse_code("SAR408707"))
    True
    >>> digits_differ(parse_code("MK-3475"), parse_code("SCH 900475"))
    False
    """
    return one.prefix == other.prefix and one.number != other.number
