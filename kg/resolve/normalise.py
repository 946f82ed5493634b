"""Names made comparable: what does not tell two drugs apart is removed, what does is kept."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from kg.vocabularies import squash as key

_GREEK = {
    "α": "alpha",
    "β": "beta",
    "γ": "gamma",
    "δ": "delta",
    "ε": "epsilon",
    "ζ": "zeta",
    "κ": "kappa",
    "λ": "lambda",
    "μ": "mu",
    "τ": "tau",
    "ω": "omega",
}
_TRANSLATE = {
    **{ord(c): "-" for c in "‐‑‒–—−"},
    **{ord(c): "'" for c in "‘’′`´"},
    **{ord(c): '"' for c in "“”„"},
    **{ord(c): None for c in "®™©℠\u200b\u200e\u200f\ufeff"},
}
_MARK = re.compile(r"\((?:R|TM|tm|r|C|Registered|Trademark|Registered Trademark)\)", re.IGNORECASE)
_MICRO = re.compile(r"[μµ](?=[glmLM]\b|[glm]/|gram|mol)")

_UNIT = (
    r"(?:mg|mcg|ug|µg|ng|kg|g|gm|grams?|ml|mls|l|dl|iu|ui|miu|u|units?|mmol|umol|mol|mm|um|nm|%|"
    r"mci|mbq|gbq|cgy|gy|meq|ppm|milligrams?|micrograms?|cells|pfu|vp|cfu|au|eq|million|billion|"
    r"mg/m2|auc)"
)
_PER = r"(?:\s*(?:/|per)\s*(?:\d+\s*)?(?:kg|m2|m\^2|day|d|h|hr|hour|min|ml|l|dose|week|wk|g|body|bw|m|cm2|actuation|puff|vial|tablet)\b)*"  # noqa: E501
_NUMBER = r"\d+(?:[.,]\d+)*(?:\s*(?:x|\*)\s*10\^?\d+)?"
_DOSE = re.compile(
    rf"(?<!\w)(?<!\w-)(?:~|≥|≤|<|>)?{_NUMBER}(?:\s*(?:-|to|or|and|/|"
    rf",)\s*{_NUMBER})*\s*-?\s*{_UNIT}(?![\w])"
    rf"{_PER}|\bAUC\s*=?\s*\d+(?:\.\d+)?",
    re.IGNORECASE,
)
_SCHEDULE = re.compile(
    r"\b(?:(?:once|twice|three times|thrice|two times|four times)(?:\s+(?:a|per|"
    r"every))?(?:[\s-]+(?:daily|day|weekly|week|"
    r"monthly|month|yearly))?|(?:every|each)\s+(?:other\s+)?\d*\s*-?(?:hours?|days?|weeks?|wks?|"
    r"months?|evening|morning|night)|"
    r"q\.?\d*\.?[dwhm]\.?|q\d+\s*(?:weeks?|hours?|days?|wks?)|b\.?i\.?d|t\.?i\.?d|q\.?i\.?d|o\.d|"
    r"q\.?h\.?s|"
    r"(?:once-|twice-)?(?:daily|weekly|monthly|nightly)|days?\s+\d+(?:\s*(?:-|to|,|"
    r"and)\s*(?:d(?:ays?)?\s*)?\d+)*|"
    r"(?:for|x)\s+\d+\s*(?:to\s+\d+\s*)?(?:days?|weeks?|months?|cycles?|years?)|\d+\s*(?:doses|"
    r"cycles|injections)|"
    r"(?:single|multiple|repeated?|low|high|higher|lower|standard|reduced|loading|fixed|flat|"
    r"intermediate|medium|mid)[\s-]+doses?|"
    r"dose[\s-]+(?:escalation|expansion|level)(?:\s+\d+)?|per day|per week|a day|"
    r"/day)(?![\w-])\.?",
    re.IGNORECASE,
)
_ROUTE = re.compile(
    r"(?<![\w-])(?:oral(?:ly)?|intravenous(?:ly)?|intra-venous|subcutaneous(?:ly)?|"
    r"intramuscular(?:ly)?|"
    r"topical(?:ly)?|intranasal(?:ly)?|nasal|inhaled|inhalation(?:al)?|nebuli[sz]ed|"
    r"intrathecal(?:ly)?|"
    r"intravitreal|ophthalmic|ocular|transdermal|sublingual|buccal|rectal|vaginal|intravaginal|"
    r"intradermal|"
    r"intraperitoneal|intra-?articular|intravesical|intracavernosal|epidural|intratumou?ral|"
    r"parenteral|"
    r"percutaneous|i\.v\.?|s\.c\.?|i\.m\.?|p\.o\.?|per os|by mouth|infusional|iv|sc|sq|"
    r"po)(?![\w-])",
    re.IGNORECASE,
)
_FORM = re.compile(
    r"(?<![\w-])(?:(?:film|enteric|sugar)[\s-]coated|(?:extended|sustained|controlled|prolonged|"
    r"slow|immediate|modified|"
    r"delayed)[\s-]release|orally disintegrating|tablets?|tabs?|caplets?|capsules?|softgels?|"
    r"pills?|injections?|injectables?|"
    r"solutions?|suspensions?|emulsions?|creams?|gels?|ointments?|sprays?|patch(?:es)?|infusions?|"
    r"eye ?drops?|drops|"
    r"powders?|syrups?|supposito(?:ry|ries)|lotions?|foams?|lozenges?|granules|sachets?|"
    r"formulations?|pre-?filled|"
    r"syringes?|auto-?injectors?|vials?|ampoules?|aerosols?|films?|mouthwash|enemas?|elixirs?|"
    r"for injection|for infusion|"
    r"concentrate|ER|XR|SR|CR|ODT|HFA|MDI|DPI|monotherapy|single agent|alone|add-on|"
    r"open[\s-]label|"
    r"double[\s-]blind)(?![\w-])",
    re.IGNORECASE,
)
_WRAPPER = re.compile(
    r"^(?:(?:drug|comparator|biological|experimental|treatment|active comparator|test(?: product|"
    r" drug)?|"
    r"reference(?: product| drug)?|investigational (?:product|drug)|study drug|arm [a-z0-9]+|"
    r"group [a-z0-9]+|"
    r"cohort [a-z0-9]+|part [a-z0-9]+|generic|brand(?:ed)?)\s*[:\-]\s+|comparator:|"
    r"(?:treatment|therapy|treated|vaccination|supplementation|administration|use|injection|"
    r"infusion|dose|doses|combination)"
    r"\s+(?:with|of)\s+|(?:the|a|an|and|with|of|add|using|either|blinded|generic|therapeutic|OL)\s+)",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"[\s,;:]+(?:therapy|treatment|monotherapy|regimen|administration|arm|group|cohort|at|in|on|"
    r"by|for|of|as|with|and|or|to|"
    r"via|from|the|followed|given|only|as needed|prn|dose|dosing|doses|use)$",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"\s+-\s*\d$")
_EDGES = re.compile(r"^[\s,;:.\-+/&*#'\"=^\[\]]+|[\s,;:.\-+/&*#'\"=^\[\]]+$")
_SPACES = re.compile(r"\s+")

_SALT = re.compile(
    r"(?<=tide|elin|elix|ssin|lide|onin|ctin) acetate$|[\s-](?:(?:mono|di|tri|hemi|sesqui|bis|"
    r"tetra|penta)?-?(?:hydrochloride|hcl|hydrobromide|sulfate|sulphate|mesylate|"
    r"mesilate|methanesulfonate|maleate|malate|fumarate|tartrate|bitartrate|citrate|succinate|"
    r"phosphate|"
    r"besylate|besilate|adipate|tosylate|tosilate|ditosylate|esylate|camsylate|napsylate|hydrate|"
    r"sodium|potassium|calcium|magnesium|meglumine|nitrate|bromide|chloride|lactate|gluconate|"
    r"pamoate|embonate|"
    r"isethionate|orotate|tromethamine|arginine|lysine|erbumine|olamine|anhydrous|salt|"
    r"dihydrochloride|"
    r"disodium|trisodium|trihydrate|dihydrate|monohydrate))$",
    re.IGNORECASE,
)
_NO_BASE_WORDS = """
sodium potassium calcium magnesium lithium zinc iron ferrous ferric aluminum aluminium silver
copper strontium barium ammonium selenium chromium manganese cobalt gold bismuth lanthanum
gallium hydrogen nitrogen choline acetylcholine methacholine benzalkonium cetylpyridinium
arsenic radium rubidium cesium thallium samarium nitrous amyl isosorbide iodine mycophenolate
tiotropium ipratropium aclidinium umeclidinium glycopyrronium rocuronium vecuronium
pancuronium succinylcholine dextran chondroitin glucosamine dimethyl monomethyl diroximel
tenofovir disoproxil alafenamide creatine hyaluronate pentosan heparin ferric fosphenytoin
estramustine
"""
_NO_BASE = frozenset(_NO_BASE_WORDS.split())
"""Bases whose salt is another drug, or no drug at all without it."""
_SALT_OK = {
    "tenofovirdisoproxil",
    "tenofoviralafenamide",
    "tiotropium",
    "ipratropium",
    "aclidinium",
    "umeclidinium",
    "rocuronium",
    "vecuronium",
    "pancuronium",
    "heparin",
    "glucosamine",
    "methacholine",
}


@lru_cache(maxsize=1 << 17)
def plain(text: str) -> str:
    """The name without trade marks, with plain hyphens, quotes and spelt-out Greek letters.

    >>> plain("Interferon β–1a®  (Avonex™)")
    'Interferon beta-1a (Avonex)'
    """
    if text.isascii() and "`" not in text:  # as most names are
        return " ".join(_unmarked(text).split())
    text = _MICRO.sub("u", text)
    text = unicodedata.normalize("NFKC", text.translate(_TRANSLATE)).translate(_TRANSLATE)
    text = _MICRO.sub("u", text)
    text = _unmarked(text)
    for letter, name in _GREEK.items():
        if letter in text:
            text = text.replace(letter, name)
    return _SPACES.sub(" ", text).strip()


def _unmarked(text: str) -> str:
    while "(" in text and (unmarked := _MARK.sub("", text)) != text:
        text = unmarked
    return text


@lru_cache(maxsize=1 << 18)
def squash(text: str) -> str:
    """The key under which two spellings of one name meet: letters and digits only.

    >>> squash("MK-3475®") == squash("mk 3475") == "mk3475"
    True
    """
    return key(plain(text))


@lru_cache(maxsize=1 << 17)
def core(text: str) -> str:
    """The name without dose, schedule, route and form; the text itself if nothing else is left.

    >>> core("R-verapamil 75 mg tablet"), core("Oral zinc gluconate"), core("Nebido 1000 mg Q3W")
    ('R-verapamil', 'zinc gluconate', 'Nebido')
    """
    whole = current = plain(text)
    while True:
        stripped = plain(current)
        for pattern in (_DOSE, _SCHEDULE, _ROUTE, _FORM):
            stripped = pattern.sub(" ", stripped)
        stripped = _EDGES.sub("", _SPACES.sub(" ", stripped))
        stripped = _EDGES.sub("", _ORDINAL.sub("", _TAIL.sub("", _WRAPPER.sub("", stripped))))
        if stripped == current:
            return current or whole
        current = stripped


def undosed(text: str) -> str:
    """The text without its doses, whose slashes and commas part nothing.

    >>> undosed("carboplatin AUC 5, paclitaxel 175 mg/m2")
    'carboplatin , paclitaxel'
    """
    return _SPACES.sub(" ", _DOSE.sub(" ", plain(text))).strip()


def only_dosing(text: str) -> bool:
    """Whether the text says how much, how often or which way, and names nothing.

    >>> only_dosing("200 mg IV Q3W"), only_dosing("MK-3475")
    (True, False)
    """
    current = plain(text)
    for pattern in (_DOSE, _SCHEDULE, _ROUTE, _FORM):
        current = pattern.sub(" ", current)
    return not re.search(r"[^\W\d_]{2}|[^\W\d_].*\d|\d.*[^\W\d_]", current)


@lru_cache(maxsize=1 << 17)
def base(text: str) -> str:
    """The name without counter-ion and water, unless the salt makes the drug.

    >>> base("irinotecan hydrochloride trihydrate")
    'irinotecan'
    >>> base("sodium chloride"), base("fluticasone furoate")
    ('sodium chloride', 'fluticasone furoate')
    """
    current = plain(text)
    while True:
        shorter = _SALT.sub("", current)
        if shorter == current or len(shorter) < 4:
            return current
        words = shorter.lower().replace("-", " ").split()
        if all(word in _NO_BASE for word in words) and squash(shorter) not in _SALT_OK:
            return current
        current = shorter
