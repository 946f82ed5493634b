"""The part of the MeSH tree above the terms in use, so that one path query finds a subtree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.iris import MESH, MONDO
from kg.map.ntriples import Lines
from kg.model.resolved import MeshNode
from kg.vocab import SKOS, TKG


def map_mesh_tree(nodes: Iterable[MeshNode]) -> Iterator[str]:
    """Describe each MeSH term: its names, what is broader, and the MONDO diseases it matches."""
    for node in nodes:
        lines = Lines()
        term = lines.about(MESH + node.id, TKG.MeshTerm)
        term.label(node.term)
        for broader in node.broader:
            term.link(SKOS.broader, MESH + broader)
        for name in node.names:
            term.text(SKOS.altLabel, name)
        for mondo in node.same:
            term.link(SKOS.exactMatch, MONDO + mondo)
        for mondo in node.close:
            term.link(SKOS.closeMatch, MONDO + mondo)
        yield "".join(lines)
