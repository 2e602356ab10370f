"""A sample site whose answers a test decides, and that says when it was asked for what."""

import json
import math
import socket
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

from samplesite.content.world import World
from samplesite.web.site import Site
from tests.support.crawling import crawl
from tests.support.servers import served

BLOCK_PAGES = Path(__file__).with_name("block_pages")
"""A file is named for the kind of its page and for its status: ``denied_403-edge.html``."""

WORLD = World(articles=6, stocks=3)
SHARE = WORLD.stocks[0]
"""A crawl of it requests robots.txt and each of its pages."""

THREE_AT_ONCE = ("-s", "CONCURRENT_REQUESTS=3", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=3")
_TYPES = {".html": "text/html; charset=utf-8", ".txt": "text/plain", ".json": "application/json"}


class Reply(NamedTuple):
    """An answer to one request."""

    status: int = 200
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    after: float = 0.0
    """Seconds until it is sent; infinitely many: nothing is, until the other side hangs up."""


class Asked(NamedTuple):
    """A request."""

    path: str
    at: float
    """On the clock that never goes back, in seconds."""


Script = Callable[[str, int], Reply | None]
"""Path, how many times it was asked for before → the answer; ``None``: what the site has."""


class ScriptedSite:
    """What is served: a small sample site, but for what the script answers."""

    def __init__(self, address: str, script: Script, after: float) -> None:
        self.address = address
        self.site = Site(WORLD, address)
        self.script = script
        self.after = after
        self.asked: list[Asked] = []
        self.lock = threading.Lock()

    def reply(self, target: str) -> Reply:
        """Return the answer to a request, and note it."""
        parts = urlsplit(target)
        with self.lock:
            before = Counter(request.path for request in self.asked)[parts.path]
            self.asked.append(Asked(parts.path, time.monotonic()))
        scripted = self.script(parts.path, before)
        if scripted is not None:
            return scripted
        query = parse_qs(parts.query)
        with self.lock:
            answer = self.site.answer(
                parts.path, int(query.get("p", ["1"])[0]), query.get("query", [""])[0]
            )
        headers = (("Content-Type", answer.content_type),)
        return Reply(answer.status, answer.body, headers, self.after)

    @property
    def paths(self) -> list[str]:
        """What was asked for, in order, robots.txt left out."""
        return [request.path for request in self.asked if request.path != "/robots.txt"]


@contextmanager
def scripted_site(
    script: Script, after: float = 0.0, *, is_ipv6: bool = False
) -> Iterator[ScriptedSite]:
    """Serve on a free port of loopback; what is not scripted takes `after` seconds."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            reply = site.reply(self.path)
            if reply.after == math.inf:
                self.rfile.read(1)  # returns when the other side hangs up
                return
            time.sleep(reply.after)
            if not reply.status:
                return
            self.send_response_only(reply.status)
            usual = {
                "Server": self.version_string(),
                "Date": self.date_time_string(),
                "Content-Length": str(len(reply.body)),
            }
            for name, value in (usual | dict(reply.headers)).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(reply.body)

        def log_message(self, *_: object) -> None:
            """Say nothing: the site notes what it is asked."""

    class Server(ThreadingHTTPServer):
        address_family = socket.AF_INET6 if is_ipv6 else socket.AF_INET

    server = Server(("::1" if is_ipv6 else "127.0.0.1", 0), Handler)
    host = "[::1]" if is_ipv6 else "127.0.0.1"
    site = ScriptedSite(f"http://{host}:{server.server_port}", script, after)
    with served(server):
        yield site


def block_page(path: Path) -> Reply:
    """Return a block page as an answer, with the status that its file is named for."""
    status = int(path.name.partition("_")[2].partition("-")[0])
    return Reply(status, path.read_bytes(), (("Content-Type", _TYPES[path.suffix]),))


def from_the_fourth_article(reply: Reply) -> Script:
    """Return a script that answers so for all articles but the first three."""
    good: dict[str, None] = {}

    def script(path: str, _: int) -> Reply | None:
        if path.startswith("/nachricht/") and len(good) < 3:
            good[path] = None
        return reply if path.startswith("/nachricht/") and path not in good else None

    return script


def crawl_share(
    site: ScriptedSite, output: Path, *options: str
) -> "subprocess.CompletedProcess[str]":
    """Crawl the pages of a share."""
    return crawl("stocks", site.address, output, "-a", f"stocks={SHARE.page}", *options)


def paced(delay: float, jitter: float = 0.0) -> tuple[str, ...]:
    """Return the options of a crawl with that delay."""
    return ("-s", f"DOWNLOAD_DELAY={delay}", "-s", f"DOWNLOAD_DELAY_JITTER={jitter}")


def report(output: Path) -> dict[str, Any]:
    """Return the last run's report."""
    report: dict[str, Any] = json.loads(max((output / "runs").glob("*.json")).read_text("utf-8"))
    return report
