"""What validation found, as plain values."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Literal, Protocol

from msgspec import Struct

Severity = Literal["Violation", "Warning", "Info"]
SEVERITIES: tuple[Severity, ...] = ("Violation", "Warning", "Info")
_TRIAL = re.compile(r"/trial/(NCT[0-9]{8})(?:/|$)")


class Violation(Struct, frozen=True):
    """One thing a shape has to say of one node.

    `Violation` means the graph is wrong, `Warning` that the record is incomplete or contradicts
    itself in the registry, `Info` that something is worth knowing.
    """

    focus_node: str
    record: str | None
    """NCT id of the trial that the node belongs to; None for what trials share."""
    path: str | None
    """IRI of the property, or a SPARQL property path; None where the node itself is meant."""
    value: str | None
    shape: str
    severity: Severity
    message: str


class Results(Protocol):
    """A report that is read result by result, whether or not all of it is in memory."""

    @property
    def conforms(self) -> bool:
        """No result of severity Violation; warnings and infos do not count against a graph."""
        ...

    @property
    def counts(self) -> dict[str, int]:
        """Number of results by shape, the worst severity first."""
        ...

    @property
    def results(self) -> Iterable[Violation]:
        """All that the shapes have to say, in an order that depends on nothing else."""
        ...


class Report(Struct, frozen=True):
    """All that the shapes have to say of a graph, in an order that depends on nothing else."""

    conforms: bool
    """No result of severity Violation; warnings and infos do not count against a graph."""
    counts: dict[str, int]
    """Number of results by shape, the worst severity first."""
    results: tuple[Violation, ...]


def record_of(focus_node: str) -> str | None:
    """The NCT id of the trial that owns a node.

    >>> record_of("https://w3id.org/trialkg/trial/NCT99000001/arm/a")
    'NCT99000001'
    >>> record_of("https://w3id.org/trialkg/drug/unii-DSS3BE2ZXN")
    """
    found = _TRIAL.search(focus_node)
    return found[1] if found else None


def order(result: Violation) -> tuple[int, str, str, str, str, str, str, bool, bool]:
    """Where a result stands in a report; no two different results stand in one place."""
    return (
        SEVERITIES.index(result.severity),
        result.shape,
        result.focus_node,
        result.path or "",
        result.value or "",
        result.message,
        result.record or "",
        result.path is None,
        result.value is None,
    )


def make_report(results: Iterable[Violation]) -> Report:
    """A report of the given results, each once."""
    ordered = tuple(sorted(set(results), key=order))
    counts = Counter(result.shape for result in ordered)
    return Report(
        conforms=all(result.severity != "Violation" for result in ordered),
        counts=dict(counts),
        results=ordered,
    )
