"""What a user decided of pairs of names: it wins over every rule.

An accepted pair is one drug whatever a guard says; a refused pair is two, whatever a record, a
register or a chain of other names says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from kg.errors import SourceError
from kg.model.decision import UserDecision
from kg.names import squash
from kg.resolve.mentions import USER_DECISION, Claim
from kg.resolve.normalise import core
from kg.resolve.reading import Reader
from kg.resolve.support import Support
from kg.resolve.union import Edge
from kg.vocabularies.add.rows import Line, read

_WORDS = {"ACCEPTED": True, "REFUSED": False}


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
    if not _key(name) or not _key(other) or _key(name) == _key(other):
        raise line.wrong(
            f"{name!r} and {other!r}", "two names that differ in letters or digits, dose aside"
        )
    place = f"{line.file} line {line.number}"
    return UserDecision(name, other, _WORDS[word], line.get("comment"), place)


def _check(decisions: Sequence[UserDecision]) -> None:
    """No refused pair may be joined by accepted ones."""
    groups = _Groups(decisions)
    for one in decisions:
        if not one.accepted and groups.of(one.name) == groups.of(one.other):
            against = [
                each.place
                for each in decisions
                if each.accepted and groups.of(each.name) == groups.of(one.name)
            ]
            raise SourceError(
                f"{one.place}: found {one.name!r} and {one.other!r} refused, "
                f"expected them accepted as by {', '.join(against)}"
            )


class _Groups:
    """Names that accepted decisions make one."""

    def __init__(self, decisions: Iterable[UserDecision]) -> None:
        self._parent: dict[str, str] = {}
        for one in decisions:
            if one.accepted:
                first, second = sorted((self.of(one.name), self.of(one.other)))
                if first != second:
                    self._parent[second] = first

    def of(self, name: str) -> str:
        """What stands for the group of a name."""
        key = _key(name)
        while (parent := self._parent.get(key, key)) != key:
            key = parent
        return key


def decide(decisions: Sequence[UserDecision], reader: Reader) -> Decided:
    """The decisions, in terms of what the rules alone read in the names."""
    decisions = sorted(decisions, key=lambda one: (one.place, one.name, one.other))
    groups = _Groups(decisions)
    names = sorted({name for one in decisions for name in (one.name, one.other)})
    nodes = {_key(name): _node(reader, name) for name in names}
    members: defaultdict[str, list[str]] = defaultdict(list)
    for name in names:
        members[groups.of(name)].append(name)
    for one in decisions:
        if not one.accepted:
            _part(one, groups, members, nodes, reader)
    for group, own in members.items():
        known = min(filter(None, (nodes[_key(name)] for name in own)), key=_first, default=group)
        for name in own if len(own) > 1 else ():
            nodes[_key(name)] = nodes[_key(name)] or known
    changed = {_key(name) for name in names if nodes[_key(name)] != _node(reader, name)}
    return Decided(
        {key: nodes[key] for key in sorted(changed)},
        tuple(_edge(one, nodes) for one in decisions if one.accepted),
        tuple(edge for one in decisions if not one.accepted and _all(edge := _edge(one, nodes))),
    )


def _part(
    one: UserDecision,
    groups: _Groups,
    members: Mapping[str, list[str]],
    nodes: dict[str, str],
    reader: Reader,
) -> None:
    """Where two groups are names of one substance, the one it is shown by stays."""
    first, second = (members[groups.of(name)] for name in (one.name, one.other))
    shared = {nodes[_key(name)] for name in first} & {nodes[_key(name)] for name in second}
    for node in shared - {""}:
        away = first if any(_shown(reader, node, name) for name in second) else second
        for name in away:
            if nodes[_key(name)] == node:
                nodes[_key(name)] = groups.of(name)


def _edge(one: UserDecision, nodes: Mapping[str, str]) -> Edge:
    support = Support()
    support.add("", one.comment)
    claim = Claim(one.name, one.other, one.place, USER_DECISION)
    return Edge(nodes[_key(one.name)], nodes[_key(one.other)], claim, support)


def _all(edge: Edge) -> bool:
    """Whether both names are names of drugs: a refused pair is none otherwise, without a word."""
    return bool(edge.one and edge.two)


def _node(reader: Reader, name: str) -> str:
    part = reader.read(name).only
    return part.node if part else ""


def _key(name: str) -> str:
    return squash(core(name))


def _shown(reader: Reader, node: str, name: str) -> bool:
    """Whether a substance is shown by a name."""
    names = reader.vocabulary.names(node.removeprefix("unii:"))
    return bool(names) and squash(names[0].name) == squash(name)


def _first(node: str) -> tuple[bool, str]:
    """Registered substances come first."""
    return not node.startswith("unii:"), node
