"""Catalogue queries asked something else than their defaults, where mistakes would hide."""

from __future__ import annotations

import csv
import io

import pytest
from pyoxigraph import Store

from kg.query.catalogue import find
from kg.query.results import rows
from kg.query.run import run


def asked(store: Store, name: str, **values: str) -> list[dict[str, str]]:
    text = rows(run(store, find(name), values), "csv").decode()
    return list(csv.DictReader(io.StringIO(text)))


def ids(store: Store, name: str, **values: str) -> list[str]:
    return [row["nct_id"] for row in asked(store, name, **values)]


@pytest.mark.parametrize("name", ["XAB-101", "Examplix", "exampletug vedotin"])
def test_every_name_of_a_drug_gives_the_same_trials(fixture_graph: Store, name: str) -> None:
    expected = ["NCT99000001", "NCT99000002", "NCT99000003"]
    assert ids(fixture_graph, "drug-trials", drug=name) == expected


def test_a_refused_name_gives_no_trials(fixture_graph: Store) -> None:
    assert ids(fixture_graph, "drug-trials", drug="tusamitamab") == []


def test_capitals_alone_are_no_other_name(fixture_graph: Store) -> None:
    found = asked(fixture_graph, "trials-under-another-name", drug="Examplix")
    assert [row["registered"] for row in found] == ["XAB-101", "Examplix"]


def test_two_sites_in_one_city_are_one_trial(fixture_graph: Store) -> None:
    found = asked(fixture_graph, "city-trials", city="Boston")
    assert [(row["nct_id"], row["sites"]) for row in found] == [
        ("NCT99000001", "1"),
        ("NCT99000002", "2"),
        ("NCT99000006", "1"),
        ("NCT99000008", "2"),
    ]


def test_a_stated_condition_wins_over_a_mesh_term_of_the_same_name(fixture_graph: Store) -> None:
    found = asked(fixture_graph, "condition-trials", condition="Colorectal Neoplasms")
    assert {row["nct_id"]: row["match"] for row in found} == {
        "NCT99000004": "stated",
        "NCT99000007": "stated",
    }


def test_country_by_code_and_condition_as_stated(fixture_graph: Store) -> None:
    values = {"condition": "NSCLC", "country": "US"}
    assert ids(fixture_graph, "recruiting-in-country", **values) == ["NCT99000002"]
    values["status"] = "completed"
    assert ids(fixture_graph, "recruiting-in-country", **values) == ["NCT99000001"]


def test_nct_ids_may_be_written_small(fixture_graph: Store) -> None:
    found = asked(fixture_graph, "related-trials", nct="nct99000005")
    assert [tuple(row.values())[:4] for row in found] == [
        ("NCT04394624", "1", "1", "0"),
        ("NCT99000004", "1", "1", "0"),
        ("NCT99000008", "0", "0", "2"),
    ]


def test_a_trial_of_both_drugs_is_no_trial_of_the_other(fixture_graph: Store) -> None:
    found = ids(fixture_graph, "same-target-other-drug", drug="ramucirumab")
    assert found == ["NCT99000004"]


def test_a_date_may_be_a_month(fixture_graph: Store) -> None:
    values = {"sponsor": "Example Pharma", "since": "2021-11"}
    assert ids(fixture_graph, "updated-since", **values) == ["NCT99000002", "NCT99000003"]
