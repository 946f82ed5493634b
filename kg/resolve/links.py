"""The claims of all records as edges between nodes, or refused before they are any."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from msgspec import Struct

from kg.resolve.codes import is_code
from kg.resolve.collect import Collector
from kg.resolve.mentions import Claim
from kg.resolve.normalise import squash
from kg.resolve.reading import Reader
from kg.resolve.readings import Part
from kg.resolve.split import balanced, listed, may_be_alias
from kg.resolve.support import Support
from kg.resolve.titles import other_name
from kg.resolve.union import DOMINANT, Edge

_ACRONYM = re.compile(r"[A-Za-z]{2,5}")
ENOUGH_VOTES = 2
_NAME = "interventions[].name"
NO_NAME = "not a name"
_IN_A_SENTENCE = re.compile(
    r"\b(?:with|and|or|alternating|before|after|during|not|are|is|was|until|given|then|for|if|"
    r"which|no other|dosing|as|per|over|minutes|section|gro+up|arm|study|blinded)\b",
    re.IGNORECASE,
)


class Refusal(Struct, frozen=True):
    """A claim that links no two names of drugs."""

    claim: Claim
    guard: str
    support: Support
    own: str
    """The drug that the first name means, as a node; empty where it means none."""
    other: str
    """The drug that the other name means."""


def edges(collector: Collector, reader: Reader) -> tuple[list[Edge], list[Refusal]]:
    """Every claim of the first pass, read with the vocabulary."""
    found: list[Edge] = []
    refused: list[Refusal] = []
    for name in sorted(collector.names):
        reading = reader.read(name)
        if reading.only and reading.aliases:
            for alias in reading.aliases:
                claim = Claim(reading.only.text, alias, _NAME, "name-in-brackets")
                _judge(
                    claim, reading.only, reader.name(alias), collector.names[name], found, refused
                )
    for claim in sorted(collector.claims):
        support = collector.claims[claim]
        own = reader.read(claim.name).only
        others = list(_others(claim, own, reader))
        for other in others:
            # What names no drug is kept in the record's words, by which it can be found again.
            verbatim = len(others) == 1 and not other.node
            told = claim if verbatim else claim._replace(other=other.text)
            _judge(told, own, other, support, found, refused)
    return found, refused


def _others(claim: Claim, own: Part | None, reader: Reader) -> Iterator[Part]:
    """The names in the other side of a claim: one, or a list of synonyms."""
    reading = reader.read(claim.other)
    if reading.only is not None:
        yield reading.only
        yield from (reader.name(alias) for alias in reading.aliases)
        return
    parts = [reader.name(name) for name in listed(claim.other) if may_be_alias(name)]
    known = {p.node for p in (*parts, own) if p and p.node.startswith("unii:")}
    if len(parts) > 1 and len(known) <= 1:
        yield from parts
    else:
        yield Part(claim.other, "", "combination")


def _judge(
    claim: Claim,
    own: Part | None,
    other: Part,
    support: Support,
    found: list[Edge],
    refused: list[Refusal],
) -> None:
    if own is None or other.rule == "combination":
        guard = "a combination"
    elif not own.node:
        guard = _why_no_name(own)
    elif other.rule == "name" and (not balanced(other.text) or _IN_A_SENTENCE.search(other.text)):
        guard = NO_NAME
    elif not other.node:
        guard = _why_no_name(other)
    else:
        found.append(Edge(own.node, other.node, claim, support))
        return
    named = "" if guard == NO_NAME else other.node
    refused.append(Refusal(claim, guard, support, own.node if own else "", named))


def _why_no_name(part: Part) -> str:
    if part.not_drug:
        return f"not a drug: {part.not_drug.reason}"
    return "ambiguous" if part.candidates else NO_NAME


def contested(collector: Collector, reader: Reader) -> dict[str, str]:
    """Names that records give to another drug than the register does, and to which, as a node.

    `CTX` is cyclophosphamide in every record that explains it; a register may know it as another
    thing. `Doxil` is registered as doxorubicin, and is its liposomal form. Nothing is merged: only
    what the acronym or the trade name means is decided.
    """
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    own: dict[str, str] = {}
    for claim, support in collector.claims.items():
        acronym = bool(_ACRONYM.fullmatch(claim.other.strip("()[] ")))
        one, two = reader.read(claim.name).only, reader.read(claim.other).only
        if not (one and two and two.node.startswith("unii:")):
            continue
        meant = acronym and bool(_ACRONYM.fullmatch(two.text)) and one.node.startswith("unii:")
        if meant or (_carries(one, two, reader) and reader.is_brand(two)):
            key = squash(two.text)
            own[key] = two.node
            votes[key][one.node] += support.count
    meant_by = {}
    for key, counts in votes.items():
        (best, count), *others = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        rest = sum(number for _, number in others)
        sure = count > DOMINANT * rest or own[key] == f"unii:{reader.carried.get(best)}"
        if best != own[key] and count >= ENOUGH_VOTES and sure:
            meant_by[key] = best
    return meant_by


def _carries(one: Part, two: Part, reader: Reader) -> bool:
    """Whether one is a form of the other in a carrier, or the other itself."""
    return one.node == two.node or reader.carried.get(one.node) == two.node[5:]


def from_titles(collector: Collector, reader: Reader) -> Iterator[Edge]:
    """Names that a publication's title gives the one drug of its trial's title."""
    supports: defaultdict[Claim, Support] = defaultdict(Support)
    for titled in collector.titled:
        if other := other_name(titled.name, titled.title, titled.citation):
            claim = Claim(titled.name, other, titled.field, "publication-title")
            supports[claim].add(titled.record, titled.citation)
    yield from as_edges(supports, reader)


def from_versions(collector: Collector, reader: Reader) -> Iterator[Edge]:
    """Names that took another's place between two versions of one trial, all else equal."""
    supports: defaultdict[Claim, Support] = defaultdict(Support)
    for record, versions in collector.listings.items():
        for claim in renamed(versions, reader) if len(versions) > 1 else ():
            supports[claim].add(record)
    yield from as_edges(supports, reader)


def renamed(versions: Collection[tuple[str, ...]], reader: Reader) -> Iterator[Claim]:
    """The names, one a code, that took each other's place between two versions of one trial."""
    for one in versions:
        for two in versions:
            if one < two:
                before, after = _nodes(one, reader), _nodes(two, reader)
                gone, come = before.keys() - after.keys(), after.keys() - before.keys()
                if len(gone) == len(come) == 1:
                    name, other = sorted((before[gone.pop()], after[come.pop()]))
                    if is_code(name) or is_code(other):
                        yield Claim(name, other, _NAME, "renamed-between-versions")


def _nodes(names: Iterable[str], reader: Reader) -> dict[str, str]:
    return {p.node: name for name in names for p in reader.read(name).parts if p.node}


def as_edges(supports: Mapping[Claim, Support], reader: Reader) -> Iterator[Edge]:
    """Claims whose two sides each name one thing."""
    for claim in sorted(supports):
        one, two = reader.read(claim.name).only, reader.read(claim.other).only
        if one and two and one.node and two.node:
            yield Edge(one.node, two.node, claim, supports[claim])


def side_by_side(
    collector: Collector, reader: Reader, pairs: set[frozenset[str]]
) -> Counter[frozenset[str]]:
    """In how many trials each of these pairs of nodes stands as two separate interventions."""
    counts: Counter[frozenset[str]] = Counter()
    wanted = {node for pair in pairs for node in pair}
    for versions in collector.listings.values():
        seen: set[frozenset[str]] = set()
        for names in versions:
            nodes = reader.nodes(names) & wanted
            if len(nodes) < 2:
                continue
            for at, one in enumerate(ordered := sorted(nodes)):
                seen.update(
                    pair for two in ordered[at + 1 :] if (pair := frozenset((one, two))) in pairs
                )
        counts.update(seen)
    return counts
