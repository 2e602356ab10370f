"""The sample site in a thread of the test, which sees what is asked and can spoil what is sent."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC
from email.message import Message
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from samplesite.content.world import World
from samplesite.faults.override import unchanged
from samplesite.web.site import Site

_DATES = re.compile(rb"\d{4}-\d\d-\d\d|\d\d\.\d\d\.\d\d|\d\d:\d\d")


class Asked(NamedTuple):
    """A request."""

    target: str
    headers: Message


class OwnSite:
    """A site whose answers have a ``Last-Modified``, and no ``ETag``."""

    def __init__(self, world: World, address: str) -> None:
        self.address = address
        self.site = Site(world, address)
        self.asked: list[Asked] = []
        self.spoiled: dict[str, Callable[[bytes], bytes]] = {}
        """Target → what is made of its body."""
        self.show(world)

    def show(self, world: World) -> None:
        """Go on with another state of the world."""
        self.site.show(world)
        self.last_modified = format_datetime(world.now.astimezone(UTC), usegmt=True)

    def answer(self, target: str) -> tuple[int, str, bytes]:
        """Return status, content type and body of an answer."""
        parts = urlsplit(target)
        page = int(parse_qs(parts.query).get("p", ["1"])[0])
        answer = self.site.answer(parts.path, page)
        body = self.spoiled.get(target, unchanged)(answer.body)
        return answer.status, answer.content_type, body


def half(body: bytes) -> bytes:
    """Return the first half of a body."""
    return body[: len(body) // 2]


def undated(body: bytes) -> bytes:
    """Return the page of an article without days and times, which is not read to an article."""
    return _DATES.sub(b"", body)


def textless(body: bytes) -> bytes:
    """Return the page of an article whose text is in another container."""
    return body.replace(b"news-container__text", b"muster")


@contextmanager
def own_site(world: World) -> Iterator[OwnSite]:
    """Serve a world on a free port of loopback."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            own.asked.append(Asked(self.path, self.headers))
            status, content_type, body = own.answer(self.path)
            if self.headers.get("If-Modified-Since") == own.last_modified:
                status, body = 304, b""
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Last-Modified", own.last_modified)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    own = OwnSite(world, f"http://127.0.0.1:{server.server_port}")
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield own
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
