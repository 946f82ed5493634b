"""The first pass: what all records say of names, kept small."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from sys import intern
from typing import NamedTuple, TypeVar

from msgspec import Struct

from kg.model.record import Provenance
from kg.model.trial import Trial
from kg.resolve import mentions, targets
from kg.resolve.inn import STEM
from kg.resolve.mentions import ALSO_GROUNDED, DRUG_TYPES, Claim
from kg.resolve.normalise import core
from kg.resolve.support import Saying, Support
from kg.resolve.titles import other_name

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


class Collected(Struct, frozen=True):
    """What a collector knows, in a form that can be kept and sent, in one order."""

    names: list[tuple[str, int, tuple[Saying, ...]]]
    others: list[str]
    counted: list[tuple[str, int]]
    claims: list[tuple[Claim, int, tuple[Saying, ...]]]
    listings: list[tuple[str, list[tuple[str, ...]]]]
    phrases: list[tuple[targets.Phrase, int, tuple[Saying, ...]]]
    titled: list[Titled]
    pages: list[Page]


class Collector:
    """Takes trials in any order, every version of each once, and remembers what they say of names.

    What several collectors took in, each a part, is merged into what one would know of all.
    """

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
        """Only those that tell another name."""
        self.pages: set[Page] = set()

    def add(self, trial: Trial, provenance: Provenance | None = None) -> None:
        """Takes in one version of one trial; the same record twice would count as two."""
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
        self.titled.update(t for t in titled if _names_a_drug(t.citation) and other_name(*t[1:4]))
        if trial.unassigned_other_names:
            page = Page(record, tuple(sorted(set(names))), trial.unassigned_other_names, titled)
            self.pages.add(page)

    def copy(self) -> Collector:
        """The same, to which other things may be added; what it has already is shared with it."""
        other = Collector()
        other.names = self.names.copy()
        other.others = self.others.copy()
        other.counted = self.counted.copy()
        other.claims = self.claims.copy()
        other.listings = self.listings.copy()
        other.phrases = self.phrases.copy()
        other.titled = self.titled.copy()
        other.pages = self.pages.copy()
        return other

    def texts(self) -> Iterator[str]:
        """Every string that resolution reads, as it stands in a record."""
        yield from sorted(self.names)
        yield from sorted(self.others)
        for claim in self.claims:
            yield from claim[:2]
        for phrase in self.phrases:
            yield phrase.drug

    def settle(self) -> None:
        """Puts all that is known in one order, whatever the order it came in."""
        self.names = defaultdict(Support, sorted(self.names.items(), key=_first))
        self.counted = defaultdict(int, sorted(self.counted.items()))
        self.claims = defaultdict(Support, sorted(self.claims.items(), key=_first))
        self.listings = defaultdict(set, sorted(self.listings.items()))
        self.phrases = defaultdict(Support, sorted(self.phrases.items(), key=_first))

    def collected(self) -> Collected:
        """All that is known, in one order."""
        self.settle()
        return Collected(
            names=_supported(self.names),
            others=sorted(self.others),
            counted=list(self.counted.items()),
            claims=_supported(self.claims),
            listings=[(record, sorted(versions)) for record, versions in self.listings.items()],
            phrases=_supported(self.phrases),
            titled=sorted(self.titled),
            pages=sorted(self.pages),
        )

    def merge(self, other: Collected) -> None:
        """Takes in what another collector took in."""
        for name, count, first in other.names:
            self.names[intern(name)].merge(count, first)
        self.others.update(map(intern, other.others))
        for name, count in other.counted:
            self.counted[intern(name)] += count
        for claim, count, first in other.claims:
            self.claims[claim].merge(count, first)
        for record, listed in other.listings:
            self.listings[record].update(listed)
        for phrase, count, first in other.phrases:
            self.phrases[phrase].merge(count, first)
        self.titled.update(other.titled)
        self.pages.update(other.pages)


Key = TypeVar("Key", str, Claim, targets.Phrase)


def _supported(said: Mapping[Key, Support]) -> list[tuple[Key, int, tuple[Saying, ...]]]:
    return [(key, support.count, support.first) for key, support in said.items()]


def _first(pair: tuple[Key, Support]) -> Key:
    return pair[0]


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
