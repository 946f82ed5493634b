"""Trials as schema.org sees them: one JSON-LD object on each line, ready for a web page.

What schema.org has no place for is left to the other formats; phases stand as `tkg:phase`.

https://schema.org/MedicalTrial
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import IO, TYPE_CHECKING, Any, Final

from kg.cards.node import Node
from kg.vocab import PREFIXES, RDF, RDFS, SCHEMA, SKOS, TKG

if TYPE_CHECKING:
    from pyoxigraph import Store

_CONTEXT: Final = ["https://schema.org/", {"tkg": PREFIXES["tkg"]}]
_STATUS: Mapping[str, str] = MappingProxyType(
    {
        "ACTIVE_NOT_RECRUITING": "ActiveNotRecruiting",
        "COMPLETED": "Completed",
        "ENROLLING_BY_INVITATION": "EnrollingByInvitation",
        "NOT_YET_RECRUITING": "NotYetRecruiting",
        "RECRUITING": "Recruiting",
        "SUSPENDED": "Suspended",
        "TERMINATED": "Terminated",
        "WITHDRAWN": "Withdrawn",
    }
)
_DESIGN: Mapping[str, str] = MappingProxyType(
    {
        "RANDOMIZED": "RandomizedTrial",
        "NONE": "OpenTrial",
        "SINGLE": "SingleBlindedTrial",
        "DOUBLE": "DoubleBlindedTrial",
        "TRIPLE": "TripleBlindedTrial",
    }
)


def write_schema_org(store: Store, out: IO[bytes]) -> int:
    """Write every trial of a store, by its IRI; how many there were."""
    count = 0
    for trial in Node(store, TKG.Trial).sources(RDF.type):
        line = json.dumps(medical_trial(trial), ensure_ascii=False, separators=(",", ":"))
        out.write(line.encode() + b"\n")
        count += 1
    return count


def medical_trial(trial: Node) -> dict[str, Any]:
    """One trial as a schema.org MedicalTrial, or MedicalObservationalStudy where it observes."""
    observes = trial.code(TKG.studyType) == "OBSERVATIONAL"
    status = trial.code(TKG.overallStatus)
    known = _STATUS.get(status or "")
    designs = [*trial.codes(TKG.allocation), *trial.codes(TKG.masking)]
    page = trial.link(SCHEMA.sameAs)
    found: dict[str, Any] = {
        "@context": _CONTEXT,
        "@type": "MedicalObservationalStudy" if observes else "MedicalTrial",
        "@id": trial.iri,
        "name": trial.label(),
        "alternateName": trial.texts(TKG.acronym),
        "description": trial.text(TKG.briefSummary),
        "url": page.iri if page else None,
        "identifier": list(_identifiers(trial)),
        "status": f"https://schema.org/{known}" if known else status,
        "trialDesign": [
            f"https://schema.org/{_DESIGN[design]}" for design in designs if design in _DESIGN
        ],
        "tkg:phase": trial.codes(TKG.phase),
        "sponsor": [
            {"@type": "Organization", "@id": each.iri, "name": each.label()}
            for name in (TKG.leadSponsor, TKG.collaborator)
            for each in trial.links(name)
        ],
        "healthCondition": [
            {"@type": "MedicalCondition", "@id": each.iri, "name": each.label()}
            for name in (TKG.condition, TKG.conditionMesh)
            for each in trial.links(name)
        ],
        "studySubject": [_drug(each) for each in trial.links(TKG.studiesDrug)],
        "studyLocation": [_place(each) for each in trial.links(TKG.site)],
    }
    return _filled(found)


def _identifiers(trial: Node) -> Iterator[dict[str, Any]]:
    kind = {"@type": "PropertyValue"}
    yield {**kind, "propertyID": "NCT", "value": trial.text(TKG.nctId)}
    for each in trial.links(TKG.identifier):
        said = {"propertyID": each.text(TKG.identifierDomain) or each.code(TKG.identifierType)}
        yield _filled({**kind, **said, "value": each.text(TKG.identifierValue)})


def _drug(drug: Node) -> dict[str, Any]:
    found = {"@type": "Drug", "@id": drug.iri, "name": drug.label()}
    return _filled({**found, "alternateName": drug.texts(SKOS.altLabel)})


def _place(site: Node) -> dict[str, Any]:
    country = site.link(TKG.country)
    address = {
        "addressLocality": site.text(TKG.city),
        "addressRegion": site.text(TKG.state),
        "postalCode": site.text(TKG.zip),
        "addressCountry": (country.text(SKOS.notation) or country.text(RDFS.label))
        if country
        else None,
    }
    found: dict[str, Any] = {"@type": "Place", "@id": site.iri, "name": site.label()}
    if any(address.values()):
        found["address"] = _filled({"@type": "PostalAddress", **address})
    latitude, longitude = site.text(SCHEMA.latitude), site.text(SCHEMA.longitude)
    if latitude and longitude:
        found["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": float(latitude),
            "longitude": float(longitude),
        }
    return found


def _filled(said: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if value not in (None, "", [])}
