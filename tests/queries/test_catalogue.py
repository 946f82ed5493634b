"""Reading queries and listing them."""

from __future__ import annotations

import json
import re

import pytest

from kg.errors import NotFoundError, QueryError
from kg.query.catalogue import Parameter, Query, catalogue, find, listing, read
from kg.query.document import page
from kg.resources import folder

QUERIES = [pytest.param(query, id=query.name) for query in catalogue()]


def test_header_and_text_stay_together_so_that_lines_count() -> None:
    text = "#+ summary: One\n#+ counts: rows\nASK {}"
    query = read(text, "one", "drug")
    assert (query.summary, query.counts, query.text) == ("One", "rows", text)


def test_a_query_of_the_users_own_needs_no_header() -> None:
    assert read("ASK {}").parameters == ()


def test_parameters_are_declared_with_type_and_default() -> None:
    query = read("#+ parameters:\n#+   - {name: year, type: integer, default: 2020}\nASK {}")
    assert query.parameters == (Parameter("year", "integer", 2020),)


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("#+ summary: a: b", "mine at its header: found mapping values are not allowed here"),
        ("#+ sumary: a", "mine at its header: .*unknown field `sumary`"),
        ("#+ parameters: [{name: x}]", r"missing required field `type`.*parameters\[0\]"),
        ("#+ parameters: [{name: 'a b', type: string}]", "mine at its header: .*regex"),
        ("#+ just words", "mine at its header: Expected `object`, got `str`"),
    ],
)
def test_a_header_that_cannot_be_read_says_why(header: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        read(header + "\nASK {}", "mine")


def test_find_suggests_near_names() -> None:
    with pytest.raises(NotFoundError, match=r"did you mean .*busiest-sites"):
        find("busyest-sites")


def test_find_takes_no_path() -> None:
    with pytest.raises(NotFoundError):
        find("../queries/drug/drug-trials")


def test_listing_has_the_stable_shape() -> None:
    listed = json.loads(json.dumps(listing(catalogue())))
    one = next(entry for entry in listed if entry["name"] == "drug-trials")
    assert one == {
        "name": "drug-trials",
        "family": "drug",
        "summary": "Trials that study a drug, found by any of its names",
        "counts": "one row per trial, whatever part the drug has in it",
        "parameters": [{"name": "drug", "type": "string", "default": "SAR408701"}],
    }
    assert all(set(entry) == set(one) for entry in listed)


def test_the_page_of_the_catalogue_is_current() -> None:
    document = folder("docs") / "queries.md"
    if not document.parent.is_dir():
        pytest.skip("docs/ is not installed")
    assert document.read_text(encoding="utf-8") == page(catalogue()), (
        "renew it with: python -m kg.query.document > docs/queries.md"
    )


@pytest.mark.parametrize("query", QUERIES)
def test_an_optional_part_is_followed_one_step_at_a_time(query: Query) -> None:
    """The store may read both properties of a path whole: a look-up then grows with the graph."""
    optional = re.findall(r"OPTIONAL \{[^{}]*", query.text)
    assert not [part for part in optional if re.search(r"\w/\w+:", part)]
