"""The part of the MeSH tree above the terms in use, so that one path query finds a subtree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.iris import MESH
from kg.map.ntriples import Lines
from kg.model.resolved import MeshNode
from kg.vocab import SKOS, TKG


def map_mesh_tree(nodes: Iterable[MeshNode]) -> Iterator[str]:
    """Describe each MeSH term and its broader terms (`skos:broader`)."""
    for node in nodes:
        lines = Lines()
        term = lines.about(MESH + node.id, TKG.MeshTerm)
        term.label(node.term)
        for broader in node.broader:
            term.link(SKOS.broader, MESH + broader)
        yield "".join(lines)
