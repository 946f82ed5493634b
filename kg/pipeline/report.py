"""What a build tells of itself, kept beside the graph."""

from __future__ import annotations

from msgspec import Struct

from kg.model.coverage import Reached
from kg.model.decision import Outcome
from kg.model.drug import Coverage
from kg.model.record import Rejection
from kg.vocabularies.described import Vocabulary

REPORT = "build.json"


class BuildReport(Struct, frozen=True, kw_only=True):
    """What a build read, made and left out; kept as `build.json`.

    `records_read` = `trials` + `superseded` + the length of `rejected`.
    """

    records_read: int
    trials: int
    superseded: int
    """Records whose trial was read from a newer or fuller record."""
    rejected: list[Rejection]
    unread: dict[str, list[str]]
    """Lines of text pages that stand in no section known, by NCT id; the trial is in the graph."""
    triples: int
    drugs: int
    targets: int
    coverage: Coverage
    """How much of what was registered reached a drug, and the commonest names that did not."""
    reached: dict[str, Reached] = {}
    """The same for targets, conditions, sites, cities, countries and sponsors."""
    vocabularies: list[Vocabulary] = []
    """What was looked up in, with editions and checksums: what it takes to build this again."""
    decisions: list[Outcome] = []
    """What a user decided of pairs of names, and whether it was about any drug here."""
    seconds: dict[str, float]
    """Wall seconds by stage."""
    cpu_seconds: dict[str, float]
    """Processor seconds by kind of work; mapping and loading run side by side."""
    sources: list[str]
    base_iri: str
    built: str
    """When the build ended, UTC; in the report only, never in the graph."""
