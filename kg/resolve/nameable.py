"""Whether words that no vocabulary knows may name a drug of their own, or only describe something.

What is not nameable stays an intervention with its registered words; it makes no drug.
"""

from __future__ import annotations

import re

from kg.resolve.codes import is_code
from kg.resolve.inn import looks_like_inn

MOST_WORDS = 4
_WORD = re.compile(r"[^\W_][\w'-]*")
_BIOLOGIC = re.compile(
    r"\b(?:vaccines?|toxoid|antigens?|peptides?|antibod(?:y|ies)|globulins?|immunoglobulins?|"
    r"interferons?|interleukins?|factor|cells?|lymphocytes?|plasma|extract|immunotoxin|virus|"
    r"vector|gene|toxin|serum|insulin|rgp120|gp160|KLH|MVA|ALVAC\S*)\b",
    re.IGNORECASE,
)
_TELLING_WORDS = """
an the of for with without by in on at to from as per than then when while if after before
during until either both any all each every same other another usual various different
compared comparison versus vs plus using use used usage based given giving received receiving
day days daily week weeks weekly month months minutes hour hours year years cycles cycle once
twice dose doses dosed dosing dosage arm arms group groups cohort part phase stage step
regimen regimens protocol strategy schedule algorithm program programme package bundle
against her his equivalent chemotherapy chemo doublet triplet only not no
treatment treatments therapy therapies medication medications management care usual
administration administered administering application intake exposure
patients patient participants subjects volunteers women men children adults home hospital
eating meals meal food diet dietary nutrition nutritional nutrient fat lipids feeding
device devices system systems machine kit mode combination product products
conditioning preparation reconstruction placement association addition added switch
flow high low intensive lifestyle digital mobile app software online
depression pain anxiety hypotensive baseline brand control controls placebo
antiandrogen antiandrogens androgens estrogens estrogen progestins progestin progestogens
thromboprophylaxis radioprotection chemoprevention
inactivated inactive live application applications inactivation isolated
"""
_TELLING = frozenset(_TELLING_WORDS.split())
_GENERAL_WORDS = """
inactivated inactive live attenuated application applications algorithm graft grafts patients
depression hypotensive lipids fat nutrition radioprotection thromboprophylaxis antiandrogen
androgens estrogens estrogen progestins progestin progestogens hera plasma bloodplasma
transforaminal caudal dosereduced isolatedlimb isolated limb perfusion infantformula formula
nutrients fibre fiber protein peptide enzymes proteolyticenzymes hospital home oxygenation
"""
_GENERAL = frozenset(_GENERAL_WORDS.split())
_NOT_WORDS = re.compile(
    r"^[A-Z][a-z]?-?\d{2,3}m?$|^\d+ ?k(?:d|da)$|^[\d.,]+ ?\w{1,2}$|: ?mode\b|"
    r"^\d+[a-z]?[rsze]-(?:cis|trans)$",
    re.IGNORECASE,
)


def nameable(text: str) -> bool:
    """Whether a text has the looks of a name.

    >>> [nameable(t) for t in ("Kanglaite", "SHR-A1921", "recombinant interferon alfa")]
    [True, True, True]
    >>> [nameable(t) for t in ("Home with antibiotics when eating", "Her", "40KD", "8S-cis")]
    [False, False, False, False]
    """
    if is_code(text) or looks_like_inn(text):
        return True
    words = [word.lower() for word in _WORD.findall(text)]
    if not words or "".join(words) in _GENERAL or _NOT_WORDS.search(text):
        return False
    if _BIOLOGIC.search(text):
        return len(words) <= MOST_WORDS or not _TELLING.intersection(words)
    return len(words) <= MOST_WORDS and not _TELLING.intersection(words)
