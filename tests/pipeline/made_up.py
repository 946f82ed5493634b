"""Small made-up records that have much in common, and say different things of what they share."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, RdfFormat

from kg.store import current, open_build

Record = dict[str, Any]

IDS = [f"NCT9900000{number}" for number in range(1, 7)]
_DATES = ["2024-01-05", "2025-02-06", "2026-03-07"]
_DRUGS = [
    "SAR408701",
    "tusamitamab ravtansine",
    "Pembrolizumab 200 mg",
    "Keytruda",
    "MK-3475",
    "ABC-1234",
    "examplinib",
    "examplinib hydrochloride",
    "ABC-1234 (examplinib)",
    "ABC-1234 + Pembrolizumab",
    "Cyclophosphamide",
    "CTX",
    "liposomal doxorubicin",
    "doxorubicin",
    "Doxil",
    "Placebo",
    "Placebo (SAR408701)",
    "dexamethasone sodium phosphate",
    "dinutuximab",
    "naxitamab",
    "inotuzumab ozogamicin",
]
_OTHER_NAMES = [
    "ABC-1234",
    "ABC1234",
    "DEF-77",
    "examplinib",
    "sampletinib",
    "Keytruda",
    "CTX",
    "PD-1 inhibitor",
    "200 mg",
    "Doxil",
    "DOXIL",
    "Keytruda plus ABC-1234",
    "tusamitamab ravtansine",
]
_SPONSORS = ["Sanofi", "SANOFI", "Genzyme, a Sanofi Company", "Example Pharma Ltd.", "Sample Uni"]
_CONDITIONS = ["Lung Cancer", "lung  cancer", "Asthma", "Healthy", "An unheard of thing"]
_MESH = [("D008175", "Lung Neoplasms"), ("D001249", "Asthma"), ("D999999", "Old Words")]
_SITES = [
    ("Example Hospital", "Paris", "75001", "France"),
    ("EXAMPLE HOSPITAL", "Paris", "75002", "France"),
    ("Example Hosp.", "Paris", "75001", "France"),
    ("Sample Clinic", "Exampleville", "1", "Freedonia"),
    ("Research Site", "Paris", "75001", "France"),
]
_PAPERS = [
    ("11111111", "Doe J. On things. J Ex. 2020."),
    ("11111111", "Doe J, Roe R. On things, in full. J Ex. 2020."),
    ("22222222", "Doe J. Examplinib in Nordic adults with chronic severe hand eczema. J Ex. 2021."),
]
_TITLES = [
    "A study of ABC-1234 in Nordic adults with chronic severe hand eczema",
    "An anti-CEACAM5 antibody, SAR408701, in adults",
    "ABC-1234 (sampletinib) for the many",
    "ABC-1234 in CEACAM5-positive cancer",
    "EGFR-mutated cancer, whatever the drug",
    "Anything else",
]
_KEYWORDS = ["ABC-1234 (sampletinib)", "examplinib; DEF-77", "CTX"]
_SECOND_IDS = ["2016-001234-10", "2017-004321-20", "NCT99000001", "NCT99000002", "IND 12345"]


def _some(values: list[Any], most: int = 2) -> st.SearchStrategy[list[Any]]:
    return st.lists(st.sampled_from(values), max_size=most, unique_by=str)


@st.composite
def record(draw: st.DrawFn) -> Record:
    """One version of one of a few trials."""
    names = draw(_some(_DRUGS, 3))
    sponsors = draw(_some(_SPONSORS, 3)) or ["Sanofi"]
    papers = [
        {"pmid": pmid, "type": "DERIVED", "citation": citation}
        for pmid, citation in draw(_some(_PAPERS))
    ]
    for paper in papers:
        if draw(st.integers(0, 4)) == 0:
            paper["retractions"] = [{"pmid": "33333333", "source": draw(st.sampled_from("ab"))}]
    return {
        "protocolSection": {
            "identificationModule": {
                "nctId": draw(st.sampled_from(IDS)),
                "briefTitle": draw(st.sampled_from(_TITLES)),
                "organization": {"fullName": sponsors[0], "class": draw(st.sampled_from("AB"))},
                "secondaryIdInfos": [{"id": one} for one in draw(_some(_SECOND_IDS))],
                "nctIdAliases": draw(_some(IDS, 1)),
            },
            "statusModule": {
                "overallStatus": draw(st.sampled_from(["RECRUITING", "COMPLETED"])),
                "lastUpdatePostDateStruct": {"date": draw(st.sampled_from(_DATES))},
            },
            "sponsorCollaboratorsModule": {
                "leadSponsor": {"name": sponsors[0], "class": draw(st.sampled_from("AB"))},
                "collaborators": [{"name": name} for name in sponsors[1:]],
            },
            "conditionsModule": {
                "conditions": draw(_some(_CONDITIONS)),
                "keywords": draw(_some(_KEYWORDS)),
            },
            "armsInterventionsModule": {
                "interventions": [
                    {
                        "type": draw(st.sampled_from(["DRUG", "BIOLOGICAL", "OTHER"])),
                        "name": name,
                        "otherNames": draw(_some(_OTHER_NAMES)),
                    }
                    for name in names
                ]
            },
            "referencesModule": {"references": papers},
            "contactsLocationsModule": {
                "locations": [
                    {"facility": name, "city": city, "zip": code, "country": country}
                    for name, city, code, country in draw(_some(_SITES))
                ]
            },
        },
        "derivedSection": {
            "conditionBrowseModule": {
                "meshes": [{"id": key, "term": term} for key, term in draw(_some(_MESH))]
            }
        },
        "hasResults": False,
    }


def write(path: Path, records: list[Record]) -> Path:
    """Some records as JSON Lines, one that is none among them where there are no others."""
    path.write_text("".join(json.dumps(one) + "\n" for one in records), encoding="utf-8")
    return path


def triples(store_dir: Path) -> list[str]:
    """Everything a graph says, in order."""
    dumped = open_build(current(store_dir)).dump(
        format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph()
    )
    assert dumped is not None
    return sorted(dumped.decode().splitlines())


def index(store_dir: Path) -> dict[str, bytes]:
    """The files of the index of related trials."""
    return {
        file.name: file.read_bytes() for file in sorted((current(store_dir) / "related").iterdir())
    }


def report(store_dir: Path) -> dict[str, Any]:
    """What the report says, without times and without the order and number of sources."""
    told = json.loads((current(store_dir) / "build.json").read_text())
    for key in ("seconds", "cpu_seconds", "built", "sources"):
        del told[key]
    return dict(told)
