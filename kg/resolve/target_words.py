"""Words that may name a target: where they stand beside a cue, and which genes they mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from kg.resolve.vocabulary import Gene

MOST_WORDS = 8
_LONGEST = 90
_BACK = 70
_TOKEN = r"[^\W_][\w./'-]*"
_AHEAD = rf"(?P<after>{_TOKEN})"
_BEHIND = re.compile(rf"{_TOKEN}(?: {_TOKEN}){{0,4}}(?: \([^()]{{2,20}}\))?$")
_ARTICLE = re.compile(r"\b(?:an?|the|is|are|of|with|or|by|to)\s+")
_QUALITY = (
    r"(?:(?:dual|bi-?specific|tri-?specific|mono-?clonal|humani[sz]ed|T[- ]cell|NK[- ]cell|"
    r"specific|selective|drug|conjugated|engaging|redirecting|small[- ]molecule)[ -])*"
)
_THING = (
    r"(?:inhibitor|antagonist|agonist|blocker|degrader|antibod(?:y|ie)|nanobod(?:y|ie)|ADC|"
    r"antibody[-–/ ]drug conjugate|CAR[- ]?T|chimeric antigen receptor|bi-?specific|"
    r"(?:T[- ]cell )?engager|PROTAC)"
)
_CUES = (
    "anti-", "anti ", "target", "direct", "inhibit", "antagon", "agonist", "block", "degrad",
    "bind", "antibod", "nanobod", "specific", "engager", "neutrali", "adc", "protac", "car-t",
    "car t", "cart", "chimeric antigen",
)  # fmt: skip
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<![\w-])anti(?:[- ]|(?!bod))(?={_AHEAD})",
        rf"\b(?:targeting|targets|target|directed (?:against|at|to|towards)|binds? (?:to|with)|"
        rf"binding to|blocks|blocking|inhibits|inhibiting|neutrali[sz]es|"
        rf"(?:inhibitors?|antagonists?|agonists?|blockers?|degraders?) of|"
        rf"(?:antibod(?:y|ies)|specific|conjugate|bispecific) (?:to|against|for)) "
        rf"(?:the |human |both )*(?={_AHEAD})",
        r"[- ](?:targeted|targeting|directed)\b",
        rf"[- ]{_QUALITY}{_THING}s?\b",
    )
)
_BELONGS = re.compile(
    r"(?:receptors?|ligands?|expression|production|secretion|release|synthesis|levels?)\b",
    re.IGNORECASE,
)
_BY_RECEPTOR = re.compile(
    r"(?:glp-?1|gip|gnrh|lhrh|cgrp|orexin|endothelin|glucagon|pth|amylin|somatostatin|"
    r"vasopressin|substance p)$",
    re.IGNORECASE,
)
"""Ligands whose agonists and antagonists act on the receptor."""
_FUNCTION_WORDS = """
a an the of and or to in with for by on is
"""
_FUNCTION = frozenset(_FUNCTION_WORDS.split())
_NO_GENE = frozenset({"ADC", "ADCs", "CAR", "MAB", "mAb", "TKI", "DNA", "RNA", "TCE", "ICI"})
_JOINED = re.compile(r"\s*(?:/|,| and | x |×|\+|&)\s*(?:anti-)?|(?<=\w)x(?=[A-Z])")
_NEXT = re.compile(
    r"\s*(?:\([^()]*\)\s*)?(?:/|,? and |,? as well as | x |×|\+| & )\s*(?:the |anti-)*",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"^(.+?) \(([^()]+)\)$")

Look = Callable[[str], Sequence[tuple[Gene, str | None]]]
"""A vocabulary's look-up of a gene's name."""


def has_cue(lower: str) -> bool:
    """Whether a text in small letters may hold a cue; quick, for `cues` is not.

    >>> has_cue("an egfr inhibitor"), has_cue("an aspirin a day")
    (True, False)
    """
    return any(cue in lower for cue in _CUES)


def cues(text: str) -> Iterator[tuple[str, str, tuple[int, int]]]:
    """Words beside a cue such as `anti-…` or `… inhibitor`, their side, and the place of both.

    >>> [(words, side) for words, side, _ in cues("an anti-CEACAM5 antibody")]
    [('CEACAM5 antibody', 'after'), ('anti-CEACAM5', 'before')]
    """
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if match.re.groups:
                start = match.start("after")
                yield text[start : start + _LONGEST].strip(), "after", match.span()
            elif words := behind(text, match.start()):
                start = match.start() - len(words)
                if "agonist" in match[0].lower():
                    words = by_receptor(words)
                yield words, "before", (start, match.end())


def by_receptor(words: str) -> str:
    """The words, with "receptor" where an agonist of a ligand is one of its receptor.

    >>> by_receptor("oral GnRH"), by_receptor("VEGF")
    ('oral GnRH receptor', 'VEGF')
    """
    return f"{words} receptor" if _BY_RECEPTOR.search(words) else words


def behind(text: str, end: int) -> str:
    """Up to five words right before a place.

    >>> behind("in EGFR-mutated tumours", 7)
    'in EGFR'
    """
    match = _BEHIND.search(text[max(0, end - _BACK) : end])
    return _ARTICLE.split(match[0])[-1] if match else ""


def genes_in(words: str, side: str, look: Look) -> tuple[tuple[Gene, str | None], ...]:
    """The genes that the words begin with (`after` a cue) or end with (`before` one).

    Several where they are joined: "PD-1 and VEGF", "BCMAxCD3".
    """
    found: dict[str, tuple[Gene, str | None]] = {}
    rest = words
    while True:
        genes, length = _first(rest, side, look)
        if found and not genes:
            break
        for gene, qualifier in genes:
            found.setdefault(gene.hgnc_id, (gene, qualifier))
        more = _NEXT.match(rest, length) if genes and side == "after" else None
        if more is None or more.end() >= len(rest):
            break
        rest = rest[more.end() :]
    return tuple(found.values())


def _first(words: str, side: str, look: Look) -> tuple[Sequence[tuple[Gene, str | None]], int]:
    """The genes of the longest phrase that means some, and where the phrase ends."""
    for phrase, length in _phrases(words, side):
        if genes := look(phrase):
            return genes, length
        parts = [part for part in _JOINED.split(phrase) if part]
        if phrase.endswith(" receptor"):
            parts = [part.removesuffix(" receptor") + " receptor" for part in parts]
        if 1 < len(parts) <= MOST_JOINED and all(telling(part) for part in parts):
            of_parts = [look(part) for part in parts]
            if all(of_parts):
                return [gene for genes in of_parts for gene in genes], length
    return (), 0


MOST_JOINED = 4


def candidates(words: str, side: str) -> Iterator[str]:
    """The phrases to look up as a gene, the longest first.

    >>> list(candidates("EGFR in adults", "after"))
    ['EGFR in adults', 'EGFR in', 'EGFR']
    >>> list(candidates("oral PDE5", "before"))
    ['oral PDE5', 'PDE5']
    """
    return (phrase for phrase, _ in _phrases(words, side))


def _phrases(words: str, side: str) -> Iterator[tuple[str, int]]:
    """Each phrase with the place where it ends."""
    if side == "before" and (match := _BRACKET.match(words)):
        yield from ((part, len(words)) for part in (match[1], match[2]) if telling(part))
        words = match[1]
    ends = [match.end() for match in re.finditer(r"\S+", words)][:MOST_WORDS]
    starts = [match.start() for match in re.finditer(r"\S+", words)]
    for size in range(len(ends) if side == "after" else len(starts), 0, -1):
        start, end = (0, ends[size - 1]) if side == "after" else (starts[-size], len(words))
        if side == "after" and _BELONGS.match(words[end:].lstrip()):
            continue
        part = words[start:end].strip(" ,.;:-/()")
        if telling(part) and part.split()[0] not in _FUNCTION:
            yield part, len(words[start:end].rstrip(" ,.;:-/)")) + start
        if side == "after" and size == 1:
            for cut in re.finditer(r"[/,]|(?<=\w)-(?=[A-Za-z]{3})", part):
                if telling(part[: cut.start()]):
                    yield part[: cut.start()], cut.start()


def telling(text: str) -> bool:
    """Whether the text is specific enough to be looked up as a gene: a symbol, or a long name.

    >>> telling("PD-L1"), telling("was"), telling("carcinoembryonic antigen")
    (True, False, True)
    """
    if text in _NO_GENE:
        return False
    if len(text) >= 8 or (len(text) >= 5 and text[0].isupper()):
        return True
    return len(text) >= 3 and sum(c.isupper() or c.isdigit() for c in text) >= 2
