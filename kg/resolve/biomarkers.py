"""Genes by which a trial selects its participants: required of them, not what a drug acts on.

Read from titles and inclusion criteria alone, by patterns that leave little doubt. Exclusion
criteria, sentences about earlier treatment or about one cohort, and a gene that is tested but not
asked for are left out, and so is a gene that must be negative or wild-type.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from kg.model.resolved import BiomarkerRequirement
from kg.model.trial import Trial
from kg.resolve.acting import target_of
from kg.resolve.bundled import as_gene
from kg.resolve.target_words import behind, genes_in
from kg.resolve.vocabulary import Gene
from kg.vocabularies import targets

CONFIDENCE = {
    "title-positive": 0.95,
    "title-altered": 0.9,
    "inclusion-positive": 0.9,
    "inclusion-altered": 0.85,
}
INCLUSION = "eligibilityModule.eligibilityCriteria"
_LONG_NAME = 12
"""Letters from which on a gene's full name is no other word."""
_BACK = 90

_CUES = (
    "posit", "mutat", "mutant", "express", "ampli", "arrange", "fusion", "deletion", "insertion",
    "alter", " score", "+ ", "+,", "translocat",
)  # fmt: skip
_SENTENCE = re.compile(r"(?<=[.;!?])\s+|\n+")
_SAID = re.compile(
    r"[- (](?P<level>(?:TPS|CPS|H-score|tumou?r proportion score|combined positive score|"
    r"expression)[^.;,<≤]{0,30}?(?:≥|>=?|at least)\s?\d+(?:%|\+)?)|"
    r"[- (](?:(?P<positive>positive|positivity|mutant|mutated|re-?arranged|amplified|altered|"
    r"(?:over-?)?express(?:ing|ed))|"
    r"(?P<altered>mutations?|amplifications?|re-?arrangements?|fusions?|translocations?|"
    r"deletions?|insertions?|alterations?|(?:over-?)?expression)|"
    r"(?P<negative>negative|wild[- ]?type|wt))\b|(?<=\w)(?P<plus>\+)(?=[ ,;/]|$)",
    re.IGNORECASE,
)
_DENIES = re.compile("negative|wild", re.IGNORECASE)
_BETWEEN = re.compile(
    r"(?:[- (]+(?:gene|kinase|domain|protein|tumou?r|receptor status|activating|sensiti[sz]ing|"
    r"somatic|germline|pathogenic|oncogenic|driver|common|hotspot|in-frame|skipping|high|strong|"
    r"exons?|\d{1,2}|del|ins|loss[- ]of[- ]function|mutations?|amplifications?|fusions?|"
    r"re-?arrangements?|translocations?|deletions?|insertions?|alterations?|"
    r"(?:over-?)?expression|or|and))+$",
    re.IGNORECASE,
)
"""Words that may stand between a gene and what is said of it."""
_HAVING = re.compile(
    r"\b(?:with|ha(?:s|ve|ving)|harbou?r(?:s|ing)?|carry(?:ing)?|carries|bearing|confirmed|"
    r"documented|proven|presence of|evidence of|positive for|detected|exhibit\w*|demonstrat\w*|"
    r"identified|sensiti[sz]ing|activating|germline|somatic|pathogenic|deleterious)\b[^.;]{0,50}$",
    re.IGNORECASE,
)
"""Before a mere noun: "with EGFR mutation" asks for it, "EGFR mutation in plasma" does not."""
_POSITIVE_FOR = re.compile(
    r"(?:\bpositiv(?:e|ity) for|\b(?:tumou?rs?|cancers?|carcinomas?|malignanc(?:y|ies)|neoplasms?|"
    r"lymphomas?)(?: cells?)?(?: that| which)? (?:over-?)?express(?:ing|es)?|"
    r"(?:^|\bwith |\bha(?:s|ve|ving) )(?:positive |high |strong )?(?:over-?)?"
    r"expression of) (?:the )?",
    re.IGNORECASE,
)
_AHEAD = 60
_OR = re.compile(r",? (?:or|and|and/or) (?=\S+$)")
_NUMBERED = re.compile(r"\b([A-Z]{2,6})(\d)/(\d)\b")
"""BRCA1/2."""
_NOT_THEN = re.compile(
    r" (?:(?:B|T|NK|stem|progenitor)[- ])?(?:cells?\b(?! (?:lung|lymphoma|carcinoma))|lymphocytes?|"
    r"counts?|status|test\w*|analys\w*|"
    r"assays?|profil\w*|assess\w*|levels?|results?|stud(?:y|ies)|detection|vectors?|vaccines?|"
    r"inhibitors?|selected|specific|antigen|"
    r"(?:or|and|/|vs\.?|versus) (?:\S+[- ])?(?:negative|wild))\b",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\b(?:no|not|without|neither|nor|never|absen\w*|lack\w*|regardless|irrespective|"
    r"independent\w*|unless|except\w*|exclud\w*|ineligible|unknown|any|if|should|prior|"
    r"previous\w*|progress\w*|received|treated|pre-?treated|refractory|resistan\w*|intoleran\w*|"
    r"failed|failure|na[iï]ve|cohorts?|arms?|part|group|stratum|either|willing|availab\w*|"
    r"relatives?|family|associated|enriched|priority|prefer\w*|suspected|can be|phase|"
    r"submi\w*|provi\w*|archiv\w*|specimens?|status|optional|allowed|permitted|may|eligible)\b",
    re.IGNORECASE,
)
"""Words of a criterion that leave it open whether every participant must have the gene."""
_OPEN_TITLE = re.compile(
    r"\b(?:regardless|irrespective|(?:with|and/?|plus)[ /]?(?:or|and) without|vectors?|"
    r"plasmid|vaccinia|transduced|engineered|no)\b",
    re.IGNORECASE,
)
_CELLS = frozenset({"CD3D", "CD3E", "CD3G", "CD4", "CD8A", "CD8B", "CD34", "PTPRC"})
"""What blood cells are counted and sorted by."""
_DISEASE = re.compile(
    r"[^.;]{0,30}?(?:leuka?em|lymphom|malignan|tumou?r|disease|AML|blast)", re.IGNORECASE
)
_AGAINST = re.compile(r"\banti[- ]?\S*$", re.IGNORECASE)


def required(trial: Trial) -> tuple[BiomarkerRequirement, ...]:
    """Each gene that participants must have at work or changed, with the words that say so.

    Where the words name several genes, one of them may be enough. The first mention counts.

    >>> trial = Trial(nct_id="NCT99000001", brief_title="A-1 in CEACAM5-positive lung cancer")
    >>> [(one.target.symbol, one.qualifier) for one in required(trial)]
    [('CEACAM5', 'positive')]
    """
    found: dict[str, BiomarkerRequirement] = {}
    denied: set[str] = set()
    for field, where, text in _texts(trial):
        for one, asked in _in_text(text, field, where):
            if asked:
                found.setdefault(one.target.key, one)
            else:
                denied.add(one.target.key)
    return tuple(found[key] for key in sorted(found.keys() - denied))


def _texts(trial: Trial) -> Iterator[tuple[str, str, str]]:
    """The texts worth a closer look: each one's field, its kind, and the words."""
    for field, title in (
        ("briefTitle", trial.brief_title),
        ("officialTitle", trial.official_title),
    ):
        if title and (_has_cue(title) or _DENIES.search(title)):
            yield field, "title", title
    for item in trial.eligibility.inclusion:
        if _has_cue(item):
            for sentence in _SENTENCE.split(item):
                if _has_cue(sentence):
                    yield INCLUSION, "inclusion", sentence.strip()


def _has_cue(text: str) -> bool:
    lower = text.lower() + " "
    return any(cue in lower for cue in _CUES)


def _in_text(text: str, field: str, where: str) -> Iterator[tuple[BiomarkerRequirement, bool]]:
    """What one text requires, and, marked False, what it requires the absence of."""
    is_open = bool((_OPEN_TITLE if where == "title" else _OPEN).search(text))
    for match in _SAID.finditer(text):
        start = max(0, match.start() - _BACK)
        before = text[start : match.start()]
        if between := _BETWEEN.search(before):
            before = before[: between.start()]
        words = _names(before)
        genes = genes_in(words, "before", _look) if words else ()
        if not genes or _AGAINST.search(before):
            continue
        kind = "altered" if match["altered"] else "positive"
        if not match["negative"] and (
            is_open
            or _NOT_THEN.match(text, match.end())
            or (kind == "altered" and not _HAVING.search(before))
        ):
            continue
        said = text[start + len(before) : match.end()].strip(" -(")
        for gene, variant in genes:
            if gene.symbol in _CELLS and not _DISEASE.match(text, match.end()):
                continue
            qualifier = f"{variant} {said}" if variant else said
            one = _requirement(gene, qualifier, field, f"{where}-{kind}", text)
            yield one, not match["negative"]
    for match in () if is_open else _POSITIVE_FOR.finditer(text):
        for gene, variant in genes_in(text[match.end() :][:_AHEAD], "after", _look):
            said = match[0].strip()
            qualifier = f"{said} {variant}" if variant else said
            yield _requirement(gene, qualifier, field, f"{where}-positive", text), True


def _names(before: str) -> str:
    """The words right before a cue, names that are joined written as one.

    >>> _names("germline BRCA1 or BRCA2"), _names("with IDH1/2")
    ('germline BRCA1/BRCA2', 'IDH1/IDH2')
    """
    flat = before.replace("(", " ").replace(")", " ").rstrip()
    joined = _NUMBERED.sub(r"\1\2/\1\3", _OR.sub("/", flat))
    return behind(joined, len(joined))


def _requirement(
    gene: Gene, qualifier: str, field: str, rule: str, text: str
) -> BiomarkerRequirement:
    return BiomarkerRequirement(target_of(gene), qualifier, field, rule, CONFIDENCE[rule], text)


@lru_cache(maxsize=1 << 14)
def _look(text: str) -> Sequence[tuple[Gene, str | None]]:
    """The gene, or all of a family, that a text means beyond doubt.

    That is an approved symbol as it is written, a name of the hand-made table, or a full name.
    """
    meanings = targets.by_text(text)
    if any(one.ambiguous for one in meanings):
        return ()
    if any(one.rank != "stated" for one in meanings):
        if len(meanings) != 1:
            return ()
        (one,) = meanings
        symbol = one.rank == "approved" and text.startswith(one.gene.symbol)
        if not symbol and not (len(text) >= _LONG_NAME and " " in text):
            return ()
    return [(as_gene(one.gene), one.qualifier or None) for one in meanings]
