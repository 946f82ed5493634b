"""Where a trial comes from and how old its record is."""

from __future__ import annotations

from hashlib import sha256
from pathlib import PurePath

from kg.model.record import Provenance, RawRecord
from kg.model.trial import Trial


def provenance(raw: RawRecord, trial: Trial) -> Provenance:
    """What the graph says of a trial's record.

    >>> raw = RawRecord("/data/2023/ctgov.zip!a/NCT99000001.xml", "ctgov-legacy-xml", b"")
    >>> provenance(raw, Trial(nct_id="NCT99000001")).source
    'ctgov.zip!a/NCT99000001.xml'
    """
    outer, mark, inner = raw.source.partition("!")
    updated = trial.status.last_update_post_date or trial.status.last_update_submit_date
    return Provenance(
        source=PurePath(outer).name + mark + inner,
        format=raw.format,
        checksum=sha256(raw.content).hexdigest(),
        version_date=updated.date if updated else None,
    )
