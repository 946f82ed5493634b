"""One registered string taken apart: what it names, what it adds in brackets, what it combines."""

from __future__ import annotations

import re
from collections.abc import Callable

from kg.resolve.codes import is_code
from kg.resolve.inn import looks_like_inn
from kg.resolve.normalise import core, only_dosing, plain, undosed

_BRACKETS = re.compile(r"\(([^()]*)\)(?!-?\w)|\[([^\[\]]*)\](?!-?\w)")
_STRONG = re.compile(
    r"\s*\(\+\)\s*|\s*\+\s*(?!/)|\s+(?:plus|in combination with|combined with|"
    r"co-?administered with|"
    r"followed by|together with|versus|vs\.?|and/or|added to|in association with)\s+|\s+&\s+",
    re.IGNORECASE,
)
_WEAK = re.compile(r"\s*/\s*|\s*,\s*(?:and|or)?\s+|\s*;\s*|\s+(?:and|or|with)\s+", re.IGNORECASE)
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_LIST = re.compile(r"\s*[;,/|]\s+|\s*;\s*|\s+or\s+|(?<=[A-Za-z]{4}),(?=[A-Za-z])", re.IGNORECASE)
_ALSO = re.compile(
    r"[\s,;(]*\b(?:also (?:known|called|named|referred to) as|(?:a\.?k\.?a\.?)|"
    r"formerly(?: known as| called| named)?|"
    r"previously(?: known as| called| named)?|former(?:ly)? name[sd]?:?|trade ?names?:?|"
    r"brand ?names?:?|"
    r"marketed (?:under the name(?: of)?|as)|i\.?e\.?[,:]?|known as|generic name:?|code ?names?:?|"
    r"synonyms?:?|"
    r"proprietary name:?)\s*[:=]?\s*",
    re.IGNORECASE,
)
_QUALIFIES = re.compile(
    r"^(?:for|if|or|and|with|without|in|at|on|up|to|the|an?|see|including|e\.?g|followed|dose|day|"
    r"days|cycles?|"
    r"human|recombinant|rabbit|mouse|equine|horse|bovine|rat|adult|ped\w*|arm|group|cohort|part|"
    r"phase|"
    r"generic|blinded|unblinded|open|not|non|only|per|as|by|from|after|before|during)\b",
    re.IGNORECASE,
)


_RESIDUES = re.compile(
    r"\d{1,3}-\d{1,3}(?:[- ]?(?:amide|NH2))?(?:$| (?:amide|NH2|acetate|peptide|fragment)\b)",
    re.IGNORECASE,
)
"""The first and last residue of a part of a peptide, where its name ends."""


def brackets(text: str) -> tuple[str, tuple[str, ...]]:
    """The text outside brackets and the texts inside, innermost brackets only.

    A bracket that is part of a chemical name stays where it is.

    >>> brackets("pembrolizumab (MK-3475) 200 mg")
    ('pembrolizumab 200 mg', ('MK-3475',))
    >>> brackets("bis(chloroethyl) nitrosourea")
    ('bis(chloroethyl) nitrosourea', ())
    >>> brackets("parathyroid hormone (1-34)")
    ('parathyroid hormone (1-34)', ())
    """
    inner: list[str] = []

    def take(match: re.Match[str]) -> str:
        content = (match[1] or match[2] or "").strip()
        if _RESIDUES.match(f"{content}{text[match.end() :]}"):
            return match[0]
        before = text[: match.start()]
        apart = not before or before[-1].isspace() or before[-1] in ")]"
        if not apart and not (
            is_code(before.split()[-1]) or is_code(content) or looks_like_inn(content)
        ):
            return match[0]
        if content:
            inner.append(content)
        return " "

    return " ".join(_BRACKETS.sub(take, text).split()), tuple(inner)


def balanced(text: str) -> bool:
    """Whether every bracket of the text is closed.

    >>> balanced("bis(chloroethyl) nitrosourea"), balanced("colestimide(JAN")
    (True, False)
    """
    return text.count("(") == text.count(")") and text.count("[") == text.count("]")


def equated(text: str) -> tuple[str, tuple[str, ...]]:
    """A name and the names that "also known as" and its like put beside it.

    >>> equated("IMMU-132, also known as sacituzumab govitecan")
    ('IMMU-132', ('sacituzumab govitecan',))
    """
    parts = (part.strip(" ,;:") for part in _ALSO.split(text))
    first, *others = [part if balanced(part) else part.strip(" ,;:)(") for part in parts]
    return first, tuple(part for part in others if part)


def may_be_alias(text: str, known: Callable[[str], bool] = lambda name: False) -> bool:
    """Whether a bracket's content may be another name, and not a dose, route or comment.

    A word in small letters is a name only if it is `known`.

    >>> [may_be_alias(text) for text in ("MK-3475", "200 mg IV", "for 6 weeks", "oral", "Keytruda")]
    [True, False, False, False, True]
    """
    if only_dosing(text) or (_QUALIFIES.match(text) and not is_code(text)):
        return False
    name = core(text)
    if not (is_code(name) or looks_like_inn(name) or any(c.isupper() for c in name)):
        return known(name)
    return len(name.split()) <= 6 and len(name) >= 3


def listed(text: str) -> tuple[str, ...]:
    """The names in a list that stands where one name is expected.

    >>> listed("Androcur, BAY94-8367"), listed("2,4-dinitrophenol")
    (('Androcur', 'BAY94-8367'), ('2,4-dinitrophenol',))
    """
    return tuple(part.strip() for part in _LIST.split(text) if part and part.strip())


def combination(
    text: str,
    known: Callable[[str], bool],
    passes: Callable[[str], bool],
    named: Callable[[str], bool] = lambda name: False,
) -> tuple[str, ...]:
    """The parts of a combination in order; one part where the text names one thing.

    A plus parts names by itself. A slash, comma, "and", "or", "with" stands inside many single
    names too: it parts them only where one side is `known` and every side at least `passes`. Beside
    an "and" it is enough that the other side looks like a name (`named`).

    >>> combination("Osimertinib plus SAR408701", set().__contains__, set().__contains__)
    ('Osimertinib', 'SAR408701')
    >>> combination("rgp120/HIV-1", set().__contains__, set().__contains__)
    ('rgp120/HIV-1',)
    >>> two = {"carboplatin", "paclitaxel"}.__contains__
    >>> combination("carboplatin/paclitaxel", two, two)
    ('carboplatin', 'paclitaxel')
    """
    text = plain(text)
    if known(text) or known(core(text)):
        return (text,)
    parts: list[str] = []
    for strong in filter(str.strip, _STRONG.split(undosed(text))):
        weak = [part for part in _WEAK.split(strong) if part and not only_dosing(part)]
        names = [core(part) for part in weak]
        if (
            len(weak) > 1
            and not known(core(strong))
            and any(map(known, names))
            and all(map(passes, names))
        ):
            parts += weak
            continue
        joined = [part for part in _AND.split(strong) if part and not only_dosing(part)]
        names = [core(part) for part in joined]
        if (
            len(joined) == 2
            and not known(core(strong))
            and any(map(known, names))
            and all(passes(name) or named(name) for name in names)
        ):
            parts += joined
        else:
            parts.append(strong.strip())
    return tuple(part for part in parts if not only_dosing(part)) or (text,)
