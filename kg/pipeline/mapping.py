"""The second pass: every trial is resolved and mapped to triples, and given to the index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.iris import Iris
from kg.map.drugs import map_drug, map_groundings, map_target, target_iri
from kg.map.mesh import map_mesh_tree
from kg.map.organizations import map_organization
from kg.map.sites import map_site
from kg.map.trial import map_trial
from kg.map.trial_links import map_trial_link
from kg.model.drug import Drug
from kg.pipeline.clock import Clock
from kg.pipeline.progress import Progress
from kg.related.writer import Writer
from kg.resolve.facts import mesh_tree, resolve_facts
from kg.resolve.identifiers import TrialLinks
from kg.resolve.organization_names import OrganizationNames
from kg.resolve.resolution import Resolution
from kg.resolve.site_names import SiteNames
from kg.spool import Spool


def lines(
    spool: Spool,
    resolution: Resolution,
    drugs: list[Drug],
    index: Writer,
    iris: Iris,
    tell: Progress,
    clock: Clock,
) -> Iterator[str]:
    """The whole graph as N-Triples text, trial by trial; what trials share is written once.

    On the way each trial is given to the index of related trials.
    """
    written: set[int] = set()

    def once(blocks: Iterable[str]) -> Iterator[str]:
        for block in blocks:
            mark = hash(block)
            if mark not in written:
                written.add(mark)
                yield block

    mesh_ids: set[str] = set()
    organizations = OrganizationNames()
    sites = SiteNames()
    trial_links = TrialLinks()
    targets = {
        drug.key: tuple(target_iri(link.target) for link in drug.targets if not link.payload)
        for drug in drugs
    }
    for number, chosen in enumerate(spool, 1):
        trial = chosen.trial
        clock.start_lap()
        facts = resolve_facts(trial)
        groundings = resolution.ground(trial)
        clock.lap("resolve")
        mapped = map_trial(trial, facts, chosen.provenance, chosen.superseded, iris)
        map_groundings(mapped.own, trial, groundings, targets, iris)
        own, shared = "".join(mapped.own), list(once(mapped.shared))
        clock.lap("map")
        index.add(trial, facts, groundings)
        clock.lap("index of related trials")
        yield own
        yield from shared
        organizations.add(facts)
        sites.add(trial, facts)
        trial_links.add(trial)
        mesh_ids.update(
            mesh.id for mesh in (*facts.condition_mesh, *facts.intervention_mesh) if mesh.id
        )
        mesh_ids.update(found.mesh_id for found in facts.condition_groundings if found)
        tell("map", number, len(spool))
    yield from once(map_mesh_tree(mesh_tree(mesh_ids)))
    yield from (map_organization(entry, iris) for entry in organizations.entries())
    yield from (map_site(entry, iris) for entry in sites.entries())
    yield from (map_trial_link(link, iris) for link in trial_links.links())
    for drug in drugs:
        yield map_drug(drug, iris)
        yield from once(map_target(link.target) for link in drug.targets)
