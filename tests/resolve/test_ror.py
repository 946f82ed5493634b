from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.model.resolved import ResolvedFacts
from kg.resolve import ror
from kg.resolve.organization_names import OrganizationNames
from kg.resolve.organizations import organization
from kg.vocabularies import ror as table
from kg.vocabularies import tables
from kg.vocabularies.fetch import fetch
from tests.vocabularies.fetch import formats

CACHES = (tables.catalog, table._lines, ror._by_key)


@pytest.fixture
def fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("KG_VOCABULARIES", str(tmp_path / "kept"))
    path = tmp_path / "v2.16-2026-11-19-ror-data.zip"
    path.write_bytes(formats.ror())
    for cache in CACHES:
        cache.cache_clear()
    fetch("ror", places=[str(path)])
    yield
    for cache in CACHES:
        cache.cache_clear()


def entries(*names: str) -> dict[str, tuple[str | None, set[tuple[str, str, str]]]]:
    gathered = OrganizationNames()
    gathered.add(ResolvedFacts(organizations={name: organization(name) for name in names}))
    return {
        entry.label: (entry.ror, {(link.kind, link.other, link.source) for link in entry.links})
        for entry in gathered.entries()
    }


def test_nothing_is_known_where_ror_was_not_fetched() -> None:
    assert ror.find(["Sanofi"]) is None
    assert entries("University of Nowhere") == {"University of Nowhere": (None, set())}


def test_a_name_of_several_means_the_one_that_the_others_belong_to(fetched: None) -> None:
    found = ror.find(["Sanofi"])
    assert found is not None
    assert found.ror == "02n6c9837"
    assert ror.find(["SAN"]) is None  # an acronym is the name of many
    assert ror.find(["Sanofi", "University of Nowhere"]) is None  # names that disagree
    assert ror.find(["Withdrawn Institute"]) is None


def test_a_successor_is_a_link_with_its_source_and_is_described(fetched: None) -> None:
    found = entries("University of Nowhere", "Sanofi")
    successor = organization("New University of Nowhere").key
    assert found["University of Nowhere"] == (
        "03qd7mz70",
        {("SUCCESSOR", successor, "ROR v2.16")},
    )
    assert found["New University of Nowhere"] == ("00000aa00", set())
    # Its national company is no organisation of its own here.
    assert found["Sanofi"][0] == "02n6c9837"
