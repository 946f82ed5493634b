"""Records as the flat tables that mapping tools read, and what each column means in RDF.

Nothing but the standard library: each tool runs in an environment of its own.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

BASE = "https://w3id.org/trialkg/"
TKG = f"{BASE}ontology#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"


class Fact(NamedTuple):
    """One column is the subject, another the object: an IRI, or else a plain text."""

    subject: str
    predicate: str
    object: str
    is_iri: bool


COLUMNS = {
    "trial": ("trial", "kind", "nct", "title", "status"),
    "phase": ("trial", "phase"),
    "sponsor": ("trial", "sponsor", "label"),
    "condition": ("trial", "condition", "label"),
    "intervention": ("trial", "intervention", "label", "kind"),
    "site": ("trial", "site", "label", "city", "country"),
}
MAPPING = {
    "trial": (
        Fact("trial", TYPE, "kind", True),
        Fact("trial", f"{TKG}nctId", "nct", False),
        Fact("trial", f"{TKG}briefTitle", "title", False),
        Fact("trial", f"{TKG}overallStatus", "status", True),
    ),
    "phase": (Fact("trial", f"{TKG}phase", "phase", True),),
    "sponsor": (
        Fact("trial", f"{TKG}leadSponsor", "sponsor", True),
        Fact("sponsor", LABEL, "label", False),
    ),
    "condition": (
        Fact("trial", f"{TKG}condition", "condition", True),
        Fact("condition", LABEL, "label", False),
    ),
    "intervention": (
        Fact("trial", f"{TKG}hasIntervention", "intervention", True),
        Fact("intervention", LABEL, "label", False),
        Fact("intervention", f"{TKG}interventionType", "kind", True),
    ),
    "site": (
        Fact("trial", f"{TKG}site", "site", True),
        Fact("site", LABEL, "label", False),
        Fact("site", f"{TKG}city", "city", False),
        Fact("site", f"{TKG}countryName", "country", False),
    ),
}


def iri(kind: str, *parts: str | None) -> str:
    """An IRI of the parts of a key."""
    return f"{BASE}{kind}/" + "/".join(quote(part or "-", safe="") for part in parts)


def rows(records: Path) -> Iterator[tuple[str, tuple[str | None, ...]]]:
    """The tables' rows, record after record, of a file of one study of API v2 a line."""
    with gzip.open(records, "rt") if records.suffix == ".gz" else open(records) as lines:
        for line in lines:
            yield from _rows(json.loads(line)["protocolSection"])


def _rows(study: dict[str, Any]) -> Iterator[tuple[str, tuple[str | None, ...]]]:
    said = study["identificationModule"]
    nct = said["nctId"]
    trial = iri("trial", nct)
    status = iri("code/overall-status", study["statusModule"]["overallStatus"])
    yield "trial", (trial, f"{TKG}Trial", nct, said.get("briefTitle"), status)
    for phase in study.get("designModule", {}).get("phases", ()):
        yield "phase", (trial, iri("code/phase", phase))
    lead = study["sponsorCollaboratorsModule"]["leadSponsor"]["name"]
    yield "sponsor", (trial, iri("organization", lead), lead)
    for name in study.get("conditionsModule", {}).get("conditions", ()):
        yield "condition", (trial, iri("condition", name), name)
    for one in study.get("armsInterventionsModule", {}).get("interventions", ()):
        given = f"{trial}/{iri('intervention', one['type'], one['name']).removeprefix(BASE)}"
        kind = iri("code/intervention-type", one["type"])
        yield "intervention", (trial, given, one["name"], kind)
    for one in study.get("contactsLocationsModule", {}).get("locations", ()):
        place = one.get("facility"), one.get("city"), one.get("country")
        site = f"{trial}/{iri('site', *place).removeprefix(BASE)}"
        yield "site", (trial, site, *place)
