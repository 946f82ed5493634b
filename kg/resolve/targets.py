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
from kg.resolve.target_words import behind, cues, has_cue

CONFIDENCE = {
    "name-says-target": 0.9,
    "drug-then-target": 0.85,
    "target-then-drug": 0.85,
    "title-says-target": 0.6,
    "biomarker-required": 0.3,
    "exclusion-criterion": 0.2,
}
HINTS = frozenset({"biomarker-required", "exclusion-criterion"})
ENOUGH = 0.8
FURTHEST = 120
"""Letters between a drug and what its definition says it acts on."""

_INTRODUCED = re.compile(r"\b(?:an?|the)\s+(?:\w[\w-]*\s+){0,3}$", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.;!?])\s+(?=[A-Z*•-])|\n+")
_IS_A = re.compile(
    r"\s*[(–-]\s*|(?:\s*[,(:-]|,? which| that)?\s*(?:is |are |was |comprises |consists of )?"
    r"(?:an? |the |one of the )(?:[\w()/'–-]+,? ){0,12}",
)
_ELSEWHERE = re.compile(
    r"\b(?:in|for|who\w*|when|during|given|express\w*|positive|via|through|result\w*|lead\w*|by|"
    r"compared|against|loaded|mimic\w*|encod\w*)\b",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"targets?|targeting|directed|binds?|binding|block(?:s|ing)|inhibit(?:s|ing)|neutrali[sz]es",
    re.IGNORECASE,
)
_IS = re.compile(
    r"(?:,? (?:which|that))?(?: is| are| was| works by| acts by| designed to)?(?: \w+ly)? "
)
_THEN_DRUG = re.compile(
    r"(?:[- ]*(?:\w+ )?(?:monoclonal |bispecific |humani[sz]ed )*(?:antibod(?:y|ies)|mabs?|"
    r"inhibitors?|adc|conjugate|agent|drug))?"
    r"[\s,(:\"]*(?:such as |called |named |like )?[\s(\"]*",
    re.IGNORECASE,
)
_OTHER_DRUG = re.compile(
    r"\b(?:prior|previous\w*|progress\w*|refractory|resist\w*|fail\w*|na[iï]ve|after|received|"
    r"intoleran\w*|combin\w*|plus|"
    r"versus|vs|or|and|followed|following|compar\w*|alone|add\w*|induced|treated|patients?|"
    r"subjects?|without)\b",
    re.IGNORECASE,
)
_NOT_OURS = re.compile(
    r"^[- ]?(?:resist\w*|refractory|na[iï]ve|experienced|treated|induced|related|associated)"
)
_TOGETHER = re.compile(
    r"combin|\bplus\b|\bversus\b|\bvs\b|\+|with or without|followed by|\badd", re.IGNORECASE
)
_POSITIVE = re.compile(
    r"[- )](?:positive|expressing|overexpressing|mutated|amplified)\b", re.IGNORECASE
)


_ANTIBODY = re.compile(
    r"[\w/.-]+(?: \d+\.\d)?(?:[- ](?:monoclonal|bispecific|humani[sz]ed|fully|human|antibody|mab|"
    r"adc|conjugate|drug))*",
    re.IGNORECASE,
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
        lower = text.lower()
        if has_cue(lower) and any(spelling in lower for spelling in spellings):
            for sentence in _SENTENCE.split(text):
                if has_cue(sentence.lower()):
                    yield from _near(field, sentence, spellings)
    if only := _only_studied(trial, drugs):
        yield from _of_the_only(trial, only)


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
        if side == "before" and _NOT_OURS.match(sentence[end:]):
            continue
        for first, last, name in places:
            if last <= start <= last + FURTHEST:
                gap = sentence[last:start]
                rule = "drug-then-target"
                verb = _VERB.match(sentence, start)
                verb = bool(verb) and bool(_IS.fullmatch(gap))
                is_a = bool(_IS_A.fullmatch(gap)) and not _ELSEWHERE.search(gap)
                fits = verb or (is_a and gap.strip() != "")
            elif side == "before" and end <= first and first - end <= 40:
                gap, rule = sentence[end:first], "target-then-drug"
                fits = bool(_THEN_DRUG.fullmatch(gap))
                if "," in gap and "such as" not in gap:  # in a list, the drug is another item
                    fits = fits and bool(_INTRODUCED.search(sentence[:start]))
            elif side == "after" and end < first <= end + FURTHEST:
                words, gap, rule = sentence[start:first], "", "target-then-drug"
                words = re.sub(r"^anti[- ]?", "", words, flags=re.IGNORECASE)
                words = words.strip(" ,(")
                fits = (
                    sentence[first - 1] != "-"
                    and sentence[start : start + 4].lower() == "anti"
                    and bool(_ANTIBODY.fullmatch(words))
                )
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
        for words, side, (start, end) in () if _TOGETHER.search(title) else cues(title):
            before = title[max(0, start - 40) : start]
            if not _NOT_OURS.match(title[end:]) and not _OTHER_DRUG.search(before):
                yield Phrase(name, words, side, field, "title-says-target"), title
        for match in _POSITIVE.finditer(title):
            if words := behind(title.replace("(", " ").replace(")", " "), match.start()):
                yield Phrase(name, words, "before", field, "biomarker-required"), title
    for item in trial.eligibility.exclusion:
        if has_cue(item.lower()):
            for words, side, _ in cues(item):
                field = "eligibilityModule.eligibilityCriteria"
                yield Phrase(name, words, side, field, "exclusion-criterion"), item
