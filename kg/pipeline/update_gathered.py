"""What all trials together say of organisations, places, MeSH terms and each other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from kg.iris import MESH, Iris
from kg.map.mesh import map_mesh_tree
from kg.map.organizations import map_organization
from kg.map.sites import map_site
from kg.map.trial_links import map_trial_link
from kg.model.resolved import MeshNode
from kg.pipeline.state import State
from kg.pipeline.update_shared import Mentions
from kg.pipeline.world import Told, split
from kg.resolve.facts import mesh_terms_in, mesh_tree
from kg.resolve.identifiers import TrialLinks
from kg.resolve.organization_names import OrganizationNames
from kg.resolve.site_names import Seen, seen_in, site_entry

Lines = tuple[list[str], list[str]]
"""N-Triples lines, before an update and after it."""
Key = tuple[str, ...]


class Organizations:
    """Organisations whose trials changed."""

    def __init__(self, state: State, before: Iterable[Told], after: Iterable[Told]) -> None:
        self._state = state
        self._was = OrganizationNames(state.tally("organization"))
        self._is = OrganizationNames(self._was.registered)
        for told in before:
            self._is.remove(told.facts)
        for told in after:
            self._is.add(told.facts)

    def lines(self, iris: Iris) -> Lines:
        """What is said of them."""
        if self._was.registered == self._is.registered:
            return [], []
        was = {entry.key: entry for entry in self._was.entries()}
        now = {entry.key: entry for entry in self._is.entries()}
        keys = sorted(key for key in was.keys() | now.keys() if was.get(key) != now.get(key))
        return (
            split(map_organization(was[key], iris) for key in keys if key in was),
            split(map_organization(now[key], iris) for key in keys if key in now),
        )

    def keep(self) -> None:
        """Let the state know."""
        self._state.set_tally(
            "organization", _difference(self._was.registered, self._is.registered)
        )


class MeshTerms:
    """The part of the MeSH tree above the terms in use."""

    def __init__(self, state: State, before: Iterable[Told], after: Iterable[Told]) -> None:
        self._state = state
        self._was = state.tally("mesh")
        now = Counter(self._was)
        for told in before:
            now.subtract(mesh_terms_in(told.facts))
        for told in after:
            now.update(mesh_terms_in(told.facts))
        self._now = +now
        self.nodes = {node.id: node for node in mesh_tree(self._now)}
        """Every term of the tree as it is now."""

    def lines(self) -> Lines:
        """What is said of terms that came into the tree or left it."""
        if self._was.keys() == self._now.keys():
            return [], []
        was = {node.id: node for node in mesh_tree(self._was)}
        return _tree(was, self.nodes), _tree(self.nodes, was)

    def said_of(self, iris: Iterable[str]) -> list[str]:
        """What the tree says of some terms, whether or not it changed."""
        ids = sorted({iri.removeprefix(MESH) for iri in iris if iri.startswith(MESH)})
        return split(map_mesh_tree(self.nodes[each] for each in ids if each in self.nodes))

    def keep(self) -> None:
        """Let the state know."""
        self._state.set_tally("mesh", _difference(self._was, self._now))


class Links:
    """Trials that an id relates."""

    def __init__(
        self, state: State, trials: Iterable[str], before: Iterable[Told], after: Iterable[Told]
    ) -> None:
        self._state = state
        kept = state.ids()
        known = list(trials)
        self._was, self._now = TrialLinks.again(kept, known), TrialLinks.again(kept, known)
        for told in before:
            self._now.remove(told.trial)
        for told in after:
            self._now.add(told.trial)

    def lines(self, iris: Iris) -> Lines:
        """What is said of them."""
        was, now = set(self._was.links()), set(self._now.links())
        one, two = (
            sorted(links, key=lambda link: (link.kind, link.one, link.other))
            for links in (was - now, now - was)
        )
        return (
            split(map_trial_link(link, iris) for link in one),
            split(map_trial_link(link, iris) for link in two),
        )

    def keep(self) -> None:
        """Let the state know."""
        self._state.set_ids(self._now.kept())


def site_lines(
    before: Mapping[str, Told],
    after: Mapping[str, Told],
    mentions: Mentions,
    tell: Callable[[str], Iterable[tuple[Key, Seen]]],
    iris: Iris,
) -> Lines:
    """What is said of shared places that a trial describes otherwise than it did, or no more.

    `tell` gives the places of a trial that did not change. A place is told from all trials that
    have it; where those that did not change say all that is new and all that is gone, it stays.
    """
    was, now = _seen(before.values()), _seen(after.values())
    gone: list[str] = []
    come: list[str] = []
    for key in sorted(key for key in was.keys() | now.keys() if was.get(key) != now.get(key)):
        old, new = was.get(key, set()), now.get(key, set())
        others: set[Seen] = set()
        looked = {*before, *after}
        settled = False
        for nct_id in mentions.of(iris.site(*key)):
            if nct_id not in looked:
                looked.add(nct_id)
                others.update(seen for at, seen in tell(nct_id) if at == key)
                if settled := (old ^ new) <= others:
                    break
        if not settled:
            if others | old:
                gone.append(map_site(site_entry(key, others | old), iris))
            if others | new:
                come.append(map_site(site_entry(key, others | new), iris))
    return split(gone), split(come)


def _seen(trials: Iterable[Told]) -> dict[Key, set[Seen]]:
    found: defaultdict[Key, set[Seen]] = defaultdict(set)
    for told in trials:
        for key, seen in seen_in(told.trial, told.facts):
            found[key].add(seen)
    return dict(found)


def _tree(nodes: Mapping[str, MeshNode], other: Mapping[str, MeshNode]) -> list[str]:
    return split(map_mesh_tree(nodes[each] for each in sorted(nodes.keys() - other.keys())))


def _difference(was: Mapping[str, int], now: Mapping[str, int]) -> dict[str, int]:
    return {key: now.get(key, 0) for key in was.keys() | now.keys() if was.get(key) != now.get(key)}


def pairs(lines: Iterable[Lines]) -> Iterator[tuple[str, bool]]:
    """Every line, and whether it is one from after the update."""
    for was, now in lines:
        yield from ((line, False) for line in was)
        yield from ((line, True) for line in now)
