"""From phrases and registered mechanisms to targets: the second half of `targets`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from msgspec import Struct

from kg.model.drug import Evidence, Target, TargetLink
from kg.resolve.drugs import strongest
from kg.resolve.support import Support
from kg.resolve.target_words import genes_in
from kg.resolve.targets import CONFIDENCE, ENOUGH, HINTS, Phrase
from kg.resolve.vocabulary import Gene, Vocabulary

SURE = 0.95
"""Belief that a target from records needs where a vocabulary knows others of the drug."""


class _Said(Struct, frozen=True):
    target: Target
    evidence: Evidence
    qualifier: str | None = None
    payload: bool = False


def links(
    entries: Iterable[str], phrases: Iterable[tuple[Phrase, Support]], vocabulary: Vocabulary
) -> tuple[TargetLink, ...]:
    """What a drug acts on: each target that is said surely or often enough, the surest first.

    `entries` are what vocabularies may know it by: its UNII, and `name:` with its squashed names.
    """
    by_target: defaultdict[str, list[_Said]] = defaultdict(list)
    for said in (*_registered(entries, vocabulary), *_from_phrases(phrases, vocabulary)):
        by_target[said.target.key].append(said)
    known = any(
        not said.payload and not _by_records([said])
        for said_of in by_target.values()
        for said in said_of
    )
    found = []
    for said_of in by_target.values():
        belief = _belief(said.evidence for said in said_of)
        if belief >= (SURE if known and _by_records(said_of) else ENOUGH):
            link = TargetLink(
                said_of[0].target,
                strongest(said.evidence for said in said_of),
                payload=_is_payload(said_of),
                qualifier=min((said.qualifier for said in said_of if said.qualifier), default=None),
            )
            found.append((link.payload, -belief, link.target.symbol, link))
    return tuple(link for *_, link in sorted(found, key=lambda item: item[:3]))


def _is_payload(said_of: Iterable[_Said]) -> bool:
    """Whether the vocabularies call it a payload; records only say that the drug acts on it."""
    registered = [said.payload for said in said_of if not _by_records([said])]
    return bool(registered) and all(registered)


def _by_records(said_of: Iterable[_Said]) -> bool:
    """Whether records alone say it."""
    return all(said.evidence.source == "record" for said in said_of)


def target_of(gene: Gene) -> Target:
    """A gene as a target of the graph."""
    return Target(gene.hgnc_id, gene.symbol, gene.name, gene.uniprot, gene.aliases)


def _belief(evidence: Iterable[Evidence]) -> float:
    """How sure all records together make us; hints do not count, one record counts once."""
    doubts: dict[tuple[str, str | None], float] = {}
    for one in evidence:
        if one.rule not in HINTS:
            said_by = (one.source, one.record)
            doubts[said_by] = min(doubts.get(said_by, 1.0), 1.0 - one.confidence)
    doubt = 1.0
    for said_by in sorted(doubts, key=lambda key: (key[0], key[1] or "")):
        doubt *= doubts[said_by]
    return 1.0 - doubt


def _registered(entries: Iterable[str], vocabulary: Vocabulary) -> Iterator[_Said]:
    for entry in entries:
        for one in vocabulary.mechanisms(entry):
            evidence = Evidence(one.source, entry, "mechanism", one.rule, one.confidence, one.text)
            yield _Said(one.target, evidence, payload=one.payload)


def _from_phrases(
    phrases: Iterable[tuple[Phrase, Support]], vocabulary: Vocabulary
) -> Iterator[_Said]:
    for phrase, support in phrases:
        genes = genes_in(phrase.words, phrase.side, vocabulary.genes)
        for said in support.first:
            evidence = Evidence(
                "record", said.record, phrase.field, phrase.rule, CONFIDENCE[phrase.rule], said.text
            )
            for gene, qualifier in genes:
                yield _Said(target_of(gene), evidence, qualifier)
