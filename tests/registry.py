"""A stand-in for the registry's API v2 on this machine, with the faults a real one has."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


def study(number: int, **identification: Any) -> dict[str, Any]:
    """A synthetic study as the API gives it."""
    return {
        "protocolSection": {
            "identificationModule": {
                "nctId": f"NCT99{number:06}",
                "briefTitle": f"Study {number} of “nothing”",
                **identification,
            }
        },
        "hasResults": False,
    }


class Registry:
    """What the stand-in holds and how it behaves."""

    def __init__(self, count: int = 23, page_size: int = 5) -> None:
        self.studies = [study(number) for number in range(1, count + 1)]
        self.page_size = page_size
        self.data_timestamp: str | None = "2026-11-20T09:00:04"
        self.tokens_from = "a"
        """Tokens given out under another value are unknown."""
        self.faults: list[str] = []
        """What goes wrong with the next requests for studies, one each; '' is nothing."""
        self.delay = 0.0
        self.counted: int | None = None
        """Studies it says there are, where that is not how many there are."""
        self.asked: list[dict[str, str]] = []
        self.headers: list[dict[str, str]] = []
        self.base_url = ""
        self.indent: int | None = None

    def matching(self, asked: dict[str, str]) -> list[dict[str, Any]]:
        if "filter.ids" not in asked:
            return self.studies
        wanted = set(asked["filter.ids"].split(","))

        def known(each: dict[str, Any]) -> bool:
            module = each["protocolSection"]["identificationModule"]
            return bool(wanted & {module["nctId"], *module.get("nctIdAliases", ())})

        return [each for each in self.studies if known(each)]

    def page(self, asked: dict[str, str]) -> tuple[int, bytes]:
        start = 0
        if "pageToken" in asked:
            version, _, text = asked["pageToken"].partition("-")
            if version != self.tokens_from:
                return 400, b"`pageToken` parameter has incorrect value"
            start = int(text)
        size = min(int(asked.get("pageSize", 10)), self.page_size)
        matching = self.matching(asked)
        answer: dict[str, Any] = {}
        if asked.get("countTotal") == "true" and start == 0:
            answer["totalCount"] = len(matching) if self.counted is None else self.counted
        answer["studies"] = matching[start : start + size]
        if start + size < len(matching):
            answer["nextPageToken"] = f"{self.tokens_from}-{start + size}"
        if "refused" in asked.get("query.term", ""):
            return 400, b"Error in `query.term`:\n unbalanced parenthesis"
        separators = None if self.indent else (",", ":")
        text = json.dumps(answer, ensure_ascii=False, indent=self.indent, separators=separators)
        return 200, text.encode()


class _Handler(BaseHTTPRequestHandler):
    registry: Registry
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(address.query).items()}
        registry = self.registry
        if address.path == "/api/v2/version":
            if registry.data_timestamp is None:
                return self._answer(404, b"<html>no such page</html>")
            version = {"apiVersion": "2.0.5", "dataTimestamp": registry.data_timestamp}
            return self._answer(200, json.dumps(version).encode())
        registry.asked.append(asked)
        registry.headers.append(dict(self.headers))
        time.sleep(registry.delay)
        fault = registry.faults.pop(0) if registry.faults else ""
        if fault == "slow":
            time.sleep(1.0)
        if fault == "cut":
            body = registry.page(asked)[1]
            return self._answer(200, body[: len(body) // 2], length=len(body))
        if fault == "html":
            return self._answer(200, b"<html>down for maintenance</html>")
        if fault.isdigit():
            return self._answer(int(fault), b"no", {})
        if fault.startswith("429 "):
            return self._answer(429, b"slow down", {"Retry-After": fault.removeprefix("429 ")})
        return self._answer(*registry.page(asked))

    def _answer(
        self,
        status: int,
        body: bytes,
        headers: dict[str, str] | None = None,
        length: int | None = None,
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        try:
            self.wfile.write(body)
        except ConnectionError:
            self.close_connection = True
        if length is not None:
            self.close_connection = True

    def date_time_string(self, timestamp: float | None = None) -> str:
        return super().date_time_string(1_700_000_000)

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def running(registry: Registry) -> Iterator[Registry]:
    """Serve the registry on a free port."""
    handler = type("Handler", (_Handler,), {"registry": registry})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    registry.base_url = f"http://127.0.0.1:{server.server_port}/api/v2"
    try:
        yield registry
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
