:param base => 'file:///trialkg/';
CREATE CONSTRAINT resource_iri IF NOT EXISTS FOR (n:Resource) REQUIRE n.iri IS UNIQUE;
CREATE CONSTRAINT trial_nct_id IF NOT EXISTS FOR (n:Trial) REQUIRE n.nctId IS UNIQUE;
CREATE INDEX drug_name_lookup_key IF NOT EXISTS FOR (n:DrugName) ON (n.lookupKey);
CREATE INDEX target_symbol IF NOT EXISTS FOR (n:Target) ON (n.symbol);
CREATE INDEX drug_name IF NOT EXISTS FOR (n:Drug) ON (n.name);
LOAD CSV WITH HEADERS FROM $base + 'nodes/ArmGroup-0001.csv' AS row
CALL { WITH row MERGE (n:Resource {iri: row.iri}) SET n:ArmGroup, n = {iri: row.iri, name: row.name, nameMore: split(row.nameMore, '\u001F'), description: row.description, descriptionMore: split(row.descriptionMore, '\u001F'), armGroupType: row.armGroupType} } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'nodes/Code-0001.csv' AS row
CALL { WITH row MERGE (n:Resource {iri: row.iri}) SET n:Code, n = {iri: row.iri, name: row.name, code: row.code, definition: row.definition} } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'nodes/CodeList-0001.csv' AS row
CALL { WITH row MERGE (n:Resource {iri: row.iri}) SET n:CodeList, n = {iri: row.iri, name: row.name, prefLabel: row.prefLabel, definition: row.definition, isDefinedBy: row.isDefinedBy} } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'nodes/Condition-0001.csv' AS row
CALL { WITH row MERGE (n:Resource {iri: row.iri}) SET n:Condition, n = {iri: row.iri, name: row.name, nameMore: split(row.nameMore, '\u001F'), rule: row.rule, ruleMore: split(row.ruleMore, '\u001F'), confidence: toFloat(row.confidence), confidenceMore: [x IN split(row.confidenceMore, '\u001F') | toFloat(x)]} } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'nodes/Country-0001.csv' AS row
CALL { WITH row MERGE (n:Resource {iri: row.iri}) SET n:Country, n = {iri: row.iri, name: row.name, nameMore: split(row.nameMore, '\u001F'), code: row.code} } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'nodes/Drug-0001.csv' AS row
CALL { WITH row MERGE (n:Resource {iri: row.iri}) SET n:Drug, n = {iri: row.iri, name: row.name, prefLabel: row.prefLabel, altLabel: split(row.altLabel, '\u001F'), unii: row.unii} } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'nodes/DrugName-0001.csv' AS row
CALL { WITH row MERGE (n:Resource {iri: row.iri}) SET n:DrugName, n = {iri: row.iri, name: row.name, nameMore: split(row.nameMore, '\u001F'), literalForm: row.literalForm, reason: row.reason, reasonMore: split(row.reasonMore, '\u001F'), evidenceCount: toInteger(row.evidenceCount), lookupKey: row.lookupKey, nameKind: row.nameKind, nameStatus: row.nameStatus} } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'nodes/Entity-Record-0001.csv' AS row
CALL { WITH row MERGE (n:Resource {iri: row.iri}) SET n:Entity:Record, n = {iri: row.iri, recordSource: row.recordSource, checksum: row.checksum, versionDate: date(row.versionDate), versionDatePrecision: row.versionDatePrecision, recordFormat: row.recordFormat} } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'nodes/Evidence-0001.csv' AS row
CALL { WITH row MERGE (n:Resource {iri: row.iri}) SET n:Evidence, n = {iri: row.iri, field: row.field, rule: row.rule, confidence: toFloat(row.confidence), evidenceSource: row.evidenceSource, evidenceEntry: row.evidenceEntry, sentence: row.sentence} } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'nodes/Grounding-0001.csv' AS row
CALL { WITH row MERGE (n:Resource {iri: row.iri}) SET n:Grounding, n = {iri: row.iri, mention: row.mention, field: row.field, rule: row.rule, confidence: toFloat(row.confidence), reason: row.reason, candidate: split(row.candidate, '\u001F'), groundingStatus: row.groundingStatus} } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'nodes/Identifier-0001.csv' AS row
CALL { WITH row MERGE (n:Resource {iri: row.iri}) SET n:Identifier, n = {iri: row.iri, name: row.name, nameMore: split(row.nameMore, '\u001F'), identifierValue: row.identifierValue, normalizedId: row.normalizedId, normalizedIdMore: split(row.normalizedIdMore, '\u001F'), identifierScheme: row.identifierScheme, identifierSchemeMore: split(row.identifierSchemeMore, '\u001F'), identifierDomain: row.identifierDomain, identifierDomainMore: split(row.identifierDomainMore, '\u001F'), identifierLink: row.identifierLink, identifierLinkMore: split(row.identifierLinkMore, '\u001F'), identifierSource: row.identifierSource, identifierType: row.identifierType} } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'nodes/Intervention-0001.csv' AS row
CALL { WITH row MERGE (n:Resource {iri: row.iri}) SET n:Intervention, n = {iri: row.iri, name: row.name, nameMore: split(row.nameMore, '\u001F'), description: row.description, descriptionMore: split(row.descriptionMore, '\u001F'), otherName: split(row.otherName, '\u001F'), interventionType: row.interventionType, interventionRole: row.interventionRole} } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'nodes/Location-0001.csv' AS row
CALL { WITH row MERGE (n:Resource {iri: row.iri}) SET n:Location, n = {iri: row.iri, locationStatus: row.locationStatus} } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'nodes/MeshTerm-0001.csv' AS row
CALL { WITH row MERGE (n:Resource {iri: row.iri}) SET n:MeshTerm, n = {iri: row.iri, name: row.name, nameMore: split(row.nameMore, '\u001F'), altLabel: split(row.altLabel, '\u001F'), exactMatch: split(row.exactMatch, '\u001F'), closeMatch: split(row.closeMatch, '\u001F')} } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'nodes/Official-0001.csv' AS row
CALL { WITH row MERGE (n:Resource {iri: row.iri}) SET n:Official, n = {iri: row.iri, name: row.name, nameMore: split(row.nameMore, '\u001F'), affiliation: row.affiliation, officialRole: row.officialRole} } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'nodes/Organization-0001.csv' AS row
CALL { WITH row MERGE (n:Resource {iri: row.iri}) SET n:Organization, n = {iri: row.iri, name: row.name, nameMore: split(row.nameMore, '\u001F'), altLabel: split(row.altLabel, '\u001F'), lookupKey: split(row.lookupKey, '\u001F'), organizationClass: split(row.organizationClass, '\u001F')} } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'nodes/OrganizationLink-0001.csv' AS row
CALL { WITH row MERGE (n:Resource {iri: row.iri}) SET n:OrganizationLink, n = {iri: row.iri, linkSince: date(row.linkSince), linkSincePrecision: row.linkSincePrecision, linkUntil: date(row.linkUntil), linkUntilPrecision: row.linkUntilPrecision, evidenceSource: row.evidenceSource, evidenceSourceMore: split(row.evidenceSourceMore, '\u001F'), organizationLinkKind: row.organizationLinkKind} } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'nodes/Outcome-0001.csv' AS row
CALL { WITH row MERGE (n:Resource {iri: row.iri}) SET n:Outcome, n = {iri: row.iri, name: row.name, nameMore: split(row.nameMore, '\u001F'), description: row.description, descriptionMore: split(row.descriptionMore, '\u001F'), timeFrame: row.timeFrame, timeFrameMore: split(row.timeFrameMore, '\u001F'), outcomeKind: row.outcomeKind} } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'nodes/ResponsibleParty-0001.csv' AS row
CALL { WITH row MERGE (n:Resource {iri: row.iri}) SET n:ResponsibleParty, n = {iri: row.iri, name: row.name, nameMore: split(row.nameMore, '\u001F'), affiliation: row.affiliation, affiliationMore: split(row.affiliationMore, '\u001F'), investigatorTitle: row.investigatorTitle, investigatorTitleMore: split(row.investigatorTitleMore, '\u001F'), oldOrganization: row.oldOrganization, oldOrganizationMore: split(row.oldOrganizationMore, '\u001F'), responsiblePartyType: row.responsiblePartyType} } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'nodes/Site-0001.csv' AS row
CALL { WITH row MERGE (n:Resource {iri: row.iri}) SET n:Site, n = {iri: row.iri, name: row.name, nameMore: split(row.nameMore, '\u001F'), altLabel: split(row.altLabel, '\u001F'), geonamesCity: split(row.geonamesCity, '\u001F'), latitude: [x IN split(row.latitude, '\u001F') | toFloat(x)], longitude: [x IN split(row.longitude, '\u001F') | toFloat(x)], location: point({latitude: toFloat(split(substring(row.location, 11), ',')[0]), longitude: toFloat(replace(split(row.location, 'longitude: ')[1], '}', ''))}), city: row.city, cityMore: split(row.cityMore, '\u001F'), state: row.state, stateMore: split(row.stateMore, '\u001F'), zip: row.zip, zipMore: split(row.zipMore, '\u001F'), anonymous: toBoolean(row.anonymous)} } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'nodes/Target-0001.csv' AS row
CALL { WITH row MERGE (n:Resource {iri: row.iri}) SET n:Target, n = {iri: row.iri, name: row.name, prefLabel: row.prefLabel, prefLabelMore: split(row.prefLabelMore, '\u001F'), altLabel: split(row.altLabel, '\u001F'), sameAs: split(row.sameAs, '\u001F'), symbol: row.symbol, lookupKey: split(row.lookupKey, '\u001F')} } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'nodes/TargetLink-0001.csv' AS row
CALL { WITH row MERGE (n:Resource {iri: row.iri}) SET n:TargetLink, n = {iri: row.iri, name: row.name, nameMore: split(row.nameMore, '\u001F'), qualifier: row.qualifier, qualifierMore: split(row.qualifierMore, '\u001F')} } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'nodes/Trial-0001.csv' AS row
CALL { WITH row MERGE (n:Resource {iri: row.iri}) SET n:Trial, n = {iri: row.iri, name: row.name, sameAs: split(row.sameAs, '\u001F'), nctId: row.nctId, briefTitle: row.briefTitle, officialTitle: row.officialTitle, acronym: row.acronym, briefSummary: row.briefSummary, detailedDescription: row.detailedDescription, keyword: split(row.keyword, '\u001F'), whyStopped: row.whyStopped, targetDuration: row.targetDuration, interventionModelDescription: row.interventionModelDescription, maskingDescription: row.maskingDescription, biospecDescription: row.biospecDescription, eligibilityCriteria: row.eligibilityCriteria, inclusionCriteria: row.inclusionCriteria, exclusionCriteria: row.exclusionCriteria, minimumAge: row.minimumAge, maximumAge: row.maximumAge, genderDescription: row.genderDescription, studyPopulation: row.studyPopulation, ipdDescription: row.ipdDescription, ipdTimeFrame: row.ipdTimeFrame, ipdAccessCriteria: row.ipdAccessCriteria, ipdUrl: row.ipdUrl, leadSponsorName: row.leadSponsorName, collaboratorName: split(row.collaboratorName, '\u001F'), unassignedOtherName: split(row.unassignedOtherName, '\u001F'), limitationsAndCaveats: row.limitationsAndCaveats, adverseEventsTimeFrame: row.adverseEventsTimeFrame, adverseEventsDescription: row.adverseEventsDescription, adverseEventsFrequencyThreshold: row.adverseEventsFrequencyThreshold, enrollment: toInteger(row.enrollment), numberOfArms: toInteger(row.numberOfArms), minimumAgeYears: toFloat(row.minimumAgeYears), maximumAgeYears: toFloat(row.maximumAgeYears), hasExpandedAccess: toBoolean(row.hasExpandedAccess), patientRegistry: toBoolean(row.patientRegistry), healthyVolunteers: toBoolean(row.healthyVolunteers), genderBased: toBoolean(row.genderBased), hasDmc: toBoolean(row.hasDmc), isFdaRegulatedDrug: toBoolean(row.isFdaRegulatedDrug), isFdaRegulatedDevice: toBoolean(row.isFdaRegulatedDevice), isUnapprovedDevice: toBoolean(row.isUnapprovedDevice), isPpsd: toBoolean(row.isPpsd), isUsExport: toBoolean(row.isUsExport), fdaaa801Violation: toBoolean(row.fdaaa801Violation), hasResults: toBoolean(row.hasResults), resultsWaived: toBoolean(row.resultsWaived), startDate: date(row.startDate), startDatePrecision: row.startDatePrecision, primaryCompletionDate: date(row.primaryCompletionDate), primaryCompletionDatePrecision: row.primaryCompletionDatePrecision, completionDate: date(row.completionDate), completionDatePrecision: row.completionDatePrecision, statusVerifiedDate: date(row.statusVerifiedDate), statusVerifiedDatePrecision: row.statusVerifiedDatePrecision, studyFirstSubmitDate: date(row.studyFirstSubmitDate), studyFirstSubmitDatePrecision: row.studyFirstSubmitDatePrecision, studyFirstSubmitQcDate: date(row.studyFirstSubmitQcDate), studyFirstSubmitQcDatePrecision: row.studyFirstSubmitQcDatePrecision, studyFirstPostDate: date(row.studyFirstPostDate), studyFirstPostDatePrecision: row.studyFirstPostDatePrecision, resultsFirstSubmitDate: date(row.resultsFirstSubmitDate), resultsFirstSubmitDatePrecision: row.resultsFirstSubmitDatePrecision, resultsFirstSubmitQcDate: date(row.resultsFirstSubmitQcDate), resultsFirstSubmitQcDatePrecision: row.resultsFirstSubmitQcDatePrecision, resultsFirstPostDate: date(row.resultsFirstPostDate), resultsFirstPostDatePrecision: row.resultsFirstPostDatePrecision, dispFirstSubmitDate: date(row.dispFirstSubmitDate), dispFirstSubmitDatePrecision: row.dispFirstSubmitDatePrecision, dispFirstSubmitQcDate: date(row.dispFirstSubmitQcDate), dispFirstSubmitQcDatePrecision: row.dispFirstSubmitQcDatePrecision, dispFirstPostDate: date(row.dispFirstPostDate), dispFirstPostDatePrecision: row.dispFirstPostDatePrecision, lastUpdateSubmitDate: date(row.lastUpdateSubmitDate), lastUpdateSubmitDatePrecision: row.lastUpdateSubmitDatePrecision, lastUpdatePostDate: date(row.lastUpdatePostDate), lastUpdatePostDatePrecision: row.lastUpdatePostDatePrecision, startDateType: row.startDateType, primaryCompletionDateType: row.primaryCompletionDateType, completionDateType: row.completionDateType, studyFirstPostDateType: row.studyFirstPostDateType, resultsFirstPostDateType: row.resultsFirstPostDateType, dispFirstPostDateType: row.dispFirstPostDateType, lastUpdatePostDateType: row.lastUpdatePostDateType, enrollmentType: row.enrollmentType, overallStatus: row.overallStatus, lastKnownStatus: row.lastKnownStatus, expandedAccessStatus: row.expandedAccessStatus, phase: split(row.phase, '\u001F'), studyType: row.studyType, allocation: row.allocation, interventionModel: row.interventionModel, primaryPurpose: row.primaryPurpose, masking: row.masking, whoMasked: split(row.whoMasked, '\u001F'), observationalModel: split(row.observationalModel, '\u001F'), timePerspective: split(row.timePerspective, '\u001F'), biospecRetention: row.biospecRetention, sex: row.sex, stdAge: split(row.stdAge, '\u001F'), samplingMethod: row.samplingMethod, ipdSharing: row.ipdSharing, ipdInfoType: split(row.ipdInfoType, '\u001F'), expandedAccessType: split(row.expandedAccessType, '\u001F')} } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'relationships/ARM_INTERVENTION-0001.csv' AS row
CALL { WITH row MATCH (a:Resource {iri: row.start}) MATCH (b:Resource {iri: row.end}) MERGE (a)-[:ARM_INTERVENTION]->(b) } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'relationships/BROADER-0001.csv' AS row
CALL { WITH row MATCH (a:Resource {iri: row.start}) MATCH (b:Resource {iri: row.end}) MERGE (a)-[:BROADER]->(b) } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'relationships/CONDITION-0001.csv' AS row
CALL { WITH row MATCH (a:Resource {iri: row.start}) MATCH (b:Resource {iri: row.end}) MERGE (a)-[:CONDITION]->(b) } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'relationships/CONDITION_MESH-0001.csv' AS row
CALL { WITH row MATCH (a:Resource {iri: row.start}) MATCH (b:Resource {iri: row.end}) MERGE (a)-[:CONDITION_MESH]->(b) } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'relationships/COUNTRY-0001.csv' AS row
CALL { WITH row MATCH (a:Resource {iri: row.start}) MATCH (b:Resource {iri: row.end}) MERGE (a)-[:COUNTRY]->(b) } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'relationships/EVIDENCE-0001.csv' AS row
CALL { WITH row MATCH (a:Resource {iri: row.start}) MATCH (b:Resource {iri: row.end}) MERGE (a)-[:EVIDENCE]->(b) } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'relationships/EVIDENCE_RECORD-0001.csv' AS row
CALL { WITH row MATCH (a:Resource {iri: row.start}) MATCH (b:Resource {iri: row.end}) MERGE (a)-[:EVIDENCE_RECORD]->(b) } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'relationships/GROUNDED_CONDITION-0001.csv' AS row
CALL { WITH row MATCH (a:Resource {iri: row.start}) MATCH (b:Resource {iri: row.end}) MERGE (a)-[:GROUNDED_CONDITION]->(b) } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'relationships/GROUNDED_INTERVENTION-0001.csv' AS row
CALL { WITH row MATCH (a:Resource {iri: row.start}) MATCH (b:Resource {iri: row.end}) MERGE (a)-[:GROUNDED_INTERVENTION]->(b) } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'relationships/GROUNDED_TO-0001.csv' AS row
CALL { WITH row MATCH (a:Resource {iri: row.start}) MATCH (b:Resource {iri: row.end}) MERGE (a)-[:GROUNDED_TO]->(b) } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'relationships/HAS_ARM-0001.csv' AS row
CALL { WITH row MATCH (a:Resource {iri: row.start}) MATCH (b:Resource {iri: row.end}) MERGE (a)-[:HAS_ARM]->(b) } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'relationships/HAS_GROUNDING-0001.csv' AS row
CALL { WITH row MATCH (a:Resource {iri: row.start}) MATCH (b:Resource {iri: row.end}) MERGE (a)-[:HAS_GROUNDING]->(b) } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'relationships/HAS_INTERVENTION-0001.csv' AS row
CALL { WITH row MATCH (a:Resource {iri: row.start}) MATCH (b:Resource {iri: row.end}) MERGE (a)-[:HAS_INTERVENTION]->(b) } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'relationships/HAS_LOCATION-0001.csv' AS row
CALL { WITH row MATCH (a:Resource {iri: row.start}) MATCH (b:Resource {iri: row.end}) MERGE (a)-[:HAS_LOCATION]->(b) } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'relationships/HAS_NAME-0001.csv' AS row
CALL { WITH row MATCH (a:Resource {iri: row.start}) MATCH (b:Resource {iri: row.end}) MERGE (a)-[:HAS_NAME]->(b) } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'relationships/HAS_OFFICIAL-0001.csv' AS row
CALL { WITH row MATCH (a:Resource {iri: row.start}) MATCH (b:Resource {iri: row.end}) MERGE (a)-[:HAS_OFFICIAL]->(b) } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'relationships/HAS_ORGANIZATION_LINK-0001.csv' AS row
CALL { WITH row MATCH (a:Resource {iri: row.start}) MATCH (b:Resource {iri: row.end}) MERGE (a)-[:HAS_ORGANIZATION_LINK]->(b) } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'relationships/HAS_OUTCOME-0001.csv' AS row
CALL { WITH row MATCH (a:Resource {iri: row.start}) MATCH (b:Resource {iri: row.end}) MERGE (a)-[:HAS_OUTCOME]->(b) } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'relationships/HAS_PAYLOAD_LINK-0001.csv' AS row
CALL { WITH row MATCH (a:Resource {iri: row.start}) MATCH (b:Resource {iri: row.end}) MERGE (a)-[:HAS_PAYLOAD_LINK]->(b) } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'relationships/HAS_PAYLOAD_TARGET-0001.csv' AS row
CALL { WITH row MATCH (a:Resource {iri: row.start}) MATCH (b:Resource {iri: row.end}) MERGE (a)-[:HAS_PAYLOAD_TARGET]->(b) } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'relationships/HAS_TARGET-0001.csv' AS row
CALL { WITH row MATCH (a:Resource {iri: row.start}) MATCH (b:Resource {iri: row.end}) MERGE (a)-[:HAS_TARGET]->(b) } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'relationships/HAS_TARGET_LINK-0001.csv' AS row
CALL { WITH row MATCH (a:Resource {iri: row.start}) MATCH (b:Resource {iri: row.end}) MERGE (a)-[:HAS_TARGET_LINK]->(b) } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'relationships/IDENTIFIER-0001.csv' AS row
CALL { WITH row MATCH (a:Resource {iri: row.start}) MATCH (b:Resource {iri: row.end}) MERGE (a)-[:IDENTIFIER]->(b) } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'relationships/INTERVENTION_MESH-0001.csv' AS row
CALL { WITH row MATCH (a:Resource {iri: row.start}) MATCH (b:Resource {iri: row.end}) MERGE (a)-[:INTERVENTION_MESH]->(b) } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'relationships/IN_SCHEME-0001.csv' AS row
CALL { WITH row MATCH (a:Resource {iri: row.start}) MATCH (b:Resource {iri: row.end}) MERGE (a)-[:IN_SCHEME]->(b) } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'relationships/LEAD_SPONSOR-0001.csv' AS row
CALL { WITH row MATCH (a:Resource {iri: row.start}) MATCH (b:Resource {iri: row.end}) MERGE (a)-[:LEAD_SPONSOR]->(b) } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'relationships/LINKED_ORGANIZATION-0001.csv' AS row
CALL { WITH row MATCH (a:Resource {iri: row.start}) MATCH (b:Resource {iri: row.end}) MERGE (a)-[:LINKED_ORGANIZATION]->(b) } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'relationships/LINK_TARGET-0001.csv' AS row
CALL { WITH row MATCH (a:Resource {iri: row.start}) MATCH (b:Resource {iri: row.end}) MERGE (a)-[:LINK_TARGET]->(b) } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'relationships/LOCATION_SITE-0001.csv' AS row
CALL { WITH row MATCH (a:Resource {iri: row.start}) MATCH (b:Resource {iri: row.end}) MERGE (a)-[:LOCATION_SITE]->(b) } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'relationships/PARENT_ORGANIZATION-0001.csv' AS row
CALL { WITH row MATCH (a:Resource {iri: row.start}) MATCH (b:Resource {iri: row.end}) MERGE (a)-[:PARENT_ORGANIZATION]->(b) } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'relationships/RECORD-0001.csv' AS row
CALL { WITH row MATCH (a:Resource {iri: row.start}) MATCH (b:Resource {iri: row.end}) MERGE (a)-[:RECORD]->(b) } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'relationships/REGISTERING_ORGANIZATION-0001.csv' AS row
CALL { WITH row MATCH (a:Resource {iri: row.start}) MATCH (b:Resource {iri: row.end}) MERGE (a)-[:REGISTERING_ORGANIZATION]->(b) } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'relationships/RESPONSIBLE_PARTY-0001.csv' AS row
CALL { WITH row MATCH (a:Resource {iri: row.start}) MATCH (b:Resource {iri: row.end}) MERGE (a)-[:RESPONSIBLE_PARTY]->(b) } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'relationships/SITE-0001.csv' AS row
CALL { WITH row MATCH (a:Resource {iri: row.start}) MATCH (b:Resource {iri: row.end}) MERGE (a)-[:SITE]->(b) } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'relationships/STUDIES_DRUG-0001.csv' AS row
CALL { WITH row MATCH (a:Resource {iri: row.start}) MATCH (b:Resource {iri: row.end}) MERGE (a)-[:STUDIES_DRUG]->(b) } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'relationships/STUDIES_TARGET-0001.csv' AS row
CALL { WITH row MATCH (a:Resource {iri: row.start}) MATCH (b:Resource {iri: row.end}) MERGE (a)-[:STUDIES_TARGET]->(b) } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'relationships/TOP_CONCEPT_OF-0001.csv' AS row
CALL { WITH row MATCH (a:Resource {iri: row.start}) MATCH (b:Resource {iri: row.end}) MERGE (a)-[:TOP_CONCEPT_OF]->(b) } IN TRANSACTIONS OF 2000 ROWS;
LOAD CSV WITH HEADERS FROM $base + 'relationships/USES_DRUG-0001.csv' AS row
CALL { WITH row MATCH (a:Resource {iri: row.start}) MATCH (b:Resource {iri: row.end}) MERGE (a)-[:USES_DRUG]->(b) } IN TRANSACTIONS OF 2000 ROWS;
