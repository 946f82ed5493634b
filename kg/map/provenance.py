"""Where a trial's facts come from: its record, the versions behind it, and what a page asserts."""

from __future__ import annotations

from kg.iris import Iris
from kg.map.ntriples import Lines, Subject
from kg.model.record import Provenance
from kg.model.trial import Trial
from kg.vocab import PROV, TKG


def map_record(
    own: Lines,
    node: Subject,
    trial: Trial,
    provenance: Provenance,
    superseded: tuple[Provenance, ...],
    iris: Iris,
) -> None:
    """Say which record the trial was read from and which older ones it replaces."""
    record = _record(own, trial.nct_id, provenance, iris)
    node.link(TKG.record, record)
    for older in superseded:
        node.link(TKG.supersededRecord, _record(own, trial.nct_id, older, iris))
    for asserted in trial.asserted_related:
        iri = iris.part(trial.nct_id, "asserted-relation", asserted.nct_id)
        node.link(TKG.assertedRelation, iri)
        item = own.about(iri, TKG.AssertedRelation)
        item.label(asserted.title or asserted.nct_id)
        item.link(TKG.assertedTrial, iris.trial(asserted.nct_id))
        item.code(TKG.assertedStatus, "overall-status", asserted.overall_status)
        for phase in asserted.phases:
            item.code(TKG.assertedPhase, "phase", phase)
        item.link(PROV.wasDerivedFrom, record)


def _record(own: Lines, nct_id: str, provenance: Provenance, iris: Iris) -> str:
    iri = iris.record(nct_id, provenance.checksum)
    item = own.about(iri, TKG.Record, PROV.Entity)
    item.text(TKG.recordSource, provenance.source)
    item.code(TKG.recordFormat, "record-format", provenance.format)
    item.text(TKG.checksum, provenance.checksum)
    item.date(TKG.versionDate, provenance.version_date)
    return iri
