"""The typed links between things, read from the store one thing at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import islice
from typing import Final, Literal

from msgspec import Struct
from pyoxigraph import NamedNode, Store

from kg.cards.node import Node, having
from kg.explore.things import Kind, Thing
from kg.vocab import TKG

DEGREE_LIMIT: Final = 200
"""A thing with more links than this is a hub: it connects everything, so it explains nothing."""

SUPPORTING: Final = frozenset({"BACKGROUND", "RESCUE", "DIAGNOSTIC", "PLACEBO", "PROCEDURE"})
"""Roles of a drug that a trial gives without studying it."""


class _Rule(Struct, frozen=True):
    """A kind of link: who has it, to what, and how it reads in both directions."""

    source: Kind
    predicate: str
    kind: Kind
    forward: str
    backward: str


_RULES: Final = (
    _Rule("trial", TKG.studiesDrug, "drug", "tests", "tested in"),
    _Rule("drug", TKG.hasTarget, "target", "acts on", "acted on by"),
    _Rule("trial", TKG.conditionMesh, "condition", "studies", "studied in"),
    _Rule("trial", TKG.leadSponsor, "sponsor", "led by", "leads"),
    _Rule("trial", TKG.collaborator, "sponsor", "joined by", "joins"),
    _Rule("trial", TKG.site, "site", "takes place at", "place of"),
    _Rule("trial", TKG.publication, "publication", "cites", "cited by"),
    _Rule("trial", TKG.expandedAccessTrial, "trial", "offers access by", "access programme of"),
)
_IN_A_ROLE: Final = {
    "COMPARATOR": ("compares with", "comparator in"),
    "SUPPORTING": ("gives besides", "given besides in"),
}


class Link(Struct, frozen=True):
    """One step from a thing to its neighbour, and how it reads."""

    other: Thing
    relation: str
    roles: tuple[str, ...] = ()
    """The roles a drug has in the trial, where the link is one of a drug and a trial."""


class Links:
    """The links of a store, of some kinds of things or of all.

    Which part a drug has in a trial takes some more reading, and may be left open.
    """

    def __init__(
        self, store: Store, kinds: Collection[Kind] | None = None, *, roles: bool = True
    ) -> None:
        self.store = store
        self._with_roles = roles
        self._rules = [
            rule for rule in _RULES if kinds is None or {rule.source, rule.kind} <= set(kinds)
        ]
        self._identifiers = kinds is None or "identifier" in kinds

    def of(self, thing: Thing, most: int | None = None) -> list[Link] | None:
        """The links of a thing, sorted by neighbour; None where it has more than `most`.

        Reading stops at the first link too many, so a hub costs no more than any other thing.
        """
        found = list(self._all(thing) if most is None else islice(self._all(thing), most + 1))
        if most is not None and len(found) > most:
            return None
        if self._with_roles and thing.kind in ("trial", "drug"):
            found = [self._in_role(thing, link) for link in found]
        found.sort(key=lambda link: (link.other, link.relation))
        return found

    def _all(self, thing: Thing) -> Iterator[Link]:
        if thing.kind == "identifier":
            yield from self._carriers(thing.iri)
            return
        node = NamedNode(thing.iri)
        for rule in self._rules:
            predicate = NamedNode(rule.predicate)
            if rule.source == thing.kind:
                for quad in self.store.quads_for_pattern(node, predicate, None, None):
                    if isinstance(quad.object, NamedNode) and self._is_known(rule, quad.object):
                        yield Link(Thing(rule.kind, quad.object.value), rule.forward)
            if rule.kind == thing.kind:
                for quad in self.store.quads_for_pattern(None, predicate, node, None):
                    if isinstance(quad.subject, NamedNode):
                        yield Link(Thing(rule.source, quad.subject.value), rule.backward)
        if thing.kind == "trial" and self._identifiers:
            yield from self._carried(Node(self.store, thing.iri))

    def _is_known(self, rule: _Rule, other: NamedNode) -> bool:
        """A record may name a trial that the graph has no record of."""
        return rule.kind != "trial" or Node(self.store, other.value).text(TKG.nctId) is not None

    def _in_role(self, thing: Thing, link: Link) -> Link:
        ends = {thing.kind: thing.iri, link.other.kind: link.other.iri}
        if ends.keys() != {"trial", "drug"}:
            return link
        roles = self._roles(ends["trial"], ends["drug"])
        reading = _IN_A_ROLE.get(part(roles))
        relation = reading[thing.kind == "drug"] if reading else link.relation
        return Link(link.other, relation, roles)

    def _roles(self, trial: str, drug: str) -> tuple[str, ...]:
        uses, role = NamedNode(TKG.usesDrug), NamedNode(TKG.interventionRole)
        has = NamedNode(TKG.hasIntervention)
        found = set()
        for quad in self.store.quads_for_pattern(NamedNode(trial), has, None, None):
            if not isinstance(quad.object, NamedNode):
                continue
            used = self.store.quads_for_pattern(quad.object, uses, NamedNode(drug), None)
            if next(used, None) is not None:
                for said in self.store.quads_for_pattern(quad.object, role, None, None):
                    found.add(str(said.object).strip("<>").rpartition("/")[2])
        return tuple(sorted(found))

    def _carried(self, trial: Node) -> Iterator[Link]:
        """The identifiers a trial was given by others, and its own where another trial names it."""
        for identifier in trial.links(TKG.identifier):
            value = identifier.text(TKG.identifierValue)
            if value and _tells(value) and identifier.code(TKG.identifierSource) in _GIVEN:
                yield Link(Thing("identifier", value), "carries")
        own = trial.text(TKG.nctId)
        if own and having(self.store, TKG.identifierValue, own):
            yield Link(Thing("identifier", own), "carries")

    def _carriers(self, value: str) -> Iterator[Link]:
        trials = {node.iri for node in having(self.store, TKG.nctId, value)}
        for identifier in having(self.store, TKG.identifierValue, value):
            if identifier.code(TKG.identifierSource) in _GIVEN:
                trials.update(owner.iri for owner in identifier.sources(TKG.identifier))
        for iri in sorted(trials):
            yield Link(Thing("trial", iri), "carried by")


_GIVEN: Final = ("NCT_ID_ALIAS", "SECONDARY_ID")


def _tells(value: str) -> bool:
    """Whether an identifier can tell a study from others: sponsors number theirs 001, or N/A.

    >>> [value for value in ("2019-001273-81", "N/A", "001", "TBA") if _tells(value)]
    ['2019-001273-81']
    """
    return len(value) > 4 and any(sign.isdigit() for sign in value)


def part(roles: Collection[str]) -> Literal["INVESTIGATIONAL", "COMPARATOR", "SUPPORTING"]:
    """How a drug takes part in a trial, by the best of its roles there.

    >>> part(["BACKGROUND", "COMPARATOR"]), part(["BACKGROUND"]), part([])
    ('COMPARATOR', 'SUPPORTING', 'INVESTIGATIONAL')
    """
    best = set(roles) - SUPPORTING
    if roles and not best:
        return "SUPPORTING"
    return "COMPARATOR" if best == {"COMPARATOR"} else "INVESTIGATIONAL"
