"""What trials share without being alike: premedication, backbones, wide conditions, job titles."""

from __future__ import annotations

import math
import re
from functools import lru_cache

from kg.model.drug import Role
from kg.names import squash
from kg.resolve.normalise import base
from kg.vocabularies import mesh

ROLE_WEIGHT: dict[Role, float] = {
    "INVESTIGATIONAL": 1.0,
    "COMPARATOR": 0.3,
    "BACKGROUND": 0.1,
    "RESCUE": 0.0,
    "DIAGNOSTIC": 0.1,
    "PLACEBO": 0.0,
    "PROCEDURE": 0.0,
    "OTHER": 0.1,
}
"""How much a drug in this role says of what a trial is about."""

BACKBONE_WEIGHT = 0.1

_BACKBONES = frozenset(
    map(
        squash,
        (
            # chemotherapy that regimens are built on
            "bendamustine, bleomycin, capecitabine, carboplatin, carmustine, cisplatin, "
            "cyclophosphamide, cytarabine, dacarbazine, daunorubicin, docetaxel, doxorubicin, "
            "epirubicin, etoposide, fludarabine, fluorouracil, folinic acid, gemcitabine, "
            "ifosfamide, irinotecan, leucovorin, levoleucovorin, lobaplatin, melphalan, mesna, "
            "methotrexate, mitomycin, mitoxantrone, nedaplatin, oxaliplatin, paclitaxel, "
            "pemetrexed, temozolomide, thiotepa, topotecan, vinblastine, vincristine, vinorelbine, "
            # premedication and support
            "acetaminophen, paracetamol, aspirin, acetylsalicylic acid, aprepitant, "
            "chlorpheniramine, dexamethasone, diphenhydramine, famotidine, filgrastim, folic acid, "
            "granisetron, hydrocortisone, ibuprofen, lidocaine, loperamide, metoclopramide, "
            "methylprednisolone, midazolam, naphazoline, ondansetron, palonosetron, pegfilgrastim, "
            "prednisolone, prednisone, propofol, ranitidine, sodium chloride, cyanocobalamin, "
            "vitamin b12, fentanyl, water, dextrose, glucose"
        ).split(", "),
    )
)
_NO_PERSON = re.compile(
    r"clinical|director|study|studies|cent(?:er|re)\b|trial|medical|monitor|operations|manager|"
    r"scien|team|investigator|registry|information|call|inc\b|ltd|gmbh|pharma|department|research|"
    r"sponsor|program|leader|officer|transparency|site|university|hospital|\d",
    re.IGNORECASE,
)
_TITLES = re.compile(
    r",.*|\b(?:Prof(?:essor)?|Dr|MD|PhD|M\.D|Ph\.D|MSc|MPH|FACP)\b\.?", re.IGNORECASE
)
_WIDEST = 5000
"""About as many diseases as MeSH tells apart."""


def is_backbone(label: str) -> bool:
    """Whether so many regimens give the drug that sharing it says little.

    >>> is_backbone("Doxorubicin hydrochloride"), is_backbone("tusamitamab ravtansine")
    (True, False)
    """
    return squash(label) in _BACKBONES or squash(base(label)) in _BACKBONES


@lru_cache(maxsize=1 << 15)
def particularity(mesh_id: str) -> float:
    """How narrow a MeSH condition is, from 0 (holds everything) to 1 (nothing below it).

    >>> particularity("D009369") < 0.3 < 0.7 < particularity("D002289")
    True
    """
    below = len(mesh.descendants(mesh_id))
    return max(0.0, 1.0 - math.log(1 + below) / math.log(_WIDEST))


def person(name: str) -> str | None:
    """The key of a person's name without degrees; None where it names an office.

    >>> person("Ann B. Example, MD, PhD"), person("Clinical Sciences & Operations")
    ('annbexample', None)
    """
    if _NO_PERSON.search(name):
        return None
    key = squash(_TITLES.sub(" ", name))
    return key if len(key) > 4 else None
