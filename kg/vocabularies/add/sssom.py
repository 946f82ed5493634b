"""A mapping table of the SSSOM standard, as rows of our own kinds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from kg.vocabularies.add.rows import Line

COLUMNS = frozenset({"subject_label", "predicate_id", "object_id"})
_SAME = frozenset({"skos:exactMatch", "owl:sameAs"})


def rows(lines: Iterable[Line], left_out: Counter[str]) -> Iterator[tuple[str, Line]]:
    """Each mapping that says something of use, with the kind of table it belongs to.

    Names to drugs are exact matches; an object of HGNC under another predicate is a target; an
    object of MeSH is what a condition means. What is left out is counted by reason.
    """
    for line in lines:
        found = _row(line)
        if isinstance(found, str):
            left_out[found] += 1
        else:
            kind, cells = found
            yield kind, Line(line.file, line.number, cells)


def _row(line: Line) -> str | tuple[str, dict[str, str]]:
    subject = line.need("subject_label")
    predicate, object_id = line.need("predicate_id"), line.need("object_id")
    note = {"comment": line.get("mapping_justification")}
    prefix, _, local = object_id.partition(":")
    if line.get("predicate_modifier"):
        return "mappings refused by the table"
    if prefix.upper() == "HGNC" and predicate not in _SAME and not predicate.startswith("skos:"):
        return "drug-targets", {"drug": subject, "target": object_id, **note}
    if predicate not in _SAME:
        return f"mappings by {predicate}"
    if prefix.upper() == "MESH":
        return "conditions", {"condition": subject, "mesh": local, **note}
    if prefix.upper() == "HGNC":
        return "names of genes"
    if not line.get("object_label"):
        return "mappings to things without a label"
    if line.get("object_label").casefold() == subject.casefold():
        return "mappings of a name to itself"
    return "drug-names", {"drug": line.get("object_label"), "name": subject, **note}
