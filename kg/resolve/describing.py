"""Each drug as all records and vocabularies together tell it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

from kg.model.drug import Drug
from kg.resolve import acting, chains, drugs
from kg.resolve.drugs import Said
from kg.resolve.joining import Joined
from kg.resolve.normalise import plain, squash
from kg.resolve.spellings import READ_AS
from kg.resolve.support import Support
from kg.resolve.targets import Phrase


class Descriptions:
    """The drugs that joined names come to, each told once it is asked for."""

    def __init__(self, joined: Joined) -> None:
        self._joined = joined
        self._said = self._surfaces()
        self._phrases = self._phrases_by_root()
        self._refused = self._refusals_by_root()
        self._keys: dict[str, str] = {}
        self._built: dict[str, Drug] = {}

    @cached_property
    def roots(self) -> dict[str, str]:
        """The node that stands for each drug that interventions name, by the drug's key."""
        joined = self._joined
        roots = {
            joined.root(part.node)
            for name in joined.collector.names
            for part in joined.reader.read(name).parts
            if part.node
        }
        roots |= {
            joined.root(part.node)
            for name in joined.collector.others
            for part in joined.reader.read(name).parts
            if part.node and part.rule.startswith("vocabulary")
        }
        return {self.key(root): root for root in sorted(roots)}

    def all(self) -> Iterator[Drug]:
        """Every drug that interventions name, by key."""
        return (self.of(self.roots[key]) for key in sorted(self.roots))

    def key(self, root: str) -> str:
        """The key of the drug that a node stands for."""
        if root not in self._keys:
            unii = root[5:] if root.startswith("unii:") else None
            self._keys[root] = drugs.key_of(unii, "" if unii else self._label(root))
        return self._keys[root]

    def of(self, root: str) -> Drug:
        """The drug that a node stands for."""
        if root not in self._built:
            unii = root[5:] if root.startswith("unii:") else None
            label = self._label(root)
            forms = self._joined.forms.get(unii, ()) if unii else ()
            forms += self._joined_to(root, unii)
            said, edition = self._said.get(root, []), self._joined.vocabulary.edition
            carries = self._carried(said)
            registered = [
                (entry, name)
                for entry in filter(None, (unii, *forms, *carries))
                for name in self._joined.vocabulary.names(entry)
                if self._is_of(name.name, root, entry in carries)
            ]
            there = {name for _, name in registered}
            for own in sorted({f"name:{squash(one.name)}" for one in said}):
                fresh = [name for name in self._joined.vocabulary.names(own) if name not in there]
                registered += [(own, name) for name in fresh]
                there.update(fresh)
            told = {name.name.casefold() for _, name in drugs.told(registered)}
            kept = chains.needed(said, told, edition, READ_AS)
            accepted = drugs.names(said, registered, edition, kept)
            names = {name.name.casefold() for name in accepted}
            refused = [
                drugs.refused_name(claims)
                for text, claims in sorted(self._refused.get(root, {}).items())
                if text not in names
            ]
            entries = [unii] if unii else []
            entries += sorted({f"name:{squash(name.name)}" for name in accepted})
            entries += carries
            targets = acting.links(entries, self._phrases.get(root, ()), self._joined.vocabulary)
            self._built[root] = Drug(
                self.key(root),
                label,
                unii,
                (*accepted, *refused),
                targets,
                forms,
                self._former_keys(root),
            )
        return self._built[root]

    def _label(self, root: str) -> str:
        if root.startswith("unii:"):
            return drugs.cased(self._joined.substance_name(root[5:]), "INN")
        found = drugs.names(self._said.get(root, ()), (), self._joined.vocabulary.edition)
        return found[0].name if found else root

    def _surfaces(self) -> dict[str, list[Said]]:
        """Every name that records write, by the drug it belongs to."""
        said: defaultdict[str, list[Said]] = defaultdict(list)
        for name in sorted(self._joined.collector.names):
            support = self._joined.collector.names[name]
            for part in self._joined.reader.read(name).parts:
                if part.node:
                    root = self._joined.root(part.node)
                    said[root].append(
                        Said(
                            part.text, "interventions[].name", "registered-name", support,
                            node=part.node, read_by=part.rule,
                        )
                    )  # fmt: skip
        for decision in self._joined.decisions:
            if decision.status == "ACCEPTED":
                claim = decision.edge.claim
                root = self._joined.root(decision.edge.one)
                support = decision.edge.support
                sides = [self._joined.reader.read(text).only for text in claim[:2]]
                # The alias first: a drug's best known name need not keep the claims of all others.
                for own, other in (sides[::-1], sides):
                    if own and own.node:
                        text = other.text if other and other.node else None
                        told = None if text is None or squash(text) == squash(own.text) else text
                        said[root].append(
                            Said(
                                own.text, claim.field, claim.rule, support, told,
                                node=own.node, read_by=own.rule,
                            )
                        )  # fmt: skip
        return said

    def _phrases_by_root(self) -> dict[str, list[tuple[Phrase, Support]]]:
        found: defaultdict[str, list[tuple[Phrase, Support]]] = defaultdict(list)
        for phrase in sorted(self._joined.collector.phrases):
            part = self._joined.reader.read(phrase.drug).only
            if part and part.node:
                root = self._joined.root(part.node)
                found[root].append((phrase, self._joined.collector.phrases[phrase]))
        return found

    def _former_keys(self, root: str) -> tuple[str, ...]:
        """The keys that names of the drug would have made alone, and that no drug has."""
        nodes = {self._joined.reader.read(said.name).only for said in self._said.get(root, ())}
        alone = {drugs.key_of(None, said.name) for said in self._said.get(root, ())}
        alone |= {
            drugs.key_of(part.node[5:], "")
            for part in nodes
            if part and part.node.startswith("unii:") and part.node != root
        }
        return tuple(sorted(key for key in alone if key not in self.roots and squash(key)))

    def _joined_to(self, root: str, unii: str | None) -> tuple[str, ...]:
        """Other registered substances that a user counts as a drug."""
        nodes = {node for edge in self._joined.decided.joined for node in (edge.one, edge.two)}
        return tuple(
            node[5:]
            for node in sorted(nodes)
            if node.startswith("unii:") and node[5:] != unii and self._joined.root(node) == root
        )

    def _carried(self, said: Iterable[Said]) -> list[str]:
        """The substances that a drug carries, where it is a liposomal or albumin-bound form."""
        known = self._joined.reader.carried
        return sorted({known[one.node] for one in said if one.node in known})

    def _is_of(self, name: str, root: str, as_carried: bool) -> bool:
        """Whether a registered name is this drug's, and not one that a user or a carrier parts.

        `as_carried` tells that the register has it as a name of what the drug carries.
        """
        node = self._joined.reader.given(name)
        return not as_carried if node is None else self._joined.root(node) == root

    def _refusals_by_root(self) -> dict[str, dict[str, list[Said]]]:
        """The claims that were refused to each drug, by the text of the name."""
        joined = self._joined
        refused: defaultdict[str, dict[str, list[Said]]] = defaultdict(dict)
        for decision in joined.decisions:
            if decision.guard:
                edge = decision.edge
                one, two = joined.root(edge.one), joined.root(edge.two)
                *pair, field, rule = edge.claim
                name, other = (joined.reader.name(text).text for text in pair)
                for at, text, own in ((one, other, name), (two, name, other)):
                    said = Said(text, field, rule, edge.support, own, decision.guard)
                    refused[at].setdefault(text.casefold(), []).append(said)
        for refusal in joined.refusals:
            *pair, field, rule = refusal.claim
            name, other = map(plain, pair)
            for node, text, own in ((refusal.own, other, name), (refusal.other, name, other)):
                if node:
                    said = Said(text, field, rule, refusal.support, own, refusal.guard)
                    refused[joined.root(node)].setdefault(text.casefold(), []).append(said)
        return refused
