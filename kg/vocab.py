"""Namespaces and terms as constants, so that a misspelt term fails the type check.

Every constant is a full IRI in a plain string. `TKG` holds exactly the terms that
`ontology/trialkg.ttl` declares (a test compares the two, both ways); the other namespaces hold
the terms this project reuses.

>>> TKG.overallStatus
'https://w3id.org/trialkg/ontology#overallStatus'
>>> SKOS.prefLabel
'http://www.w3.org/2004/02/skos/core#prefLabel'
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal, get_args

from kg.iris import BASE, CODE, COUNTRY, DOI, HGNC, MESH, ONTOLOGY, PUBMED, UNIPROT


class _Terms:
    """A namespace: each annotated name of a subclass becomes its IRI."""

    def __init_subclass__(cls, iri: str) -> None:
        for name in cls.__annotations__:
            setattr(cls, name, iri + name)


class TKG(_Terms, iri=ONTOLOGY):
    """The terms of the project's own ontology."""

    # Classes
    Trial: str
    ArmGroup: str
    Intervention: str
    Outcome: str
    OutcomeMeasure: str
    AdverseEvent: str
    Official: str
    ResponsibleParty: str
    Identifier: str
    Location: str
    Site: str
    WebLink: str
    AvailableIpd: str
    Document: str
    AssertedRelation: str
    Record: str
    Grounding: str
    Organization: str
    Condition: str
    MeshTerm: str
    Country: str
    Publication: str
    Drug: str
    DrugName: str
    FormerDrug: str
    Evidence: str
    TargetLink: str
    BiomarkerRequirement: str
    Target: str
    OrganizationLink: str
    TrialLink: str

    # Trial: texts
    nctId: str
    briefTitle: str
    officialTitle: str
    acronym: str
    briefSummary: str
    detailedDescription: str
    keyword: str
    whyStopped: str
    targetDuration: str
    interventionModelDescription: str
    maskingDescription: str
    biospecDescription: str
    eligibilityCriteria: str
    inclusionCriteria: str
    exclusionCriteria: str
    minimumAge: str
    maximumAge: str
    genderDescription: str
    studyPopulation: str
    ipdDescription: str
    ipdTimeFrame: str
    ipdAccessCriteria: str
    ipdUrl: str
    leadSponsorName: str
    collaboratorName: str
    unassignedOtherName: str
    limitationsAndCaveats: str
    adverseEventsTimeFrame: str
    adverseEventsDescription: str
    adverseEventsFrequencyThreshold: str

    # Trial: numbers
    enrollment: str
    numberOfArms: str
    minimumAgeYears: str
    maximumAgeYears: str

    # Trial: yes or no
    hasExpandedAccess: str
    patientRegistry: str
    healthyVolunteers: str
    genderBased: str
    hasDmc: str
    isFdaRegulatedDrug: str
    isFdaRegulatedDevice: str
    isUnapprovedDevice: str
    isPpsd: str
    isUsExport: str
    fdaaa801Violation: str
    hasResults: str
    resultsWaived: str

    # Trial: dates
    startDate: str
    primaryCompletionDate: str
    completionDate: str
    statusVerifiedDate: str
    studyFirstSubmitDate: str
    studyFirstSubmitQcDate: str
    studyFirstPostDate: str
    resultsFirstSubmitDate: str
    resultsFirstSubmitQcDate: str
    resultsFirstPostDate: str
    dispFirstSubmitDate: str
    dispFirstSubmitQcDate: str
    dispFirstPostDate: str
    lastUpdateSubmitDate: str
    lastUpdatePostDate: str

    # Trial: codes
    overallStatus: str
    lastKnownStatus: str
    expandedAccessStatus: str
    phase: str
    studyType: str
    allocation: str
    interventionModel: str
    primaryPurpose: str
    masking: str
    whoMasked: str
    observationalModel: str
    timePerspective: str
    biospecRetention: str
    sex: str
    stdAge: str
    samplingMethod: str
    ipdSharing: str
    ipdInfoType: str
    expandedAccessType: str
    enrollmentType: str
    startDateType: str
    primaryCompletionDateType: str
    completionDateType: str
    studyFirstPostDateType: str
    resultsFirstPostDateType: str
    dispFirstPostDateType: str
    lastUpdatePostDateType: str

    # Trial: links
    hasArm: str
    hasIntervention: str
    hasOutcome: str
    hasOutcomeMeasure: str
    hasAdverseEvent: str
    hasOfficial: str
    responsibleParty: str
    identifier: str
    leadSponsor: str
    collaborator: str
    registeringOrganization: str
    condition: str
    groundedCondition: str
    conditionMesh: str
    conditionAncestor: str
    interventionMesh: str
    interventionAncestor: str
    site: str
    hasLocation: str
    country: str
    removedCountry: str
    publication: str
    backgroundPublication: str
    resultPublication: str
    derivedPublication: str
    link: str
    availableIpd: str
    document: str
    expandedAccessTrial: str
    record: str
    supersededRecord: str
    assertedRelation: str
    studiesDrug: str
    studiesTarget: str
    requiresBiomarker: str
    hasBiomarkerRequirement: str
    hasGrounding: str

    # What a trial owns
    description: str
    timeFrame: str
    armGroupType: str
    armIntervention: str
    interventionType: str
    otherName: str
    interventionRole: str
    usesDrug: str
    outcomeKind: str
    outcomeMeasureType: str
    populationDescription: str
    reportingStatus: str
    paramType: str
    unitOfMeasure: str
    seriousness: str
    organSystem: str
    sourceVocabulary: str
    assessmentType: str
    notes: str
    officialRole: str
    affiliation: str
    responsiblePartyType: str
    investigatorTitle: str
    oldOrganization: str
    identifierValue: str
    identifierSource: str
    identifierType: str
    identifierScheme: str
    normalizedId: str
    identifierDomain: str
    identifierLink: str
    locationSite: str
    locationStatus: str
    city: str
    state: str
    zip: str
    anonymous: str
    geonamesCity: str
    url: str
    ipdType: str
    ipdId: str
    comment: str
    documentDate: str
    hasProtocol: str
    hasSap: str
    hasIcf: str
    filename: str
    assertedTrial: str
    assertedStatus: str
    assertedPhase: str
    recordSource: str
    recordFormat: str
    checksum: str
    versionDate: str

    # Grounding and evidence
    mention: str
    field: str
    groundedIntervention: str
    groundedTo: str
    rule: str
    confidence: str
    groundingStatus: str
    evidence: str
    evidenceSource: str
    evidenceRecord: str
    evidenceEntry: str
    sentence: str
    evidenceOtherName: str
    reason: str
    candidate: str
    evidenceCount: str
    lookupKey: str
    qualifier: str

    # Shared things
    organizationClass: str
    parentOrganization: str
    succeededBy: str
    hasOrganizationLink: str
    organizationLinkKind: str
    linkedOrganization: str
    linkSince: str
    linkUntil: str
    trialLinkKind: str
    linkedTrial: str
    namingTrial: str
    matchedId: str
    pmid: str
    doi: str
    retractedBy: str
    unii: str
    hasTarget: str
    hasName: str
    nameKind: str
    nameStatus: str
    hasTargetLink: str
    hasPayloadTarget: str
    hasPayloadLink: str
    linkTarget: str
    biomarker: str
    targetKind: str
    symbol: str


class RDF(_Terms, iri="http://www.w3.org/1999/02/22-rdf-syntax-ns#"):
    """RDF: the terms used here."""

    type: str


class RDFS(_Terms, iri="http://www.w3.org/2000/01/rdf-schema#"):
    """RDF Schema: the terms used here."""

    label: str


class XSD(_Terms, iri="http://www.w3.org/2001/XMLSchema#"):
    """XML Schema datatypes: the terms used here."""

    string: str
    boolean: str
    integer: str
    decimal: str
    date: str
    gYearMonth: str
    gYear: str
    anyURI: str


class SKOS(_Terms, iri="http://www.w3.org/2004/02/skos/core#"):
    """SKOS: the terms used here."""

    Concept: str
    ConceptScheme: str
    prefLabel: str
    altLabel: str
    broader: str
    exactMatch: str
    closeMatch: str
    notation: str
    inScheme: str
    definition: str


class SKOSXL(_Terms, iri="http://www.w3.org/2008/05/skos-xl#"):
    """SKOS-XL, names as things: the terms used here."""

    literalForm: str


class DCTERMS(_Terms, iri="http://purl.org/dc/terms/"):
    """Dublin Core: the terms used here."""

    isReplacedBy: str


class PROV(_Terms, iri="http://www.w3.org/ns/prov#"):
    """PROV-O: the terms used here."""

    Entity: str
    wasDerivedFrom: str


class SCHEMA(_Terms, iri="https://schema.org/"):
    """schema.org: the terms used here."""

    sameAs: str
    latitude: str
    longitude: str


SchemeName = Literal[
    "overall-status",
    "phase",
    "study-type",
    "date-type",
    "allocation",
    "intervention-model",
    "primary-purpose",
    "masking",
    "who-masked",
    "observational-model",
    "time-perspective",
    "sex",
    "std-age",
    "sampling-method",
    "organization-class",
    "biospec-retention",
    "ipd-sharing",
    "ipd-info-type",
    "arm-group-type",
    "intervention-type",
    "official-role",
    "responsible-party-type",
    "identifier-source",
    "identifier-type",
    "outcome-kind",
    "outcome-measure-type",
    "reporting-status",
    "assessment-type",
    "seriousness",
    "expanded-access-type",
    "intervention-role",
    "name-kind",
    "name-status",
    "target-kind",
    "record-format",
    "organization-link",
    "identifier-scheme",
    "trial-link",
]
"""The name of a code list: `iris.code(scheme, value)` mints its concepts."""

SCHEMES: Final[tuple[SchemeName, ...]] = get_args(SchemeName)

PREFIXES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "tkg": ONTOLOGY,
        "schema": "https://schema.org/",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "skosxl": "http://www.w3.org/2008/05/skos-xl#",
        "dcterms": "http://purl.org/dc/terms/",
        "prov": "http://www.w3.org/ns/prov#",
        "owl": "http://www.w3.org/2002/07/owl#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "mesh": MESH,
        "hgnc": HGNC,
        "uniprot": UNIPROT,
        "pubmed": PUBMED,
        "doi": DOI,
        "country": COUNTRY,
        "trial": BASE + "trial/",
        "drug": BASE + "drug/",
        **{scheme: f"{CODE}{scheme}/" for scheme in SCHEMES},
    }
)
"""Prefixes for Turtle and queries, one for each code list (`phase:PHASE1`) included."""
