"""Questions asked twice: of the store in SPARQL, of Neo4j in Cypher. The answers must be equal."""

from __future__ import annotations

from typing import NamedTuple


class Question(NamedTuple):
    """One question in both languages; both give rows of texts and numbers."""

    name: str
    sparql: str
    cypher: str


QUESTIONS = (
    Question(
        "trials of each status",
        """SELECT ?code (COUNT(?t) AS ?n) WHERE {
             ?t a tkg:Trial ; tkg:overallStatus/skos:notation ?code } GROUP BY ?code""",
        """MATCH (t:Trial) WHERE t.overallStatus IS NOT NULL
           RETURN t.overallStatus, count(t)""",
    ),
    Question(
        "trials of each phase, a trial of two phases in both",
        """SELECT ?code (COUNT(?t) AS ?n) WHERE {
             ?t tkg:phase/skos:notation ?code } GROUP BY ?code""",
        "MATCH (t:Trial) UNWIND t.phase AS phase RETURN phase, count(t)",
    ),
    Question(
        "trials of a drug under any of its names",
        """SELECT DISTINCT ?nct WHERE {
             ?d skos:prefLabel|skos:altLabel "SAR408701" . ?t tkg:studiesDrug ?d ; tkg:nctId ?nct }
        """,
        """MATCH (t:Trial)-[:STUDIES_DRUG]->(d:Drug)
           WHERE d.prefLabel = 'SAR408701' OR 'SAR408701' IN d.altLabel
           RETURN DISTINCT t.nctId""",
    ),
    Question(
        "trials of each target, through drugs",
        """SELECT ?symbol (COUNT(DISTINCT ?t) AS ?n) WHERE {
             ?t tkg:studiesDrug/tkg:hasTarget/tkg:symbol ?symbol } GROUP BY ?symbol""",
        """MATCH (t:Trial)-[:STUDIES_DRUG]->(:Drug)-[:HAS_TARGET]->(g:Target)
           RETURN g.symbol, count(DISTINCT t)""",
    ),
    Question(
        "why a name belongs to a drug",
        """SELECT ?name ?kind ?status ?source ?rule ?confidence WHERE {
             ?n a tkg:DrugName ; skosxl:literalForm ?name ; tkg:nameKind/skos:notation ?kind ;
                tkg:nameStatus/skos:notation ?status ; tkg:evidence ?e .
             ?e tkg:evidenceSource ?source ; tkg:rule ?rule ; tkg:confidence ?confidence }""",
        """MATCH (n:DrugName)-[:EVIDENCE]->(e:Evidence)
           RETURN n.literalForm, n.nameKind, n.nameStatus, e.evidenceSource, e.rule, e.confidence
        """,
    ),
    Question(
        "mentions that were refused, and why",
        """SELECT ?nct ?mention ?reason WHERE {
             ?t tkg:nctId ?nct ; tkg:hasGrounding ?g .
             ?g tkg:mention ?mention ; tkg:reason ?reason ;
                tkg:groundingStatus/skos:notation "REFUSED" }""",
        """MATCH (t:Trial)-[:HAS_GROUNDING]->(g:Grounding {groundingStatus: 'REFUSED'})
           WHERE g.reason IS NOT NULL RETURN t.nctId, g.mention, g.reason""",
    ),
    Question(
        "trials and participants of each sponsor",
        """SELECT ?name (COUNT(?t) AS ?n) (SUM(?e) AS ?all) WHERE {
             ?t tkg:leadSponsor/rdfs:label ?name ; tkg:enrollment ?e }
           GROUP BY ?name""",
        """MATCH (t:Trial)-[:LEAD_SPONSOR]->(o:Organization) WHERE t.enrollment IS NOT NULL
           RETURN o.name, count(t), sum(t.enrollment)""",
    ),
    Question(
        "sites of each country",
        """SELECT ?code (COUNT(DISTINCT ?s) AS ?n) WHERE {
             ?s a tkg:Site ; tkg:country/skos:notation ?code } GROUP BY ?code""",
        "MATCH (s:Site)-[:COUNTRY]->(c:Country) RETURN c.code, count(DISTINCT s)",
    ),
    Question(
        "trials begun on a known day since 2023",
        """SELECT ?nct (STR(?d) AS ?day) WHERE { ?t tkg:nctId ?nct ; tkg:startDate ?d
             FILTER(datatype(?d) = xsd:date && ?d >= "2023-01-01"^^xsd:date) }""",
        """MATCH (t:Trial)
           WHERE t.startDate >= date('2023-01-01') AND t.startDatePrecision IS NULL
           RETURN t.nctId, toString(t.startDate)""",
    ),
    Question(
        "completion dates that are no days",
        """SELECT ?nct (STR(?d) AS ?text) WHERE { ?t tkg:nctId ?nct ; tkg:completionDate ?d
             FILTER(datatype(?d) IN (xsd:gYearMonth, xsd:gYear)) }""",
        """MATCH (t:Trial) WHERE t.completionDatePrecision IS NOT NULL
           RETURN t.nctId, left(toString(t.completionDate),
             CASE t.completionDatePrecision WHEN 'month' THEN 7 ELSE 4 END)""",
    ),
    Question(
        "where sites are",
        """SELECT ?s ?lat ?long WHERE { ?s schema:latitude ?lat ; schema:longitude ?long }""",
        """MATCH (s:Site) WHERE s.location IS NOT NULL
           RETURN s.iri, s.location.latitude, s.location.longitude""",
    ),
    Question(
        "trials below a MeSH term",
        """SELECT DISTINCT ?nct WHERE {
             ?t tkg:conditionMesh/skos:broader* <http://id.nlm.nih.gov/mesh/D009369> ;
                tkg:nctId ?nct }""",
        """MATCH (t:Trial)-[:CONDITION_MESH]->(:MeshTerm)-[:BROADER*0..]->(m:MeshTerm)
           WHERE m.iri = 'http://id.nlm.nih.gov/mesh/D009369' RETURN DISTINCT t.nctId""",
    ),
    Question(
        "publications of each trial",
        """SELECT ?nct ?doi WHERE { ?t tkg:nctId ?nct ; tkg:publication/tkg:doi ?doi }""",
        "MATCH (t:Trial)-[:PUBLICATION]->(p:Publication) RETURN t.nctId, p.doi",
    ),
    Question(
        "keywords",
        "SELECT ?nct ?word WHERE { ?t tkg:nctId ?nct ; tkg:keyword ?word }",
        "MATCH (t:Trial) UNWIND t.keyword AS word RETURN t.nctId, word",
    ),
    Question(
        "how a code reads",
        """SELECT ?nct ?name ?list WHERE {
             ?t tkg:nctId ?nct ; tkg:masking ?c .
             ?c skos:prefLabel ?name ; skos:inScheme/rdfs:label ?list }""",
        """MATCH (t:Trial), (c:Code {code: t.masking})-[:IN_SCHEME]->(l:CodeList)
           WHERE l.iri ENDS WITH '/masking' RETURN t.nctId, c.name, l.name""",
    ),
    Question(
        "trials that a page lists as related and this graph does not describe",
        """SELECT ?end WHERE {
             ?r tkg:assertedTrial ?end FILTER NOT EXISTS { ?end a tkg:Trial } }""",
        "MATCH (:AssertedRelation)-[:ASSERTED_TRIAL]->(n:Undescribed) RETURN n.iri",
    ),
    Question(
        "arms by what their drugs act on",
        """SELECT ?nct ?arm ?symbol WHERE {
             ?t tkg:nctId ?nct ; tkg:hasArm ?a . ?a rdfs:label ?arm ;
               tkg:armIntervention/tkg:usesDrug/tkg:hasTarget/tkg:symbol ?symbol }""",
        """MATCH (t:Trial)-[:HAS_ARM]->(a:ArmGroup)-[:ARM_INTERVENTION]->(:Intervention)
             -[:USES_DRUG]->(:Drug)-[:HAS_TARGET]->(g:Target)
           RETURN t.nctId, a.name, g.symbol""",
    ),
)
