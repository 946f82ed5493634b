from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.iris import BASE, Iris
from kg.map.organizations import map_organization
from kg.model.resolved import ResolvedFacts
from kg.model.trial import Organization, Trial
from kg.parse import parse
from kg.records.files import read
from kg.resolve.facts import resolve_facts
from kg.resolve.organization_names import OrganizationNames
from kg.resolve.organizations import key_of, organization
from kg.vocab import TKG
from kg.vocabularies import organizations as table


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Novartis", "Novartis Pharmaceuticals"),
        ("Genzyme", "Genzyme, a Sanofi Company"),
        ("AstraZeneca", "AstraZeneca K.K."),
        ("National Eye Institute", "National Eye Institute (NEI)"),
        ("Ohio State University", "The Ohio State University"),
        ("Coloplast", "Coloplast A/S"),
        ("University Hospital, Ghent", "University Hospital Ghent"),
        ("Assistance Publique - Hôpitaux de Paris", "Assistance Publique - Hopitaux De Paris"),
        ("Janssen R&D, L.L.C.", "Janssen Research & Development, LLC"),
        ("Merck & Co., Inc.", "Merck Sharp & Dohme LLC"),
        ("Wyeth", "Wyeth is now a wholly owned subsidiary of Pfizer"),
    ],
)
def test_spellings_of_one_organisation(one: str, other: str) -> None:
    assert organization(one).key == organization(other).key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Merck KGaA, Darmstadt, Germany", "Merck Sharp & Dohme LLC"),
        ("Merck", "Merck KGaA"),
        ("Merck", "Merck & Co., Inc."),
        ("Hoffmann-La Roche", "University of Rochester"),
        ("Organon", "Organon and Co"),
        ("Genzyme, a Sanofi Company", "Sanofi"),
        ("Sanofi", "Sanofi Pasteur, a Sanofi Company"),
        ("Innovent Biologics", "Innovent Biologics (Suzhou) Co. Ltd."),
        ("Vernalis (R&D) Ltd", "Vernalis"),
        ("Ministry of Health, Thailand", "Ministry of Health"),
        ("University of Newcastle, Australia", "University of Newcastle Upon-Tyne"),
        ("Gaia AG", "Gaia"),
        ("University of California, San Diego", "University of California, San Francisco"),
    ],
)
def test_organisations_that_only_look_alike(one: str, other: str) -> None:
    assert organization(one).key != organization(other).key


@settings(deadline=None)  # the first look-up reads the tables
@given(st.text(min_size=1))
def test_any_name_has_a_key_and_keeps_it(name: str) -> None:
    found = organization(name)
    assert found == organization(f"  {name}\t")
    assert key_of(found.key) == found.key or found.name is None


def test_every_name_of_the_table_is_one_organisation() -> None:
    keys: dict[str, str] = {}
    for firm in table.organizations():
        for spelling in (firm.name, *firm.spellings):
            assert organization(spelling).name == firm.name, spelling
        assert keys.setdefault(key_of(firm.name), firm.name) == firm.name


def test_links_of_the_table_join_its_own_organisations_without_a_ring() -> None:
    names = {firm.name for firm in table.organizations()}
    for name in names:
        above, waiting = set(), [name]
        while waiting:
            for link in table.links(waiting.pop()):
                assert link.other in names
                if link.kind != "SPIN_OFF" and link.until is None and link.other not in above:
                    above.add(link.other)
                    waiting.append(link.other)
        assert name not in above


def names_of(*trials: Trial) -> list[str]:
    names = OrganizationNames()
    for trial in trials:
        names.add(resolve_facts(trial))
    return [map_organization(entry, Iris()) for entry in names.entries()]


def sponsored(number: int, name: str) -> Trial:
    return Trial(nct_id=f"NCT9900000{number}", lead_sponsor=Organization(name))


def test_labels_do_not_depend_on_the_order_of_records() -> None:
    trials = [sponsored(1, "Exämple Inc"), sponsored(2, "EXAMPLE INC."), sponsored(3, "Example")]
    assert names_of(*trials) == names_of(*reversed(trials))


def test_a_stated_owner_is_linked_and_described() -> None:
    text = "".join(names_of(sponsored(1, "Examplix, Inc. (subsidiary of Samplex Holding, Inc.)")))
    assert f"<{TKG.parentOrganization}> <{BASE}organization/samplex-holding-" in text
    assert '"Samplex Holding, Inc."' in text and '"registered name"' in text


def test_a_facts_less_trial_has_no_organisations() -> None:
    names = OrganizationNames()
    names.add(ResolvedFacts())
    assert list(names.entries()) == []


def test_names_in_the_real_records(records: Path) -> None:
    firms: dict[str, set[str]] = {}
    for raw in read([records / "ctgov-v1.jsonl"], lambda rejection: None):
        for name, found in resolve_facts(parse(raw)).organizations.items():
            firms.setdefault(found.key, set()).add(name)
    assert len(firms) > 50
    assert max(map(len, firms.values())) < 6
