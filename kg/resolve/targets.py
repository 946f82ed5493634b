"""What a drug acts on: what names and sentences say, each with its words.

The first pass collects phrases near a drug's name without knowing any gene; the genes are looked up
when all is collected. What an exclusion criterion or a required biomarker says is a hint: it may
stand beside other evidence and never makes a link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kg.model.trial import Trial
from kg.resolve.mentions import drug_interventions, texts
from kg.resolve.normalise import core, plain
from kg.resolve.not_drugs import not_a_drug
from kg.resolve.split import brackets

CONFIDENCE = {
    "vocabulary-mechanism": 0.99,
    "antibody-in-substance-name": 0.97,
    "antibody-of-conjugate": 0.95,
    "name-says-target": 0.9,
    "drug-then-target": 0.85,
    "target-then-drug": 0.85,
    "title-says-target": 0.6,
    "biomarker-required": 0.3,
    "exclusion-criterion": 0.2,
}
HINTS = frozenset({"biomarker-required", "exclusion-criterion"})
ENOUGH = 0.8
MOST_WORDS = 8

_TOKEN = r"[^\W_][\w./'-]*"
_AHEAD = rf"(?P<after>{_TOKEN}(?:[ -]{_TOKEN}){{0,{MOST_WORDS - 1}}})"
_BEHIND = rf"(?P<before>{_TOKEN}(?: {_TOKEN}){{0,4}})"
_CUE = re.compile(
    r"\banti-|target|direct|inhibit|antagon|agonist|block|degrad|bind|antibod", re.IGNORECASE
)
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\banti[- ]?{_AHEAD}",
        rf"\b(?:targeting|targets|directed (?:against|at|to|towards)|binds (?:to|with)|binding to|"
        rf"(?:inhibitors?|antagonists?|agonists?|blockers?|degraders?) of|antibod(?:y|ies) (?:to|against)) (?:the |human )?{_AHEAD}",
        rf"{_BEHIND}[- ](?:targeted|targeting|directed)\b",
        rf"{_BEHIND}[- ](?:receptor[- ])?(?:inhibitor|antagonist|agonist|blocker|degrader|antibody|CAR[- ]T)s?\b",
    )
)
_SENTENCE = re.compile(r"(?<=[.;!?])\s+(?=[A-Z*•-])|\n+")
_IS_A = re.compile(
    r"\s*[,(:-]*\s*(?:which |that )?(?:is |are |was )?(?:an? |the |one of the )?(?:[a-z][\w-]*,? ){0,7}",
)
_THEN_DRUG = re.compile(
    r"(?:[- ]*(?:\w+ )?(?:monoclonal |bispecific |humani[sz]ed )*(?:antibod(?:y|ies)|mabs?|inhibitors?|adc|conjugate|agent|drug))?"
    r"[\s,(:\"]*(?:such as |called |named |like )?[\s(\"]*",
    re.IGNORECASE,
)
_OTHER_DRUG = re.compile(
    r"\b(?:prior|previous\w*|progress\w*|refractory|resist\w*|fail\w*|na[iï]ve|after|received|intoleran\w*|combin\w*|plus|"
    r"versus|vs|or|and|followed|following|compar\w*|alone|add\w*|induced|treated|patients?|subjects?|without)\b",
    re.IGNORECASE,
)
_NOT_OURS = re.compile(
    r"^[- ]?(?:resist\w*|refractory|na[iï]ve|experienced|treated|induced|related|associated)"
)
_POSITIVE = re.compile(
    rf"{_BEHIND}[- ](?:positive|expressing|overexpressing|mutated|amplified)\b", re.IGNORECASE
)


class Phrase(NamedTuple):
    """Words that may name a target, and the drug they were said of."""

    drug: str
    words: str
    side: str
    """`after` a cue (the target starts the words) or `before` one (it ends them)."""
    field: str
    rule: str


def phrases(trial: Trial) -> Iterator[tuple[Phrase, str]]:
    """Every phrase of a trial that may say what one of its drugs acts on, with its sentence."""
    drugs = _drugs(trial)
    if not drugs:
        return
    for name in drugs:
        for field, text in drugs[name]:
            for words, side, _ in cues(text):
                yield Phrase(name, words, side, field, "name-says-target"), text
    spellings = {s.lower(): n for n in drugs for s in _spellings(n, drugs[n])}
    for field, text in texts(trial):
        if _CUE.search(text):
            for sentence in _SENTENCE.split(text):
                if _CUE.search(sentence):
                    yield from _near(field, sentence, spellings)
    if only := _only_studied(trial, drugs):
        yield from _of_the_only(trial, only)


def cues(text: str) -> Iterator[tuple[str, str, tuple[int, int]]]:
    """Words beside a cue such as `anti-…` or `… inhibitor`, their side, and the place of both.

    >>> [(words, side) for words, side, _ in cues("an anti-CEACAM5 antibody")]
    [('CEACAM5 antibody', 'after'), ('an anti-CEACAM5', 'before')]
    """
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            side = "after" if "after" in match.groupdict() else "before"
            yield match[side], side, match.span()


def candidates(words: str, side: str) -> Iterator[str]:
    """The phrases to look up as a gene, the longest first.

    >>> list(candidates("EGFR in adults", "after"))
    ['EGFR in adults', 'EGFR in', 'EGFR']
    >>> list(candidates("the oral PDE5", "before"))
    ['the oral PDE5', 'oral PDE5', 'PDE5']
    """
    tokens = words.split()
    for size in range(len(tokens), 0, -1):
        part = " ".join(tokens[:size] if side == "after" else tokens[-size:]).strip(" ,.;:-/")
        if telling(part):
            yield part


def telling(text: str) -> bool:
    """Whether the text is specific enough to be looked up as a gene: a symbol, or a long name.

    >>> telling("PD-L1"), telling("was"), telling("carcinoembryonic antigen")
    (True, False, True)
    """
    return len(text) >= 3 and (len(text) >= 8 or sum(c.isupper() or c.isdigit() for c in text) >= 2)


def _drugs(trial: Trial) -> dict[str, list[tuple[str, str]]]:
    """The trial's drugs by registered name, each with the names it goes by and their fields."""
    return {
        i.name: [
            ("interventions[].name", plain(i.name)),
            *(("interventions[].otherNames", plain(name)) for name in i.other_names),
        ]
        for i in drug_interventions(trial)
        if not not_a_drug(i.name)
    }


def _spellings(name: str, names: list[tuple[str, str]]) -> Iterator[str]:
    for text in (name, *(other for _, other in names)):
        outer, inner = brackets(plain(text))
        for part in (core(outer), *map(core, inner)):
            if 4 <= len(part) <= 40:
                yield part


def _near(field: str, sentence: str, spellings: dict[str, str]) -> Iterator[tuple[Phrase, str]]:
    """Phrases that stand right before or right after a drug's name."""
    lower = sentence.lower()
    places = [(at, at + len(s), n) for s, n in spellings.items() if (at := lower.find(s)) >= 0]
    if not places:
        return
    for words, side, (start, end) in cues(sentence):
        if _NOT_OURS.match(sentence[end:]):
            continue
        for first, last, name in places:
            target_at = start if side == "after" else sentence.find(words, start)
            if last <= target_at and target_at - last <= 80:
                gap = sentence[last:target_at]
                rule = "drug-then-target"
                fits = bool(_IS_A.fullmatch(gap)) and gap.strip() != ""
            elif side == "before" and end <= first and first - end <= 40:
                gap, rule = sentence[end:first], "target-then-drug"
                fits = bool(_THEN_DRUG.fullmatch(gap))
            elif side == "after" and start < first <= end + 1:
                words, gap, rule = sentence[start:first], "", "target-then-drug"
                words = re.sub(r"^anti[- ]?", "", words, flags=re.IGNORECASE)
                fits = sentence[start : start + 4].lower() == "anti" and len(words.split()) <= 5
            else:
                continue
            if fits and not _OTHER_DRUG.search(gap):
                yield Phrase(name, words.strip(), side, field, rule), sentence.strip()


def _only_studied(trial: Trial, drugs: dict[str, list[tuple[str, str]]]) -> str | None:
    """The one drug that the trial is about, None where there are several."""
    if len(drugs) == 1:
        return next(iter(drugs))
    title = f"{trial.brief_title} {trial.official_title}".lower()
    named = [n for n in drugs if any(s.lower() in title for s in _spellings(n, drugs[n]))]
    return named[0] if len(named) == 1 else None


def _of_the_only(trial: Trial, name: str) -> Iterator[tuple[Phrase, str]]:
    """What titles say of targets where there is one drug to say it of, and hints from elsewhere."""
    for field, title in (
        ("briefTitle", trial.brief_title),
        ("officialTitle", trial.official_title),
    ):
        if not title:
            continue
        for words, side, (start, end) in cues(title):
            before = title[max(0, start - 40) : start]
            if not _NOT_OURS.match(title[end:]) and not _OTHER_DRUG.search(before):
                yield Phrase(name, words, side, field, "title-says-target"), title
        for match in _POSITIVE.finditer(title):
            yield Phrase(name, match["before"], "before", field, "biomarker-required"), title
    for item in trial.eligibility.exclusion:
        if _CUE.search(item):
            for words, side, _ in cues(item):
                field = "eligibilityModule.eligibilityCriteria"
                yield Phrase(name, words, side, field, "exclusion-criterion"), item


_ANTI_HUMAN = re.compile(r"ANTI-\((?:HUMAN|HOMO SAPIENS|HUMAN PROTEIN)[ ,]+(.+)", re.IGNORECASE)
_ANTI = re.compile(r"\bANTI[- ](?!\()([\w/.-]+)", re.IGNORECASE)


def targets_in_name(name: str) -> Iterator[str]:
    """The target words of an antibody's systematic or descriptive name, the most telling first.

    >>> list(targets_in_name("IMMUNOGLOBULIN G1, ANTI-(HOMO SAPIENS CEACAM5 (CEA, CD66E)), DIMER"))
    ['CEACAM5', 'CEA', 'CD66E']
    >>> list(targets_in_name("MAYTANSIN-LOADED ANTI-CEACAM5 MAB"))
    ['CEACAM5']
    """
    if match := _ANTI_HUMAN.search(name):
        inside = _balanced(match[1])
        outer, _, inner = inside.partition("(")
        for part in (outer, *re.split(r"[,;()]", inner)):
            if part.strip():
                yield part.strip()
    elif match := _ANTI.search(name):
        yield match[1]


def _balanced(text: str) -> str:
    """The text up to the bracket that closes it."""
    depth = 1
    for at, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return text[:at]
    return text
