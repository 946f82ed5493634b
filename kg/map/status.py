"""Recruitment status and the record's dates (`statusModule`)."""

from __future__ import annotations

from kg.iris import Iris
from kg.map.ntriples import Subject
from kg.model.trial import PartialDate, Status
from kg.vocab import TKG


def map_status(node: Subject, status: Status, iris: Iris) -> None:
    """Say how far the trial is and when what happened."""
    node.code(TKG.overallStatus, "overall-status", status.overall_status)
    node.code(TKG.lastKnownStatus, "overall-status", status.last_known_status)
    node.text(TKG.whyStopped, status.why_stopped)
    node.boolean(TKG.hasExpandedAccess, status.has_expanded_access)
    if status.expanded_access_nct_id is not None:
        node.link(TKG.expandedAccessTrial, iris.trial(status.expanded_access_nct_id))
    node.code(TKG.expandedAccessStatus, "overall-status", status.expanded_access_status)
    node.boolean(TKG.resultsWaived, status.results_waived)
    _date(node, TKG.statusVerifiedDate, status.status_verified_date)
    _date(node, TKG.startDate, status.start_date, TKG.startDateType)
    _date(
        node,
        TKG.primaryCompletionDate,
        status.primary_completion_date,
        TKG.primaryCompletionDateType,
    )
    _date(node, TKG.completionDate, status.completion_date, TKG.completionDateType)
    _date(node, TKG.studyFirstSubmitDate, status.study_first_submit_date)
    _date(node, TKG.studyFirstSubmitQcDate, status.study_first_submit_qc_date)
    _date(node, TKG.studyFirstPostDate, status.study_first_post_date, TKG.studyFirstPostDateType)
    _date(node, TKG.resultsFirstSubmitDate, status.results_first_submit_date)
    _date(node, TKG.resultsFirstSubmitQcDate, status.results_first_submit_qc_date)
    _date(
        node, TKG.resultsFirstPostDate, status.results_first_post_date, TKG.resultsFirstPostDateType
    )
    _date(node, TKG.dispFirstSubmitDate, status.disp_first_submit_date)
    _date(node, TKG.dispFirstSubmitQcDate, status.disp_first_submit_qc_date)
    _date(node, TKG.dispFirstPostDate, status.disp_first_post_date, TKG.dispFirstPostDateType)
    _date(node, TKG.lastUpdateSubmitDate, status.last_update_submit_date)
    _date(node, TKG.lastUpdatePostDate, status.last_update_post_date, TKG.lastUpdatePostDateType)


def _date(
    node: Subject, predicate: str, value: PartialDate | None, type_predicate: str | None = None
) -> None:
    if value is not None:
        node.date(predicate, value.date)
        if type_predicate is not None:
            node.code(type_predicate, "date-type", value.type)
