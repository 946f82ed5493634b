"""MONDO, slimmed: labels, synonyms, parents and cross-references to MeSH."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from kg.names import squash
from kg.vocabularies.bundle.write import Row, joined

HEADER = ("mondo", "label", "mesh", "parents", "synonyms")


class _Reference(msgspec.Struct):
    id: str
    namespace: str


class _Term(msgspec.Struct):
    id: str
    name: str
    synonyms: list[str] = []
    xrefs: list[_Reference] = []
    relations: dict[str, list[str]] = {}


def extract(content: str) -> Iterator[Row]:
    """One row per disease; synonyms that only repeat the label are left out."""
    for term in msgspec.json.decode(content, type=list[_Term]):
        fresh = {squash(text): " ".join(text.split()) for text in sorted(term.synonyms)}
        fresh.pop(squash(term.name), None)
        yield (
            term.id,
            " ".join(term.name.split()),
            joined(sorted(ref.id for ref in term.xrefs if ref.namespace == "MESH")),
            joined(sorted(term.relations.get("is_a", ()))),
            joined(text.replace("|", "/") for text in fresh.values() if text),
        )
