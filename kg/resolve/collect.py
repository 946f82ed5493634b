"""The first pass: what all records say of names, kept small."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from sys import intern
from typing import NamedTuple

from kg.model.record import Provenance
from kg.model.trial import Trial
from kg.resolve import mentions, targets
from kg.resolve.inn import STEM
from kg.resolve.mentions import ALSO_GROUNDED, DRUG_TYPES, Claim
from kg.resolve.normalise import core
from kg.resolve.support import Support

COUNTED_TYPES = frozenset({"DRUG", "BIOLOGICAL"})
_CODE = re.compile(r"\b[A-Z]{1,7}[- ]?\d{3,}|\b[A-Z]{2,7}-\d{2,}")


class Titled(NamedTuple):
    """A trial whose title and a publication's title may name one drug in two ways."""

    record: str
    name: str
    """The only intervention that the trial's title names."""
    title: str
    citation: str
    field: str


class Page(NamedTuple):
    """A record that runs the other names of all its interventions together."""

    record: str
    names: tuple[str, ...]
    unassigned: str
    titled: tuple[Titled, ...]


class Collector:
    """Takes trials in any order, every version of each, and remembers what they say of names."""

    def __init__(self) -> None:
        self.names: defaultdict[str, Support] = defaultdict(Support)
        """Names of interventions that may be drugs."""
        self.others: set[str] = set()
        """Names of other interventions, which may be drugs that a vocabulary knows."""
        self.counted: defaultdict[str, int] = defaultdict(int)
        """How many interventions of type drug or biological have a name."""
        self.claims: defaultdict[Claim, Support] = defaultdict(Support)
        self.listings: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
        """For each trial, the drug names that each of its versions lists side by side."""
        self.phrases: defaultdict[targets.Phrase, Support] = defaultdict(Support)
        self.titled: set[Titled] = set()
        self.pages: set[Page] = set()

    def add(self, trial: Trial, provenance: Provenance | None = None) -> None:
        """Takes in one version of one trial."""
        record = trial.nct_id
        names = []
        for intervention in trial.interventions:
            if intervention.type in DRUG_TYPES:
                name = intern(intervention.name)
                names.append(name)
                self.names[name].add(record)
                if intervention.type in COUNTED_TYPES:
                    self.counted[name] += 1
            elif intervention.type in ALSO_GROUNDED:
                self.others.add(intern(intervention.name))
        if len(names) > 0:
            self.listings[record].add(tuple(sorted(set(names))))
        for claim in mentions.claims(trial):
            self.claims[claim].add(record)
        for phrase, sentence in targets.phrases(trial):
            self.phrases[phrase].add(record, sentence)
        titled = tuple(sorted(_titled(trial, names)))
        self.titled.update(t for t in titled if _names_a_drug(t.citation))
        if trial.unassigned_other_names:
            page = Page(record, tuple(sorted(set(names))), trial.unassigned_other_names, titled)
            self.pages.add(page)


def _titled(trial: Trial, names: list[str]) -> Iterator[Titled]:
    """The pairs of titles to compare, where the trial's title names one drug and only one."""
    for title in (trial.brief_title, trial.official_title):
        if not title or not trial.references:
            continue
        lower = title.lower()
        named = [name for name in names if core(name).lower() in lower]
        if len(named) != 1:
            continue
        for reference in trial.references:
            if reference.citation and reference.type != "BACKGROUND":
                field = "referencesModule.references[].citation"
                yield Titled(trial.nct_id, named[0], title, reference.citation, field)


def _names_a_drug(citation: str) -> bool:
    """Whether a citation is worth a closer look."""
    return bool(STEM.search(citation.lower()) or _CODE.search(citation))
