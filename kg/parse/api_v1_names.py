"""The older API's names and the API v2 names for the same fields."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct


class Flag(Struct, frozen=True):
    """A field that says "Yes" or "No"."""

    name: str


class Part(Struct, frozen=True):
    """An object, and the fields it has."""

    name: str
    fields: Fields


class Many(Struct, frozen=True):
    """A list wrapped in an object under the name of its elements, which may be objects too."""

    name: str
    element: str
    fields: Fields | None = None


Field: TypeAlias = str | Flag | Part | Many
"""A plain field is its new name."""
Fields: TypeAlias = dict[str, "Field"]


def _dated(name: str, old: str) -> Part:
    return Part(f"{name}Struct", {old: "date", f"{old}Type": "type"})


def _prefixed(prefix: str, fields: Fields) -> Fields:
    return {prefix + name: field for name, field in fields.items()}


_OUTCOME: Fields = {"Measure": "measure", "Description": "description", "TimeFrame": "timeFrame"}
_EVENT: Fields = {
    "Term": "term",
    "OrganSystem": "organSystem",
    "SourceVocabulary": "sourceVocabulary",
    "AssessmentType": "assessmentType",
    "Notes": "notes",
}
_ID: Fields = {"": "id", "Type": "type", "Domain": "domain", "Link": "link"}


def _outcomes(kind: str) -> Many:
    element = f"{kind}Outcome"
    return Many(f"{kind.lower()}Outcomes", element, _prefixed(element, _OUTCOME))


def _events(kind: str) -> Many:
    element = f"{kind}Event"
    return Many(f"{kind.lower()}Events", element, _prefixed(element, _EVENT))


def _terms(name: str, element: str) -> Many:
    return Many(name, element, _prefixed(element, {"Id": "id", "Term": "term"}))


def _browse(kind: str) -> Part:
    fields: Fields = {
        f"{kind}MeshList": _terms("meshes", f"{kind}Mesh"),
        f"{kind}AncestorList": _terms("ancestors", f"{kind}Ancestor"),
    }
    return Part(f"{kind.lower()}BrowseModule", fields)


_IDENTIFICATION: Fields = {
    "NCTId": "nctId",
    "NCTIdAliasList": Many("nctIdAliases", "NCTIdAlias"),
    "OrgStudyIdInfo": Part("orgStudyIdInfo", _prefixed("OrgStudyId", _ID)),
    "SecondaryIdInfoList": Many(
        "secondaryIdInfos", "SecondaryIdInfo", _prefixed("SecondaryId", _ID)
    ),
    "BriefTitle": "briefTitle",
    "OfficialTitle": "officialTitle",
    "Acronym": "acronym",
    "Organization": Part("organization", {"OrgFullName": "fullName", "OrgClass": "class"}),
}

_STATUS: Fields = {
    "StatusVerifiedDate": "statusVerifiedDate",
    "OverallStatus": "overallStatus",
    "LastKnownStatus": "lastKnownStatus",
    "WhyStopped": "whyStopped",
    "ExpandedAccessInfo": Part(
        "expandedAccessInfo",
        {
            "HasExpandedAccess": Flag("hasExpandedAccess"),
            "ExpandedAccessNCTId": "nctId",
            "ExpandedAccessStatusForNCTId": "statusForNctId",
        },
    ),
    "StartDateStruct": _dated("startDate", "StartDate"),
    "PrimaryCompletionDateStruct": _dated("primaryCompletionDate", "PrimaryCompletionDate"),
    "CompletionDateStruct": _dated("completionDate", "CompletionDate"),
    "StudyFirstSubmitDate": "studyFirstSubmitDate",
    "StudyFirstSubmitQCDate": "studyFirstSubmitQcDate",
    "StudyFirstPostDateStruct": _dated("studyFirstPostDate", "StudyFirstPostDate"),
    "ResultsWaived": Flag("resultsWaived"),
    "ResultsFirstSubmitDate": "resultsFirstSubmitDate",
    "ResultsFirstSubmitQCDate": "resultsFirstSubmitQcDate",
    "ResultsFirstPostDateStruct": _dated("resultsFirstPostDate", "ResultsFirstPostDate"),
    "DispFirstSubmitDate": "dispFirstSubmitDate",
    "DispFirstSubmitQCDate": "dispFirstSubmitQcDate",
    "DispFirstPostDateStruct": _dated("dispFirstPostDate", "DispFirstPostDate"),
    "LastUpdateSubmitDate": "lastUpdateSubmitDate",
    "LastUpdatePostDateStruct": _dated("lastUpdatePostDate", "LastUpdatePostDate"),
}

_SPONSORS: Fields = {
    "ResponsibleParty": Part(
        "responsibleParty",
        _prefixed(
            "ResponsibleParty",
            {
                "Type": "type",
                "InvestigatorFullName": "investigatorFullName",
                "InvestigatorTitle": "investigatorTitle",
                "InvestigatorAffiliation": "investigatorAffiliation",
                "OldNameTitle": "oldNameTitle",
                "OldOrganization": "oldOrganization",
            },
        ),
    ),
    "LeadSponsor": Part("leadSponsor", {"LeadSponsorName": "name", "LeadSponsorClass": "class"}),
    "CollaboratorList": Many(
        "collaborators",
        "Collaborator",
        {"CollaboratorName": "name", "CollaboratorClass": "class"},
    ),
}

_OVERSIGHT: Fields = {
    "OversightHasDMC": Flag("oversightHasDmc"),
    "IsFDARegulatedDrug": Flag("isFdaRegulatedDrug"),
    "IsFDARegulatedDevice": Flag("isFdaRegulatedDevice"),
    "IsUnapprovedDevice": Flag("isUnapprovedDevice"),
    "IsPPSD": Flag("isPpsd"),
    "IsUSExport": Flag("isUsExport"),
    "FDAAA801Violation": Flag("fdaaa801Violation"),
}

_DESIGN: Fields = {
    "StudyType": "studyType",
    "PhaseList": Many("phases", "Phase"),
    "PatientRegistry": Flag("patientRegistry"),
    "TargetDuration": "targetDuration",
    "ExpandedAccessTypes": Part(
        "expandedAccessTypes",
        {
            "ExpAccTypeIndividual": Flag("individual"),
            "ExpAccTypeIntermediate": Flag("intermediate"),
            "ExpAccTypeTreatment": Flag("treatment"),
        },
    ),
    "DesignInfo": Part(
        "designInfo",
        {
            "DesignAllocation": "allocation",
            "DesignInterventionModel": "interventionModel",
            "DesignInterventionModelDescription": "interventionModelDescription",
            "DesignPrimaryPurpose": "primaryPurpose",
            "DesignObservationalModelList": Many("observationalModel", "DesignObservationalModel"),
            "DesignTimePerspectiveList": Many("timePerspective", "DesignTimePerspective"),
            "DesignMaskingInfo": Part(
                "maskingInfo",
                {
                    "DesignMasking": "masking",
                    "DesignMaskingDescription": "maskingDescription",
                    "DesignWhoMaskedList": Many("whoMasked", "DesignWhoMasked"),
                },
            ),
        },
    ),
    "BioSpec": Part(
        "bioSpec", {"BioSpecRetention": "retention", "BioSpecDescription": "description"}
    ),
    "EnrollmentInfo": Part(
        "enrollmentInfo", {"EnrollmentCount": "count", "EnrollmentType": "type"}
    ),
}

_ARMS: Fields = {
    "ArmGroupList": Many(
        "armGroups",
        "ArmGroup",
        {"ArmGroupLabel": "label", "ArmGroupType": "type", "ArmGroupDescription": "description"},
    ),
    "InterventionList": Many(
        "interventions",
        "Intervention",
        {
            "InterventionType": "type",
            "InterventionName": "name",
            "InterventionDescription": "description",
            "InterventionArmGroupLabelList": Many("armGroupLabels", "InterventionArmGroupLabel"),
            "InterventionOtherNameList": Many("otherNames", "InterventionOtherName"),
        },
    ),
}

_ELIGIBILITY: Fields = {
    "EligibilityCriteria": "eligibilityCriteria",
    "HealthyVolunteers": Flag("healthyVolunteers"),
    "Gender": "sex",
    "GenderBased": Flag("genderBased"),
    "GenderDescription": "genderDescription",
    "MinimumAge": "minimumAge",
    "MaximumAge": "maximumAge",
    "StdAgeList": Many("stdAges", "StdAge"),
    "StudyPopulation": "studyPopulation",
    "SamplingMethod": "samplingMethod",
}

_PLACES: Fields = {
    "OverallOfficialList": Many(
        "overallOfficials",
        "OverallOfficial",
        {
            "OverallOfficialName": "name",
            "OverallOfficialRole": "role",
            "OverallOfficialAffiliation": "affiliation",
        },
    ),
    "LocationList": Many(
        "locations",
        "Location",
        {
            "LocationFacility": "facility",
            "LocationStatus": "status",
            "LocationCity": "city",
            "LocationState": "state",
            "LocationZip": "zip",
            "LocationCountry": "country",
            "LocationContactList": Many(
                "contacts",
                "LocationContact",
                {"LocationContactName": "name", "LocationContactRole": "role"},
            ),
        },
    ),
}

_REFERENCES: Fields = {
    "ReferenceList": Many(
        "references",
        "Reference",
        {
            "ReferencePMID": "pmid",
            "ReferenceType": "type",
            "ReferenceCitation": "citation",
            "RetractionList": Many(
                "retractions",
                "Retraction",
                {"RetractionPMID": "pmid", "RetractionSource": "source"},
            ),
        },
    ),
    "SeeAlsoLinkList": Many(
        "seeAlsoLinks", "SeeAlsoLink", {"SeeAlsoLinkLabel": "label", "SeeAlsoLinkURL": "url"}
    ),
    "AvailIPDList": Many(
        "availIpds",
        "AvailIPD",
        {
            "AvailIPDId": "id",
            "AvailIPDType": "type",
            "AvailIPDURL": "url",
            "AvailIPDComment": "comment",
        },
    ),
}

_IPD: Fields = {
    "IPDSharing": "ipdSharing",
    "IPDSharingDescription": "description",
    "IPDSharingInfoTypeList": Many("infoTypes", "IPDSharingInfoType"),
    "IPDSharingTimeFrame": "timeFrame",
    "IPDSharingAccessCriteria": "accessCriteria",
    "IPDSharingURL": "url",
}

_PROTOCOL: Fields = {
    "IdentificationModule": Part("identificationModule", _IDENTIFICATION),
    "StatusModule": Part("statusModule", _STATUS),
    "SponsorCollaboratorsModule": Part("sponsorCollaboratorsModule", _SPONSORS),
    "OversightModule": Part("oversightModule", _OVERSIGHT),
    "DescriptionModule": Part(
        "descriptionModule",
        {"BriefSummary": "briefSummary", "DetailedDescription": "detailedDescription"},
    ),
    "ConditionsModule": Part(
        "conditionsModule",
        {
            "ConditionList": Many("conditions", "Condition"),
            "KeywordList": Many("keywords", "Keyword"),
        },
    ),
    "DesignModule": Part("designModule", _DESIGN),
    "ArmsInterventionsModule": Part("armsInterventionsModule", _ARMS),
    "OutcomesModule": Part(
        "outcomesModule",
        {f"{kind}OutcomeList": _outcomes(kind) for kind in ("Primary", "Secondary", "Other")},
    ),
    "EligibilityModule": Part("eligibilityModule", _ELIGIBILITY),
    "ContactsLocationsModule": Part("contactsLocationsModule", _PLACES),
    "ReferencesModule": Part("referencesModule", _REFERENCES),
    "IPDSharingStatementModule": Part("ipdSharingStatementModule", _IPD),
}

_MEASURE: Fields = {
    "Type": "type",
    "Title": "title",
    "Description": "description",
    "PopulationDescription": "populationDescription",
    "ReportingStatus": "reportingStatus",
    "ParamType": "paramType",
    "UnitOfMeasure": "unitOfMeasure",
    "TimeFrame": "timeFrame",
}

_RESULTS: Fields = {
    "OutcomeMeasuresModule": Part(
        "outcomeMeasuresModule",
        {
            "OutcomeMeasureList": Many(
                "outcomeMeasures", "OutcomeMeasure", _prefixed("OutcomeMeasure", _MEASURE)
            )
        },
    ),
    "AdverseEventsModule": Part(
        "adverseEventsModule",
        {
            "EventsFrequencyThreshold": "frequencyThreshold",
            "EventsTimeFrame": "timeFrame",
            "EventsDescription": "description",
            "SeriousEventList": _events("Serious"),
            "OtherEventList": _events("Other"),
        },
    ),
    "MoreInfoModule": Part(
        "moreInfoModule",
        {
            "LimitationsAndCaveats": Part(
                "limitationsAndCaveats", {"LimitationsAndCaveatsDescription": "description"}
            )
        },
    ),
}

_LARGE_DOC: Fields = {
    "TypeAbbrev": "typeAbbrev",
    "HasProtocol": Flag("hasProtocol"),
    "HasSAP": Flag("hasSap"),
    "HasICF": Flag("hasIcf"),
    "Label": "label",
    "Date": "date",
    "Filename": "filename",
}

STUDY: Fields = {
    "ProtocolSection": Part("protocolSection", _PROTOCOL),
    "ResultsSection": Part("resultsSection", _RESULTS),
    "DocumentSection": Part(
        "documentSection",
        {
            "LargeDocumentModule": Part(
                "largeDocumentModule",
                {"LargeDocList": Many("largeDocs", "LargeDoc", _prefixed("LargeDoc", _LARGE_DOC))},
            )
        },
    ),
    "DerivedSection": Part(
        "derivedSection",
        {
            "ConditionBrowseModule": _browse("Condition"),
            "InterventionBrowseModule": _browse("Intervention"),
            "MiscInfoModule": Part(
                "miscInfoModule",
                {"RemovedCountryList": Many("removedCountries", "RemovedCountry")},
            ),
        },
    ),
}
"""A whole study, from its top."""
