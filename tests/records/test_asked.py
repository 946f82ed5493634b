from __future__ import annotations

import pytest

from kg.errors import SourceError
from kg.records.asked import IDS_PER_REQUEST, Asked, nct_ids


def test_words_and_date_go_into_one_request() -> None:
    asked = Asked(term="a b", condition="c", intervention="i", sponsor="s", since="2026-02-28")
    assert asked.requests() == [
        {
            "query.term": "a b",
            "query.cond": "c",
            "query.intr": "i",
            "query.spons": "s",
            "filter.advanced": "AREA[LastUpdatePostDate]RANGE[2026-02-28,MAX]",
        }
    ]


def test_all_is_a_request_without_filters() -> None:
    assert Asked().requests() == [{}]


def test_many_ids_go_in_batches_without_loss() -> None:
    ids = tuple(f"NCT99{number:06}" for number in range(2 * IDS_PER_REQUEST + 1))
    batches = [request["filter.ids"].split(",") for request in Asked(ids=ids).requests()]
    assert [len(batch) for batch in batches] == [IDS_PER_REQUEST, IDS_PER_REQUEST, 1]
    assert [nct_id for batch in batches for nct_id in batch] == list(ids)


@pytest.mark.parametrize("text", ["NCT9900001", "EUCTR2019", "", "NCT990000011", "NCT９９000001"])
def test_what_is_no_nct_id_is_told(text: str) -> None:
    with pytest.raises(SourceError, match="expected an NCT id"):
        nct_ids(["NCT99000001", text])


def test_a_date_the_registry_would_ignore_is_refused() -> None:
    with pytest.raises(SourceError, match="ignores --since"):
        Asked(term="NCT99000001, nct99000002", since="2026-01-01")
    assert Asked(term="NCT99000001 glioma", since="2026-01-01").requests()
