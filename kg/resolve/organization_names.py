"""Every organisation of a build, with the names records gave it, in whatever order they came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kg.model.resolved import (
    OrganizationEntry,
    OrganizationLink,
    OrganizationLinkKind,
    ResolvedFacts,
)
from kg.resolve import ror
from kg.resolve.organizations import by_key, organization
from kg.vocabularies import ror as ror_table
from kg.vocabularies.organizations import Organization, links
from kg.vocabularies.ror import RorOrganization

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
        registered = ror.find(sorted({label, *spellings}))
        return OrganizationEntry(
            key,
            label,
            tuple(sorted(names - {label})),
            tuple(self._links(key, firm, registered)),
            registered.ror if registered else None,
        )

    def _links(
        self, key: str, firm: Organization | None, registered: RorOrganization | None
    ) -> Iterator[OrganizationLink]:
        known: set[str] = set()
        for link in links(firm.name) if firm else ():
            other = organization(link.other).key
            known.add(other)
            yield OrganizationLink(link.kind, other, link.source, link.since, link.until)
        for parent in sorted(self._stated.get(key, set()) - known):
            yield OrganizationLink("PARENT", parent, STATED)
        yield from self._by_ror(key, registered, known | self._stated.get(key, set()))

    def _by_ror(
        self, key: str, registered: RorOrganization | None, known: set[str]
    ) -> Iterator[OrganizationLink]:
        """What ROR says beyond what is known; it gives no dates."""
        source = ror_table.edition()
        if registered is None or source is None:
            return
        linked: tuple[tuple[OrganizationLinkKind, tuple[str, ...]], ...] = (
            ("PARENT", registered.parents),
            ("SUCCESSOR", registered.successors),
        )
        for kind, others in linked:
            for other in filter(None, map(ror_table.by_id, others)):
                name = ror.plain_name(other.name)
                other_key = organization(name).key
                if other_key != key and other_key not in known:
                    known = known | {other_key}
                    self._spellings.setdefault(other_key, Counter())[name] += 0
                    yield OrganizationLink(kind, other_key, source)
