"""How the study is built, overseen, and whether its data will be shared."""

from __future__ import annotations

from kg.map.ntriples import Subject
from kg.model.trial import Design, IpdSharing, Oversight
from kg.vocab import TKG


def map_design(node: Subject, design: Design) -> None:
    """Say how the study is built (`designModule`)."""
    node.code(TKG.studyType, "study-type", design.study_type)
    for phase in design.phases:
        node.code(TKG.phase, "phase", phase)
    node.boolean(TKG.patientRegistry, design.patient_registry)
    node.text(TKG.targetDuration, design.target_duration)
    node.code(TKG.allocation, "allocation", design.allocation)
    node.code(TKG.interventionModel, "intervention-model", design.intervention_model)
    node.text(TKG.interventionModelDescription, design.intervention_model_description)
    node.code(TKG.primaryPurpose, "primary-purpose", design.primary_purpose)
    for model in design.observational_models:
        node.code(TKG.observationalModel, "observational-model", model)
    for perspective in design.time_perspectives:
        node.code(TKG.timePerspective, "time-perspective", perspective)
    node.code(TKG.masking, "masking", design.masking)
    node.text(TKG.maskingDescription, design.masking_description)
    for masked in design.who_masked:
        node.code(TKG.whoMasked, "who-masked", masked)
    node.code(TKG.biospecRetention, "biospec-retention", design.biospec_retention)
    node.text(TKG.biospecDescription, design.biospec_description)
    node.integer(TKG.enrollment, design.enrollment_count)
    node.code(TKG.enrollmentType, "date-type", design.enrollment_type)
    for access in design.expanded_access_types:
        node.code(TKG.expandedAccessType, "expanded-access-type", access)
    node.integer(TKG.numberOfArms, design.number_of_arms)


def map_oversight(node: Subject, oversight: Oversight) -> None:
    """Say who watches over the study (`oversightModule`)."""
    node.boolean(TKG.hasDmc, oversight.has_dmc)
    node.boolean(TKG.isFdaRegulatedDrug, oversight.is_fda_regulated_drug)
    node.boolean(TKG.isFdaRegulatedDevice, oversight.is_fda_regulated_device)
    node.boolean(TKG.isUnapprovedDevice, oversight.is_unapproved_device)
    node.boolean(TKG.isPpsd, oversight.is_ppsd)
    node.boolean(TKG.isUsExport, oversight.is_us_export)
    node.boolean(TKG.fdaaa801Violation, oversight.fdaaa801_violation)


def map_ipd_sharing(node: Subject, plan: IpdSharing) -> None:
    """Say whether participant data will be shared (`ipdSharingStatementModule`)."""
    node.code(TKG.ipdSharing, "ipd-sharing", plan.sharing)
    node.text(TKG.ipdDescription, plan.description)
    for info in plan.info_types:
        node.code(TKG.ipdInfoType, "ipd-info-type", info)
    node.text(TKG.ipdTimeFrame, plan.time_frame)
    node.text(TKG.ipdAccessCriteria, plan.access_criteria)
    node.uri(TKG.ipdUrl, plan.url)
