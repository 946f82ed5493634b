"""Which code list the values of each coded property come from."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from kg.vocab import TKG, SchemeName

SCHEME_OF: Final[Mapping[str, SchemeName]] = MappingProxyType(
    {
        TKG.overallStatus: "overall-status",
        TKG.lastKnownStatus: "overall-status",
        TKG.expandedAccessStatus: "overall-status",
        TKG.locationStatus: "overall-status",
        TKG.assertedStatus: "overall-status",
        TKG.phase: "phase",
        TKG.assertedPhase: "phase",
        TKG.studyType: "study-type",
        TKG.allocation: "allocation",
        TKG.interventionModel: "intervention-model",
        TKG.primaryPurpose: "primary-purpose",
        TKG.masking: "masking",
        TKG.whoMasked: "who-masked",
        TKG.observationalModel: "observational-model",
        TKG.timePerspective: "time-perspective",
        TKG.sex: "sex",
        TKG.stdAge: "std-age",
        TKG.samplingMethod: "sampling-method",
        TKG.organizationClass: "organization-class",
        TKG.biospecRetention: "biospec-retention",
        TKG.ipdSharing: "ipd-sharing",
        TKG.ipdInfoType: "ipd-info-type",
        TKG.armGroupType: "arm-group-type",
        TKG.interventionType: "intervention-type",
        TKG.officialRole: "official-role",
        TKG.responsiblePartyType: "responsible-party-type",
        TKG.identifierSource: "identifier-source",
        TKG.identifierType: "identifier-type",
        TKG.outcomeKind: "outcome-kind",
        TKG.outcomeMeasureType: "outcome-measure-type",
        TKG.reportingStatus: "reporting-status",
        TKG.assessmentType: "assessment-type",
        TKG.seriousness: "seriousness",
        TKG.expandedAccessType: "expanded-access-type",
        TKG.interventionRole: "intervention-role",
        TKG.nameKind: "name-kind",
        TKG.targetKind: "target-kind",
        TKG.nameStatus: "name-status",
        TKG.groundingStatus: "name-status",
        TKG.recordFormat: "record-format",
        TKG.organizationLinkKind: "organization-link",
        TKG.identifierScheme: "identifier-scheme",
        TKG.trialLinkKind: "trial-link",
        TKG.enrollmentType: "date-type",
        TKG.startDateType: "date-type",
        TKG.primaryCompletionDateType: "date-type",
        TKG.completionDateType: "date-type",
        TKG.studyFirstPostDateType: "date-type",
        TKG.resultsFirstPostDateType: "date-type",
        TKG.dispFirstPostDateType: "date-type",
        TKG.lastUpdatePostDateType: "date-type",
    }
)
"""Property to code list; the ontology states the same as the property's range.

>>> SCHEME_OF[TKG.locationStatus]
'overall-status'
"""
