"""What a user decided of pairs of names: it wins over every rule.

An accepted pair is one drug whatever a guard says; a refused pair is two, whatever a record, a
register or a chain of other names says.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import Struct

from kg.errors import SourceError
from kg.names import squash
from kg.resolve.mentions import USER_DECISION, Claim
from kg.resolve.normalise import core
from kg.resolve.reading import Part, Reader
from kg.resolve.support import Support
from kg.resolve.union import Edge
from kg.vocabularies.add.rows import Line, read

_WORDS = {"ACCEPTED": True, "REFUSED": False}


class UserDecision(Struct, frozen=True):
    """Whether two names are one drug, as a user decided."""

    name: str
    other: str
    accepted: bool
    comment: str
    place: str
    """File and line: `decisions.tsv line 3`."""


class Outcome(Struct, frozen=True):
    """What became of a decision in a build."""

    name: str
    other: str
    decision: str
    """`ACCEPTED` or `REFUSED`."""
    comment: str
    place: str
    used: bool
    """Whether it is about a drug that the records name."""


class Decided(Struct, frozen=True):
    """Decisions as the resolver uses them."""

    nodes: dict[str, str]
    """Squashed names that are read as another node than the rules would."""
    joined: tuple[Edge, ...] = ()
    apart: tuple[Edge, ...] = ()


def read_decisions(path: Path) -> tuple[UserDecision, ...]:
    """The decisions of a TSV file with the columns `name other decision comment`.

    Raises `SourceError` where a line is no decision, or two of them contradict each other.
    """
    columns, lines = read(path)
    if columns[:3] != ("name", "other", "decision") or columns[3:] not in ((), ("comment",)):
        raise SourceError(
            f"{path.name}: found the columns {', '.join(columns)}, "
            "expected name, other, decision, comment"
        )
    decisions = tuple(map(_decision, lines))
    _check(decisions)
    return decisions


def _decision(line: Line) -> UserDecision:
    word = line.need("decision").upper()
    if word not in _WORDS:
        raise line.wrong(f"the decision {word!r}", "ACCEPTED or REFUSED")
    name, other = line.need("name"), line.need("other")
    if not squash(name) or squash(name) == squash(other):
        raise line.wrong(f"{name!r} and {other!r}", "two names that differ in letters or digits")
    place = f"{line.file} line {line.number}"
    return UserDecision(name, other, _WORDS[word], line.get("comment"), place)


def _check(decisions: Sequence[UserDecision]) -> None:
    """No refused pair may be joined by accepted ones."""
    groups = _Groups(one for one in decisions if one.accepted)
    for one in decisions:
        if not one.accepted and groups.root(squash(one.name)) == groups.root(squash(one.other)):
            against = [
                each.place
                for each in decisions
                if each.accepted and groups.root(squash(each.name)) == groups.root(squash(one.name))
            ]
            raise SourceError(
                f"{one.place}: found {one.name!r} and {one.other!r} refused, "
                f"expected them accepted as by {', '.join(against)}"
            )


class _Groups:
    """Names that accepted decisions make one."""

    def __init__(self, accepted: Iterable[UserDecision]) -> None:
        self._parent: dict[str, str] = {}
        for one in accepted:
            first, second = sorted((self.root(squash(one.name)), self.root(squash(one.other))))
            self._parent[second] = first

    def root(self, key: str) -> str:
        while (parent := self._parent.get(key, key)) != key:
            key = parent
        return key


def decide(decisions: Sequence[UserDecision], reader: Reader) -> Decided:
    """The decisions, in terms of what the rules alone read in the names."""
    nodes: dict[str, str] = {}
    groups = _Groups(one for one in decisions if one.accepted)
    meant: dict[str, str] = {}
    for one in decisions:
        for text in (one.name, one.other):
            node = _node(reader, text)
            root = groups.root(squash(text))
            if node and (root not in meant or _first(node) < _first(meant[root])):
                meant[root] = node
    for one in decisions:
        for text in (one.name, one.other):
            if not _node(reader, text):
                key = squash(core(text))
                nodes[key] = meant.get(groups.root(squash(text)), key)
    for one in decisions:
        if not one.accepted:
            first, second = (_node(reader, text, nodes) for text in (one.name, one.other))
            if first == second:
                # Both are names of one substance: the one it is shown by stays.
                away = one.name if _shown(reader, first, one.other) else one.other
                nodes[squash(core(away))] = squash(core(away))
    return Decided(
        nodes,
        tuple(_edge(one, reader, nodes) for one in decisions if one.accepted),
        tuple(_edge(one, reader, nodes) for one in decisions if not one.accepted),
    )


def _edge(one: UserDecision, reader: Reader, nodes: dict[str, str]) -> Edge:
    support = Support()
    support.add("", one.comment)
    claim = Claim(one.name, one.other, one.place, USER_DECISION)
    first, second = (_node(reader, text, nodes) for text in (one.name, one.other))
    return Edge(first, second, claim, support)


def _node(reader: Reader, text: str, nodes: dict[str, str] | None = None) -> str:
    if nodes and (decided := nodes.get(squash(core(text)))):
        return decided
    part: Part | None = reader.read(text).only
    return part.node if part else ""


def _shown(reader: Reader, node: str, name: str) -> bool:
    """Whether a substance is shown by a name."""
    names = reader.vocabulary.names(node.removeprefix("unii:"))
    return bool(names) and squash(names[0].name) == squash(name)


def _first(node: str) -> tuple[bool, str]:
    """Registered substances come first."""
    return not node.startswith("unii:"), node
