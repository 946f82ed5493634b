"""The way from one name of a drug to another, over what the store keeps of its names."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable

from msgspec import Struct

from kg.cards.drug import DrugCard, NameCard
from kg.cards.evidence import EvidenceCard
from kg.names import squash


class Step(Struct, frozen=True):
    """One reason that two names are one drug, or a claim that they are which was refused."""

    name: str
    other: str
    rule: str
    """The rule of the claim; `vocabulary` where a register has both names."""
    source: str
    """`record`, `user`, `rules`, or the vocabularies with their editions."""
    field: str | None = None
    records: list[str] = []
    """The first few records that make the claim."""
    confidence: float | None = None
    entries: list[str] = []
    """The entries of the vocabulary that lead from one name to the other: one, or a salt's and its
    base's."""
    text: str | None = None
    reason: str | None = None
    """Why it was refused."""


def claims(names: Iterable[NameCard], known: str | None = None) -> list[Step]:
    """What puts names together with others, one step for each claim, its records gathered.

    `known` stands for the other name where a reason has none.
    """
    found: defaultdict[tuple[str, str, str, str], list[tuple[NameCard, EvidenceCard]]]
    found = defaultdict(list)
    for name in names:
        for reason in name.evidence:
            if other := reason.other_name or known:
                pair = sorted((squash(name.name), squash(other)))
                key = (pair[0], pair[1], reason.rule or "", reason.field or "")
                found[key].append((name, reason))
    return [_claim(found[key], known) for key in sorted(found)]


def _claim(said: list[tuple[NameCard, EvidenceCard]], known: str | None) -> Step:
    name, first = said[0]
    return Step(
        name=name.name,
        other=first.other_name or known or "",
        rule=first.rule or "",
        source=first.source or "",
        field=first.field,
        records=sorted({reason.record for _, reason in said if reason.record}),
        confidence=first.confidence,
        text=next((reason.text for _, reason in said if reason.text), None),
        reason=first.reason or name.reason,
    )


def chain(card: DrugCard, start: str, end: str) -> list[Step] | None:
    """The fewest steps between two names of a drug, the surest first.

    Empty where both are spelled alike, None where the store keeps no chain.
    """
    links, shown = _links(card)
    first, last = squash(start), squash(end)
    came: dict[str, tuple[str, _Link] | None] = {first: None}
    waiting = deque([first])
    while waiting and last not in came:
        here = waiting.popleft()
        for link in sorted(links[here], key=lambda link: (-link.sure, link.to)):
            if link.to not in came:
                came[link.to] = (here, link)
                waiting.append(link.to)
    if last not in came:
        return None
    way: list[_Link] = []
    at = came[last]
    while at:
        way.append(at[1])
        at = came[at[0]]
    return _told(way[::-1], start, end, shown)


class _Link(Struct, frozen=True):
    """A way out of a name or of a vocabulary's entry."""

    to: str
    sure: float
    claim: Step | None = None
    """None where it leads into or out of an entry."""
    rule: str = "vocabulary"
    source: str = ""


_ENTRY = "entry "


def _links(card: DrugCard) -> tuple[dict[str, list[_Link]], dict[str, str]]:
    """The ways between the names and entries of a drug, and how each name is written."""
    links: defaultdict[str, list[_Link]] = defaultdict(list)
    names = [name for name in card.names if name.status == "accepted"]
    shown: dict[str, str] = {}
    for claim in claims(names):
        one, two = squash(claim.name), squash(claim.other)
        links[one].append(_Link(two, claim.confidence or 0, claim))
        links[two].append(_Link(one, claim.confidence or 0, claim))
        shown.setdefault(two, claim.other)
    entries: set[str] = set()
    for name in names:
        key = squash(name.name)
        shown[key] = name.name
        for reason in name.evidence:
            if reason.record and not reason.other_name and reason.field == "name":
                entries.add(reason.record)
                sure, rule = reason.confidence or 0, reason.rule or ""
                source = reason.source or ""
                links[key].append(_Link(_ENTRY + reason.record, sure, None, rule, source))
                links[_ENTRY + reason.record].append(_Link(key, sure, None, rule, source))
    if card.unii:
        own = _ENTRY + card.unii
        for entry in sorted(entries - {card.unii}):
            if not entry.startswith("name:"):
                links[own].append(_Link(_ENTRY + entry, 1, rule="form"))
                links[_ENTRY + entry].append(_Link(own, 1, rule="form"))
    return links, shown


def _told(way: list[_Link], start: str, end: str, shown: dict[str, str]) -> list[Step]:
    """The steps from name to name; the entries between two names are one step."""
    steps: list[Step] = []
    at, through = start, list[_Link]()
    for link in way:
        if link.to.startswith(_ENTRY):
            through.append(link)
            continue
        to = end if link is way[-1] else shown[link.to]
        if link.claim:
            steps.append(_from(link.claim, at, to))
        else:
            steps.append(_entries([*through, link], at, to))
            through = []
        at = to
    return steps


def _from(claim: Step, at: str, to: str) -> Step:
    return Step(
        at, to, claim.rule, claim.source, claim.field, claim.records, claim.confidence,
        text=claim.text,
    )  # fmt: skip


def _entries(way: list[_Link], at: str, to: str) -> Step:
    rules = [link.rule for link in way if link.rule not in ("vocabulary", "form")]
    return Step(
        name=at,
        other=to,
        rule=", ".join(dict.fromkeys(rules)) or "vocabulary",
        source=", ".join(dict.fromkeys(link.source for link in way if link.source)),
        confidence=min(link.sure for link in way),
        entries=[link.to.removeprefix(_ENTRY) for link in way if link.to.startswith(_ENTRY)],
    )
