"""What all names mean, once every record has been read: drugs, groundings and the reasons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from kg.model.decision import Outcome, UserDecision
from kg.model.drug import (
    Coverage,
    Drug,
    DrugName,
    Grounding,
    InterventionKey,
    NameLink,
    Role,
    TrialGroundings,
)
from kg.model.trial import Intervention, Trial
from kg.resolve import acting, drugs, explain, flattened, links
from kg.resolve.codes import is_code
from kg.resolve.collect import Collector, Page
from kg.resolve.decisions import decide
from kg.resolve.drugs import Said
from kg.resolve.mentions import ALSO_GROUNDED, DRUG_TYPES, Claim
from kg.resolve.normalise import core, squash
from kg.resolve.reading import Part, Reader
from kg.resolve.report import coverage
from kg.resolve.roles import roles
from kg.resolve.support import Support
from kg.resolve.targets import Phrase
from kg.resolve.union import Decision, Edge, Traits, Union
from kg.resolve.vocabulary import Vocabulary

_OTHER_NAMES = "interventions[].otherNames"
_READ = {
    "vocabulary": 1.0,
    "user-decision": 1.0,
    "vocabulary-dose-removed": 0.97,
    "vocabulary-salt": 0.95,
    "vocabulary-curated": 0.95,
    "vocabulary-within": 0.85,
    "vocabulary-suffix-removed": 0.97,
    "vocabulary-spelling": 0.9,
    "vocabulary-acronym": 0.8,
    "vocabulary-product": 0.95,
    "vocabulary-prefix-removed": 0.9,
    "vocabulary-inverted": 0.9,
    "code": 0.9,
    "name": 0.8,
}


class Resolution:
    """The outcome of the first pass; grounds trials in the second."""

    def __init__(
        self,
        collector: Collector,
        vocabulary: Vocabulary,
        decisions: Sequence[UserDecision] = (),
    ) -> None:
        """`decisions` are a user's, and win over every rule."""
        collector.settle()
        self.vocabulary = vocabulary
        self._collector = collector
        self._user_decisions = decisions
        self._decided = decided = decide(decisions, Reader(vocabulary))
        self._reader = Reader(vocabulary, None, decided.nodes)
        if meant := links.contested(collector, self._reader):
            self._reader = Reader(vocabulary, meant, decided.nodes)
        claimed, self._refusals = links.edges(collector, self._reader)
        claimed += decided.joined
        claimed += links.from_titles(collector, self._reader)
        claimed += links.from_versions(collector, self._reader)
        self._join(claimed)
        self._read_pages(claimed)
        self._said = self._surfaces()
        self._phrases = self._phrases_by_root()
        self._refused = self._refusals_by_root()
        self._keys: dict[str, str] = {}
        self._built: dict[str, Drug] = {}
        self.coverage: Coverage = coverage(collector.counted, self._reader, self._union)

    @property
    def decisions(self) -> list[Decision]:
        """Every claim between two names of drugs and what became of it, strongest first."""
        return self._union.decisions

    def links(self) -> Iterator[NameLink]:
        """Every accepted and every refused link between two names, with its evidence."""
        for decision in self.decisions:
            edge = decision.edge
            yield _link(edge.claim, edge.support, decision.guard)
        for refusal in self._refusals:
            yield _link(refusal.claim, refusal.support, refusal.guard)

    def drugs(self) -> Iterator[Drug]:
        """Every drug that a trial's interventions name, by key."""
        return (self._drug(self._roots[key]) for key in sorted(self._roots))

    def drug(self, key: str) -> Drug | None:
        """The drug with this key."""
        return self._drug(self._roots[key]) if key in self._roots else None

    @cached_property
    def _roots(self) -> dict[str, str]:
        """The node that stands for each drug that interventions name, by the drug's key."""
        roots = {
            self._union.root(part.node)
            for name in self._collector.names
            for part in self._reader.read(name).parts
            if part.node
        }
        roots |= {
            self._union.root(part.node)
            for name in self._collector.others
            for part in self._reader.read(name).parts
            if part.node and part.rule.startswith("vocabulary")
        }
        return {self._key(root): root for root in sorted(roots)}

    def explain(self, name: str, other: str) -> tuple[NameLink, ...]:
        """Why two names are one drug, claim by claim; else every claim between them, refused.

        Empty where no record puts the two together, or where a vocabulary alone does.
        """
        one, two = self._reader.read(name).only, self._reader.read(other).only
        if not (one and two and one.node and two.node):
            return ()
        roots = self._union.root(one.node), self._union.root(two.node)
        if roots[0] == roots[1]:
            found: Iterable[Decision] = explain.path(self.decisions, one.node, two.node)
        else:
            found = (
                decision
                for decision in self.decisions
                if {self._union.root(decision.edge.one), self._union.root(decision.edge.two)}
                == set(roots)
            )
        return tuple(_link(d.edge.claim, d.edge.support, d.guard) for d in found)

    def find(self, name: str) -> Drug | None:
        """The drug that a name means."""
        part = self._reader.read(name).only
        return self._drug(self._union.root(part.node)) if part and part.node else None

    def ground(self, trial: Trial) -> TrialGroundings:
        """What the interventions of a trial mean."""
        own = roles(trial, self._reader)
        groundings: list[Grounding] = []
        for intervention in trial.interventions:
            if intervention.type in DRUG_TYPES | ALSO_GROUNDED:
                groundings += self._groundings(intervention, own)
        groundings += self._flattened(trial, own)
        found = {g.drug_key: g.role for g in reversed(groundings) if g.drug_key}
        return TrialGroundings(
            nct_id=trial.nct_id,
            groundings=tuple(groundings),
            roles=own,
            drugs=tuple(sorted(found)),
            investigational=tuple(
                sorted(
                    {g.drug_key for g in groundings if g.drug_key and g.role == "INVESTIGATIONAL"}
                )
            ),
        )

    def outcomes(self) -> list[Outcome]:
        """What became of each decision of the user."""
        used = set(self._roots.values())
        return [
            Outcome(
                one.name,
                one.other,
                "ACCEPTED" if one.accepted else "REFUSED",
                one.comment,
                one.place,
                any(
                    part.node and self._union.root(part.node) in used
                    for text in (one.name, one.other)
                    for part in self._reader.read(text).parts
                ),
            )
            for one in self._user_decisions
        ]

    def unassigned(self) -> Iterator[tuple[str, str]]:
        """The run-on other names that could not be given to an intervention, by record."""
        for page in sorted(self._segments):
            for words in self._segments[page].left:
                yield page.record, words

    def _groundings(
        self, intervention: Intervention, own: dict[InterventionKey, Role]
    ) -> Iterator[Grounding]:
        at = (intervention.type, intervention.name)
        parts = self._reader.read(intervention.name).parts
        for part in parts:
            known = part.rule.startswith("vocabulary")
            if intervention.type not in DRUG_TYPES and not known:
                continue
            mention = intervention.name if len(parts) == 1 else part.text
            role = part.not_drug.role if part.not_drug and len(parts) > 1 else own[at]
            if part.node:
                root = self._union.root(part.node)
                rule = part.rule if root == part.node else f"{part.rule}-alias"
                yield Grounding(
                    mention, "interventions[].name", at, self._key(root), rule,
                    _READ.get(part.rule, 0.8), "ACCEPTED", role,
                )  # fmt: skip
            else:
                candidates = tuple(f"unii-{s.unii}" for s in part.candidates)
                reason = part.not_drug.reason if part.not_drug else part.rule
                yield Grounding(
                    mention, "interventions[].name", at, None, part.rule, 1.0, "REFUSED", role,
                    reason, candidates,
                )  # fmt: skip

    def _flattened(self, trial: Trial, own: dict[InterventionKey, Role]) -> Iterator[Grounding]:
        """Groundings of the other names that a text page runs together."""
        for page in sorted(self._segments):
            if page.record != trial.nct_id or page.unassigned != trial.unassigned_other_names:
                continue
            by_name = {i.name: (i.type, i.name) for i in trial.interventions}
            for one in self._segments[page].assigned:
                part = self._reader.read(one.intervention).only
                at = by_name.get(one.intervention)
                if part and part.node and at:
                    key = self._key(self._union.root(part.node))
                    yield Grounding(
                        one.phrase, _OTHER_NAMES, at, key, f"flattened-{one.rule}", 0.85,
                        "ACCEPTED", own[at],
                    )  # fmt: skip
            for words in self._segments[page].left:
                yield Grounding(
                    words,
                    _OTHER_NAMES,
                    None,
                    None,
                    "flattened",
                    1.0,
                    "REFUSED",
                    "OTHER",
                    "unassigned",
                )

    def _join(self, edges: list[Edge]) -> None:
        traits: dict[str, Traits] = {}
        for name in self._collector.names:
            for part in self._reader.read(name).parts:
                self._note(traits, part)
        for edge in edges:
            for text in edge.claim[:2]:
                if only := self._reader.read(text).only:
                    self._note(traits, only)
            for node in (edge.one, edge.two):
                traits.setdefault(node, Traits())
        for edge in self._decided.apart:
            for node in (edge.one, edge.two):
                traits.setdefault(node, Traits())
        self._union = Union(traits, self._decided.apart)
        pairs = {frozenset((e.one, e.two)) for e in edges if e.one != e.two}
        self._union.join(edges, links.side_by_side(self._collector, self._reader, pairs))

    def _note(self, traits: dict[str, Traits], part: Part) -> None:
        """Traits of a node from its own name, or from all names of its substance."""
        node = part.node
        if not node or node in traits:
            return
        traits[node] = Traits()
        if node.startswith("unii:"):
            traits[node].unii = node[5:]
            for unii in (node[5:], *self._reader.forms(node[5:])):
                for name in self.vocabulary.names(unii):
                    if is_code(name.name):
                        traits[node].add(name.name)
            substance_name = self._substance_name(node[5:])
            traits[node].add(substance_name, official=True)
        else:
            traits[node].add(part.text)

    def _substance_name(self, unii: str) -> str:
        """The name a substance is shown by."""
        return next((n.name for n in self.vocabulary.names(unii)), unii)

    def _read_pages(self, edges: list[Edge]) -> None:
        """Segments run-on names with what is known so far; what that teaches is joined in turn."""
        self._segments: dict[Page, flattened.Segmented] = {}
        if not self._collector.pages:
            return
        by_root = self._texts_by_root()
        supports: defaultdict[Claim, Support] = defaultdict(Support)
        for page in sorted(self._collector.pages):
            known: defaultdict[str, set[str]] = defaultdict(set)
            for name in page.names:
                part = self._reader.read(name).only
                if part and part.node:
                    for text in by_root.get(self._union.root(part.node), ()):
                        known[text].add(name)
            frozen = {text: frozenset(names) for text, names in known.items()}
            segmented = flattened.segment(page, frozen)
            self._segments[page] = segmented
            for one in segmented.assigned:
                rule = (
                    "publication-title"
                    if one.rule == "publication-title"
                    else "same-in-other-names"
                )
                field = "referencesModule.references[].citation" if one.text else _OTHER_NAMES
                claim = Claim(one.intervention, one.phrase, field, rule)
                supports[claim].add(page.record, one.text)
        learnt = list(links.as_edges(supports, self._reader))
        if learnt:
            self._join([*edges, *learnt])

    def _texts_by_root(self) -> dict[str, set[str]]:
        """The squashed names of each drug, from registers and accepted claims."""
        texts: defaultdict[str, set[str]] = defaultdict(set)
        for page in self._collector.pages:
            for name in page.names:
                part = self._reader.read(name).only
                root = self._union.root(part.node) if part and part.node else ""
                if root.startswith("unii:") and root not in texts:
                    texts[root] |= {squash(n.name) for n in self.vocabulary.names(root[5:])}
        for decision in self.decisions:
            if decision.status == "ACCEPTED":
                texts[self._union.root(decision.edge.one)] |= set(
                    map(squash, decision.edge.claim[:2])
                )
        for claim in self._collector.claims:
            if claim.rule == "other-name":
                one, two = self._reader.read(claim.name).only, self._reader.read(claim.other).only
                if one and two and one.node and two.node:
                    root = self._union.root(one.node)
                    if root == self._union.root(two.node):
                        texts[root].add(squash(claim.other))
        return texts

    def _surfaces(self) -> dict[str, list[Said]]:
        """Every name that records write, by the drug it belongs to."""
        said: defaultdict[str, list[Said]] = defaultdict(list)
        for name in sorted(self._collector.names):
            support = self._collector.names[name]
            for part in self._reader.read(name).parts:
                if part.node:
                    root = self._union.root(part.node)
                    said[root].append(
                        Said(part.text, "interventions[].name", "registered-name", support)
                    )
        for decision in self.decisions:
            if decision.status == "ACCEPTED":
                claim = decision.edge.claim
                root = self._union.root(decision.edge.one)
                for text in claim[:2]:
                    only = self._reader.read(text).only
                    if only and only.node:
                        said[root].append(
                            Said(only.text, claim.field, claim.rule, decision.edge.support)
                        )
        return said

    def _phrases_by_root(self) -> dict[str, list[tuple[Phrase, Support]]]:
        found: defaultdict[str, list[tuple[Phrase, Support]]] = defaultdict(list)
        for phrase in sorted(self._collector.phrases):
            part = self._reader.read(phrase.drug).only
            if part and part.node:
                root = self._union.root(part.node)
                found[root].append((phrase, self._collector.phrases[phrase]))
        return found

    def _key(self, root: str) -> str:
        if root not in self._keys:
            unii = root[5:] if root.startswith("unii:") else None
            self._keys[root] = drugs.key_of(unii, "" if unii else self._label(root))
        return self._keys[root]

    def _label(self, root: str) -> str:
        if root.startswith("unii:"):
            return drugs.cased(self._substance_name(root[5:]), "INN")
        found = drugs.names(self._said.get(root, ()), (), self.vocabulary.edition)
        return found[0].name if found else root

    def _drug(self, root: str) -> Drug:
        if root not in self._built:
            unii = root[5:] if root.startswith("unii:") else None
            label = self._label(root)
            forms = tuple(self._reader.forms(unii)) if unii else ()
            forms += self._joined_to(root, unii)
            registered = [
                (entry, name)
                for entry in filter(None, (unii, *forms))
                for name in self.vocabulary.names(entry)
                if self._is_of(name.name, root)
            ]
            there = {name for _, name in registered}
            for own in sorted({f"name:{squash(said.name)}" for said in self._said.get(root, ())}):
                fresh = [name for name in self.vocabulary.names(own) if name not in there]
                registered += [(own, name) for name in fresh]
                there.update(fresh)
            accepted = drugs.names(self._said.get(root, ()), registered, self.vocabulary.edition)
            refused = [name for _, name in sorted(self._refused.get(root, {}).items())]
            entries = [unii] if unii else []
            entries += sorted({f"name:{squash(name.name)}" for name in accepted})
            targets = acting.links(entries, self._phrases.get(root, ()), self.vocabulary)
            self._built[root] = Drug(
                self._key(root),
                label,
                unii,
                (*accepted, *refused),
                targets,
                forms,
                self._former_keys(root),
            )
        return self._built[root]

    def _former_keys(self, root: str) -> tuple[str, ...]:
        """The keys that names of the drug would have made alone, and that no drug has."""
        nodes = {self._reader.read(said.name).only for said in self._said.get(root, ())}
        alone = {drugs.key_of(None, said.name) for said in self._said.get(root, ())}
        alone |= {
            drugs.key_of(part.node[5:], "")
            for part in nodes
            if part and part.node.startswith("unii:") and part.node != root
        }
        return tuple(sorted(key for key in alone if key not in self._roots and squash(key)))

    def _joined_to(self, root: str, unii: str | None) -> tuple[str, ...]:
        """Other registered substances that a user counts as a drug."""
        nodes = {node for edge in self._decided.joined for node in (edge.one, edge.two)}
        return tuple(
            node[5:]
            for node in sorted(nodes)
            if node.startswith("unii:") and node[5:] != unii and self._union.root(node) == root
        )

    def _is_of(self, name: str, root: str) -> bool:
        """Whether a registered name was not given to another drug by a user."""
        node = self._decided.nodes.get(squash(core(name)))
        return node is None or self._union.root(node) == root

    def _refusals_by_root(self) -> dict[str, dict[str, DrugName]]:
        """The names that were refused to each drug, by their text."""
        refused: defaultdict[str, dict[str, DrugName]] = defaultdict(dict)
        for decision in self.decisions:
            if decision.guard:
                edge = decision.edge
                one, two = self._union.root(edge.one), self._union.root(edge.two)
                for at, text in ((one, edge.claim.other), (two, edge.claim.name)):
                    name = drugs.refused_name(text, decision.guard, edge.claim, edge.support)
                    refused[at].setdefault(text.casefold(), name)
        return refused


def _link(claim: Claim, support: Support, guard: str | None) -> NameLink:
    evidence = tuple(Said(claim.name, claim.field, claim.rule, support).evidence())
    return NameLink(
        claim.name,
        claim.other,
        "REFUSED" if guard else "ACCEPTED",
        guard,
        evidence,
        support.count,
    )
