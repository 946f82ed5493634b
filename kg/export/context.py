"""The JSON-LD context: readable terms for the ontology's classes and properties.

`python -m kg.export.context > kg/_data/context.jsonld` writes the file that ships; a test compares.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from kg.iris import BASE, CODE, ONTOLOGY
from kg.resources import folder
from kg.vocab import PREFIXES, RDF

CONTEXT_IRI = BASE + "context.jsonld"
"""Where the context is published."""

_OTHER_TERMS = {
    "label": ("rdfs:label", None),
    "comment": ("rdfs:comment", None),
    "seeAlso": ("rdfs:seeAlso", "@id"),
    "prefLabel": ("skos:prefLabel", None),
    "altLabel": ("skos:altLabel", None),
    "notation": ("skos:notation", None),
    "definition": ("skos:definition", None),
    "example": ("skos:example", None),
    "inScheme": ("skos:inScheme", "@id"),
    "broader": ("skos:broader", "@id"),
    "topConceptOf": ("skos:topConceptOf", "@id"),
    "exactMatch": ("skos:exactMatch", "@id"),
    "closeMatch": ("skos:closeMatch", "@id"),
    "literalForm": ("skosxl:literalForm", None),
    "wasDerivedFrom": ("prov:wasDerivedFrom", "@id"),
    "sameAs": ("schema:sameAs", "@id"),
    "latitude": ("schema:latitude", "xsd:decimal"),
    "longitude": ("schema:longitude", "xsd:decimal"),
    "source": ("dcterms:source", None),
}
"""Terms of other vocabularies: what they stand for, and what their values are."""

_WRITTEN_OUT = ("anyURI", "decimal")
"""Datatypes that a term implies, so that a value is its bare text; those of JSON are none."""


def context() -> dict[str, Any]:
    """The context, made from the ontology."""
    from rdflib import OWL, RDFS, Graph, URIRef

    graph = Graph().parse(folder("ontology") / "trialkg.ttl")
    terms: dict[str, Any] = {}
    for kind in (OWL.Class, OWL.DatatypeProperty, OWL.ObjectProperty):
        for subject in graph.subjects(URIRef(RDF.type), kind):
            iri = str(subject)
            if not iri.startswith(ONTOLOGY):
                continue
            name = iri.removeprefix(ONTOLOGY)
            coerced = "@id" if kind == OWL.ObjectProperty else None
            for range_ in graph.objects(subject, RDFS.range):
                local = str(range_).removeprefix(PREFIXES["xsd"])
                if kind == OWL.DatatypeProperty and local in _WRITTEN_OUT:
                    coerced = f"xsd:{local}"
            terms[name] = _term(f"tkg:{name}", coerced)
    for name, (curie, coerced) in _OTHER_TERMS.items():
        # A term of the ontology keeps its name; the other one is written with its prefix.
        terms.setdefault(name, _term(curie, coerced))
    return {"@context": {"@version": 1.1, **_prefixes(terms), **dict(sorted(terms.items()))}}


def _term(curie: str, coerced: str | None) -> Any:
    return {"@id": curie, "@type": coerced} if coerced else curie


def _prefixes(terms: Mapping[str, Any]) -> dict[str, str]:
    """Prefixes that are no terms; all codes share one (`code:phase/PHASE1`)."""
    found = {name: iri for name, iri in PREFIXES.items() if not iri.startswith(CODE)}
    return {name: iri for name, iri in {**found, "code": CODE}.items() if name not in terms}


@cache
def shipped() -> str:
    """The text of the context that ships with the package."""
    return (folder("examples").parent / "context.jsonld").read_text(encoding="utf-8")


if __name__ == "__main__":
    print(json.dumps(context(), indent=2, ensure_ascii=False))  # noqa: T201
