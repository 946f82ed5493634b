"""Where a trial comes from and how old its record is."""

from __future__ import annotations

from hashlib import sha256
from pathlib import PurePath

from kg.model.record import Provenance, RawRecord
from kg.model.trial import Trial


def checksum(raw: RawRecord) -> str:
    """SHA-256 of the record's bytes, hexadecimal."""
    return sha256(raw.content).hexdigest()


def provenance(raw: RawRecord, trial: Trial, checksum_known: str | None = None) -> Provenance:
    """What the graph says of a trial's record; its checksum may be given where it is known.

    >>> raw = RawRecord("/data/2023/ctgov.zip!a/NCT99000001.xml", "ctgov-legacy-xml", b"")
    >>> provenance(raw, Trial(nct_id="NCT99000001")).source
    'ctgov.zip!a/NCT99000001.xml'
    """
    updated = trial.status.last_update_post_date or trial.status.last_update_submit_date
    return Provenance(
        source=source_name(raw.source),
        format=raw.format,
        checksum=checksum_known or checksum(raw),
        version_date=updated.date if updated else None,
    )


def source_name(source: str) -> str:
    """The place inside a source without the folders that hold it."""
    outer, mark, inner = source.partition("!")
    return PurePath(outer).name + mark + inner
