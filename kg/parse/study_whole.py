"""A whole API v2 study: the protocol, and what the registry keeps beside it."""

from __future__ import annotations

from kg.parse.study import Many, Part, ProtocolSection, Text, Words


class MeasureInfo(Part, frozen=True):
    """One reported outcome."""

    type: Text = None
    title: Text = None
    description: Text = None
    population_description: Text = None
    reporting_status: Text = None
    param_type: Text = None
    unit_of_measure: Text = None
    time_frame: Text = None


class OutcomeMeasures(Part, frozen=True):
    """`outcomeMeasuresModule`."""

    outcome_measures: Many[MeasureInfo] = None


class EventInfo(Part, frozen=True):
    """One adverse event term."""

    term: Text = None
    organ_system: Text = None
    source_vocabulary: Text = None
    assessment_type: Text = None
    notes: Text = None


class AdverseEvents(Part, frozen=True):
    """`adverseEventsModule`."""

    frequency_threshold: Text = None
    time_frame: Text = None
    description: Text = None
    serious_events: Many[EventInfo] = None
    other_events: Many[EventInfo] = None


class Limitations(Part, frozen=True):
    """What limits the results."""

    description: Text = None


class MoreInfo(Part, frozen=True):
    """`moreInfoModule`."""

    limitations_and_caveats: Limitations | None = None


class ResultsSection(Part, frozen=True):
    """What was found, without its tables."""

    outcome_measures_module: OutcomeMeasures = OutcomeMeasures()
    adverse_events_module: AdverseEvents = AdverseEvents()
    more_info_module: MoreInfo = MoreInfo()


class LargeDoc(Part, frozen=True):
    """One document."""

    type_abbrev: Text = None
    label: Text = None
    date: Text = None
    filename: Text = None
    has_protocol: bool | None = None
    has_sap: bool | None = None
    has_icf: bool | None = None


class LargeDocuments(Part, frozen=True):
    """`largeDocumentModule`."""

    large_docs: Many[LargeDoc] = None


class DocumentSection(Part, frozen=True):
    """Documents the registry holds."""

    large_document_module: LargeDocuments = LargeDocuments()


class Mesh(Part, frozen=True):
    """A MeSH term."""

    id: Text = None
    term: Text = None


class Browse(Part, frozen=True):
    """The MeSH terms the registry derived, and their ancestors."""

    meshes: Many[Mesh] = None
    ancestors: Many[Mesh] = None


class MiscInfo(Part, frozen=True):
    """`miscInfoModule`."""

    removed_countries: Words = None


class DerivedSection(Part, frozen=True):
    """What the registry worked out."""

    condition_browse_module: Browse = Browse()
    intervention_browse_module: Browse = Browse()
    misc_info_module: MiscInfo = MiscInfo()


class Study(Part, frozen=True):
    """One study."""

    protocol_section: ProtocolSection = ProtocolSection()
    results_section: ResultsSection | None = None
    document_section: DocumentSection = DocumentSection()
    derived_section: DerivedSection = DerivedSection()
    has_results: bool | None = None
