from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs
from pyoxigraph import NamedNode, RdfFormat, Store

from kg.iris import Iris
from kg.map.trial import map_trial
from kg.model.record import Provenance, RawRecord
from kg.model.resolved import ResolvedFacts
from kg.model.trial import (
    AdverseEvent,
    ArmGroup,
    AssertedRelation,
    Identifier,
    Intervention,
    Link,
    Location,
    Official,
    Organization,
    Outcome,
    Reference,
    Trial,
)
from kg.parse import parse
from kg.parse.provenance import provenance
from kg.resolve.facts import resolve_facts
from kg.vocab import RDF, RDFS, TKG

DATA = Path(__file__).resolve().parents[1] / "data"
ORIGIN = Provenance("a.json", "ctgov-v2-json", "0" * 64, "2024-05-01")

SITE, OFFICIAL = NamedNode(TKG.site), NamedNode(TKG.hasOfficial)
hostile = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip)


def load(trial: Trial, facts: ResolvedFacts | None = None) -> Store:
    mapped = map_trial(trial, facts or resolve_facts(trial), ORIGIN)
    store = Store()
    text = "".join([*mapped.own, *mapped.shared])
    store.load(input=text.encode(), format=RdfFormat.N_TRIPLES)
    return store


@settings(deadline=None)  # the first look-up reads the vocabularies
@given(hostile, hostile)
def test_any_text_makes_valid_triples(one: str, other: str) -> None:
    trial = Trial(
        nct_id="NCT99000001",
        brief_title=one,
        conditions=(one, other),
        keywords=(other,),
        lead_sponsor=Organization(one),
        identifiers=(Identifier(other, "SECONDARY_ID", one, other, other),),
        arm_groups=(ArmGroup(one, other, other),),
        interventions=(Intervention(other, one, one, (one,), (one, other)),),
        outcomes=(Outcome("PRIMARY", one, other, other),),
        locations=(Location(one, other, other, one, other, one, 1.5, -2.0),),
        officials=(Official(one, other, other),),
        references=(Reference(one, other, None), Reference(one, None, other), Reference(other)),
        links=(Link(other, one),),
        asserted_related=(AssertedRelation("NCT99000002", one, other, (other,)),),
    )
    store = load(trial)
    labels = {q.object.value for q in store.quads_for_pattern(None, NamedNode(RDFS.label), None)}  # type: ignore[union-attr]
    assert {one, other} <= labels


def test_the_same_trial_gives_the_same_lines_every_time() -> None:
    trial = Trial(nct_id="NCT99000001", conditions=("b", "a"), keywords=("x", "y"))
    one = map_trial(trial, resolve_facts(trial), ORIGIN)
    assert one == map_trial(trial, resolve_facts(trial), ORIGIN)


def test_what_a_trial_owns_stands_below_its_iri() -> None:
    trial = Trial(
        nct_id="NCT99000001",
        arm_groups=(ArmGroup("Placebo"),),
        interventions=(Intervention("Placebo", "DRUG"),),
        outcomes=(Outcome("PRIMARY", "Survival"),),
        locations=(Location("Research Site", city="Madrid", country="Spain"),),
    )
    mapped = map_trial(trial, resolve_facts(trial), ORIGIN)
    assert all(
        line.startswith("<https://w3id.org/trialkg/trial/NCT99000001") for line in mapped.own
    )


def test_equal_arms_and_anonymous_sites_of_two_trials_are_two() -> None:
    stores = [
        load(
            Trial(
                nct_id=nct_id,
                arm_groups=(ArmGroup("Placebo"),),
                locations=(Location("Research Site", city="Madrid", country="Spain"),),
            )
        )
        for nct_id in ("NCT99000001", "NCT99000002")
    ]
    for kind in (TKG.ArmGroup, TKG.Site):
        one, other = (
            {q.subject for q in store.quads_for_pattern(None, NamedNode(RDF.type), NamedNode(kind))}
            for store in stores
        )
        assert len(one) == len(other) == 1
        assert one.isdisjoint(other)


def test_a_real_site_of_two_trials_is_one() -> None:
    site = Location("Hospital La Paz", city="Madrid", country="Spain")
    one, other = (
        load(Trial(nct_id=nct_id, locations=(site,))) for nct_id in ("NCT99000001", "NCT99000002")
    )
    kind = NamedNode(TKG.Site)
    assert {q.subject for q in one.quads_for_pattern(None, None, kind)} == {
        q.subject for q in other.quads_for_pattern(None, None, kind)
    }


def test_the_base_iri_moves_what_is_ours_and_nothing_else() -> None:
    trial = Trial(nct_id="NCT99000001", conditions=("a",), lead_sponsor=Organization("Acme"))
    mapped = map_trial(trial, resolve_facts(trial), ORIGIN, (), Iris("https://example.org/kg/"))
    text = "".join([*mapped.own, *mapped.shared])
    assert "<https://example.org/kg/trial/NCT99000001>" in text
    assert "<https://w3id.org/trialkg/trial/" not in text
    assert f"<{TKG.Trial}>" in text


def test_a_page_relation_is_kept_as_what_the_page_asserts() -> None:
    trial = Trial(
        nct_id="NCT99000001",
        asserted_related=(AssertedRelation("NCT99000002", "Another", "RECRUITING", ("PHASE1",)),),
    )
    store = load(trial)
    other = NamedNode("https://w3id.org/trialkg/trial/NCT99000002")
    (link,) = store.quads_for_pattern(None, None, other)
    assert link.predicate.value == TKG.assertedTrial
    assert not list(store.quads_for_pattern(other, None, None)), "the other trial is not described"


def test_unknown_is_absent() -> None:
    store = load(Trial(nct_id="NCT99000001"))
    for term in (TKG.enrollment, TKG.startDate, TKG.minimumAge, TKG.hasResults, TKG.phase):
        assert not list(store.quads_for_pattern(None, NamedNode(term), None))


def test_adverse_events_are_named_once_for_each_seriousness() -> None:
    from kg.model.trial import Results

    events = (AdverseEvent("SERIOUS", "Nausea", "Gut"), AdverseEvent("OTHER", "Nausea", "Gut"))
    store = load(Trial(nct_id="NCT99000001", results=Results(adverse_events=events)))
    found = list(store.quads_for_pattern(None, NamedNode(TKG.hasAdverseEvent), None))
    assert len(found) == 2


FORMS = {
    "api.json": "ctgov-v2-json",
    "legacy.xml": "ctgov-legacy-xml",
    "page.txt": "ctgov-text-page",
}


WHAT_ONLY_ONE_FORM_HOLDS = {
    "legacy.xml": ("/record/",),
    "page.txt": ("/record/", "//id.nlm.nih.gov/mesh/", "/asserted-relation/"),
}
"""Each form has its own record; a page has no MeSH terms and a list of related trials."""


def own_lines(form: str, but: tuple[str, ...]) -> set[str]:
    content = (DATA / "same-trial" / form).read_bytes()
    raw = RawRecord(form, FORMS[form], content)  # type: ignore[arg-type]
    trial = parse(raw)
    mapped = map_trial(trial, resolve_facts(trial), provenance(raw, trial))
    lines = {*mapped.own, *"".join(mapped.shared).splitlines(keepends=True)}
    return {line for line in lines if not any(part in line for part in but)}


def by_predicate(lines: set[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for line in lines:
        found.setdefault(line.split(" ", 2)[1], set()).add(line)
    return found


@pytest.mark.parametrize("other", ["legacy.xml", "page.txt"])
def test_one_trial_in_three_forms_gives_the_same_triples(other: str) -> None:
    but = WHAT_ONLY_ONE_FORM_HOLDS[other]
    first, second = by_predicate(own_lines("api.json", but)), by_predicate(own_lines(other, but))
    shared = first.keys() & second.keys()
    assert {name for name in shared if first[name] != second[name]} == set()
    assert len(shared) > 50


def test_a_required_biomarker_stands_with_its_words_and_its_gene() -> None:
    title = "EXM-1 in CEACAM5-positive tumours"
    store = load(Trial(nct_id="NCT99000001", brief_title=title))
    trial = NamedNode(Iris().trial("NCT99000001"))
    gene = NamedNode("http://identifiers.org/hgnc/1817")
    (required,) = store.quads_for_pattern(trial, NamedNode(TKG.requiresBiomarker), None)
    (has,) = store.quads_for_pattern(trial, NamedNode(TKG.hasBiomarkerRequirement), None)
    (words,) = store.quads_for_pattern(has.object, NamedNode(TKG.sentence), None)
    (of,) = store.quads_for_pattern(has.object, NamedNode(TKG.biomarker), None)
    assert required.object == of.object == gene
    assert words.object.value == title
    assert list(store.quads_for_pattern(gene, NamedNode(RDF.type), NamedNode(TKG.Target)))
    assert not list(store.quads_for_pattern(None, NamedNode(TKG.studiesTarget), None))


def test_an_investigator_belongs_to_one_location_though_a_place_is_listed_twice() -> None:
    person = Official("Jane Doe, MD", "PRINCIPAL_INVESTIGATOR")
    place = Location("Example Hospital", "RECRUITING", "Paris", None, "75001", "France")
    again = structs.replace(place, status=None, zip="75002", investigators=(person,))
    listed = (structs.replace(place, investigators=(person,)), again)
    graph = load(Trial(nct_id="NCT99000001", locations=listed))
    assert len({quad.object for quad in graph.quads_for_pattern(None, SITE, None)}) == 1
    people = [quad.object for quad in graph.quads_for_pattern(None, OFFICIAL, None)]
    assert len(people) == len(set(people)) == 2
