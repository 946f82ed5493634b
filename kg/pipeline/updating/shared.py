"""Whether what one trial no longer says of a shared thing is still said by another.

The graph itself tells which trials mention a thing; they are read, one after the other, until all
that is asked for was found or none is left.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Set

from pyoxigraph import Literal, NamedNode, Store

from kg.vocab import RDFS, TKG

_THROUGH = frozenset({TKG.retractedBy, TKG.country})
"""A trial may mention a thing through another: a publication, or a place."""
Lines = Callable[[str], Collection[str]]
"""What a trial, by NCT id, says of shared things."""


class Mentions:
    """Finds trials in a graph by what they mention."""

    def __init__(self, store: Store, base_iri: str) -> None:
        self._store = store
        self._trials = f"{base_iri}trial/"

    def trial(self, iri: str) -> str | None:
        """The NCT id of the trial that an IRI is, or stands under."""
        if not iri.startswith(self._trials):
            return None
        return iri.removeprefix(self._trials).partition("/")[0]

    def of_interventions(self, names: Iterable[str]) -> Iterator[str]:
        """The trials that register an intervention under one of the names."""
        label = NamedNode(RDFS.label)
        for name in names:
            for quad in self._store.quads_for_pattern(None, label, Literal(name)):
                iri = quad.subject.value if isinstance(quad.subject, NamedNode) else ""
                nct_id = self.trial(iri)
                if nct_id is not None and "/intervention/" in iri:
                    yield nct_id

    def of(self, iri: str) -> Iterator[str]:
        """The trials that mention a thing, some of them several times."""
        for quad in self._store.quads_for_pattern(None, None, NamedNode(iri)):
            if not isinstance(quad.subject, NamedNode):
                continue
            nct_id = self.trial(quad.subject.value)
            if nct_id is not None:
                yield nct_id
            elif quad.predicate.value in _THROUGH:
                yield from self.of(quad.subject.value)


def still_said(
    lines: Iterable[str], mentions: Mentions, without: Set[str], said_by: Lines
) -> set[str]:
    """Of the given lines, those that a trial still says, some trials not counted."""
    found: set[str] = set()
    by_subject: defaultdict[str, set[str]] = defaultdict(set)
    for line in lines:
        by_subject[subject(line)].add(line)
    for iri in sorted(by_subject):
        asked = by_subject[iri]
        seen = set(without)
        for nct_id in mentions.of(iri):
            if nct_id not in seen:
                seen.add(nct_id)
                asked_here = asked.intersection(said_by(nct_id))
                found |= asked_here
                asked -= asked_here
                if not asked:
                    break
    return found


def subject(line: str) -> str:
    """The subject of an N-Triples line.

    >>> subject("<x:a> <x:b> <x:c> .")
    'x:a'
    """
    return line[1 : line.index(">")]
