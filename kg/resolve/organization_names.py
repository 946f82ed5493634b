"""Every organisation of a build, with the names records gave it, in whatever order they came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kg.model.resolved import OrganizationEntry, OrganizationLink, ResolvedFacts
from kg.resolve.organizations import by_key, organization
from kg.vocabularies.organizations import Organization, links

STATED = "registered name"


class OrganizationNames:
    """Gathers organisations trial by trial, and describes them all at the end."""

    def __init__(self) -> None:
        self._spellings: dict[str, Counter[str]] = {}
        self._acronyms: dict[str, set[str]] = {}
        self._stated: dict[str, set[str]] = {}

    def add(self, facts: ResolvedFacts) -> None:
        """Take in the organisations of one trial."""
        for name, found in facts.organizations.items():
            self._spellings.setdefault(found.key, Counter())[name] += 1
            if found.acronym:
                self._acronyms.setdefault(found.key, set()).add(found.acronym)
            if found.parent:
                parent = organization(found.parent).key
                self._stated.setdefault(found.key, set()).add(parent)
                self._spellings.setdefault(parent, Counter())[found.parent] += 0

    def merge(self, other: OrganizationNames) -> None:
        """Take in what another gathered of other trials."""
        for key, spellings in other._spellings.items():
            self._spellings.setdefault(key, Counter()).update(spellings)
        for mine, theirs in ((self._acronyms, other._acronyms), (self._stated, other._stated)):
            for key, found in theirs.items():
                mine.setdefault(key, set()).update(found)

    def entries(self) -> Iterator[OrganizationEntry]:
        """Every organisation that a record names, and every parent and successor above it."""
        done: set[str] = set()
        waiting = sorted(self._spellings, reverse=True)
        while waiting:
            if (key := waiting.pop()) in done:
                continue
            done.add(key)
            entry = self._entry(key)
            yield entry
            waiting.extend(link.other for link in reversed(entry.links))

    def _entry(self, key: str) -> OrganizationEntry:
        """The curated table names an organisation; where it does not, the commonest spelling."""
        spellings = self._spellings.get(key, Counter())
        names = {*spellings, *self._acronyms.get(key, ())}
        if firm := by_key(key):
            label = firm.name
            names.update(firm.spellings)
        else:
            label = min(spellings, key=lambda name: (-spellings[name], name), default=key)
        return OrganizationEntry(
            key, label, tuple(sorted(names - {label})), tuple(self._links(key, firm))
        )

    def _links(self, key: str, firm: Organization | None) -> Iterator[OrganizationLink]:
        known: set[str] = set()
        for link in links(firm.name) if firm else ():
            other = organization(link.other).key
            known.add(other)
            yield OrganizationLink(link.kind, other, link.source, link.since, link.until)
        for parent in sorted(self._stated.get(key, set()) - known):
            yield OrganizationLink("PARENT", parent, STATED)
