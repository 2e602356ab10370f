"""A crawl of a site with network faults: what can be read is archived, the rest a rejection."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest

from finnews.middlewares.agent import user_agent
from finnews.middlewares.transport import TRANSPORTS
from samplesite.content.truth import truth
from samplesite.content.world import World
from samplesite.faults.faults import Faults
from tests.support import ROOT, TIMEOUT
from tests.support.crawling import as_options, crawl, differences, lines, sample_site
from tests.support.servers import Authority, Headers, http1, http2, listening, serving
from tests.support.short_timeouts import short_timeouts

WORLD = World(articles=20)
FAULTS = Faults(WORLD, in_pages=True, in_network=True)
MEMORY = 200_000
"""Kilobytes: 150 000 are enough for a crawl, a bomb holds 256 000."""

SETTINGS: dict[str, object] = {
    "CONCURRENT_REQUESTS": 8,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
    "DOWNLOAD_DELAY": 0,
    "DOWNLOAD_MAXSIZE": 4_000_000,
}
NEVER_END = {"stoerung-(silent|dripping)-[0-9]": 3, "stoerung-silent-once": 1}
"""Pages that time out, and at how many of their tries; all others have time enough to end."""

ENDLESS_HEAD = {"stoerung-endless-head": 3}
"""Over HTTP/1.1 it never ends either: Twisted reads a head of any size."""

CAUSES = {
    "reset": "reset",
    "cut-short": "cut-short",
    "garbage": "garbage",
    "silent": "timeout",
    "failing": "status-500",
    "dripping": "timeout",
    "endless": "too-large",
    "endless-head": "garbage",
    "loop": "redirect-loop",
    "gzip-bomb": "too-large",
    "brotli-bomb": "too-large",
    "zstd-bomb": "too-large",
}

NOT_FOUND = b"HTTP/1.1 404 Not Found\r\n\r\n"
FAILED = b"HTTP/1.1 500 Internal Server Error\r\n\r\n"
SITES = {
    "dns": "http://muster.invalid",
    "connection-refused": "http://127.0.0.1:1",
    "certificate": "https://localhost:{port}",
    "tls": "https://localhost:{port}",
    "status-500": "http://localhost:{port}",
}


class Crawled(NamedTuple):
    """A crawl that has ended."""

    transport: str
    site: str
    output: Path
    done: "subprocess.CompletedProcess[str]"


@pytest.fixture(scope="module", params=TRANSPORTS)
def crawled(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Crawled]:
    """A crawl of a site with every fault of pages and network, over each transport."""
    output = tmp_path_factory.mktemp("output")
    with sample_site("--articles", "20", "--faults", "--network-faults") as site:
        own = {"SITE_URL": site, "OUTPUT_DIR": output, "TRANSPORT": request.param}
        never_end = NEVER_END | (ENDLESS_HEAD if request.param == "http1" else {})
        options = (*as_options(SETTINGS | own), *short_timeouts(never_end, seconds=1))
        done = crawled_in(MEMORY, *options)
        yield Crawled(request.param, site, output, done)


def crawled_in(kilobytes: int, *options: str) -> "subprocess.CompletedProcess[str]":
    """Crawl the news with no more memory than that for data; more would be a `MemoryError`."""
    limit = ["sh", "-c", 'ulimit -d "$0" && exec "$@"', str(kilobytes)]
    command = [*limit, sys.executable, "-m", "scrapy", "crawl", "news", *options]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=TIMEOUT, check=False
    )


def test_readable_pages_among_network_faults_are_archived(crawled: Crawled) -> None:
    """Every good page is archived, and each whose fault a retry overcomes."""
    wrong = differences(crawled.output, truth(WORLD, crawled.site, ["news"], FAULTS.readable))
    bad_number = next(fault.article for fault in FAULTS.articles if fault.name == "bad-number")
    assert wrong == [f"articles: {bad_number.id} is not true"]


def test_each_unreadable_page_is_a_rejection_with_its_cause(crawled: Crawled) -> None:
    """The cause is the same over each transport, and the error one line."""
    rows = {row["url"].removeprefix(crawled.site): row for row in lines(crawled.output, "rejected")}
    path_of = {fault.name: fault.article.path for fault in FAULTS.articles}
    causes = CAUSES | ({"endless-head": "timeout"} if crawled.transport == "http1" else {})
    assert {name: rows[path_of[name]]["reason"] for name in CAUSES} == causes
    for name in CAUSES.keys() - {"failing"}:
        error = rows[path_of[name]]["item"]["error"]
        assert ": " in error, name
        assert "\n" not in error, name


def test_network_faults_are_exit_status_1_without_traceback(crawled: Crawled) -> None:
    """No fault reaches the log as a traceback."""
    assert crawled.done.returncode == 1
    assert "Traceback" not in crawled.done.stderr


async def without_tls(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer in plain text whatever is sent."""
    await reader.read(1)
    writer.write(NOT_FOUND)


@pytest.mark.parametrize(
    ("why", "transport"),
    [*((why, "http2") for why in SITES), ("certificate", "http1"), ("tls", "http1")],
)
def test_an_unreachable_site_is_a_rejection_with_the_cause(
    why: str, transport: str, tmp_path: Path
) -> None:
    """Each page that was requested is rejected with the cause, and the exit status is 1."""
    output = tmp_path / "output"
    bare = ("-s", "ROBOTSTXT_OBEY=False", "-s", f"TRANSPORT={transport}")

    async def run() -> "subprocess.CompletedProcess[str]":
        stranger = partial(http1, NOT_FOUND, [], Authority(tmp_path).certified())
        made = {"certificate": stranger, "tls": partial(serving, without_tls)}
        async with listening(made.get(why, partial(http1, FAILED))()) as port:
            site = SITES[why].format(port=port)
            return await asyncio.to_thread(crawl, "ratings", site, output, *bare)

    done = asyncio.run(run())
    rejected = lines(output, "rejected")
    assert rejected
    assert {row["reason"] for row in rejected} == {why}
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert sum("Rejected: " in line for line in done.stderr.splitlines()) == len(rejected)


@pytest.mark.parametrize("protocol", ["HTTP/1.1", "h2"])
def test_requests_have_complete_headers(
    protocol: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They have the same order each time, name finnews, and accept only what it can decode."""
    authority = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    over1: list[bytes] = []
    over2: list[Headers] = []

    async def run() -> None:
        encrypted = protocol == "h2"
        made = http2(authority.certified(), over2) if encrypted else http1(NOT_FOUND, over1)
        async with listening(made) as port:
            site = f"{'https' if encrypted else 'http'}://localhost:{port}"
            bare = ("-s", "ROBOTSTXT_OBEY=False")
            await asyncio.to_thread(crawl, "ratings", site, tmp_path / "output", *bare)

    asyncio.run(run())
    heads = [[line.split(": ") for line in head.decode().splitlines()[2:-1]] for head in over1]
    heads += [[list(header) for header in headers if header[0][0] != ":"] for headers in over2]
    assert heads
    for head in heads:
        assert [(name.lower(), value) for name, value in head] == [
            ("accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
            ("accept-language", "de-DE,de;q=0.9,en;q=0.5"),
            ("user-agent", user_agent(None)),
            ("accept-encoding", "gzip, deflate, br, zstd"),
        ]
