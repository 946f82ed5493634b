"""The results section: what was measured and which adverse events were reported, by name."""

from __future__ import annotations

from kg.iris import Iris
from kg.map.ntriples import Lines, Subject
from kg.model.trial import Trial
from kg.vocab import TKG


def map_results(own: Lines, node: Subject, trial: Trial, iris: Iris) -> None:
    """Say what the results section reports, without its participant-level tables."""
    if (results := trial.results) is None:
        return
    node.text(TKG.limitationsAndCaveats, results.limitations_and_caveats)
    node.text(TKG.adverseEventsTimeFrame, results.adverse_events_time_frame)
    node.text(TKG.adverseEventsDescription, results.adverse_events_description)
    node.text(TKG.adverseEventsFrequencyThreshold, results.adverse_events_frequency_threshold)
    for measure in results.outcome_measures:
        iri = iris.part(
            trial.nct_id,
            "outcome-measure",
            measure.type,
            measure.time_frame or "",
            measure.description or "",
            measure.title,
        )
        node.link(TKG.hasOutcomeMeasure, iri)
        item = own.about(iri, TKG.OutcomeMeasure)
        item.label(measure.title)
        item.code(TKG.outcomeMeasureType, "outcome-measure-type", measure.type)
        item.text(TKG.timeFrame, measure.time_frame)
        item.text(TKG.description, measure.description)
        item.text(TKG.populationDescription, measure.population_description)
        item.code(TKG.reportingStatus, "reporting-status", measure.reporting_status)
        item.text(TKG.paramType, measure.param_type)
        item.text(TKG.unitOfMeasure, measure.unit_of_measure)
    for event in results.adverse_events:
        iri = iris.part(
            trial.nct_id,
            "adverse-event",
            event.seriousness,
            event.organ_system or "",
            event.source_vocabulary or "",
            event.term,
        )
        node.link(TKG.hasAdverseEvent, iri)
        item = own.about(iri, TKG.AdverseEvent)
        item.label(event.term)
        item.code(TKG.seriousness, "seriousness", event.seriousness)
        item.text(TKG.organSystem, event.organ_system)
        item.text(TKG.sourceVocabulary, event.source_vocabulary)
        item.code(TKG.assessmentType, "assessment-type", event.assessment_type)
        item.text(TKG.notes, event.notes)
