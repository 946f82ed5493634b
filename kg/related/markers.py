"""Genes and proteins that a trial speaks of: selects people by, measures, or acts on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.model.drug import Target
from kg.model.trial import Trial
from kg.vocabularies import targets

_SYMBOL = re.compile(r"(?<![\w-])[A-Z][A-Za-z]{0,5}-?[A-Z]{0,3}\d{0,3}[A-Z]?\d?(?![\w])")
IN_TITLE = 1.0
IN_TEXT = 0.7


def markers(trial: Trial) -> Iterator[tuple[str, str, float]]:
    """HGNC id and symbol of each gene that the trial names, and how prominently.

    Exclusion criteria do not count: they often name what others were treated against.

    >>> list(markers(Trial(nct_id="NCT99000001", brief_title="SAR408701 for CEACAM5+ NSCLC")))
    [('HGNC:1817', 'CEACAM5', 1.0)]
    """
    eligibility = trial.eligibility
    prominent = [trial.brief_title, trial.official_title, *trial.conditions, *trial.keywords]
    others = [
        trial.brief_summary,
        *(arm.label for arm in trial.arm_groups),
        *(outcome.measure for outcome in trial.outcomes),
        *(eligibility.inclusion or (() if eligibility.exclusion else (eligibility.criteria,))),
    ]
    seen: set[str] = set()
    for texts, weight in ((prominent, IN_TITLE), (others, IN_TEXT)):
        found = {word for text in texts if text for word in _SYMBOL.findall(text)}
        for word in sorted(found):
            known = gene(word)
            if known and known.key not in seen:
                seen.add(known.key)
                yield known.key, known.symbol, weight


@lru_cache(maxsize=1 << 16)
def gene(word: str) -> Target | None:
    """The only gene that a word written like a symbol means.

    >>> gene("HER2").symbol, gene("CEACAM5").symbol, gene("AND")
    ('ERBB2', 'CEACAM5', None)
    """
    if len(word) < 3 or word.isdigit():
        return None
    meanings = targets.by_text(word)
    if len(meanings) != 1 or meanings[0].ambiguous:
        return None
    (meaning,) = meanings
    written_as_symbol = meaning.rank == "approved" and word == meaning.gene.symbol
    if meaning.rank != "stated" and not written_as_symbol:
        return None
    return Target(f"HGNC:{meaning.gene.hgnc_id}", meaning.gene.symbol)
