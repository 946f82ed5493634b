"""Named regimens and the drugs they are made of."""

from __future__ import annotations

import re

from kg.resolve.normalise import squash

_TABLE = """
FOLFOX: fluorouracil, leucovorin, oxaliplatin
FOLFIRI: fluorouracil, leucovorin, irinotecan
FOLFIRINOX: fluorouracil, leucovorin, irinotecan, oxaliplatin
FOLFOXIRI: fluorouracil, leucovorin, oxaliplatin, irinotecan
FLOT: fluorouracil, leucovorin, oxaliplatin, docetaxel
XELOX: capecitabine, oxaliplatin
CAPOX: capecitabine, oxaliplatin
CAPEOX: capecitabine, oxaliplatin
XELIRI: capecitabine, irinotecan
GEMOX: gemcitabine, oxaliplatin
SOX: S-1, oxaliplatin
CHOP: cyclophosphamide, doxorubicin, vincristine, prednisone
R-CHOP: rituximab, cyclophosphamide, doxorubicin, vincristine, prednisone
CVP: cyclophosphamide, vincristine, prednisone
R-CVP: rituximab, cyclophosphamide, vincristine, prednisone
EPOCH: etoposide, prednisone, vincristine, cyclophosphamide, doxorubicin
R-EPOCH: rituximab, etoposide, prednisone, vincristine, cyclophosphamide, doxorubicin
FCR: fludarabine, cyclophosphamide, rituximab
ABVD: doxorubicin, bleomycin, vinblastine, dacarbazine
BEACOPP: bleomycin, etoposide, doxorubicin, cyclophosphamide, vincristine, procarbazine, prednisone
MOPP: mechlorethamine, vincristine, procarbazine, prednisone
BEAM: carmustine, etoposide, cytarabine, melphalan
DHAP: dexamethasone, cytarabine, cisplatin
CMF: cyclophosphamide, methotrexate, fluorouracil
FAC: fluorouracil, doxorubicin, cyclophosphamide
FEC: fluorouracil, epirubicin, cyclophosphamide
MVAC: methotrexate, vinblastine, doxorubicin, cisplatin
ECF: epirubicin, cisplatin, fluorouracil
EOX: epirubicin, oxaliplatin, capecitabine
DCF: docetaxel, cisplatin, fluorouracil
TPF: docetaxel, cisplatin, fluorouracil
TCHP: docetaxel, carboplatin, trastuzumab, pertuzumab
VRD: bortezomib, lenalidomide, dexamethasone
PCV: procarbazine, lomustine, vincristine
"""
REGIMENS: dict[str, tuple[str, ...]] = {
    squash(name): tuple(drug.strip() for drug in drugs.split(","))
    for name, drugs in (line.split(":") for line in _TABLE.strip().splitlines())
}
SURE_REGIMEN = 4
"""Letters from which on a regimen's name is no other thing's: `EPOCH`, but not `DCF`."""
_MODIFIED = re.compile(
    r"^m(?=folf|flot|xel|beam)|^(?:da|dd|doseadjusted|dosedense|modified)(?=[a-z]{4})|(?<=[a-z])\d{1,2}$|(?:regimen|chemotherapy|protocol|therapy)$"
)


def components(text: str) -> tuple[str, ...]:
    """The drugs of a named regimen; empty where the name is none.

    >>> components("mFOLFOX6"), components("docetaxel")
    (('fluorouracil', 'leucovorin', 'oxaliplatin'), ())
    >>> components("dose-adjusted EPOCH-R therapy") == components("R-EPOCH")
    True

    Three letters are a regimen in capitals only: `dCF` is a drug.
    """
    key = squash(text)
    if len(key) < SURE_REGIMEN and not text.isupper():
        return ()
    while key not in REGIMENS:
        if key.endswith("r") and f"r{key[:-1]}" in REGIMENS:
            return REGIMENS[f"r{key[:-1]}"]
        shorter = _MODIFIED.sub("", key)
        if shorter == key:
            return ()
        key = shorter
    return REGIMENS[key]
