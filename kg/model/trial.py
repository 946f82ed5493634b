"""A trial as parsed from one registry record, whatever the record's format.

Field names are the registry's own (ClinicalTrials.gov API v2, in snake case) and coded values
are its codes (`PHASE1`, `COMPLETED`), whichever format the record came in. Absent means the
record does not say: never 0, never an empty string.
"""

from __future__ import annotations

from msgspec import Struct


class PartialDate(Struct, frozen=True):
    """A date as precise as the registry gives it: `2017-10-17`, `2017-10` or `2017`.

    >>> PartialDate("2017-10", "ACTUAL").date
    '2017-10'
    """

    date: str
    type: str | None = None
    """`ACTUAL` or `ESTIMATED`; None where the record does not say."""


class Organization(Struct, frozen=True):
    """An organisation by its name at registration, with the registry's class for it."""

    name: str
    org_class: str | None = None
    """`INDUSTRY`, `NIH`, `FED`, `OTHER_GOV`, `INDIV`, `NETWORK`, `OTHER`, `UNKNOWN`…"""


class Identifier(Struct, frozen=True):
    """Another id of the trial: the sponsor's own, a grant, another registry's, an old NCT id."""

    id: str
    source: str
    """Where the record gives it: `ORG_STUDY_ID`, `SECONDARY_ID` or `NCT_ID_ALIAS`."""
    type: str | None = None
    """The registry's type: `EUDRACT_NUMBER`, `CTIS`, `NIH`, `REGISTRY`, `OTHER_GRANT`, `OTHER`…"""
    domain: str | None = None
    """Who issued it, in the registrant's words."""
    link: str | None = None


class ArmGroup(Struct, frozen=True):
    """One arm or cohort."""

    label: str
    type: str | None = None
    """`EXPERIMENTAL`, `ACTIVE_COMPARATOR`, `PLACEBO_COMPARATOR`, `SHAM_COMPARATOR`…"""
    description: str | None = None


class Intervention(Struct, frozen=True):
    """One intervention as registered; `name` is verbatim."""

    name: str
    type: str | None = None
    """`DRUG`, `BIOLOGICAL`, `DEVICE`, `PROCEDURE`, `RADIATION`, `BEHAVIORAL`, `GENETIC`,
    `DIETARY_SUPPLEMENT`, `COMBINATION_PRODUCT`, `DIAGNOSTIC_TEST`, `OTHER`."""
    description: str | None = None
    other_names: tuple[str, ...] = ()
    arm_group_labels: tuple[str, ...] = ()


class MeshTerm(Struct, frozen=True):
    """A MeSH term the registry assigned; legacy XML gives the term without its id."""

    term: str
    id: str | None = None


class Outcome(Struct, frozen=True):
    """A planned outcome."""

    kind: str
    """`PRIMARY`, `SECONDARY` or `OTHER`."""
    measure: str
    time_frame: str | None = None
    description: str | None = None


class OutcomeMeasure(Struct, frozen=True):
    """An outcome as reported in the results section, without its participant-level table."""

    type: str
    """`PRIMARY`, `SECONDARY`, `OTHER_PRE_SPECIFIED`, `POST_HOC`."""
    title: str
    description: str | None = None
    time_frame: str | None = None
    population_description: str | None = None
    reporting_status: str | None = None
    param_type: str | None = None
    unit_of_measure: str | None = None


class AdverseEvent(Struct, frozen=True):
    """An adverse event term reported in the results section, without its counts."""

    seriousness: str
    """`SERIOUS` or `OTHER`."""
    term: str
    organ_system: str | None = None
    source_vocabulary: str | None = None
    assessment_type: str | None = None
    notes: str | None = None


class Official(Struct, frozen=True):
    """A person (or department) named as responsible for the trial, overall or at one place."""

    name: str
    role: str | None = None
    """`PRINCIPAL_INVESTIGATOR`, `STUDY_CHAIR`, `STUDY_DIRECTOR`, `SUB_INVESTIGATOR`."""
    affiliation: str | None = None


class ResponsibleParty(Struct, frozen=True):
    """Who answers for the record to the regulator."""

    type: str | None = None
    """`SPONSOR`, `PRINCIPAL_INVESTIGATOR`, `SPONSOR_INVESTIGATOR`."""
    investigator_full_name: str | None = None
    investigator_title: str | None = None
    investigator_affiliation: str | None = None
    old_name_title: str | None = None
    old_organization: str | None = None


class Location(Struct, frozen=True):
    """A place where the trial runs."""

    facility: str | None = None
    status: str | None = None
    """The place's own recruitment status, only given while the trial is open."""
    city: str | None = None
    state: str | None = None
    zip: str | None = None
    country: str | None = None
    """The country's name as registered."""
    latitude: float | None = None
    longitude: float | None = None
    investigators: tuple[Official, ...] = ()


class Retraction(Struct, frozen=True):
    """A notice that a cited publication was retracted."""

    pmid: str
    source: str | None = None


class Reference(Struct, frozen=True):
    """A publication cited by the record."""

    citation: str | None = None
    pmid: str | None = None
    doi: str | None = None
    """Lower case, without `https://doi.org/`; read from the citation where it stands there."""
    type: str | None = None
    """`BACKGROUND`, `RESULT`, `DERIVED`; None where the format does not tell them apart."""
    retractions: tuple[Retraction, ...] = ()


class Link(Struct, frozen=True):
    """A web page the record points to."""

    url: str
    label: str | None = None


class AvailIpd(Struct, frozen=True):
    """Participant data or a study document offered elsewhere (`availIpds`, `study_docs`)."""

    type: str | None = None
    id: str | None = None
    url: str | None = None
    comment: str | None = None


class Document(Struct, frozen=True):
    """A document held by the registry: protocol, statistical plan, consent form."""

    label: str
    date: PartialDate | None = None
    has_protocol: bool | None = None
    has_sap: bool | None = None
    has_icf: bool | None = None
    filename: str | None = None
    url: str | None = None


class AssertedRelation(Struct, frozen=True):
    """A trial that a text page lists as related; what the page asserts, nothing more."""

    nct_id: str
    title: str | None = None
    overall_status: str | None = None
    phases: tuple[str, ...] = ()


class Status(Struct, frozen=True):
    """Recruitment status and the record's dates (`statusModule`)."""

    overall_status: str | None = None
    last_known_status: str | None = None
    why_stopped: str | None = None
    has_expanded_access: bool | None = None
    expanded_access_nct_id: str | None = None
    expanded_access_status: str | None = None
    status_verified_date: PartialDate | None = None
    start_date: PartialDate | None = None
    primary_completion_date: PartialDate | None = None
    completion_date: PartialDate | None = None
    study_first_submit_date: PartialDate | None = None
    study_first_submit_qc_date: PartialDate | None = None
    study_first_post_date: PartialDate | None = None
    results_waived: bool | None = None
    results_first_submit_date: PartialDate | None = None
    results_first_submit_qc_date: PartialDate | None = None
    results_first_post_date: PartialDate | None = None
    disp_first_submit_date: PartialDate | None = None
    disp_first_submit_qc_date: PartialDate | None = None
    disp_first_post_date: PartialDate | None = None
    last_update_submit_date: PartialDate | None = None
    last_update_post_date: PartialDate | None = None


class Design(Struct, frozen=True):
    """How the study is built (`designModule`)."""

    study_type: str | None = None
    phases: tuple[str, ...] = ()
    patient_registry: bool | None = None
    target_duration: str | None = None
    allocation: str | None = None
    intervention_model: str | None = None
    intervention_model_description: str | None = None
    primary_purpose: str | None = None
    observational_models: tuple[str, ...] = ()
    time_perspectives: tuple[str, ...] = ()
    masking: str | None = None
    masking_description: str | None = None
    who_masked: tuple[str, ...] = ()
    biospec_retention: str | None = None
    biospec_description: str | None = None
    enrollment_count: int | None = None
    enrollment_type: str | None = None
    expanded_access_types: tuple[str, ...] = ()
    """`INDIVIDUAL`, `INTERMEDIATE`, `TREATMENT`."""
    number_of_arms: int | None = None
    """As stated; only legacy XML states it (`number_of_arms` or `number_of_groups`)."""


class Eligibility(Struct, frozen=True):
    """Who may take part (`eligibilityModule`)."""

    criteria: str | None = None
    inclusion: tuple[str, ...] = ()
    """Items under the inclusion heading, in order; empty where the text cannot be split."""
    exclusion: tuple[str, ...] = ()
    healthy_volunteers: bool | None = None
    sex: str | None = None
    gender_based: bool | None = None
    gender_description: str | None = None
    minimum_age: str | None = None
    """`18 Years`, `6 Months`…; None for "N/A", which means there is no limit."""
    maximum_age: str | None = None
    std_ages: tuple[str, ...] = ()
    study_population: str | None = None
    sampling_method: str | None = None


class Oversight(Struct, frozen=True):
    """Regulatory oversight (`oversightModule`)."""

    has_dmc: bool | None = None
    is_fda_regulated_drug: bool | None = None
    is_fda_regulated_device: bool | None = None
    is_unapproved_device: bool | None = None
    is_ppsd: bool | None = None
    is_us_export: bool | None = None
    fdaaa801_violation: bool | None = None


class IpdSharing(Struct, frozen=True):
    """The plan to share participant data (`ipdSharingStatementModule`)."""

    sharing: str | None = None
    description: str | None = None
    info_types: tuple[str, ...] = ()
    time_frame: str | None = None
    access_criteria: str | None = None
    url: str | None = None


class Results(Struct, frozen=True):
    """What the results section reports, without participant-level tables."""

    outcome_measures: tuple[OutcomeMeasure, ...] = ()
    adverse_events: tuple[AdverseEvent, ...] = ()
    adverse_events_time_frame: str | None = None
    adverse_events_description: str | None = None
    adverse_events_frequency_threshold: str | None = None
    limitations_and_caveats: str | None = None


class Trial(Struct, frozen=True, kw_only=True):
    """One trial as one record tells it.

    >>> Trial(nct_id="NCT99000001", brief_title="A study").phases
    ()
    """

    nct_id: str
    brief_title: str | None = None
    official_title: str | None = None
    acronym: str | None = None
    brief_summary: str | None = None
    detailed_description: str | None = None
    organization: Organization | None = None
    """Who registered the record (`organization`; `source` in legacy XML)."""
    identifiers: tuple[Identifier, ...] = ()
    status: Status = Status()
    design: Design = Design()
    eligibility: Eligibility = Eligibility()
    oversight: Oversight = Oversight()
    ipd_sharing: IpdSharing = IpdSharing()
    lead_sponsor: Organization | None = None
    collaborators: tuple[Organization, ...] = ()
    responsible_party: ResponsibleParty | None = None
    officials: tuple[Official, ...] = ()
    conditions: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    arm_groups: tuple[ArmGroup, ...] = ()
    interventions: tuple[Intervention, ...] = ()
    unassigned_other_names: str | None = None
    """Other names of all interventions as one run-on string (text page only), verbatim."""
    outcomes: tuple[Outcome, ...] = ()
    locations: tuple[Location, ...] = ()
    countries: tuple[str, ...] = ()
    """Every country of the trial by registered name, in order of first mention."""
    removed_countries: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    links: tuple[Link, ...] = ()
    avail_ipds: tuple[AvailIpd, ...] = ()
    documents: tuple[Document, ...] = ()
    condition_mesh: tuple[MeshTerm, ...] = ()
    condition_ancestors: tuple[MeshTerm, ...] = ()
    intervention_mesh: tuple[MeshTerm, ...] = ()
    intervention_ancestors: tuple[MeshTerm, ...] = ()
    has_results: bool | None = None
    results: Results | None = None
    asserted_related: tuple[AssertedRelation, ...] = ()
    unread: tuple[str, ...] = ()
    """Parts of the record that no rule knows, as "place: text": never lost silently."""

    @property
    def phases(self) -> tuple[str, ...]:
        """The trial's phases as registry codes."""
        return self.design.phases
