"""A graph described for those who look for data: counts of everything, as VoID and DCAT.

https://www.w3.org/TR/void/ and https://www.w3.org/TR/vocab-dcat-3/
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, Triple

from kg import resources
from kg.export.ordered import lines
from kg.export.terms import literal, resource
from kg.export.turtle import turtle
from kg.iris import BASE, ONTOLOGY
from kg.vocab import PREFIXES, RDF, TKG, XSD
from kg.vocabularies import catalog

if TYPE_CHECKING:
    from pyoxigraph import Store

DATASET: Final = BASE + "dataset"
TITLE: Final = "Clinical-trial knowledge graph"
DESCRIPTION: Final = (
    "Clinical trials as their registries describe them, and the drugs, targets, conditions, "
    "organisations and places they share."
)
REGISTRY_RIGHTS: Final = (
    "Facts and texts of trials are those of the public records of ClinicalTrials.gov; its terms "
    "ask to name the source and its version. Vocabularies keep the licences of their sources."
)
_VOID: Final = "http://rdfs.org/ns/void#"
_DCAT: Final = "http://www.w3.org/ns/dcat#"
_DCTERMS: Final = PREFIXES["dcterms"]
_FORMAT: Final = "http://www.w3.org/ns/formats/"
_PREFIXES: Final = {
    "void": _VOID,
    "dcat": _DCAT,
    "dcterms": _DCTERMS,
    "tkg": ONTOLOGY,
    "xsd": PREFIXES["xsd"],
}


@dataclass(frozen=True)
class Counts:
    """How much of everything a graph holds."""

    triples: int
    subjects: int
    classes: Counter[str]
    """Things, by class."""
    properties: Counter[str]
    """Triples, by property."""
    newest: str | None
    """When the newest record in the graph was last changed, as its registry says."""


def counted(store: Store, scratch: Path | None = None) -> Counts:
    """The counts of the default graph, in one pass."""
    predicates: Counter[bytes] = Counter()
    kinds: Counter[bytes] = Counter()
    subjects, last, newest = 0, b"", ""
    kind, updated = f"<{RDF.type}>".encode(), f"<{TKG.lastUpdatePostDate}>".encode()
    for line in lines(store, scratch=scratch):
        subject, predicate, value = line.split(b" ", 2)
        predicates[predicate] += 1
        if subject != last:
            subjects, last = subjects + 1, subject
        if predicate == kind:
            kinds[value.rstrip(b" .\n")] += 1
        elif predicate == updated:
            newest = max(newest, literal(value.rstrip(b" .\n"))[0])
    return Counts(
        predicates.total(),
        subjects,
        Counter({resource(each): count for each, count in kinds.items()}),
        Counter({resource(each): count for each, count in predicates.items()}),
        newest or None,
    )


def write_void(counts: Counts, out: IO[bytes], version: str | None = None) -> None:
    """Write the description as Turtle."""
    found = sorted(f"{triple} .\n".encode() for triple in _triples(counts, version))
    out.writelines(turtle(found, _PREFIXES))


def _triples(counts: Counts, version: str | None) -> Iterator[Triple]:
    dataset = NamedNode(DATASET)

    def say(predicate: str, value: NamedNode | Literal | str | int) -> Triple:
        return _triple(dataset, predicate, value)

    for kind in (_VOID + "Dataset", _DCAT + "Dataset"):
        yield say(RDF.type, NamedNode(kind))
    yield say(_DCTERMS + "title", TITLE)
    yield say(_DCTERMS + "description", DESCRIPTION)
    yield say(_DCTERMS + "rights", REGISTRY_RIGHTS)
    yield say(_DCTERMS + "publisher", "The trialkg project")
    yield say(_VOID + "uriSpace", BASE)
    yield say(_VOID + "exampleResource", NamedNode(PREFIXES["trial"] + "NCT03324113"))
    if version:
        yield say(_DCAT + "version", version)
    if counts.newest:
        kind = {4: "gYear", 7: "gYearMonth"}.get(len(counts.newest), "date")
        day = Literal(counts.newest, datatype=NamedNode(PREFIXES["xsd"] + kind))
        yield say(_DCTERMS + "modified", day)
    for name in ("Turtle", "N-Triples", "N-Quads", "TriG", "RDF_XML", "JSON-LD"):
        yield say(_VOID + "feature", NamedNode(_FORMAT + name))
    used = {
        space for iri in counts.properties for space in PREFIXES.values() if iri.startswith(space)
    }
    for space in sorted(used):
        yield say(_VOID + "vocabulary", NamedNode(space))
    yield say(_VOID + "triples", counts.triples)
    yield say(_VOID + "distinctSubjects", counts.subjects)
    yield say(_VOID + "classes", len(counts.classes))
    yield say(_VOID + "properties", len(counts.properties))
    parts = (("class", "entities", counts.classes), ("property", "triples", counts.properties))
    for what, measure, found in parts:
        for iri, count in sorted(found.items()):
            part = NamedNode(f"{DATASET}/{what}/{_name(iri)}")
            yield say(f"{_VOID}{what}Partition", part)
            yield _triple(part, RDF.type, NamedNode(_VOID + "Dataset"))
            yield _triple(part, _VOID + what, NamedNode(iri))
            yield _triple(part, _VOID + measure, count)
    for each in catalog():
        source = NamedNode(f"{BASE}vocabulary/{each.name}")
        yield say(_DCTERMS + "source", source)
        yield _triple(source, RDF.type, NamedNode(_DCAT + "Dataset"))
        yield _triple(source, _DCTERMS + "title", each.title)
        yield _triple(source, _DCTERMS + "source", each.source)
        yield _triple(source, _DCTERMS + "rights", each.licence)
        yield _triple(source, _DCAT + "version", each.edition)


def _triple(subject: NamedNode, predicate: str, value: NamedNode | Literal | str | int) -> Triple:
    if isinstance(value, int):
        value = Literal(str(value), datatype=NamedNode(XSD.integer))
    elif isinstance(value, str):
        value = Literal(value)
    return Triple(subject, NamedNode(predicate), value)


def _name(iri: str) -> str:
    """A prefix and a name that stand in an IRI for another one."""
    for prefix, space in PREFIXES.items():
        if iri.startswith(space):
            return f"{prefix}-{iri[len(space) :]}"
    return iri.rpartition("/")[2].replace("#", "-")


def notices() -> Iterator[tuple[str, str]]:
    """Whose data stands in a graph, and its terms: file names and texts."""
    yield (
        "NOTICE-vocabularies.md",
        (resources.folder("vocabularies") / "NOTICE.md").read_text(encoding="utf-8"),
    )
