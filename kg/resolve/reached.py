"""Counts how far conditions, places, sponsors and drugs' targets were understood."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from kg.model.coverage import Reached
from kg.model.drug import Drug, TrialGroundings
from kg.model.resolved import OrganizationEntry, ResolvedFacts
from kg.model.trial import Trial
from kg.resolve.organizations import by_key

MOST_UNRESOLVED = 100
_FIGURES = re.compile(r"\d+")


class Counts:
    """Counts of some trials; those of others are merged in, in any order."""

    def __init__(self) -> None:
        self._counts: dict[str, Counter[str]] = {}
        self._missed: dict[str, Counter[str]] = {}
        self._sponsors: Counter[str] = Counter()
        """Mentions by key of the organisation."""
        self._drugs: Counter[str] = Counter()
        """Trials by key of the drug."""

    def add(self, trial: Trial, facts: ResolvedFacts, groundings: TrialGroundings) -> None:
        """Count one trial in: each condition, place, sponsor and country that it states."""
        own_mesh = bool(facts.condition_mesh)
        for term, found in zip(trial.conditions, facts.condition_groundings, strict=True):
            how = "lexicon" if found else "record_mesh_only" if own_mesh else "unmapped"
            self._count("conditions", how, None if found else term)
        for location, place in zip(trial.locations, facts.places, strict=True):
            unnamed = _FIGURES.sub("#", location.facility or "no name") if place.anonymous else None
            self._count("sites", "anonymous" if place.anonymous else "shared", unnamed)
            if location.city:
                where = ", ".join(filter(None, (location.city, location.state, location.country)))
                sure = place.geonames_id is not None
                self._count("cities", "geonames" if sure else "name_only", None if sure else where)
        for country in facts.countries:
            known = country.alpha3 is not None
            how = "iso" if known else "name_only"
            self._count("countries", how, None if known else country.name)
        for sponsor in (trial.lead_sponsor, *trial.collaborators):
            if sponsor is not None:
                self._sponsors[facts.organizations[sponsor.name].key] += 1
        self._drugs.update(groundings.drugs)

    def merge(self, other: Counts) -> None:
        """Take in the counts of other trials."""
        for mine, theirs in ((self._counts, other._counts), (self._missed, other._missed)):
            for kind, counts in theirs.items():
                mine.setdefault(kind, Counter()).update(counts)
        self._sponsors.update(other._sponsors)
        self._drugs.update(other._drugs)

    def reached(
        self, drugs: Iterable[Drug], organizations: Mapping[str, OrganizationEntry]
    ) -> dict[str, Reached]:
        """All counts, by kind of thing.

        Targets are counted over drugs, everything else over what trials state.
        """
        for drug in drugs:
            acting = any(not link.payload for link in drug.targets)
            trials = None if acting else self._drugs[drug.key]
            self._count("targets", "with_target" if acting else "without", None)
            if trials:
                self._missed.setdefault("targets", Counter())[drug.label] += trials
        for key, mentions in self._sponsors.items():
            entry = organizations[key]
            how = "curated" if by_key(key) else "ror" if entry.ror else "normalised_only"
            self._counts.setdefault("sponsors", Counter())[how] += mentions
            if how == "normalised_only":
                self._missed.setdefault("sponsors", Counter())[entry.label] += mentions
        return {kind: self._reached(kind, names) for kind, names in _NAMES.items()}

    def _count(self, kind: str, how: str, missed: str | None) -> None:
        self._counts.setdefault(kind, Counter())[how] += 1
        if missed is not None:
            self._missed.setdefault(kind, Counter())[missed] += 1

    def _reached(self, kind: str, names: tuple[str, ...]) -> Reached:
        counts, missed = self._counts.get(kind, Counter()), self._missed.get(kind, Counter())
        frequent = sorted(missed.items(), key=lambda item: (-item[1], item[0]))
        return Reached(
            {name: counts[name] for name in names}, names[-1:], tuple(frequent[:MOST_UNRESOLVED])
        )


_NAMES = {
    "targets": ("with_target", "without"),
    "conditions": ("lexicon", "record_mesh_only", "unmapped"),
    "sites": ("shared", "anonymous"),
    "cities": ("geonames", "name_only"),
    "countries": ("iso", "name_only"),
    "sponsors": ("curated", "ror", "normalised_only"),
}
"""What is counted, by kind; the last means that nothing was reached."""
