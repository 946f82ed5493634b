"""A server of files on this machine, with byte ranges, and with the faults a real one has."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Files:
    """What is served, by path, and how it goes wrong."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.faults: list[str] = []
        """What goes wrong with the next requests, one each: a status, `cut N` bytes, '' nothing."""
        self.ranges = True
        self.headers: dict[str, str] = {"Last-Modified": "Tue, 06 Oct 2026 08:00:00 GMT"}
        self.asked: list[tuple[str, str]] = []
        """Path and `Range` of each request."""
        self.base = ""

    def tag(self, path: str) -> str:
        return f'"{hashlib.sha256(self.files[path]).hexdigest()[:12]}"'


@contextmanager
def serving(files: Files) -> Iterator[Files]:
    """Serve until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

        def do_GET(self) -> None:
            path, asked = self.path, self.headers.get("Range", "")
            files.asked.append((path, asked))
            fault = files.faults.pop(0) if files.faults else ""
            if fault.isdigit():
                return self.send_error(int(fault))
            if path not in files.files:
                return self.send_error(404)
            content, status, start = files.files[path], 200, 0
            fits = self.headers.get("If-Range") in (None, files.tag(path))
            if asked and files.ranges and fits:
                start, status = int(asked.removeprefix("bytes=").rstrip("-")), 206
                if start >= len(content):
                    return self.send_error(416)
            body = content[start:]
            self.send_response(status)
            if status == 206:
                self.send_header(
                    "Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}"
                )
            self.send_header("Content-Length", str(len(body)))
            self.send_header("ETag", files.tag(path))
            for name, value in files.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body[: int(fault[4:])] if fault.startswith("cut ") else body)
            self.close_connection = True
            return None

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    files.base = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield files
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
