from __future__ import annotations

import pytest
from pyoxigraph import RdfFormat, Store

from kg.cards.sponsor import sponsor_card
from kg.errors import AmbiguousError, NotFoundError
from kg.iris import Iris
from kg.map.organizations import map_organization
from kg.map.trial import map_trial
from kg.model.record import Provenance
from kg.model.trial import Organization, Trial
from kg.resolve.facts import resolve_facts
from kg.resolve.organization_names import OrganizationNames

NAMES = (
    "Genzyme, a Sanofi Company",
    "Sanofi",
    "Merck KGaA",
    "Example Xeno Agency (EXA)",
    "Early Xeno Alliance (EXA)",
)


@pytest.fixture(scope="module")
def store() -> Store:
    names = OrganizationNames()
    lines: list[str] = []
    for at, name in enumerate(NAMES):
        trial = Trial(
            nct_id=f"NCT9900000{at}",
            lead_sponsor=Organization(name, "INDUSTRY"),
            collaborators=(Organization("Sanofi", "INDUSTRY"),),
        )
        facts = resolve_facts(trial)
        names.add(facts)
        mapped = map_trial(trial, facts, Provenance("a.json", "ctgov-v2-json", "0" * 64))
        lines += [*mapped.own, *mapped.shared]
    lines += [map_organization(entry, Iris()) for entry in names.entries()]
    store = Store()
    store.load(input="".join(lines).encode(), format=RdfFormat.N_TRIPLES)
    return store


@pytest.mark.parametrize(
    "name", ["Genzyme", "genzyme", "GENZYME Corp.", "Genzyme, a Sanofi Company"]
)
def test_every_spelling_is_the_same_card(store: Store, name: str) -> None:
    card = sponsor_card(store, name)
    assert card.label == "Genzyme"
    assert (card.lead, card.classes) == (["NCT99000000"], ["INDUSTRY"])
    assert [(link.kind, link.label, link.since) for link in card.links] == [
        ("parent", "Sanofi", "2011-04")
    ]


def test_what_belongs_to_it_and_where_it_collaborates(store: Store) -> None:
    card = sponsor_card(store, "sanofi-aventis")
    assert ("parent", "Genzyme") in {(link.kind, link.label) for link in card.linked_from}
    assert len(card.collaborator) == 5


def test_a_part_of_a_name_is_no_name(store: Store) -> None:
    with pytest.raises(NotFoundError):
        sponsor_card(store, "Merck")


def test_an_acronym_of_two_is_ambiguous(store: Store) -> None:
    with pytest.raises(AmbiguousError, match="2 organisations"):
        sponsor_card(store, "EXA")
