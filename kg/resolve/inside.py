"""What stands inside a name and is meant by it: a fragment of a peptide, a company's code."""

from __future__ import annotations

import re

from kg.resolve.codes import is_code
from kg.resolve.not_drugs import looks_like_a_class, not_a_drug
from kg.resolve.split import brackets

_SAID_OF_DRUGS = frozenset(
    {"class", "placebo", "an arm, not a drug", "a dose or form", "too general to name a drug"}
)
_SAID_OF_CODES = frozenset({"immunotoxin", "vaccine", "recombinant", "biosimilar"})
_RESIDUES = re.compile(r"[A-Za-z]\w*[- ]?\(?\d{1,3}-\d{1,3}\)?(?:[- ]?(?:amide|NH2))?$", re.I)
"""A name and the first and last residue of the part that is meant: `hPTH-(1-34)`."""


def fragment(text: str) -> str | None:
    """The part of a peptide that a bracket names, which is another drug than the peptide.

    >>> fragment("Human parathyroid hormone [hPTH-(1-34)]"), fragment("teriparatide [Forteo]")
    ('hPTH-(1-34)', None)
    """
    return next((inner for inner in brackets(text)[1] if is_fragment(inner)), None)


def is_fragment(name: str) -> bool:
    """Whether a name is that of a part of a peptide.

    >>> is_fragment("hPTH-(1-34)"), is_fragment("teriparatide"), is_fragment("ABC-12-34")
    (True, False, False)
    """
    return bool(_RESIDUES.search(name)) and ("(" in name or not is_code(name))


def code_inside(text: str) -> str | None:
    """The company code of a description; none where other words may be the name.

    >>> code_inside("anti-PD-1 antibody SHR-1210"), code_inside("SHR-1210"), code_inside("zinc")
    ('SHR-1210', None, None)
    """
    words = text.split()
    if len(words) < 2 or is_code(text):
        return None
    for at in (0, len(words) - 1):
        rest = " ".join(words[:at] + words[at + 1 :])
        code = words[at].strip(",;:")
        about = looks_like_a_class(rest) or not_a_drug(rest)
        said = about.reason in _SAID_OF_DRUGS if about else rest.lower() in _SAID_OF_CODES
        if is_code(code) and said:
            return code
    return None
