"""Words of running text, as they are compared: lower case, singular, without identifiers."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

_TOKEN = re.compile(r"[^\W_]+(?:[-.][^\W_]+)*")
_PARTS_TOKENS = str.maketrans(dict.fromkeys(r"""!"#$%&'()*+,/:;<=>?@[\]^_`{|}~""", " "))
"""Signs that no token holds; with spaces in their place few pieces of text are distinct."""
_HAS_DIGIT = re.compile(r"\d")
_REGISTRY_NUMBER = (
    r"\d{4}-\d{6}-\d{2}(?:-\d{2})?|U1111-\d{4}-\d{4}|ISRCTN\s?\d+|jRCT[s\d]\w+|JapicCTI-?\d+"
    r"|UMIN\d+|ChiCTR[\w-]*\d+|CTRI/[\d/]+|ACTRN\d+|DRKS\d+|KCT\d+|PACTR\d+|NTR\s?\d+"
)
REGISTRY_NUMBER = re.compile(_REGISTRY_NUMBER, re.IGNORECASE)
"""A trial's number in a registry other than ClinicalTrials.gov."""
NCT_ID = re.compile(r"\bNCT\d{8}\b")
_IDENTIFIER = re.compile(
    r"(?:nct|isrctn|jrct|japiccti|umin|chictr|ctri|actrn|drks|kct|pactr|ntr|pmid|pmc)[a-z-]*\d[\w-]*"
    r"|\d{4}-\d{6}-\d{2}(?:-\d{2})?|u1111-\d{4}-\d{4}|10\.\d{4,9}|\d{5,}"
)
_MOST_DIGITS = 8
"""Digits of the longest code that may be a drug's name and not a number of a document."""
_COMBINING = re.compile("[\u0300-\u036f]+")
_STOP = frozenset(
    "a about after all also an and any are as at be been before being between both but by can "
    "could did do does during each either for from had has have if in into is it its may more "
    "most must no nor not of on only or other our out over per same should so some such than "
    "that the their them then there these they this those through to under until up upon via "
    "was were what when where which while who whom whose will with within without would you "
    "your patient participant subject study trial".split()
)


def hide(text: str, identifiers: tuple[str, ...]) -> str:
    """The text without a trial's own identifiers.

    One counts where it has a digit and five signs: a shorter one may be a word.

    >>> hide("ABC-101 after ABC-100, part 2", ("ABC-101", "2"))
    '  after ABC-100, part 2'
    """
    for identifier in identifiers:
        if len(identifier) >= 5 and _HAS_DIGIT.search(identifier) and identifier in text:
            text = text.replace(identifier, " ")
    return text


def tokens(text: str) -> list[str]:
    """The text cut into tokens; one token may hold several words (`ceacam5-positive`)."""
    return _TOKEN.findall(_flat(text))


def _flat(text: str) -> str:
    if not text.isascii():
        text = _COMBINING.sub("", unicodedata.normalize("NFKD", text))
    return text.lower()


def words_in(token: str) -> Iterator[str]:
    """The words that a token stands for; none for one that says nothing or is a document's number.

    >>> list(words_in("ceacam5-positive")), list(words_in("sar-408701")), list(words_in("the"))
    (['ceacam5', 'positive'], ['408701', 'sar', 'sar408701'], [])
    >>> [list(words_in(token)) for token in ("nct99000001", "2020-001234-56", "40413667")]
    [[], [], []]
    """
    if _IDENTIFIER.fullmatch(token) or sum(map(str.isdigit, token)) > _MOST_DIGITS:
        return
    parts = re.split(r"[-.]", token)
    if len(parts) == 2 and _HAS_DIGIT.search(parts[1]) and parts[0].isalpha():
        parts.append("".join(parts))
    for word in sorted({singular(part) for part in parts}):
        if len(word) > 1 and word not in _STOP:
            yield word


def singular(word: str) -> str:
    """An English word without its plural ending; anything else as it is.

    >>> [singular(word) for word in ("tumors", "biopsies", "doses", "diabetes", "virus", "il6s")]
    ['tumor', 'biopsy', 'dose', 'diabete', 'virus', 'il6s']
    """
    if len(word) < 5 or not word.isalpha() or not word.endswith("s"):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith("sses"):
        return word[:-2]
    return word if word.endswith(("ss", "us", "is")) else word[:-1]


def words(text: str) -> list[str]:
    """All words of a text, in order.

    >>> words("Evaluation of SAR408701 in patients with CEACAM5-positive tumours")
    ['evaluation', 'sar408701', 'ceacam5', 'positive', 'tumour']
    """
    return [word for token in tokens(text) for word in words_in(token)]


def counted(text: str) -> dict[str, int]:
    """How often each word stands in a text.

    >>> counted("Dose by dose of SAR408701")
    {'dose': 2, 'sar408701': 1}
    """
    counts: dict[str, int] = {}
    for piece, times in pieces(text).items():
        for word in words_of(piece):
            counts[word] = counts.get(word, 0) + times
    return counts


def pieces(text: str) -> dict[str, int]:
    """How often each piece stands in a text cut at white space and at signs that no word holds.

    >>> dict(pieces("CEACAM5-positive; (CEACAM5-positive) tumours."))
    {'ceacam5-positive': 2, 'tumours.': 1}
    """
    return Counter(_flat(text).translate(_PARTS_TOKENS).split())


def words_of(piece: str) -> tuple[str, ...]:
    """The words of a piece.

    >>> words_of("ceacam5-positive"), words_of("tumours."), words_of("the")
    (('ceacam5', 'positive'), ('tumour',), ())
    """
    return tuple(word for token in _TOKEN.findall(piece) for word in words_in(token))
