"""Reads the entries a text page lists: organisations, people, places, publications, trials.

Nothing parts the entries but their labelled lines ("Sponsor Role lead", "Site Status"). People's
phone numbers and mail addresses are left out, as from every other format.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from kg.model.trial import (
    AssertedRelation,
    Identifier,
    Link,
    Location,
    Official,
    Organization,
    Reference,
    ResponsibleParty,
)
from kg.parse import codes
from kg.parse.page_values import behind, entries, value
from kg.parse.references import doi
from kg.parse.study_values import once
from kg.parse.text import clean

_SPONSOR_CLASSES = frozenset(
    {"INDUSTRY", "NIH", "FED", "OTHER_GOV", "INDIV", "NETWORK", "OTHER", "UNKNOWN", "AMBIG"}
)
_SITE_STATUSES = frozenset(
    {
        "ACTIVE_NOT_RECRUITING",
        "COMPLETED",
        "ENROLLING_BY_INVITATION",
        "NOT_YET_RECRUITING",
        "RECRUITING",
        "SUSPENDED",
        "TERMINATED",
        "WITHDRAWN",
        "AVAILABLE",
        "NO_LONGER_AVAILABLE",
        "TEMPORARILY_NOT_AVAILABLE",
        "APPROVED_FOR_MARKETING",
    }
)
_INVESTIGATORS = frozenset(
    {"PRINCIPAL_INVESTIGATOR", "SUB_INVESTIGATOR", "STUDY_CHAIR", "STUDY_DIRECTOR"}
)
_PHONE_OR_MAIL = re.compile(
    r"(?:phone|e-?mail|contact)\b.*|\S+@\S+|[+(]?\d[\d ().+-]{6,}(?:\s*ext\..*)?", re.IGNORECASE
)
_PMID = re.compile(r"(?:PMID|PubMed ID)\s*:?\s*(\d{1,9})\b.*", re.IGNORECASE)
_DOI = re.compile(r"DOI\s*:?\s*(10\.\S+)", re.IGNORECASE)
_RELATED = re.compile(r"(NCT\d{8})(?:\s+(.*))?")
_IDENTIFIER_SOURCES = ("ORG_STUDY_ID", "SECONDARY_ID", "NCT_ID_ALIAS")
_URL = re.compile(r"https?://\S+", re.IGNORECASE)


def sponsors(rows: Sequence[str]) -> tuple[Organization | None, tuple[Organization, ...]]:
    """The lead sponsor and the collaborators: name, class, role."""
    lead, collaborators = None, []
    for entry, role in entries(rows, "Sponsor Role"):
        kind = codes.code("organization-class", entry[-1]) if len(entry) > 1 else None
        known = kind in _SPONSOR_CLASSES or (len(entry) > 1 and value(entry[-1]) is None)
        name = value(" ".join(entry[:-1] if known else entry))
        if name is None:
            continue
        one = Organization(name, kind if kind in _SPONSOR_CLASSES else None)
        if (role or "").casefold() == "lead" and lead is None:
            lead = one
        else:
            collaborators.append(one)
    return lead, once(collaborators)


def responsible_party(rows: Sequence[str]) -> ResponsibleParty | None:
    """Who answers for the record: the role, and the investigator's name, title, affiliation."""
    kind, people = None, []
    for row in rows:
        role = behind(row, "Responsibility Role")
        if role is None:
            people.append(value(row))
        else:
            kind = codes.code("responsible-party-type", value(role))
    name, title, *affiliation = [*people, None, None][: max(3, len(people))]
    party = ResponsibleParty(
        type=kind,
        investigator_full_name=name,
        investigator_title=title,
        investigator_affiliation=clean(" ".join(part for part in affiliation if part)),
    )
    return None if party == ResponsibleParty() else party


def officials(rows: Sequence[str]) -> tuple[Official, ...]:
    """People in charge: name, "Role: X", affiliation."""
    roles = [i for i, row in enumerate(rows) if behind(row, "Role") is not None]
    found = []
    for i, after in zip(roles, [*roles[1:], len(rows) + 1], strict=False):
        name = value(rows[i - 1]) if i else None
        if name:
            role = codes.code("official-role", value(behind(rows[i], "Role")))
            found.append(Official(name, role, value(" ".join(rows[i + 1 : after - 1]))))
    return once(found)


def locations(rows: Sequence[str], countries: Sequence[str]) -> tuple[Location, ...]:
    """Places: facility, "city, state, country", "Site Status" with a status or with nothing.

    >>> locations(["Site 1", "Nagoya, Aichi, Japan", "Site Status", "RECRUITING"], ["Japan"])[0]
    Location(facility='Site 1', status='RECRUITING', city='Nagoya', state='Aichi', zip=None,
        country='Japan', latitude=None, longitude=None, investigators=())
    """
    marked = any(behind(row, "Site Status") is not None for row in rows)
    found: list[Location] = []
    entry: list[str] = []
    before = ""
    for row in rows:
        status = behind(row, "Site Status")
        role = behind(row, "Role")
        if status is not None:
            found.append(_location(entry, status, countries))
            entry = []
        elif behind(before, "Site Status") == "" and (
            codes.code("overall-status", row) in _SITE_STATUSES or value(row) is None
        ):
            found[-1] = replace(found[-1], status=codes.code("overall-status", value(row)))
        elif role is not None:
            name, kind = entry.pop() if entry else None, codes.code("official-role", role)
            if name and found and kind in _INVESTIGATORS:
                people = (*found[-1].investigators, Official(name, kind))
                found[-1] = replace(found[-1], investigators=people)
        elif behind(before, "Role") is not None and _PHONE_OR_MAIL.fullmatch(row):
            continue  # the next such line still stands behind the role
        else:
            entry.append(row)
            if not marked and _country(row, countries):
                found.append(_location(entry, None, countries))
                entry = []
        before = row
    if entry:
        found.append(_location(entry, None, countries))
    return tuple(found)  # places printed alike may still be several


def _location(entry: Sequence[str], status: str | None, countries: Sequence[str]) -> Location:
    *facility, address = entry or [""]
    if not facility and not _country(address, countries):
        facility, address = [address], ""
    country = _country(address, countries) or address.rpartition(", ")[2]
    rest = address[: len(address) - len(country)].removesuffix(", ")
    city, *region = rest.split(", ")
    code = region.pop() if len(region) > 1 and any(c.isdigit() for c in region[-1]) else None
    return Location(
        facility=value(" ".join(facility)),
        status=codes.code("overall-status", value(status)),
        city=value(city),
        state=value(", ".join(region)),
        zip=value(code),
        country=value(country),
    )


def _country(address: str, countries: Sequence[str]) -> str | None:
    """The listed country an address ends with; names with commas in them included."""
    ends = [name for name in countries if address == name or address.endswith(", " + name)]
    return max(ends, key=len, default=None)


def references(rows: Sequence[str]) -> tuple[Reference, ...]:
    """Publications: citation, "Reference Type X", "PMID: n"."""
    found: list[Reference] = []
    citation: list[str] = []
    for row in rows:
        kind, pmid, link = behind(row, "Reference Type"), _PMID.fullmatch(row), _DOI.fullmatch(row)
        if kind is None and not pmid and not link:
            citation.append(row)
            continue
        if citation:
            text = value(" ".join(citation))
            found.append(Reference(citation=text, doi=doi(text)))
            citation = []
        if not found:
            found.append(Reference())
        if kind is not None:
            found[-1] = replace(found[-1], type=codes.code("reference-type", value(kind)))
        elif pmid:
            found[-1] = replace(found[-1], pmid=pmid[1])
        elif link:
            found[-1] = replace(found[-1], doi=doi(link[1]))
    if text := value(" ".join(citation)):
        found.append(Reference(citation=text, doi=doi(text)))
    return once(found)


def identifiers(rows: Sequence[str]) -> tuple[Identifier, ...]:
    """Other ids: the id, "Identifier Type: X", "Identifier Source: Y"; the sponsor's own first."""
    found = []
    for entry, source in entries(rows, "Identifier Source"):
        labels = ("Identifier Type", "Identifier Domain", "Identifier Link")
        given = {
            label: value(rest)
            for row in entry
            for label in labels
            if (rest := behind(row, label)) is not None
        }
        words = [row for row in entry if not any(behind(row, x) is not None for x in labels)]
        if name := value(" ".join(words)):
            kind, domain, link = (given.get(label) for label in labels)
            found.append(
                Identifier(
                    name,
                    _identifier_source(source),
                    codes.code("identifier-type", kind),
                    domain,
                    link,
                )
            )
    return once(sorted(found, key=lambda one: _IDENTIFIER_SOURCES.index(one.source)))


def _identifier_source(text: str | None) -> str:
    code = codes.code("identifier-source", text) or ""
    return next((x for x in _IDENTIFIER_SOURCES if code and x.startswith(code)), "SECONDARY_ID")


def related(rows: Sequence[str]) -> tuple[AssertedRelation, ...]:
    """The page's own list of trials: title, then "NCT… STATUS PHASE1/PHASE2".

    >>> related(["A study", "NCT99000002 RECRUITING PHASE1/PHASE2"])
    (AssertedRelation(nct_id='NCT99000002', title='A study', overall_status='RECRUITING',
        phases=('PHASE1', 'PHASE2')),)
    """
    found = []
    title: list[str] = []
    for row in rows:
        match = _RELATED.fullmatch(row)
        if match is None:
            title.append(row)
            continue
        status: str | None = None
        phases: tuple[str, ...] = ()
        for word in (match[2] or "").split():
            if word == "NA" or "PHASE" in word:
                phases = codes.codes("phase", word)
            elif value(word):
                status = codes.code("overall-status", word)
        found.append(AssertedRelation(match[1], value(" ".join(title)), status, phases))
        title = []
    return once(found)


def links(rows: Sequence[str]) -> tuple[Link, ...]:
    """Web pages: an address, with its label on the line before or after."""
    found: list[Link] = []
    label: list[str] = []
    for row in rows:
        if match := _URL.search(row):
            words = value(" ".join([*label, row.replace(match[0], " ")]))
            found.append(Link(match[0], words))
            label = []
        else:
            label.append(row)
    if found and label:
        found[-1] = Link(found[-1].url, value(" ".join([found[-1].label or "", *label])))
    return once(found)
