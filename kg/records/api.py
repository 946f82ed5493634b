"""Client of the ClinicalTrials.gov API v2: one page of studies at a time, politely.

The registry publishes no rate limit but asks crawlers for a second between requests, and users
report being turned away above fifty a minute; the default pause keeps below both. A request that
fails for a passing reason (no connection, cut body, 429, 5xx) is repeated after 1, 2, 4 … seconds
or after what `Retry-After` says.

https://clinicaltrials.gov/data-api/api
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar

import msgspec
from msgspec import Struct

from kg.errors import SourceError
from kg.web import LONGEST_WAIT, PASSING, retry_after, user_agent

if TYPE_CHECKING:
    import httpx

BASE_URL = "https://clinicaltrials.gov/api/v2"
PAGE_SIZE = 1000
"""The most studies the registry gives in one page."""


class ApiError(SourceError):
    """The registry's API refused, failed, or said something that is not its format."""


class OfflineError(ApiError):
    """No connection to the registry."""


class SlowError(ApiError):
    """The registry was reached but did not answer in time."""

    exit_code = 4


class TokenError(ApiError):
    """The registry no longer knows the token of the next page."""


class MissingError(ApiError):
    """The API, or a mirror of it, has no such address."""


class Page(Struct, frozen=True):
    """One page of an answer; a page may be empty and still have a next one."""

    studies: list[bytes]
    """Each study exactly as the registry wrote it, only that line breaks between its JSON tokens
    (the registry itself writes none) are spaces, so that each fits on one line."""
    next_token: str | None
    total: int | None
    """Studies on all pages; the first page alone says so."""


_Answer = TypeVar("_Answer")
_ONE_LINE = bytes.maketrans(b"\r\n", b"  ")


class _Page(Struct, rename="camel"):
    studies: list[msgspec.Raw]
    next_page_token: str | None = None
    total_count: int | None = None


class _Version(Struct, rename="camel"):
    data_timestamp: str


class Api:
    """A connection to the registry's API, or to a mirror of it."""

    def __init__(
        self,
        base_url: str = BASE_URL,
        *,
        pause: float = 1.2,
        tries: int = 6,
        timeout: float = 60.0,
        say: Callable[[str], None] = lambda text: None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        import httpx  # late: it costs more than the rest of `kg --help` together

        self.base_url = base_url.rstrip("/")
        self._pause, self._tries, self._timeout = pause, tries, timeout
        self._say, self._sleep = say, sleep
        self._next = float("-inf")
        self._answered = False
        self._http = httpx.Client(
            timeout=timeout, follow_redirects=True, headers={"User-Agent": user_agent()}
        )

    def __enter__(self) -> Api:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._http.close()

    def data_timestamp(self) -> str | None:
        """When the registry last published its data; a mirror may not say."""
        try:
            return self._get("/version", {}, _Version).data_timestamp
        except MissingError:
            return None

    def page(self, parameters: Mapping[str, str], token: str | None, size: int = PAGE_SIZE) -> Page:
        """The page of an answer that a token names; without a token the first."""
        asked = {**parameters, "format": "json", "pageSize": str(size)}
        asked |= {"pageToken": token} if token else {"countTotal": "true"}
        answer = self._get("/studies", asked, _Page)
        studies = [bytes(raw).translate(_ONE_LINE) for raw in answer.studies]
        return Page(studies, answer.next_page_token, answer.total_count)

    def _get(self, path: str, parameters: Mapping[str, str], kind: type[_Answer]) -> _Answer:
        """One answer, asked for again while the failure may pass."""
        import httpx

        for attempt in range(1, self._tries + 1):
            self._keep_pace()
            wait: float | None = None
            try:
                response = self._http.get(self.base_url + path, params=dict(parameters))
                self._answered = True
                if response.status_code == 200:
                    return msgspec.json.decode(response.content, type=kind)
                failure = self._refused(response, path, parameters)
                if response.status_code not in PASSING:
                    raise failure
                wait = retry_after(response)
            except msgspec.DecodeError as error:
                failure = ApiError(
                    f"{self.base_url}{path}: found what is not the API's JSON ({error}),"
                    " expected studies as the API v2 gives them"
                )
            except httpx.TimeoutException:
                failure = SlowError(f"{self.base_url} did not answer within {self._timeout:g} s")
            except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
                raise ApiError(f"{self.base_url} is not an address: {error}") from error
            except httpx.ConnectError as error:
                failure = OfflineError(
                    f"no connection to {self.base_url} ({error}):"
                    " is there a network, and is the address right?"
                )
            except httpx.HTTPError as error:
                failure = ApiError(f"the connection to {self.base_url} broke: {error!r}")
            if attempt == (self._tries if self._answered else min(3, self._tries)):
                raise failure
            wait = 2.0 ** (attempt - 1) if wait is None else wait
            if wait > LONGEST_WAIT:
                raise ApiError(f"{failure}; it asks to wait {wait:g} s, try again later")
            self._say(f"{failure}; again in {wait:g} s")
            self._sleep(wait)
        raise AssertionError("at least one try")

    def _refused(
        self, response: httpx.Response, path: str, parameters: Mapping[str, str]
    ) -> ApiError:
        """The error of an answer that is not 200, in the API's own words where it has any."""
        said = " ".join(response.text.split())[:300] if response.is_client_error else ""
        text = f"{self.base_url}{path}: HTTP {response.status_code} {response.reason_phrase}"
        if said and not said.startswith("<"):
            text = f"{text}: {said}"
        if response.status_code in (400, 404, 410) and "pageToken" in parameters:
            return TokenError(f"the registry no longer knows its page token ({text})")
        if response.status_code == 404:
            return MissingError(text)
        return ApiError(text)

    def _keep_pace(self) -> None:
        now = time.monotonic()
        if now < self._next:
            self._sleep(self._next - now)
        self._next = max(now, self._next) + self._pause
