"""What all trials together say of organisations, places, MeSH terms and each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from kg.iris import MESH, Iris
from kg.map.mesh import map_mesh_tree
from kg.map.organizations import map_organization
from kg.map.sites import map_site
from kg.map.trial_links import map_trial_link
from kg.model.resolved import MeshNode, OrganizationEntry
from kg.pipeline.state import State
from kg.pipeline.updating.world import Told, split
from kg.resolve.facts import mesh_terms_in, mesh_tree
from kg.resolve.identifiers import TrialLinks
from kg.resolve.organization_names import OrganizationNames
from kg.resolve.reached import Counts
from kg.resolve.site_names import Seen, SiteKey, seen_in, site_entry

Lines = tuple[list[str], list[str]]
"""N-Triples lines, before an update and after it."""


class Organizations:
    """Organisations whose trials changed."""

    def __init__(self, state: State, before: Iterable[Told], after: Iterable[Told]) -> None:
        self._state = state
        self._was = OrganizationNames(state.tally("organization"))
        self._entries: dict[str, OrganizationEntry] | None = None
        self._is = OrganizationNames(self._was.registered)
        for told in before:
            self._is.remove(told.facts)
        for told in after:
            self._is.add(told.facts)

    def lines(self, iris: Iris) -> Lines:
        """What is said of them."""
        now = self.entries()
        if self._was.registered == self._is.registered:
            return [], []
        was = {entry.key: entry for entry in self._was.entries()}
        keys = sorted(key for key in was.keys() | now.keys() if was.get(key) != now.get(key))
        return (
            split(map_organization(was[key], iris) for key in keys if key in was),
            split(map_organization(now[key], iris) for key in keys if key in now),
        )

    def said_of(self, asked: Iterable[str], iris: Iris) -> list[str]:
        """What is said of some organisations as they are described now, by IRI."""
        wanted = set(asked)
        found = (each for key, each in self.entries().items() if iris.organization(key) in wanted)
        return split(map_organization(entry, iris) for entry in found)

    def entries(self) -> dict[str, OrganizationEntry]:
        """Every organisation as it is described now, by key."""
        if self._entries is None:
            self._entries = {entry.key: entry for entry in self._is.entries()}
        return self._entries

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

    def said_of(self, asked: Iterable[str]) -> list[str]:
        """What the tree says of some terms, by IRI, whether or not it changed."""
        ids = sorted({iri.removeprefix(MESH) for iri in asked if iri.startswith(MESH)})
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


class Sites:
    """Shared places whose trials changed."""

    def __init__(self, state: State, before: Iterable[Told], after: Iterable[Told]) -> None:
        self._state = state
        gone = Counter(seen for told in before for seen in seen_in(told.trial, told.facts))
        come = Counter(seen for told in after for seen in seen_in(told.trial, told.facts))
        keys = {
            key for key, seen in gone.keys() | come.keys() if gone[key, seen] != come[key, seen]
        }
        self._was = state.sites(keys)
        self._now = {key: Counter(seen) for key, seen in self._was.items()}
        for (key, seen), count in gone.items():
            if key in keys:
                self._now[key][seen] -= count
        for (key, seen), count in come.items():
            if key in keys:
                self._now[key][seen] += count

    def lines(self, iris: Iris) -> Lines:
        """What is said of them; a place is told from all trials that have it."""
        return _sites(self._was, iris), _sites(self._now, iris)

    def keep(self) -> None:
        """Let the state know."""
        self._state.set_sites(self._now)


def recount(state: State, before: Iterable[Told], after: Iterable[Told]) -> Counts:
    """How far what all trials state was understood; the state follows."""
    counts = state.counts()
    was = {kind: dict(found) for kind, found in counts.kept().items()}
    counts.remove(_counted(before))
    counts.merge(_counted(after))
    now = counts.kept()
    for kind in was.keys() | now.keys():
        state.set_tally(kind, _difference(was.get(kind, {}), now.get(kind, {})))
    return counts


def _counted(trials: Iterable[Told]) -> Counts:
    counts = Counts()
    for told in trials:
        counts.add(told.trial, told.facts, told.groundings)
    return counts


def _sites(sites: Mapping[SiteKey, Counter[Seen]], iris: Iris) -> list[str]:
    said = ((key, {seen for seen, count in sites[key].items() if count}) for key in sorted(sites))
    return split(map_site(site_entry(key, seen), iris) for key, seen in said if seen)


def _tree(nodes: Mapping[str, MeshNode], other: Mapping[str, MeshNode]) -> list[str]:
    return split(map_mesh_tree(nodes[each] for each in sorted(nodes.keys() - other.keys())))


def _difference(was: Mapping[str, int], now: Mapping[str, int]) -> dict[str, int]:
    return {key: now.get(key, 0) for key in was.keys() | now.keys() if was.get(key) != now.get(key)}
