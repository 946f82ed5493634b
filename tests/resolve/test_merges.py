"""The labelled pairs of places and organisations: what is merged is the same."""

from __future__ import annotations

import csv
from collections.abc import Callable

import pytest

from benchmarks.identity import merges


@pytest.mark.parametrize(
    ("name", "one", "least"),
    [("sites", merges.one_site, 150), ("organizations", merges.one_organization, 100)],
)
def test_what_is_merged_is_the_same(
    name: str, one: Callable[[merges.Row], bool], least: int
) -> None:
    with (merges.HERE / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, dialect="excel-tab"))
    merged = [row["same"] == "yes" for row in rows if one(row)]
    assert len(rows) >= least
    assert sum(merged) / len(merged) >= 0.989
