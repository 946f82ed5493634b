"""What removed trials said of names, taken back from what a build remembers."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeVar

from kg.pipeline.updating.shared import Mentions
from kg.resolve.collect import Collected, Collector
from kg.resolve.mentions import Claim
from kg.resolve.support import KEPT, Support
from kg.resolve.targets import Phrase
from kg.spool import Spool

_AS_WRITTEN = "other-name"
"""A claim by this rule repeats an intervention's name as it stands; others may clean it first."""
Key = TypeVar("Key")


def said_by(spool: Spool, nct_ids: Collection[str]) -> Collected:
    """What every record of some trials says of names."""
    collector = Collector()
    for nct_id in nct_ids:
        _add(collector, spool, nct_id)
    return collector.collected()


def take_back(known: Collector, gone: Collected, left: Spool, mentions: Mentions) -> None:
    """Leave what other trials say, as if the removed ones had never been read.

    Only the first few records that say a thing are remembered: where one of these is gone, those
    that are left are searched for the next. `mentions` tells which trials of the graph before
    register a name.
    """
    wanted = _Wanted()
    removed = {record for record, _ in gone.listings}
    for _, _, first in (*gone.names, *gone.claims, *gone.phrases):
        removed.update(saying.record for saying in first)
    for name, count, _ in gone.names:
        if _lessen(known.names, name, count, removed):
            wanted.names[name] = known.names[name]
    for claim, count, _ in gone.claims:
        if _lessen(known.claims, claim, count, removed):
            wanted.claims[claim] = known.claims[claim]
    for phrase, count, _ in gone.phrases:
        if _lessen(known.phrases, phrase, count, removed):
            wanted.phrases[phrase] = known.phrases[phrase]
    for record, _ in gone.listings:
        known.listings.pop(record, None)
    known.titled.difference_update(gone.titled)
    known.pages.difference_update(gone.pages)
    known.others.difference_update(gone.others)
    wanted.others.update(gone.others)
    wanted.search(left, mentions)
    known.others.update(set(gone.others) - wanted.others)


def _lessen(known: dict[Key, Support], key: Key, count: int, removed: set[str]) -> bool:
    """Take back some sayings; whether others that are not remembered have to be found."""
    support = known[key]
    support.count -= count
    if not support.count:
        del known[key]
        return False
    all_were_remembered = len(support.first) < KEPT
    support.first = tuple(saying for saying in support.first if saying.record not in removed)
    return not all_were_remembered and len(support.first) < min(KEPT, support.count)


class _Wanted:
    """Things of which it has to be found out who else says them."""

    def __init__(self) -> None:
        self.names: dict[str, Support] = {}
        self.claims: dict[Claim, Support] = {}
        self.phrases: dict[Phrase, Support] = {}
        self.others: set[str] = set()

    def search(self, spool: Spool, mentions: Mentions) -> None:
        """Read trials in their order until all is found, or none is left."""
        if not self:
            return
        marks = self._marks()
        for nct_id in self._candidates(spool, mentions):
            if not self:
                return
            if any(spool.holds(entry, marks) for entry in spool.entries(nct_id)):
                found = Collector()
                _add(found, spool, nct_id)
                if self._take(found):
                    marks = self._marks()

    def __bool__(self) -> bool:
        return bool(self.names or self.claims or self.phrases or self.others)

    def _candidates(self, spool: Spool, mentions: Mentions) -> list[str]:
        """The trials that may say any of it; the graph has the names of their best records only."""
        if self._is_in_text():
            return spool.nct_ids()
        found = {*mentions.of_interventions(self._registered()), *spool.with_several()}
        return sorted(nct_id for nct_id in found if nct_id in spool)

    def _marks(self) -> list[bytes]:
        """Bytes, one of which stands in every record that says any of it."""
        if self._is_in_text():
            return [b""]
        return [name.encode("utf-8", "surrogatepass") for name in self._registered()]

    def _is_in_text(self) -> bool:
        return any(claim.rule != _AS_WRITTEN for claim in self.claims)

    def _registered(self) -> list[str]:
        """Names of interventions, one of which every record has that says any of it."""
        names = {*self.names, *self.others}
        names.update(claim.name for claim in self.claims)
        names.update(phrase.drug for phrase in self.phrases)
        return sorted(names)

    def _take(self, found: Collector) -> bool:
        """Take in what a trial says; whether anything is no longer wanted for it."""
        before = len(self.names) + len(self.claims) + len(self.phrases) + len(self.others)
        _fill(self.names, found.names)
        _fill(self.claims, found.claims)
        _fill(self.phrases, found.phrases)
        self.others -= found.others
        return before != len(self.names) + len(self.claims) + len(self.phrases) + len(self.others)


def _fill(wanted: dict[Key, Support], found: dict[Key, Support]) -> None:
    for key, support in found.items():
        if key in wanted:
            first = {*wanted[key].first, *support.first}
            wanted[key].first = tuple(sorted(first)[:KEPT])
            if len(first) >= KEPT:
                del wanted[key]


def _add(collector: Collector, spool: Spool, nct_id: str) -> None:
    for entry in spool.entries(nct_id):
        collector.add(spool.trial(entry), entry.provenance)
