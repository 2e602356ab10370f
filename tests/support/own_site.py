"""The sample site in a thread of the test, which sees what is asked and can spoil what is sent."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC
from email.message import Message
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from samplesite.content.world import World
from samplesite.faults.override import unchanged
from samplesite.web.answer import Answer
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

        self.replaced: dict[str, Callable[[OwnSite, str], Answer]] = {}
        """Target → what is sent instead, whatever the condition of the request; with the status 0
        the connection is closed without an answer."""

        self.before: Callable[[int], None] = lambda _: None
        """Is told how many requests there were, before each answer."""

        self.show(world)

    def show(self, world: World) -> None:
        """Go on with another state of the world."""
        self.site.show(world)
        self.last_modified = format_datetime(world.now.astimezone(UTC), usegmt=True)

    def true_answer(self, target: str) -> Answer:
        """Return the answer of the site that nothing is wrong with."""
        parts = urlsplit(target)
        page = int(parse_qs(parts.query).get("p", ["1"])[0])
        return self.site.answer(parts.path, page)

    def answer(self, target: str, modified_since: str | None = None) -> Answer:
        """Return what is sent."""
        if target in self.replaced:
            return self.replaced[target](self, target)
        if modified_since == self.last_modified:
            return Answer(304, b"")
        answer = self.true_answer(target)
        return answer._replace(body=self.spoiled.get(target, unchanged)(answer.body))


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
            with lock:
                own.asked.append(Asked(self.path, self.headers))
                own.before(len(own.asked))
                answer = own.answer(self.path, self.headers.get("If-Modified-Since"))
                last_modified = own.last_modified
            if not answer.status:
                self.close_connection = True
                return
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Last-Modified", last_modified)
            self.send_header("Content-Length", str(len(answer.body)))
            if answer.location:
                self.send_header("Location", answer.location)
            self.end_headers()
            with suppress(ConnectionError):  # a crawl may have been killed
                self.wfile.write(answer.body)

        def log_message(self, *_: object) -> None:
            return

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """Say nothing of connections that a killed crawl has left."""

    lock = Lock()
    server = Server(("127.0.0.1", 0), Handler)
    own = OwnSite(world, f"http://127.0.0.1:{server.server_port}")
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield own
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
