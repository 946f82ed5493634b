from __future__ import annotations

from kg.model.coverage import Reached
from kg.model.drug import Drug, Target, TargetLink, TrialGroundings
from kg.model.trial import Location, Organization, Trial
from kg.resolve.facts import resolve_facts
from kg.resolve.organization_names import OrganizationNames
from kg.resolve.reached import Counts

TRIALS = [
    Trial(
        nct_id="NCT99000001",
        conditions=("Lung Cancer", "Something odd"),
        lead_sponsor=Organization("Novartis", "INDUSTRY"),
        collaborators=(Organization("Nobody's Institute", "OTHER"),),
        countries=("France", "Atlantis"),
        locations=(
            Location(facility="Hôpital Saint-Louis", city="Paris", country="France"),
            Location(facility="Site 0012", city="Nowhere", country="France"),
        ),
    ),
    Trial(
        nct_id="NCT99000002",
        conditions=("Something odd",),
        lead_sponsor=Organization("Nobody's Institute", "OTHER"),
        locations=(Location(facility="Site 7", country="France"),),
    ),
]
DRUGS = [
    Drug("a", "a-mab", None, (), (TargetLink(Target("HGNC:1", "A1BG"), ()),)),
    Drug("b", "b-nib", None, (), (TargetLink(Target("HGNC:1", "A1BG"), (), payload=True),)),
]


def counted(*trials: Trial) -> tuple[Counts, OrganizationNames]:
    counts, organizations = Counts(), OrganizationNames()
    for trial in trials:
        facts = resolve_facts(trial)
        counts.add(trial, facts, TrialGroundings(trial.nct_id, (), {}, ("b",), ()))
        organizations.add(facts)
    return counts, organizations


def reached(counts: Counts, organizations: OrganizationNames) -> dict[str, Reached]:
    return counts.reached(DRUGS, {entry.key: entry for entry in organizations.entries()})


def test_everything_stated_is_counted_once_and_what_was_not_understood_is_named() -> None:
    found = reached(*counted(*TRIALS))
    assert found["conditions"].counts == {"lexicon": 1, "record_mesh_only": 0, "unmapped": 2}
    assert found["conditions"].most_frequent_unresolved == (("Something odd", 2),)
    assert found["sites"].counts == {"shared": 1, "anonymous": 2}
    assert found["sites"].most_frequent_unresolved == (("Site #", 2),)
    assert found["cities"].counts == {"geonames": 1, "name_only": 1}
    assert found["cities"].most_frequent_unresolved == (("Nowhere, France", 1),)
    assert found["countries"].most_frequent_unresolved == (("Atlantis", 1),)
    assert found["sponsors"].counts == {"curated": 1, "ror": 0, "normalised_only": 2}
    assert found["targets"].counts == {"with_target": 1, "without": 1}
    assert found["targets"].most_frequent_unresolved == (("b-nib", 2),)
    assert found["targets"].share == 0.5


def test_counts_of_parts_add_up_to_those_of_the_whole() -> None:
    whole = reached(*counted(*TRIALS))
    (one, names), (two, other_names) = counted(TRIALS[1]), counted(TRIALS[0])
    one.merge(two)
    names.merge(other_names)
    assert reached(one, names) == whole


def test_of_nothing_everything_was_understood() -> None:
    assert reached(*counted())["conditions"].share == 1.0
