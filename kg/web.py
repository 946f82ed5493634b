"""Files from the web: resumable, checked, and in place only when whole.

A transfer that breaks is repeated after 1, 2, 4 … seconds, or after what `Retry-After` says, and
goes on where it stopped (HTTP `Range` with `If-Range`, so that a file that changed meanwhile is
fetched anew).
"""

from __future__ import annotations

import base64
import hashlib
import os
import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec
from msgspec import Struct

from kg.errors import SourceError

if TYPE_CHECKING:
    import httpx

PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
"""HTTP answers that a later try may better."""
LONGEST_WAIT = 600.0
"""Seconds that a server may ask us to wait."""
_MOST_READ = 1 << 26

_T = TypeVar("_T")
Progress = Callable[[int, int | None], None]
"""Told how many bytes have come and how many there are."""


class WebError(SourceError):
    """A file that could not be fetched whole."""


class Fetched(Struct, frozen=True):
    """A file that was fetched."""

    path: Path
    address: str
    sha256: str
    size: int
    modified: str | None
    """The day the server dates the file to, `2026-10-06`; None where it does not say."""


class _Note(Struct, frozen=True):
    """What an unfinished file is part of."""

    address: str
    validator: str
    """The server's ETag, else its date for the file."""


class _BrokenError(Exception):
    """A transfer that another try may finish."""

    def __init__(self, message: str, wait: float | None = None) -> None:
        super().__init__(message)
        self.wait = wait


class Web:
    """Fetches over HTTP, trying again while a failure may pass."""

    def __init__(
        self,
        *,
        tries: int = 5,
        timeout: float = 60.0,
        say: Callable[[str], None] = lambda text: None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._tries, self._timeout, self._say, self._sleep = tries, timeout, say, sleep

    def read(self, address: str) -> bytes:
        """A small answer, such as a folder's listing."""

        def once(client: httpx.Client) -> bytes:
            with client.stream("GET", address) as response:
                _check(response, address)
                found = b""
                for piece in response.iter_bytes():
                    found += piece
                    if len(found) > _MOST_READ:
                        raise WebError(f"{address}: found more than 64 MiB, expected a listing")
                return found

        return self._again(address, once, lambda: 0)

    def fetch(
        self,
        address: str,
        out: Path,
        *,
        checksum: str | None = None,
        progress: Progress = lambda done, total: None,
    ) -> Fetched:
        """Fetch a file to `out`, which appears only when it is whole.

        Until then its bytes stand in `OUT.part`; the same call made again goes on from there.
        `checksum` is `sha256:…` or `md5:…`, as the publisher states it; a file that differs is
        thrown away. Raises `WebError`.
        """
        transfer = _Transfer(address, out, progress)
        try:
            out.parent.mkdir(parents=True, exist_ok=True)
            self._again(address, transfer.run, transfer.size)
            return transfer.finish(checksum)
        except OSError as error:
            raise WebError(f"{out} cannot be written: {error.strerror or error}") from error

    def _again(
        self, address: str, once: Callable[[httpx.Client], _T], come: Callable[[], int]
    ) -> _T:
        """Try until it works; tries that bring bytes do not count as failed."""
        import httpx  # late: it costs more than the rest of `kg --help` together

        failed, before = 0, come()
        headers = {"User-Agent": user_agent(), "Accept-Encoding": "identity"}
        with httpx.Client(timeout=self._timeout, follow_redirects=True, headers=headers) as client:
            while True:
                wait = None
                try:
                    return once(client)
                except _BrokenError as error:
                    failure, wait = WebError(str(error)), error.wait
                except httpx.TimeoutException:
                    failure = WebError(f"{address} did not answer within {self._timeout:g} s")
                except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
                    raise WebError(f"{address} is not an address: {error}") from error
                except httpx.ConnectError as error:
                    failure = WebError(f"no connection to {address} ({error}): is there a network?")
                except httpx.HTTPError as error:
                    failure = WebError(f"the connection to {address} broke: {error}")
                failed = 0 if come() > before else failed + 1
                before = come()
                if failed >= self._tries:
                    raise failure
                wait = 2.0 ** max(failed - 1, 0) if wait is None else wait
                if wait > LONGEST_WAIT:
                    raise WebError(f"{failure}; it asks to wait {wait:g} s, try again later")
                self._say(f"{failure}; again in {wait:g} s")
                self._sleep(wait)


class _Transfer:
    """One file on its way."""

    def __init__(self, address: str, out: Path, progress: Progress) -> None:
        self.address, self.out, self.progress = address, out, progress
        self.part = out.with_name(out.name + ".part")
        self.note = out.with_name(out.name + ".part.json")
        self._modified: str | None = None
        self._promised: str | None = None
        """The checksum that the server itself states."""

    def size(self) -> int:
        """Bytes that have come."""
        return self.part.stat().st_size if self.part.is_file() else 0

    def run(self, client: httpx.Client) -> None:
        """One try: the whole file, or what is still missing of it."""
        headers = {}
        have = self.size()
        note = self._read_note()
        if have and note and note.address == self.address and note.validator:
            headers = {"Range": f"bytes={have}-", "If-Range": note.validator}
        with client.stream("GET", self.address, headers=headers) as response:
            if response.status_code == 416:  # nothing is left to send, or another file is there
                self._forget()
                raise _BrokenError(f"{self.address}: the part that is here fits no more")
            _check(response, self.address)
            going_on = response.status_code == 206
            if going_on and not _begins(response, have):
                self._forget()
                raise _BrokenError(f"{self.address}: another part than the one asked for came")
            total = _total(response, have if going_on else 0)
            if not going_on:
                self._begin(response)
            self._note_server(response)
            with self.part.open("ab" if going_on else "wb") as file:
                done = file.tell()
                self.progress(done, total)
                for piece in response.iter_raw():
                    file.write(piece)
                    done += len(piece)
                    self.progress(done, total)
            if total is not None and done != total:
                if done > total:
                    self._forget()
                raise _BrokenError(f"{self.address}: found {done:,} bytes, expected {total:,}")

    def finish(self, checksum: str | None) -> Fetched:
        """Check the file and put it in its place."""
        sha256 = _sum(self.part, "sha256")
        for wanted in filter(None, (checksum, self._promised)):
            kind, _, value = wanted.partition(":")
            found = sha256 if kind == "sha256" else _sum(self.part, kind)
            if found != value.lower():
                self._forget()
                raise WebError(
                    f"{self.address}: found a file with {kind} {found}, expected {value}"
                )
        size = self.size()
        os.replace(self.part, self.out)
        self.note.unlink(missing_ok=True)
        return Fetched(self.out, self.address, sha256, size, self._modified)

    def _begin(self, response: httpx.Response) -> None:
        self._forget()
        tag = response.headers.get("ETag", "")
        validator = tag if not tag.startswith("W/") else ""
        validator = validator or response.headers.get("Last-Modified", "")
        self.note.write_bytes(msgspec.json.encode(_Note(self.address, validator)))

    def _note_server(self, response: httpx.Response) -> None:
        self._modified = _day(response.headers.get("Last-Modified"))
        for stated in response.headers.get("x-goog-hash", "").split(","):
            kind, _, value = stated.strip().partition("=")
            if kind == "md5":
                self._promised = f"md5:{base64.b64decode(value).hex()}"

    def _read_note(self) -> _Note | None:
        try:
            return msgspec.json.decode(self.note.read_bytes(), type=_Note)
        except (FileNotFoundError, msgspec.DecodeError):
            return None

    def _forget(self) -> None:
        self.note.unlink(missing_ok=True)
        self.part.unlink(missing_ok=True)


def user_agent() -> str:
    """Who we say we are."""
    try:
        return f"trialkg/{metadata.version('trialkg')}"
    except metadata.PackageNotFoundError:
        return "trialkg"


def retry_after(response: httpx.Response) -> float | None:
    """Seconds to wait by a `Retry-After` header; a date there is taken from the answer's own."""
    text = response.headers.get("Retry-After", "").strip()
    if text.isdigit():
        return float(text)
    try:
        until = parsedate_to_datetime(text)
        return max(0.0, (until - parsedate_to_datetime(response.headers["Date"])).total_seconds())
    except (ValueError, TypeError, KeyError):
        return None


def _check(response: httpx.Response, address: str) -> None:
    status = response.status_code
    if status in (200, 206):
        return
    text = f"{address}: HTTP {status} {response.reason_phrase}"
    if status in PASSING:
        raise _BrokenError(text, retry_after(response))
    raise WebError(text)


def _total(response: httpx.Response, have: int) -> int | None:
    length = response.headers.get("Content-Length", "")
    return have + int(length) if length.isdigit() else None


def _begins(response: httpx.Response, have: int) -> bool:
    return str(response.headers.get("Content-Range", "")).startswith(f"bytes {have}-")


def _day(text: str | None) -> str | None:
    try:
        return parsedate_to_datetime(text or "").date().isoformat()
    except ValueError:
        return None


def _sum(path: Path, kind: str) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, kind).hexdigest()
