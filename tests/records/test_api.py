from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from kg.records.api import Api, ApiError, OfflineError, SlowError, TokenError
from tests.registry import Registry, running


@pytest.fixture
def registry() -> Iterator[Registry]:
    with running(Registry()) as registry:
        yield registry


class Waits(list[float]):
    """Notes what is waited for instead of waiting."""

    def __call__(self, seconds: float) -> None:
        self.append(round(seconds, 3))


def connect(registry: Registry, waits: Waits | None = None, **options: Any) -> Api:
    sleep = Waits() if waits is None else waits
    return Api(registry.base_url, **{"pause": 0.0, "sleep": sleep, **options})


def test_pages_follow_tokens_and_the_first_counts(registry: Registry) -> None:
    with connect(registry) as api:
        first = api.page({"query.cond": "glioma"}, None)
        second = api.page({"query.cond": "glioma"}, first.next_token)
    assert (len(first.studies), first.total) == (5, 23)
    assert (len(second.studies), second.total) == (5, None)
    assert registry.asked[0] == {
        "query.cond": "glioma",
        "format": "json",
        "pageSize": "1000",
        "countTotal": "true",
    }
    assert registry.asked[1]["pageToken"] == first.next_token
    assert registry.headers[0]["User-Agent"].startswith("trialkg")


def test_a_study_keeps_its_bytes_on_one_line(registry: Registry) -> None:
    written = json.dumps(registry.studies[0], ensure_ascii=False, separators=(",", ":")).encode()
    with connect(registry) as api:
        assert api.page({}, None).studies[0] == written
        registry.indent = 2
        spread = api.page({}, None).studies[0]
    assert b"\n" not in spread
    assert json.loads(spread) == registry.studies[0]


def test_passing_failures_are_tried_again_after_doubled_waits(registry: Registry) -> None:
    registry.faults = ["500", "cut", "html", "503"]
    waits, said = Waits(), []
    with connect(registry, waits, say=said.append) as api:
        assert len(api.page({}, None).studies) == 5
    assert waits == [1, 2, 4, 8]
    assert len(said) == 4
    assert "HTTP 500" in said[0]


def test_retry_after_is_honoured_as_seconds_and_as_a_date(registry: Registry) -> None:
    registry.faults = ["429 7", "429 Tue, 14 Nov 2023 22:13:50 GMT", "429 soon"]
    waits = Waits()
    with connect(registry, waits) as api:
        api.page({}, None)
    assert waits == [7, 30, 4]


def test_a_very_long_wait_is_told_and_not_waited(registry: Registry) -> None:
    registry.faults = ["429 86400"]
    with connect(registry) as api, pytest.raises(ApiError, match="asks to wait 86400 s"):
        api.page({}, None)


def test_a_failure_that_stays_is_told(registry: Registry) -> None:
    registry.faults = ["500"] * 9
    with connect(registry) as api, pytest.raises(ApiError, match="/studies: HTTP 500"):
        api.page({}, None)
    assert len(registry.asked) == 6


@pytest.mark.parametrize(
    ("fault", "error", "match"),
    [("html", ApiError, "expected studies as the API v2"), ("cut", ApiError, "broke")],
)
def test_an_unreadable_answer_is_told(
    registry: Registry, fault: str, error: type[ApiError], match: str
) -> None:
    registry.faults = [fault] * 2
    with connect(registry, tries=2) as api, pytest.raises(error, match=match):
        api.page({}, None)


def test_a_slow_registry_is_a_time_out(registry: Registry) -> None:
    registry.faults = ["slow"]
    with (
        connect(registry, timeout=0.2, tries=1) as api,
        pytest.raises(SlowError, match=r"did not answer within 0\.2 s") as caught,
    ):
        api.page({}, None)
    assert caught.value.exit_code == 4


def test_a_refusal_carries_the_words_of_the_api_and_is_not_repeated(registry: Registry) -> None:
    with connect(registry) as api, pytest.raises(ApiError, match=r"400 Bad Request: Error in `q"):
        api.page({"query.term": "refused("}, None)
    assert len(registry.asked) == 1


def test_an_unknown_token_has_its_own_error(registry: Registry) -> None:
    with connect(registry) as api, pytest.raises(TokenError, match="incorrect value"):
        api.page({}, "b-5")


def test_no_network_is_told_after_few_tries() -> None:
    with running(Registry()) as gone:
        pass
    waits = Waits()
    with connect(gone, waits) as api, pytest.raises(OfflineError, match="is there a network"):
        api.data_timestamp()
    assert waits == [1, 2]


@pytest.mark.parametrize("address", ["nowhere", "http://[", "ftp://127.0.0.1/"])
def test_an_address_that_is_none_is_told(address: str) -> None:
    with Api(address, tries=1) as api, pytest.raises(ApiError, match="address"):
        api.data_timestamp()


def test_requests_keep_their_distance(registry: Registry) -> None:
    waits = Waits()
    with connect(registry, waits, pause=50.0) as api:
        api.page({}, None)
        api.page({}, None)
        api.page({}, None)
    first, second = waits
    assert 45 < first <= 50
    assert 95 < second <= 100  # no time passed while the first was only noted


def test_the_version_names_the_data_and_may_be_missing(registry: Registry) -> None:
    with connect(registry) as api:
        assert api.data_timestamp() == "2026-11-20T09:00:04"
        registry.data_timestamp = None
        assert api.data_timestamp() is None
