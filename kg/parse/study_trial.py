"""A study of the registry's API as a Trial: values cleaned, coded and checked."""

from __future__ import annotations

import re

from kg.errors import RecordError
from kg.model import trial as model
from kg.parse import study as api
from kg.parse import study_parts as parts
from kg.parse import study_whole as whole
from kg.parse.criteria import split
from kg.parse.study_values import code, date, dated, line, long, many_codes, once, words

_NCT_ID = re.compile(r"NCT[0-9]{8}")
_NO_LIMIT = {"n/a", "na", "none", "no limit"}
_UNKNOWN_ENROLLMENT = 99_999_999
"""What old records say for an enrolment nobody knows."""


def build(study: whole.Study, where: str) -> model.Trial:
    """The trial a study tells of; RecordError where a value cannot be what it should be."""
    record = _nct_id(study.protocol_section.identification_module, where)
    try:
        return _trial(study, record)
    except RecordError as error:
        raise RecordError(record, error.place, error.found, error.expected) from None


def _nct_id(identification: api.Identification, where: str) -> str:
    found = line(identification.nct_id)
    if found is None or not _NCT_ID.fullmatch(found):
        shown = repr(found[:40]) if found else "nothing"
        place = "$.protocolSection.identificationModule.nctId"
        raise RecordError(where, place, shown, "NCT and eight digits")
    return found


def _trial(study: whole.Study, nct_id: str) -> model.Trial:
    protocol, derived = study.protocol_section, study.derived_section
    identification = protocol.identification_module
    sponsors = protocol.sponsor_collaborators_module
    arms = protocol.arms_interventions_module
    contacts = protocol.contacts_locations_module
    references = protocol.references_module
    locations = parts.locations(contacts)
    return model.Trial(
        nct_id=nct_id,
        brief_title=line(identification.brief_title),
        official_title=line(identification.official_title),
        acronym=line(identification.acronym),
        brief_summary=long(protocol.description_module.brief_summary),
        detailed_description=long(protocol.description_module.detailed_description),
        organization=_registrant(identification.organization),
        identifiers=parts.identifiers(identification),
        status=_status(protocol.status_module),
        design=_design(protocol.design_module),
        eligibility=_eligibility(protocol.eligibility_module),
        oversight=_oversight(protocol.oversight_module),
        ipd_sharing=_ipd_sharing(protocol.ipd_sharing_statement_module),
        lead_sponsor=parts.sponsor(sponsors.lead_sponsor),
        collaborators=parts.collaborators(sponsors),
        responsible_party=_responsible_party(sponsors.responsible_party),
        officials=parts.officials(contacts),
        conditions=words(protocol.conditions_module.conditions),
        keywords=words(protocol.conditions_module.keywords),
        arm_groups=parts.arm_groups(arms),
        interventions=parts.interventions(arms),
        outcomes=parts.outcomes(protocol.outcomes_module),
        locations=locations,
        countries=once(place.country for place in locations if place.country),
        removed_countries=words(derived.misc_info_module.removed_countries),
        references=parts.references(references),
        links=parts.links(references),
        avail_ipds=parts.avail_ipds(references),
        documents=parts.documents(study.document_section.large_document_module),
        condition_mesh=parts.mesh(derived.condition_browse_module.meshes),
        condition_ancestors=parts.mesh(derived.condition_browse_module.ancestors),
        intervention_mesh=parts.mesh(derived.intervention_browse_module.meshes),
        intervention_ancestors=parts.mesh(derived.intervention_browse_module.ancestors),
        has_results=study.has_results,
        results=parts.results(study.results_section),
    )


def _registrant(found: api.OrganizationInfo | None) -> model.Organization | None:
    name = line(found.full_name) if found else None
    if found is None or name is None:
        return None
    return model.Organization(name, code("organization-class", found.org_class))


def _status(found: api.StatusInfo) -> model.Status:
    at = "$.protocolSection.statusModule."
    access = found.expanded_access_info or api.ExpandedAccessInfo()
    return model.Status(
        overall_status=code("overall-status", found.overall_status),
        last_known_status=code("overall-status", found.last_known_status),
        why_stopped=line(found.why_stopped),
        has_expanded_access=access.has_expanded_access,
        expanded_access_nct_id=line(access.nct_id),
        expanded_access_status=code("overall-status", access.status_for_nct_id),
        status_verified_date=date(found.status_verified_date, at + "statusVerifiedDate"),
        start_date=dated(found.start_date_struct, at + "startDateStruct"),
        primary_completion_date=dated(
            found.primary_completion_date_struct, at + "primaryCompletionDateStruct"
        ),
        completion_date=dated(found.completion_date_struct, at + "completionDateStruct"),
        study_first_submit_date=date(found.study_first_submit_date, at + "studyFirstSubmitDate"),
        study_first_submit_qc_date=date(
            found.study_first_submit_qc_date, at + "studyFirstSubmitQcDate"
        ),
        study_first_post_date=dated(
            found.study_first_post_date_struct, at + "studyFirstPostDateStruct"
        ),
        results_waived=found.results_waived,
        results_first_submit_date=date(
            found.results_first_submit_date, at + "resultsFirstSubmitDate"
        ),
        results_first_submit_qc_date=date(
            found.results_first_submit_qc_date, at + "resultsFirstSubmitQcDate"
        ),
        results_first_post_date=dated(
            found.results_first_post_date_struct, at + "resultsFirstPostDateStruct"
        ),
        disp_first_submit_date=date(found.disp_first_submit_date, at + "dispFirstSubmitDate"),
        disp_first_submit_qc_date=date(
            found.disp_first_submit_qc_date, at + "dispFirstSubmitQcDate"
        ),
        disp_first_post_date=dated(
            found.disp_first_post_date_struct, at + "dispFirstPostDateStruct"
        ),
        last_update_submit_date=date(found.last_update_submit_date, at + "lastUpdateSubmitDate"),
        last_update_post_date=dated(
            found.last_update_post_date_struct, at + "lastUpdatePostDateStruct"
        ),
    )


def _design(found: api.DesignModule) -> model.Design:
    info = found.design_info or api.DesignInfo()
    masking = info.masking_info or api.MaskingInfo()
    samples = found.bio_spec or api.BioSpec()
    enrollment = found.enrollment_info or api.Enrollment()
    count = _enrollment(enrollment.count)
    return model.Design(
        study_type=code("study-type", found.study_type),
        phases=many_codes("phase", found.phases),
        patient_registry=found.patient_registry,
        target_duration=line(found.target_duration),
        allocation=code("allocation", info.allocation),
        intervention_model=code("intervention-model", info.intervention_model),
        intervention_model_description=long(info.intervention_model_description),
        primary_purpose=code("primary-purpose", info.primary_purpose),
        observational_models=many_codes("observational-model", info.observational_model),
        time_perspectives=many_codes("time-perspective", info.time_perspective),
        masking=code("masking", masking.masking),
        masking_description=long(masking.masking_description),
        who_masked=many_codes("who-masked", masking.who_masked),
        biospec_retention=code("biospec-retention", samples.retention),
        biospec_description=long(samples.description),
        enrollment_count=count,
        enrollment_type=None if count is None else code("date-type", enrollment.type),
        expanded_access_types=_expanded_access(found.expanded_access_types),
    )


def _enrollment(count: int | None) -> int | None:
    if count is not None and count < 0:
        place = "$.protocolSection.designModule.enrollmentInfo.count"
        raise RecordError("", place, str(count), "a number of participants")
    return None if count == _UNKNOWN_ENROLLMENT else count


def _expanded_access(found: api.ExpandedAccessTypes | None) -> tuple[str, ...]:
    if found is None:
        return ()
    types = {
        "INDIVIDUAL": found.individual,
        "INTERMEDIATE": found.intermediate,
        "TREATMENT": found.treatment,
    }
    return tuple(name for name, given in types.items() if given)


def _eligibility(found: api.EligibilityModule) -> model.Eligibility:
    criteria = long(found.eligibility_criteria)
    inclusion, exclusion = split(criteria)
    return model.Eligibility(
        criteria=criteria,
        inclusion=inclusion,
        exclusion=exclusion,
        healthy_volunteers=found.healthy_volunteers,
        sex=code("sex", found.sex),
        gender_based=found.gender_based,
        gender_description=long(found.gender_description),
        minimum_age=_age(found.minimum_age),
        maximum_age=_age(found.maximum_age),
        std_ages=many_codes("std-age", found.std_ages),
        study_population=long(found.study_population),
        sampling_method=code("sampling-method", found.sampling_method),
    )


def _age(value: api.Text) -> str | None:
    age = line(value)
    return None if age is None or age.lower() in _NO_LIMIT else age


def _oversight(found: api.OversightInfo) -> model.Oversight:
    return model.Oversight(
        has_dmc=found.oversight_has_dmc,
        is_fda_regulated_drug=found.is_fda_regulated_drug,
        is_fda_regulated_device=found.is_fda_regulated_device,
        is_unapproved_device=found.is_unapproved_device,
        is_ppsd=found.is_ppsd,
        is_us_export=found.is_us_export,
        fdaaa801_violation=found.fdaaa801_violation,
    )


def _ipd_sharing(found: api.IpdStatement) -> model.IpdSharing:
    return model.IpdSharing(
        sharing=code("ipd-sharing", found.ipd_sharing),
        description=long(found.description),
        info_types=many_codes("ipd-info-type", found.info_types),
        time_frame=long(found.time_frame),
        access_criteria=long(found.access_criteria),
        url=line(found.url),
    )


def _responsible_party(found: api.ResponsiblePartyInfo | None) -> model.ResponsibleParty | None:
    if found is None:
        return None
    party = model.ResponsibleParty(
        type=code("responsible-party-type", found.type),
        investigator_full_name=line(found.investigator_full_name),
        investigator_title=line(found.investigator_title),
        investigator_affiliation=line(found.investigator_affiliation),
        old_name_title=line(found.old_name_title),
        old_organization=line(found.old_organization),
    )
    return None if party == model.ResponsibleParty() else party
