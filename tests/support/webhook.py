"""A webhook on loopback, which takes messages and answers each with one status."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PATH = "/services/T0/geheim"


class Webhook(ThreadingHTTPServer):
    """Takes messages on loopback, and answers each with one status."""

    def __init__(self, status: int) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.status = status
        self.taken: list[Any] = []


class Answer(BaseHTTPRequestHandler):
    """The answer to one message."""

    server: Webhook

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append((self.path, self.headers["Content-Type"], json.loads(body)))
        self.send_response(self.server.status)
        self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def webhook(status: int = 200) -> Iterator[tuple[str, list[Any]]]:
    """Serve a webhook; give its address and what it takes."""
    with Webhook(status) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{PATH}", server.taken
        server.shutdown()
