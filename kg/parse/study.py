"""The registry's API v2 study as typed parts, so far as a Trial has a place for it.

Names are the API's own. Text may come as a number and a list of words as one word, for dumps
that went through a table tool; everything else must be as the API says. Fields that are not
here are left out on purpose: the coverage table names each of them and why.
"""

from __future__ import annotations

from typing import TypeAlias, TypeVar

from msgspec import Struct, field

Text: TypeAlias = str | int | float | None
Words: TypeAlias = list[str | int | float | None] | str | None
T = TypeVar("T")
Many: TypeAlias = list[T | None] | None


class Part(Struct, rename="camel", gc=False, frozen=True):
    """A part of a study; every field may be missing."""


class DateStruct(Part, frozen=True):
    """A date and whether it is actual or estimated."""

    date: Text = None
    type: Text = None


class OrganizationInfo(Part, frozen=True):
    """The organisation that registered the study."""

    full_name: Text = None
    org_class: Text = field(name="class", default=None)


class IdInfo(Part, frozen=True):
    """An id of the study elsewhere."""

    id: Text = None
    type: Text = None
    domain: Text = None
    link: Text = None


class Identification(Part, frozen=True):
    """`identificationModule`."""

    nct_id: Text = None
    nct_id_aliases: Words = None
    org_study_id_info: IdInfo | None = None
    secondary_id_infos: Many[IdInfo] = None
    brief_title: Text = None
    official_title: Text = None
    acronym: Text = None
    organization: OrganizationInfo | None = None


class ExpandedAccessInfo(Part, frozen=True):
    """Whether the drug can be had outside the study, and by which record."""

    has_expanded_access: bool | None = None
    nct_id: Text = None
    status_for_nct_id: Text = None


class StatusInfo(Part, frozen=True):
    """`statusModule`."""

    status_verified_date: Text = None
    overall_status: Text = None
    last_known_status: Text = None
    why_stopped: Text = None
    expanded_access_info: ExpandedAccessInfo | None = None
    start_date_struct: DateStruct | None = None
    primary_completion_date_struct: DateStruct | None = None
    completion_date_struct: DateStruct | None = None
    study_first_submit_date: Text = None
    study_first_submit_qc_date: Text = None
    study_first_post_date_struct: DateStruct | None = None
    results_waived: bool | None = None
    results_first_submit_date: Text = None
    results_first_submit_qc_date: Text = None
    results_first_post_date_struct: DateStruct | None = None
    disp_first_submit_date: Text = None
    disp_first_submit_qc_date: Text = None
    disp_first_post_date_struct: DateStruct | None = None
    last_update_submit_date: Text = None
    last_update_post_date_struct: DateStruct | None = None


class Sponsor(Part, frozen=True):
    """A sponsor or collaborator."""

    name: Text = None
    org_class: Text = field(name="class", default=None)


class ResponsiblePartyInfo(Part, frozen=True):
    """Who answers for the record."""

    type: Text = None
    investigator_full_name: Text = None
    investigator_title: Text = None
    investigator_affiliation: Text = None
    old_name_title: Text = None
    old_organization: Text = None


class Sponsors(Part, frozen=True):
    """`sponsorCollaboratorsModule`."""

    responsible_party: ResponsiblePartyInfo | None = None
    lead_sponsor: Sponsor | None = None
    collaborators: Many[Sponsor] = None


class OversightInfo(Part, frozen=True):
    """`oversightModule`."""

    oversight_has_dmc: bool | None = None
    is_fda_regulated_drug: bool | None = None
    is_fda_regulated_device: bool | None = None
    is_unapproved_device: bool | None = None
    is_ppsd: bool | None = None
    is_us_export: bool | None = None
    fdaaa801_violation: bool | None = None


class Description(Part, frozen=True):
    """`descriptionModule`."""

    brief_summary: Text = None
    detailed_description: Text = None


class Conditions(Part, frozen=True):
    """`conditionsModule`."""

    conditions: Words = None
    keywords: Words = None


class MaskingInfo(Part, frozen=True):
    """Who does not know which arm a participant is in."""

    masking: Text = None
    masking_description: Text = None
    who_masked: Words = None


class DesignInfo(Part, frozen=True):
    """How participants are assigned and observed."""

    allocation: Text = None
    intervention_model: Text = None
    intervention_model_description: Text = None
    primary_purpose: Text = None
    observational_model: Words = None
    time_perspective: Words = None
    masking_info: MaskingInfo | None = None


class BioSpec(Part, frozen=True):
    """Samples kept."""

    retention: Text = None
    description: Text = None


class Enrollment(Part, frozen=True):
    """How many take part."""

    count: int | None = None
    type: Text = None


class ExpandedAccessTypes(Part, frozen=True):
    """Who can have the drug by an expanded-access record."""

    individual: bool | None = None
    intermediate: bool | None = None
    treatment: bool | None = None


class DesignModule(Part, frozen=True):
    """`designModule`."""

    study_type: Text = None
    phases: Words = None
    patient_registry: bool | None = None
    target_duration: Text = None
    expanded_access_types: ExpandedAccessTypes | None = None
    design_info: DesignInfo | None = None
    bio_spec: BioSpec | None = None
    enrollment_info: Enrollment | None = None


class ArmGroupInfo(Part, frozen=True):
    """One arm."""

    label: Text = None
    type: Text = None
    description: Text = None


class InterventionInfo(Part, frozen=True):
    """One intervention."""

    type: Text = None
    name: Text = None
    description: Text = None
    arm_group_labels: Words = None
    other_names: Words = None


class ArmsInterventions(Part, frozen=True):
    """`armsInterventionsModule`."""

    arm_groups: Many[ArmGroupInfo] = None
    interventions: Many[InterventionInfo] = None


class OutcomeInfo(Part, frozen=True):
    """One planned outcome."""

    measure: Text = None
    description: Text = None
    time_frame: Text = None


class Outcomes(Part, frozen=True):
    """`outcomesModule`."""

    primary_outcomes: Many[OutcomeInfo] = None
    secondary_outcomes: Many[OutcomeInfo] = None
    other_outcomes: Many[OutcomeInfo] = None


class EligibilityModule(Part, frozen=True):
    """`eligibilityModule`."""

    eligibility_criteria: Text = None
    healthy_volunteers: bool | None = None
    sex: Text = None
    gender_based: bool | None = None
    gender_description: Text = None
    minimum_age: Text = None
    maximum_age: Text = None
    std_ages: Words = None
    study_population: Text = None
    sampling_method: Text = None


class Contact(Part, frozen=True):
    """A person named at a place or for the whole study."""

    name: Text = None
    role: Text = None
    affiliation: Text = None


class GeoPoint(Part, frozen=True):
    """Degrees north and east."""

    lat: float | None = None
    lon: float | None = None


class LocationInfo(Part, frozen=True):
    """One place."""

    facility: Text = None
    status: Text = None
    city: Text = None
    state: Text = None
    zip: Text = None
    country: Text = None
    contacts: Many[Contact] = None
    geo_point: GeoPoint | None = None


class ContactsLocations(Part, frozen=True):
    """`contactsLocationsModule`."""

    overall_officials: Many[Contact] = None
    locations: Many[LocationInfo] = None
    locations_nested: Many[LocationInfo] = field(name="locations_nested", default=None)


class RetractionInfo(Part, frozen=True):
    """A retraction notice."""

    pmid: Text = None
    source: Text = None


class ReferenceInfo(Part, frozen=True):
    """One publication."""

    pmid: Text = None
    type: Text = None
    citation: Text = None
    retractions: Many[RetractionInfo] = None


class SeeAlsoLink(Part, frozen=True):
    """One web page."""

    label: Text = None
    url: Text = None


class AvailIpdInfo(Part, frozen=True):
    """Participant data offered elsewhere."""

    id: Text = None
    type: Text = None
    url: Text = None
    comment: Text = None


class References(Part, frozen=True):
    """`referencesModule`."""

    references: Many[ReferenceInfo] = None
    see_also_links: Many[SeeAlsoLink] = None
    avail_ipds: Many[AvailIpdInfo] = None


class IpdStatement(Part, frozen=True):
    """`ipdSharingStatementModule`."""

    ipd_sharing: Text = None
    description: Text = None
    info_types: Words = None
    time_frame: Text = None
    access_criteria: Text = None
    url: Text = None


class ProtocolSection(Part, frozen=True):
    """What the sponsor registered."""

    identification_module: Identification = Identification()
    status_module: StatusInfo = StatusInfo()
    sponsor_collaborators_module: Sponsors = Sponsors()
    oversight_module: OversightInfo = OversightInfo()
    description_module: Description = Description()
    conditions_module: Conditions = Conditions()
    design_module: DesignModule = DesignModule()
    arms_interventions_module: ArmsInterventions = ArmsInterventions()
    outcomes_module: Outcomes = Outcomes()
    eligibility_module: EligibilityModule = EligibilityModule()
    contacts_locations_module: ContactsLocations = ContactsLocations()
    references_module: References = References()
    ipd_sharing_statement_module: IpdStatement = IpdStatement()
