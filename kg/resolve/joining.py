"""Which names are one drug: everything that records claim, read and joined."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from kg.model.decision import UserDecision
from kg.resolve import flattened, links
from kg.resolve.codes import is_code
from kg.resolve.collect import Collector, Page
from kg.resolve.decisions import decide
from kg.resolve.mentions import Claim
from kg.resolve.normalise import squash
from kg.resolve.reading import Reader
from kg.resolve.readings import Part, Readings
from kg.resolve.support import Support
from kg.resolve.union import Decision, Edge, Traits, Union
from kg.resolve.vocabulary import Substance, Vocabulary

ReadAll = Callable[[Reader, Iterable[str]], None]
"""Has a reader read many texts."""


class Joined:
    """All names of all records, with what each was read as and which are one drug."""

    def __init__(
        self,
        collector: Collector,
        vocabulary: Vocabulary,
        decisions: Sequence[UserDecision],
        salts: Mapping[str, Substance] | None,
        readings: Readings | None = None,
        read_all: ReadAll = Reader.read_all,
    ) -> None:
        collector.settle()
        readings = readings or Readings()
        self.vocabulary = vocabulary
        self.collector = collector
        self.decided = decided = decide(decisions, Reader(vocabulary, readings=readings))
        self.reader = Reader(vocabulary, None, decided.nodes, salts, readings)
        # All is read before anything is asked of it, so that every salt is known by then.
        read_all(self.reader, collector.texts())
        if meant := links.contested(collector, self.reader):
            self.reader = Reader(vocabulary, meant, decided.nodes, salts, readings)
            self.reader.read_all(collector.texts())
        claimed, self.refusals = links.edges(collector, self.reader)
        claimed += decided.joined
        claimed += links.from_titles(collector, self.reader)
        claimed += links.from_versions(collector, self.reader)
        self._join(claimed)
        self.segments: dict[Page, flattened.Segmented] = {}
        """What became of the other names that a page runs together."""
        self._read_pages(claimed)
        self.forms = self.reader.all_forms()
        """The salts and hydrates of each substance that the records name, whoever reads on."""
        self.salts = dict(self.reader.salts)
        """What each of these is counted as, by UNII."""

    @property
    def decisions(self) -> list[Decision]:
        """Every claim between two names of drugs and what became of it, strongest first."""
        return self._union.decisions

    @property
    def union(self) -> Union:
        """The drugs as sets of nodes."""
        return self._union

    def root(self, node: str) -> str:
        """The node that stands for a node's drug."""
        return self._union.root(node)

    def substance_name(self, unii: str) -> str:
        """The name a substance is shown by."""
        return next((n.name for n in self.vocabulary.names(unii)), unii)

    def _join(self, edges: list[Edge]) -> None:
        traits: dict[str, Traits] = {}
        for name in self.collector.names:
            for part in self.reader.read(name).parts:
                self._note(traits, part)
        for edge in edges:
            for text in edge.claim[:2]:
                if only := self.reader.read(text).only:
                    self._note(traits, only)
            for node in (edge.one, edge.two):
                traits.setdefault(node, Traits())
        for edge in self.decided.apart:
            for node in (edge.one, edge.two):
                traits.setdefault(node, Traits())
        self._union = Union(traits, self.decided.apart)
        pairs = {frozenset((e.one, e.two)) for e in edges if e.one != e.two}
        self._union.join(edges, links.side_by_side(self.collector, self.reader, pairs))

    def _note(self, traits: dict[str, Traits], part: Part) -> None:
        """Traits of a node from its own name, or from all names of its substance."""
        node = part.node
        if not node or node in traits:
            return
        traits[node] = Traits()
        if node.startswith("unii:"):
            traits[node].unii = node[5:]
            for unii in (node[5:], *self.reader.forms(node[5:])):
                for name in self.vocabulary.names(unii):
                    if is_code(name.name):
                        traits[node].add(name.name)
            substance_name = self.substance_name(node[5:])
            traits[node].add(substance_name, official=True)
        else:
            traits[node].add(part.text)
            if node in self.reader.carried:
                traits[node].special.add("carrier")

    def _read_pages(self, edges: list[Edge]) -> None:
        """Segments run-on names with what is known so far; what that teaches is joined in turn."""
        if not self.collector.pages:
            return
        by_root = self._texts_by_root()
        supports: defaultdict[Claim, Support] = defaultdict(Support)
        for page in sorted(self.collector.pages):
            known: defaultdict[str, set[str]] = defaultdict(set)
            for name in page.names:
                part = self.reader.read(name).only
                if part and part.node:
                    for text in by_root.get(self.root(part.node), ()):
                        known[text].add(name)
            frozen = {text: frozenset(names) for text, names in known.items()}
            segmented = flattened.segment(page, frozen)
            self.segments[page] = segmented
            for one in segmented.assigned:
                rule = (
                    "publication-title"
                    if one.rule == "publication-title"
                    else "same-in-other-names"
                )
                field = (
                    "referencesModule.references[].citation" if one.text else flattened.OTHER_NAMES
                )
                claim = Claim(one.intervention, one.phrase, field, rule)
                supports[claim].add(page.record, one.text)
        learnt = list(links.as_edges(supports, self.reader))
        if learnt:
            self._join([*edges, *learnt])

    def _texts_by_root(self) -> dict[str, set[str]]:
        """The squashed names of each drug, from registers and accepted claims."""
        texts: defaultdict[str, set[str]] = defaultdict(set)
        for page in self.collector.pages:
            for name in page.names:
                part = self.reader.read(name).only
                root = self.root(part.node) if part and part.node else ""
                if root.startswith("unii:") and root not in texts:
                    texts[root] |= {squash(n.name) for n in self.vocabulary.names(root[5:])}
        for decision in self.decisions:
            if decision.status == "ACCEPTED":
                texts[self.root(decision.edge.one)] |= set(map(squash, decision.edge.claim[:2]))
        for claim in self.collector.claims:
            if claim.rule == "other-name":
                one, two = self.reader.read(claim.name).only, self.reader.read(claim.other).only
                if one and two and one.node and two.node:
                    root = self.root(one.node)
                    if root == self.root(two.node):
                        texts[root].add(squash(claim.other))
        return texts
