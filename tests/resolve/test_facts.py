from pathlib import Path

from kg.model.trial import Location, MeshTerm, Organization, Trial
from kg.resolve.facts import mesh_tree, resolve_facts


def trial(**fields: object) -> Trial:
    return Trial(nct_id="NCT99000001", **fields)  # type: ignore[arg-type]


def test_a_mesh_term_gets_its_id_from_its_words_and_loses_padding() -> None:
    from_xml = resolve_facts(trial(condition_mesh=(MeshTerm("Diabetes Mellitus"),)))
    from_json = resolve_facts(trial(condition_mesh=(MeshTerm("Diabetes Mellitus", "D000003920"),)))
    assert from_xml.condition_mesh == from_json.condition_mesh
    assert from_xml.condition_mesh[0].id == "D003920"


def test_unknown_mesh_words_and_unknown_countries_stay_as_they_are() -> None:
    facts = resolve_facts(
        trial(condition_mesh=(MeshTerm("No Such Heading"),), countries=("Atlantis", "Japan"))
    )
    assert facts.condition_mesh == (MeshTerm("No Such Heading"),)
    assert [country.name for country in facts.countries] == ["Atlantis", "Japan"]
    assert [country.alpha3 for country in facts.countries] == [None, "JPN"]


def test_places_follow_the_locations_one_by_one() -> None:
    facts = resolve_facts(
        trial(
            lead_sponsor=Organization("Acme"),
            locations=(
                Location("Acme Clinical Research Site", city="Nagoya", country="Japan"),
                Location("Meir Medical Center /ID# 205345", city="Kfar Saba", country="Israel"),
                Location(city="Kyoto", country="Japan"),
            ),
        )
    )
    assert [place.anonymous for place in facts.places] == [True, False, True]
    assert facts.places[1].name == "Meir Medical Center"
    assert facts.places[2].country is not None


def test_the_tree_above_a_term_is_closed() -> None:
    nodes = {node.id: node for node in mesh_tree(["D002289", "D001943", "no such id"])}
    assert "D009369" in nodes  # Neoplasms, above both
    assert all(parent in nodes for node in nodes.values() for parent in node.broader)


def test_real_country_names_are_known(records: Path) -> None:
    import msgspec

    unknown = set()
    for line in (records / "ctgov-v2.jsonl").open("rb"):
        module = msgspec.json.decode(line)["protocolSection"].get("contactsLocationsModule", {})
        for location in module.get("locations", ()):
            facts = resolve_facts(trial(countries=(location["country"],)))
            if facts.countries[0].alpha3 is None:
                unknown.add(location["country"])
    assert unknown == set()
