"""From claims to drugs: names are joined by evidence unless a guard forbids it.

Claims are taken strongest first, ties in name order, so the result does not depend on the order of
records. Every decision is kept, with the guard that refused where one did.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field

from msgspec import Struct

from kg.model.drug import NameStatus
from kg.resolve.codes import parse_code
from kg.resolve.inn import build, looks_like_inn
from kg.resolve.mentions import CONFIDENCE, USER_DECISION, Claim
from kg.resolve.normalise import base, core, squash
from kg.resolve.support import Support

MOST_NEIGHBOURS = 12
REFUSED_BY_USER = "refused by the user"
SHORT_CODE, LONG_CODE = 3, 6
"""Digits of a code that a house cut to its last ones, and of the code as it was: `ARRY-886` is
`ARRY-142886`. Only a record's claim joins them."""
DOMINANT = 10
"""How many times oftener a name must mean one substance than all others to be its name."""


class Edge(Struct, frozen=True):
    """A claim between two nodes, with the two names as they stand in the claim."""

    one: str
    two: str
    claim: Claim
    support: Support

    @property
    def confidence(self) -> float:
        """How far the claim's rule is trusted."""
        return CONFIDENCE[self.claim.rule]


class Decision(Struct, frozen=True):
    """What became of a claim."""

    edge: Edge
    status: NameStatus
    guard: str | None = None


@dataclass
class Traits:
    """What the names of a drug say that no name of another drug may contradict."""

    unii: str = ""
    codes: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    conjugates: set[str] = field(default_factory=set)
    antibodies: set[str] = field(default_factory=set)
    """Antibodies that are named alone."""
    nonproprietary: set[str] = field(default_factory=set)
    special: set[str] = field(default_factory=set)
    """`label` or `carrier`, where a name has one."""

    def add(self, name: str, *, official: bool = False) -> None:
        """Takes in one name."""
        if code := parse_code(name):
            self.codes[code.prefix].add(code.number)
            return
        made = build(name)
        if made.conjugate:
            self.conjugates.add(made.conjugate)
        elif made.antibody:
            self.antibodies.add(made.antibody)
        if made.label:
            self.special.add("label")
        if made.carrier:
            self.special.add("carrier")
        if official or looks_like_inn(name):
            words = base(core(name)).split()
            self.nonproprietary.add(
                made.conjugate
                or squash(words[-1] if looks_like_inn(words[-1]) else base(core(name)))
            )

    def take(self, other: Traits) -> None:
        """Becomes the traits of both."""
        self.unii = self.unii or other.unii
        for prefix, digits in other.codes.items():
            self.codes[prefix] |= digits
        self.conjugates |= other.conjugates
        self.antibodies |= other.antibodies
        self.nonproprietary |= other.nonproprietary
        self.special |= other.special


def _agree(one: Set[str], two: Set[str]) -> bool:
    """Whether codes of one house may be one drug's: one is the same, or cut to its last digits.

    >>> _agree({"142886"}, {"886"}), _agree({"7684"}, {"3475"}), _agree({"3475"}, {"475"})
    (True, False, False)
    """
    return bool(one & two) or any(
        short != long and long.endswith(short) and len(short) >= SHORT_CODE
        and len(long) >= LONG_CODE
        for first in one for second in two for short, long in ((first, second), (second, first))
    )  # fmt: skip


def forbids(one: Traits, two: Traits) -> str | None:
    """Why two drugs must not be joined, None where nothing speaks against it.

    >>> a, b = Traits(), Traits()
    >>> a.add("trastuzumab"); b.add("trastuzumab deruxtecan")
    >>> forbids(a, b)
    'an antibody is not its conjugate'
    """
    if one.unii and two.unii and one.unii != two.unii:
        return "two registered substances"
    for prefix in one.codes.keys() & two.codes.keys():
        if not _agree(one.codes[prefix], two.codes[prefix]):
            return "codes that differ in their digits"
    if one.conjugates and two.conjugates and not one.conjugates & two.conjugates:
        return "two conjugates"
    if (one.conjugates and two.antibodies) or (two.conjugates and one.antibodies):
        return "an antibody is not its conjugate"
    if one.special != two.special and any(
        special.special and (plain.unii or plain.nonproprietary) and not plain.special
        for special, plain in ((one, two), (two, one))
    ):
        return "one carries a label or carrier, the other does not"
    if one.nonproprietary and two.nonproprietary and not one.nonproprietary & two.nonproprietary:
        return "two nonproprietary names"
    return None


class Union:
    """Drugs as sets of nodes, grown claim by claim."""

    def __init__(self, traits: Mapping[str, Traits], apart: Iterable[Edge] = ()) -> None:
        """`apart` are the pairs that a user refused: no chain of claims may join them."""
        self._parent = {node: node for node in traits}
        self._traits = dict(traits)
        self._apart: defaultdict[str, set[str]] = defaultdict(set)
        self.decisions: list[Decision] = []
        for edge in apart:
            self._apart[edge.one].add(edge.two)
            self._apart[edge.two].add(edge.one)
            self.decisions.append(Decision(edge, "REFUSED", REFUSED_BY_USER))

    def root(self, node: str) -> str:
        """The node that stands for a node's drug."""
        while (parent := self._parent.get(node, node)) != node:
            self._parent[node] = self._parent.get(parent, parent)
            node = parent
        return node

    def join(self, edges: Iterable[Edge], side_by_side: Mapping[frozenset[str], int]) -> None:
        """Takes all claims, strongest first.

        `side_by_side` counts the trials that list two nodes as separate interventions.
        """
        edges = list(edges)
        records: defaultdict[frozenset[str], set[str]] = defaultdict(set)
        for edge in edges:
            records[frozenset((edge.one, edge.two))] |= {s.record for s in edge.support.first}
        apart = {pair for pair, trials in side_by_side.items() if trials >= len(records[pair])}
        edges = sorted(edges, key=lambda e: (-e.confidence, -e.support.count, e.claim))
        too_many = _hubs(edges)
        for edge in edges:
            guard = self._guard(edge, too_many, apart)
            if guard is None:
                self._merge(edge.one, edge.two)
            self.decisions.append(Decision(edge, "REFUSED" if guard else "ACCEPTED", guard))

    def _guard(
        self, edge: Edge, too_many: Mapping[str, str], apart: Set[frozenset[str]]
    ) -> str | None:
        one, two = self.root(edge.one), self.root(edge.two)
        if one == two:
            return None
        if any(self.root(node) == two for node in self._apart[one]):
            return REFUSED_BY_USER
        if edge.claim.rule == USER_DECISION:
            return None
        for node in (edge.one, edge.two):
            if node in too_many:
                return too_many[node]
        if forbidden := forbids(self._traits[one], self._traits[two]):
            return forbidden
        if frozenset((edge.one, edge.two)) in apart:
            return "listed side by side as separate interventions"
        return None

    def _merge(self, one: str, two: str) -> None:
        one, two = self.root(one), self.root(two)
        if one == two:
            return
        # A registered substance stands for its drug; else the first name in order does.
        keep, give = sorted((one, two), key=lambda n: (not n.startswith("unii:"), n))
        self._parent[give] = keep
        self._apart[keep] |= self._apart.pop(give, set())
        merged = Traits()
        merged.take(self._traits[keep])
        merged.take(self._traits.pop(give))
        self._traits[keep] = merged


def _hubs(edges: Iterable[Edge]) -> dict[str, str]:
    """Names that link to too many things to be the name of one."""
    substances: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    neighbours: defaultdict[str, set[str]] = defaultdict(set)
    for edge in edges:
        for node, other in ((edge.one, edge.two), (edge.two, edge.one)):
            if not node.startswith("unii:") and node != other:
                if other.startswith("unii:"):
                    substances[node][other] += edge.support.count
                else:
                    neighbours[node].add(other)
    hubs = {}
    for node, linked in substances.items():
        *fewer, most = sorted(linked.values())
        if fewer and most < DOMINANT * sum(fewer):
            hubs[node] = "links to several registered substances"
    for node, others in neighbours.items():
        if len(others) > MOST_NEIGHBOURS:
            hubs[node] = "links to too many names"
    return hubs
