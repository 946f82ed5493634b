"""MONDO's release as an OBO graph: diseases, exact synonyms, parents, MeSH headings."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from kg.errors import SourceError
from kg.names import squash
from kg.vocabularies.bundle.mondo import HEADER
from kg.vocabularies.bundle.write import Row, joined
from kg.vocabularies.fetch.source import Content, Made, clean, cleaned

_BEGIN = "http://purl.obolibrary.org/obo/MONDO_"


class _Value(msgspec.Struct):
    val: str = ""
    pred: str = ""


class _Meta(msgspec.Struct):
    synonyms: list[_Value] = []
    xrefs: list[_Value] = []
    deprecated: bool = False
    version: str = ""


class _Node(msgspec.Struct):
    id: str
    lbl: str = ""
    meta: _Meta | None = None


class _Edge(msgspec.Struct):
    sub: str
    pred: str
    obj: str


class _Graph(msgspec.Struct):
    nodes: list[_Node]
    edges: list[_Edge] = []
    meta: _Meta | None = None


class _Document(msgspec.Struct):
    graphs: list[_Graph]


def make(paths: Sequence[Path]) -> Content:
    """The diseases of `mondo.json`."""
    (path,) = paths
    try:
        (graph,) = msgspec.json.decode(path.read_bytes(), type=_Document).graphs
    except (msgspec.DecodeError, ValueError) as error:
        raise SourceError(f"{path.name}: found no OBO graph ({error}), expected mondo.json") from (
            error
        )
    version = re.search(r"\d{4}-\d\d-\d\d", graph.meta.version if graph.meta else "")
    return Content(
        version[0] if version else None,
        (Made("mondo", "Diseases with synonyms, parents and MeSH headings", HEADER, _rows(graph)),),
    )


def _rows(graph: _Graph) -> Iterator[Row]:
    parents: defaultdict[str, set[str]] = defaultdict(set)
    for edge in graph.edges:
        if edge.pred == "is_a" and edge.obj.startswith(_BEGIN):
            parents[edge.sub].add(edge.obj.removeprefix(_BEGIN))
    for node in graph.nodes:
        meta = node.meta or _Meta()
        if not node.id.startswith(_BEGIN) or meta.deprecated or not node.lbl:
            continue
        exact = (one.val for one in meta.synonyms if one.pred == "hasExactSynonym")
        fresh = {squash(text): text for text in sorted(cleaned(exact))}
        fresh.pop(squash(node.lbl), None)
        yield (
            node.id.removeprefix(_BEGIN),
            clean(node.lbl),
            joined(sorted({x.val[5:] for x in meta.xrefs if x.val.upper().startswith("MESH:")})),
            joined(sorted(parents[node.id])),
            joined(fresh.values()),
        )
