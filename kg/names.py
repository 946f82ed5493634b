"""How names are compared: one key for every spelling of a name."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_GREEK_LETTERS = "αβγδεζηθικλμνξοπρστυφχψω"
_GREEK_NAMES = (
    *("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa"),
    *("lambda", "mu", "nu", "xi", "omicron", "pi", "rho", "sigma", "tau", "upsilon", "phi"),
    *("chi", "psi", "omega"),
)
_GREEK = {ord(sign): name for sign, name in zip(_GREEK_LETTERS, _GREEK_NAMES, strict=True)}
_SIGNS = str.maketrans("", "", "™℠©®")  # NFKD would spell the trade mark out as letters
_ASCII_OTHER = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=1 << 16)
def squash(text: str) -> str:
    """The key of a name: lower case, accents off, Greek spelled, nothing but letters and digits.

    Spellings that differ in case, spacing or punctuation share a key; different digits never do.

    >>> squash("SAR-408701") == squash("SAR 408701") == squash("sar408701")
    True
    >>> squash("TNF-α"), squash("Côte D'Ivoire"), squash("Keytruda™")
    ('tnfalpha', 'cotedivoire', 'keytruda')
    """
    if text.isascii():
        return _ASCII_OTHER.sub("", text.lower())
    plain = unicodedata.normalize("NFKD", text.translate(_SIGNS)).casefold()
    spelled = unicodedata.normalize("NFKD", plain).replace("ς", "σ").translate(_GREEK)
    return unicodedata.normalize("NFC", "".join(filter(str.isalnum, spelled)))
