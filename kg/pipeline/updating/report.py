"""What an update tells of itself, and of the build it leads to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from kg.history import TrialChange
from kg.history.fields import changes
from kg.model.record import Rejection
from kg.pipeline.report import BuildReport
from kg.spool import Spool

if TYPE_CHECKING:
    from kg.pipeline.reading import Read


class UpdateReport(Struct, frozen=True, kw_only=True):
    """What an update read and changed.

    `records_read` = `unchanged` + the length of `rejected` + the records that were new.
    """

    number: int
    """Of this step in the history of the graph."""
    made: str
    records_read: int
    unchanged: int
    """Records that were read before, byte for byte."""
    rejected: list[Rejection]
    added: int
    """Trials that the graph did not have."""
    changed: int
    """Trials of which a record says something else; not those where only derived terms differ."""
    removed: int
    """Trials that the graph had and was asked to forget."""
    absent: list[str]
    """NCT ids to be removed that the graph did not have."""
    mapped_again: int
    """Trials without a new record whose words now mean something else, or were looked at for it."""
    triples_added: int
    triples_removed: int
    triples: int
    conforms: bool | None
    """Whether what changed keeps to the shapes; None where that was not asked."""
    violations: int
    seconds: dict[str, float]
    """Wall seconds by stage."""
    cpu_seconds: dict[str, float]
    """Processor seconds by kind of work."""


def followed(
    earlier: BuildReport, found: Read, gone: Collection[str], forgotten: int
) -> tuple[int, list[Rejection], dict[str, list[str]]]:
    """Records read, rejected and unread of all builds so far, as one build would count them.

    `forgotten` records of the trials that are `gone` were read; those rejected go with them.
    """
    unread = {n: list(lines) for n, lines in earlier.unread.items() if n not in gone}
    rejected = [one for one in earlier.rejected if one.record not in gone]
    for nct_id, lines in found.unread.items():
        unread.setdefault(nct_id, []).extend(lines)
    forgotten += len(earlier.rejected) - len(rejected)
    read = earlier.records_read - forgotten + found.parsed + len(found.rejected)
    return read, [*rejected, *found.rejected], unread


def trial_changes(recorded: Iterable[str], was: Spool, now: Spool) -> list[TrialChange]:
    """What new records did to each trial, by NCT id; trials that say the same are left out."""
    found = []
    for nct_id in recorded:
        before = was.choose(nct_id) if nct_id in was else None
        after = now.choose(nct_id) if nct_id in now else None
        fields = changes(before.trial, after.trial) if before and after else ()
        if fields or before is None or after is None:
            found.append(
                TrialChange(
                    nct_id=nct_id,
                    kind="CHANGED" if fields else "ADDED" if after else "REMOVED",
                    version_before=before.provenance.version_date if before else None,
                    version_after=after.provenance.version_date if after else None,
                    fields=fields,
                )
            )
    return found


def fresh(recorded: Iterable[str], was: Spool, now: Spool) -> int:
    """How many records of some trials one spool has and the other had not."""
    return sum(len(now.checksums(nct_id) - was.checksums(nct_id)) for nct_id in recorded)


def totals(changes: Iterable[TrialChange]) -> Mapping[str, int]:
    """How many trials were added, changed and removed."""
    counts = {"ADDED": 0, "CHANGED": 0, "REMOVED": 0}
    for one in changes:
        counts[one.kind] += 1
    return counts
