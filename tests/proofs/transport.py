"""Thousands of pages over HTTP/2 from nginx, which closes its connection every 100 requests.

``python -m tests.proofs.transport --pages 5000``; the status is 0 if no page was lost, none came
another way than by HTTP/2, and none was waited for in vain until it timed out.
"""

import argparse
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response
from twisted.python.failure import Failure

from finnews import settings as ours
from tests.support import TIMEOUT
from tests.support.crawling import reserved_port
from tests.support.servers import Authority

_RETRIED_TIMEOUT = re.compile(r"retry/reason_count/.*Timeout")

PAGE = b"<html>" + b"<p>Die Muster AG hebt ihre Prognose an.</p>\n" * 2400 + b"</html>"

CONFIGURATION = """
daemon off; pid {directory}/pid; error_log stderr; {user}
events {{ worker_connections 256; }}
http {{
    access_log off; types {{ text/html html; }} root {directory};
    client_body_temp_path {directory}/1; proxy_temp_path {directory}/2;
    fastcgi_temp_path {directory}/3; uwsgi_temp_path {directory}/4; scgi_temp_path {directory}/5;
    server {{
        listen 127.0.0.1:{port} ssl http2; keepalive_requests 100;
        ssl_certificate {certified}; ssl_certificate_key {certified};
        location / {{ try_files /page.html =404; }}
    }}
}}
"""

OURS: dict[str, Any] = {
    name: getattr(ours, name)
    for name in (
        "ADDONS",
        "DOWNLOAD_VERIFY_CERTIFICATES",
        "REMOTE_CONTROL_ENABLED",
        "TELNETCONSOLE_ENABLED",
        "TRANSPORT",
    )
} | {"LOG_LEVEL": "ERROR", "DOWNLOAD_TIMEOUT": 20}


class Outcome(NamedTuple):
    """What became of the pages of a crawl."""

    pages: int
    lost: Counter[str]
    timeouts: int
    stall: float
    seconds: float
    protocols: Counter[str]

    def __str__(self) -> str:
        why = "".join(f" ({many} {reason})" for reason, many in self.lost.items())
        how = "".join(f", {many} over {name}" for name, many in self.protocols.items())
        return (
            f"{self.pages} pages{how}, {self.lost.total()} lost{why}, {self.timeouts} timeouts, "
            f"longest stall {self.stall:.2f} s, {self.pages / self.seconds:.0f} pages/s"
        )


class Pages(Spider):
    """Asks for a number of pages and notes what becomes of them."""

    name = "pages"

    def __init__(self, site: str, pages: int) -> None:
        super().__init__()
        self.urls = [f"{site}/{number}" for number in range(pages)]
        self.lost: Counter[str] = Counter()
        self.protocols: Counter[str] = Counter()
        self.stall = 0.0

    async def start(self) -> AsyncIterator[Request]:
        self.began = self.last = time.monotonic()
        for url in self.urls:
            yield Request(url, errback=self.failed)

    def parse(self, response: Response) -> None:
        self._wait_is_over()
        if response.body == PAGE:
            self.protocols[str(response.protocol)] += 1
        else:
            self.lost[f"status {response.status}, {len(response.body)} bytes"] += 1

    def failed(self, failure: Failure) -> None:
        self._wait_is_over()
        self.lost[type(failure.value).__name__] += 1

    def _wait_is_over(self) -> None:
        now = time.monotonic()
        self.stall, self.last = max(self.stall, now - self.last), now

    def outcome(self) -> Outcome:
        """Return what has become of the pages."""
        pages = self.protocols.total()
        if forgotten := len(self.urls) - pages - self.lost.total():
            self.lost["never heard of again"] = forgotten
        stats = self.crawler.stats.get_stats() if self.crawler.stats else {}
        timeouts = sum(stats[name] for name in stats if _RETRIED_TIMEOUT.search(name))
        took = self.last - self.began
        return Outcome(pages, self.lost, timeouts, self.stall, took, self.protocols)


@contextmanager
def nginx(directory: Path) -> Iterator[tuple[str, Path]]:
    """Serve `PAGE` for any path; give the address, and the authority to trust."""
    authority = Authority(directory)
    (directory / "page.html").write_bytes(PAGE)
    configuration = directory / "nginx.conf"
    user = "user root;" if os.geteuid() == 0 else ""
    with reserved_port() as port:
        words = {"directory": directory, "port": port, "certified": authority.certified()}
        configuration.write_text(CONFIGURATION.format(**words, user=user))
        with subprocess.Popen(["nginx", "-c", configuration], stderr=subprocess.PIPE) as server:
            try:
                _wait_for(port, server)
                yield f"https://localhost:{port}", authority.file
            finally:
                server.terminate()


def _wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(int(TIMEOUT / 0.05)):
        if server.poll() is not None:
            sys.exit(f"nginx has ended: {server.stderr.read().decode() if server.stderr else ''}")
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    sys.exit("nginx does not serve")


def crawled(site: str, trusted: Path, pages: int, **settings: Any) -> Outcome:
    """Return what became of the pages, asked for by a crawl in a process of its own."""
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as child:
        return child.submit(_crawl, site, trusted, pages, settings).result()


def _crawl(site: str, trusted: Path, pages: int, settings: dict[str, Any]) -> Outcome:
    os.environ["SSL_CERT_FILE"] = str(trusted)
    process = CrawlerProcess(OURS | settings)
    crawler = process.create_crawler(Pages)
    process.crawl(crawler, site, pages)
    process.start()
    assert isinstance(crawler.spider, Pages)
    return crawler.spider.outcome()


def main() -> int:
    """Return 0 if every page came, by HTTP/2 and without a timeout; or if there is no nginx."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=5000, help="how many, each time")
    pages = parser.parse_args().pages
    if shutil.which("nginx") is None:
        print("transport: skipped, nginx is not installed (Debian's nginx-light)")
        return 0
    outcomes: dict[int, Outcome] = {}
    with TemporaryDirectory() as directory, nginx(Path(directory)) as (site, trusted):
        for many in (1, 8):
            wide = {"CONCURRENT_REQUESTS": many, "CONCURRENT_REQUESTS_PER_DOMAIN": many}
            outcomes[many] = crawled(site, trusted, pages, **wide)
    told = (f"concurrency {many}: {outcome}" for many, outcome in outcomes.items())
    print(f"transport: {'; '.join(told)}")
    every = {"h2": pages}
    return int(any(each.protocols != every or each.timeouts for each in outcomes.values()))


if __name__ == "__main__":
    sys.exit(main())
