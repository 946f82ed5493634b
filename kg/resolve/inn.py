"""International nonproprietary names by their build: stems, conjugates, labels, carriers.

An antibody is not its conjugate, and paclitaxel is not its albumin-bound form: what makes such a
name another drug is read from the name itself.
"""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from kg.resolve.normalise import base, core, squash

STEM = re.compile(
    r"[a-z]{4,}mab(?:-[a-z]{4})?|[a-z]{3,}(?:tinib|ciclib|parib|rafenib|metinib|lisib|sertib|"
    r"degib|zomib|gliptin|gliflozin|"
    r"glitazone|sartan|prazole|taxel|rasib|limus|glutide|leucel|siran|xaban|domide|avir|buvir|"
    r"asvir|tegravir|"
    r"afil|triptan|setron|conazole|fungin|coxib|citabine|statin|rubicin|tecan|trexed|poside|fovir|"
    r"vudine|oxetine|"
    r"floxacin|dipine|olol|pril|dronate|grastim|parin|relin|relix|kinra|cept|zolamide|lukast|"
    r"vaptan|gatran|peridone)"
)
_PAYLOAD = (
    r"(?:vedotin|deruxtecan|emtansine|ravtansine|soravtansine|mertansine|govitecan|tesirine|"
    r"ozogamicin|mafodotin|"
    r"tirumotecan|rezetecan|samrotecan|pelidotin|duocarmazine|talirine|tansine|ecteribulin|"
    r"rilsodotin|upifitamab|"
    r"pasudotox|sudotox|tudotox|tiuxetan|tetraxetan|satetraxetan|pentetate|camsirubicin|zovodotin|"
    r"opadotin|"
    r"amadotin|botidotin|brengitecan|adizutecan|samzotecan|puxitecan|telisotuzumab|imsirolimus|"
    r"saratolacan|"
    r"sarotalocan|maytansine|[a-z]{3,}(?:tecan|dotin|tansine|sirine|mustine))"
)
_CONJUGATE = re.compile(rf"([a-z]+(?:mab|tug|bart|mig))(?:[- ]([a-z]*{_PAYLOAD}))(?:-[a-z]{{4}})?")
_NAKED = re.compile(
    r"(?:[a-z]{3,4}-)?([a-z]{4,}(?:mab|tug|bart|mig))(?: (?:alfa|beta|gamma))?(?:[- ][a-z]{4})?"
)
_ISOTOPES = {
    "i": "12[345]|131",
    "y": "90",
    "lu": "177",
    "in": "111",
    "tc": "99m?",
    "zr": "89",
    "ga": "6[78]",
    "cu": "6[47]",
    "ac": "225",
    "re": "18[68]",
    "sm": "153",
    "f": "18",
    "c": "1[14]",
    "ra": "223",
    "at": "211",
    "bi": "213",
    "pb": "203|212",
    "sr": "89",
}
_LABEL = re.compile(
    r"\b(?:"
    + "|".join(rf"{e}[- ]?(?:{mass})|(?:{mass})[- ]?{e}" for e, mass in _ISOTOPES.items())
    + r"|yttrium|lutetium|iodine|indium|technetium|zirconium|gallium|actinium|rhenium"
    + r"|radiolabel\w*)\b"
)
_CARRIER = re.compile(
    r"\b(?:liposom\w*|pegylated|peg-?|nab|albumin[- ](?:bound|stabilized)|protein[- ]bound|"
    r"nanoparticle\w*|micell\w*|"
    r"encapsulated|lipid complex|polymer\w*)|^(?:nab|peg)[- ]?",
)


_BRACKETED = re.compile(r"\s*\([^()]*\)")


def is_carrier(text: str) -> bool:
    """Whether a text names a carrier and no more.

    >>> is_carrier("pegylated liposomal"), is_carrier("liposomal doxorubicin")
    (True, False)
    >>> is_carrier("ALBUMIN-STABILIZED NANOPARTICLE (130 NM)")
    True
    """
    return not _CARRIER.sub("", _BRACKETED.sub("", text.lower())).strip(" -")


_CARRIERS = (
    ("liposomal", re.compile(r"\bliposom\w*(?:[- ]encapsulated)?\b")),
    ("lipid complex", re.compile(r"\blipid complex\b")),
    (
        "albumin-bound",
        re.compile(
            r"\b(?:nab[- ]|(?:nanoparticles?[- ])?(?:albumin|protein)[- ](?:bound|stabili[sz]ed)"
            r"(?: nanoparticles?)?)\b"
        ),
    ),
    ("micellar", re.compile(r"\b(?:polymer\w*[- ])?micell\w*\b")),
)
_PEGYLATED = re.compile(r"\bpegylated\b|\bpeg[- ]")
_SAID_OF_CARRIERS = re.compile(r"\b(?:formulations?|form of|particles?|encapsulated|in)\b")


def carried(text: str) -> tuple[str, str] | None:
    """The carrier of a drug's special form and the drug it carries; None where there is none.

    A pegylated protein is a substance of its own and no such form.

    >>> carried("Doxorubicin Hydrochloride Liposome"), carried("nab-Paclitaxel")
    (('liposomal', 'doxorubicin hydrochloride'), ('albumin-bound', 'paclitaxel'))
    >>> carried("PEGylated liposomal doxorubicin"), carried("pegylated interferon alfa-2a")
    (('pegylated liposomal', 'doxorubicin'), None)
    """
    name = core(text).lower()
    for carrier, words in _CARRIERS:
        rest = words.sub(" ", name)
        if rest == name:
            continue
        if carrier == "liposomal" and (bare := _PEGYLATED.sub(" ", rest)) != rest:
            carrier, rest = "pegylated liposomal", bare
        rest = " ".join(_SAID_OF_CARRIERS.sub(" ", rest).split()).strip(" -,")
        return (carrier, rest) if rest else None
    return None


class Build(Struct, frozen=True):
    """What in a name tells a drug from its nearest kin."""

    conjugate: str = ""
    """Squashed antibody-and-payload of a conjugate."""
    antibody: str = ""
    """The antibody: of itself, or the stem of a conjugate."""
    label: bool = False
    """Carries a radioactive label."""
    carrier: bool = False
    """Carries a liposome, albumin or PEG."""


@lru_cache(maxsize=1 << 17)
def build(text: str) -> Build:
    """What the name says of conjugation, labelling and carrier.

    >>> build("trastuzumab deruxtecan")
    Build(conjugate='trastuzumabderuxtecan', antibody='trastuzumab', label=False, carrier=False)
    >>> build("fam-trastuzumab deruxtecan-nxki") == build("Trastuzumab Deruxtecan")
    True
    >>> build("trastuzumab-dkst").antibody, build("nab-paclitaxel").carrier, build("SAR408701")
    ('trastuzumab', True, Build(conjugate='', antibody='', label=False, carrier=False))
    """
    name = core(text).lower()
    label, carrier = bool(_LABEL.search(name)), bool(_CARRIER.search(name))
    if match := _CONJUGATE.search(name):
        return Build(squash(match[1] + match[2]), match[1], label, carrier)
    match = _NAKED.fullmatch(name)
    return Build("", match[1] if match else "", label, carrier)


@lru_cache(maxsize=1 << 17)
def looks_like_inn(text: str) -> bool:
    """Whether the name ends as a nonproprietary name does.

    >>> [looks_like_inn(t) for t in ("tusamitamab ravtansine", "osimertinib mesylate", "Keytruda")]
    [True, True, False]
    """
    if text.isascii() and text.isalpha():  # a single word holds no dose, salt or payload
        return bool(STEM.fullmatch(text.lower()))
    name = base(core(text)).lower()
    if build(name).conjugate:
        return True
    last = name.split()[-1] if name else ""
    return len(name.split()) <= 2 and bool(STEM.fullmatch(last))
