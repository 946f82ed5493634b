"""The results section of legacy XML, without its participant-level tables."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import _Element as Element

from kg.model.trial import AdverseEvent, OutcomeMeasure, Results
from kg.parse import codes
from kg.parse.study_values import once
from kg.parse.text import clean
from kg.parse.xml_values import prose, text


def results(section: Element) -> Results:
    """What a `<clinical_results>` element reports."""
    events = "reported_events/"
    return Results(
        outcome_measures=once(_outcome_measures(section)),
        adverse_events=once(
            (
                *_adverse_events(section, events + "serious_events", "SERIOUS"),
                *_adverse_events(section, events + "other_events", "OTHER"),
            )
        ),
        adverse_events_time_frame=prose(section, events + "time_frame"),
        adverse_events_description=prose(section, events + "desc"),
        adverse_events_frequency_threshold=text(
            section, events + "other_events/frequency_threshold"
        ),
        limitations_and_caveats=prose(section, "limitations_and_caveats"),
    )


def _outcome_measures(section: Element) -> Iterator[OutcomeMeasure]:
    for one in section.iterfind("outcome_list/outcome"):
        if title := text(one, "title"):
            measure = one.find("measure")
            yield OutcomeMeasure(
                type=codes.code("outcome-measure-type", text(one, "type")) or "OTHER",
                title=title,
                description=prose(one, "description"),
                time_frame=text(one, "time_frame"),
                population_description=prose(one, "population"),
                reporting_status="NOT_POSTED" if measure is None else "POSTED",
                param_type=codes.code("param-type", text(one, "measure/param")),
                unit_of_measure=text(one, "measure/units"),
            )


def _adverse_events(section: Element, path: str, seriousness: str) -> Iterator[AdverseEvent]:
    """The terms of one list; the rows named "Total" count participants and name no event."""
    listed = section.find(path)
    if listed is None:
        return
    vocabulary = text(listed, "default_vocab")
    assessment = text(listed, "default_assessment")
    for category in listed.iterfind("category_list/category"):
        organ_system = text(category, "title")
        if organ_system == "Total":
            continue
        for event in category.iterfind("event_list/event"):
            term = event.find("sub_title")
            name = None if term is None else clean(term.text)
            if term is None or name is None:
                continue
            stated = text(event, "assessment") or assessment
            yield AdverseEvent(
                seriousness=seriousness,
                term=name,
                organ_system=organ_system,
                source_vocabulary=clean(term.get("vocab")) or vocabulary,
                assessment_type=codes.code("assessment-type", stated),
                notes=prose(event, "description"),
            )
