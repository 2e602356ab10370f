"""The transport, against servers on loopback: what it sends, what it takes, what it refuses."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any

import pytest
from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
    StopDownload,
)
from scrapy.http import Response
from scrapy.settings import Settings

from finnews.middlewares.transport import CurlDownloadHandler, WrongCertificate
from tests.support import TIMEOUT
from tests.support.crawling import reserved_port
from tests.support.servers import PAGE, Authority, Headers, http1, http2, listening, proxy, serving

FINE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\nfine"
OURS = {
    "Accept": "text/html",
    "Accept-Language": "de-DE,de;q=0.9",
    "User-Agent": "Muster/1.0",
    "Accept-Encoding": "gzip, br",
}

Served = Callable[[], Awaitable[asyncio.Server]]


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """An authority for all tests."""
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(autouse=True)
def _trusted(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))


@asynccontextmanager
async def handler(**settings: Any) -> AsyncIterator[CurlDownloadHandler]:
    """Give a handler, and close it."""
    bounds = {"DOWNLOAD_VERIFY_CERTIFICATES": True, "DOWNLOAD_MAXSIZE": 100_000}
    ours = CurlDownloadHandler(Crawler(Spider, Settings(bounds | settings)))
    try:
        yield ours
    finally:
        await ours.close()


def response(served: Served, scheme: str = "http", host: str = "localhost", **to: Any) -> Response:
    """Return what a server answers to one request."""

    async def run() -> Response:
        async with listening(served()) as port, handler() as ours:
            return await ours.download_request(Request(f"{scheme}://{host}:{port}/", **to))

    return asyncio.run(run())


async def silent(
    reader: asyncio.StreamReader, _: asyncio.StreamWriter, asked: asyncio.Event | None = None
) -> None:
    """Take what is asked and answer nothing, until the other side gives up."""
    while await reader.read(65536):
        if asked:
            asked.set()


def test_http2_is_used_if_the_server_offers_it(authority: Authority) -> None:
    """The response is whole and has its protocol and IP address."""
    meta: dict[str, Any] = {}
    answer = response(lambda: http2(authority.certified(), []), "https", meta=meta)
    assert (answer.status, answer.body, answer.protocol) == (200, PAGE, "h2")
    assert answer.ip_address == IPv4Address("127.0.0.1")
    assert answer.headers["content-type"] == b"text/html"


def test_a_server_without_http2_is_read_over_http1(authority: Authority) -> None:
    """The final headers count and are kept as sent, with and without TLS."""
    hint = b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n"
    body = FINE.replace(b"\r\n\r\n", b"\r\nX-Two: a\r\nX-Two: b\r\n\r\n")
    for scheme, certified in (("http", None), ("https", authority.certified())):
        answer = response(partial(http1, hint + body, [], certified), scheme)
        assert (answer.status, answer.body, answer.protocol) == (200, b"fine", "HTTP/1.1")
        assert answer.headers.getlist("X-Two") == [b"a", b"b"]
        assert "Link" not in answer.headers


def test_only_the_request_s_headers_are_sent_in_their_order(authority: Authority) -> None:
    """The library adds none that names it, over either protocol."""
    over2: list[Headers] = []
    response(lambda: http2(authority.certified(), over2), "https", headers=OURS)
    assert [(name, value) for name, value in over2[0] if not name.startswith(":")] == [
        (name.lower(), value) for name, value in OURS.items()
    ]
    over1: list[bytes] = []
    response(lambda: http1(FINE, over1), headers=OURS)
    assert over1[0].decode().splitlines()[2:-1] == [f"{n}: {v}" for n, v in OURS.items()]


def test_a_request_without_headers_sends_only_what_http_needs() -> None:
    """A body adds only its length."""
    requests: list[bytes] = []
    response(lambda: http1(FINE, requests))
    assert [line.split(b":")[0] for line in requests[0].splitlines()] == [
        b"GET / HTTP/1.1",
        b"Host",
        b"",
    ]
    response(lambda: http1(FINE, requests), method="POST", body=b"x" * 2_000_000)
    assert [line.split(b":")[0] for line in requests[1].splitlines()] == [
        b"POST / HTTP/1.1",
        b"Host",
        b"Content-Length",
        b"",
    ]


def test_a_head_request_waits_for_no_body() -> None:
    """A length that is announced is not waited for."""
    answer = response(lambda: http1(FINE.removesuffix(b"fine")), method="HEAD")
    assert (answer.status, answer.body, answer.headers["Content-Length"]) == (200, b"", b"4")


@pytest.mark.parametrize("is_polite", [True, False], ids=["goaway", "no goaway"])
@pytest.mark.parametrize("concurrency", [1, 8])
def test_no_page_is_lost_to_a_server_that_closes_its_connections(
    authority: Authority, concurrency: int, is_polite: bool
) -> None:
    """After every 10 requests the connection ends, announced or not; retries get every page."""
    asked: list[Headers] = []

    async def page(ours: CurlDownloadHandler, turn: asyncio.Semaphore, url: str) -> bytes | None:
        async with turn:
            for _ in range(3):  # as Scrapy's RETRY_TIMES has it
                try:
                    return (await ours.download_request(Request(url))).body
                except DownloadFailedError:
                    continue
        return None

    async def run() -> list[bytes | None]:
        served = http2(authority.certified(), asked, last=10, is_polite=is_polite)
        turn = asyncio.Semaphore(concurrency)
        async with listening(served) as port, handler() as ours:
            urls = [f"https://localhost:{port}/{number}" for number in range(200)]
            return await asyncio.gather(*(page(ours, turn, url) for url in urls))

    assert asyncio.run(run()) == [PAGE] * 200
    assert len({dict(headers)[":path"] for headers in asked}) == 200


@pytest.mark.parametrize(
    ("host", "days", "problem"),
    [("localhost", -1, "expired"), ("muster.example", 1, "name"), ("", 1, "issuer")],
    ids=["expired", "of another host", "of another authority"],
)
def test_an_invalid_certificate_is_refused(
    authority: Authority, tmp_path: Path, host: str, days: int, problem: str
) -> None:
    """The error says in one line what is wrong, and nothing is requested of that server."""
    requests: list[bytes] = []
    issuer = authority if host else Authority(tmp_path)
    certified = issuer.certified(host or "localhost", days)
    with pytest.raises(WrongCertificate, match=problem) as caught:
        response(lambda: http1(FINE, requests, certified), "https")
    assert len(str(caught.value).splitlines()) == 1
    assert requests == []


HOSTILE: dict[str, tuple[bytes, type[Exception]]] = {
    "closed": (b"", DownloadFailedError),
    "garbage": (b"\x00\x01\x02SSH-2.0-OpenSSH\r\n\r\n" * 9, DownloadFailedError),
    "no status": (b"HTTP/1.1 OK\r\n\r\n", DownloadFailedError),
    "half a head": (b"HTTP/1.1 200 OK\r\nHTTP/x\r\nX-Mus", DownloadFailedError),
    "only a hint": (b"HTTP/1.1 103 Early Hints\r\n\r\n", DownloadFailedError),
    "endless head": (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 100_000, DownloadFailedError),
    "broken off": (FINE.replace(b"4\r\n", b"400\r\n"), ResponseDataLossError),
    "no length": (FINE.replace(b"4\r\n", b"many\r\n"), DownloadFailedError),
    "too large, as said": (FINE.replace(b"4\r\n", b"100001\r\n"), DownloadCancelledError),
    "too large": (b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 1_000_000, DownloadCancelledError),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_malformed_response_raises_an_exception_of_scrapy(name: str) -> None:
    """The exception has one line, whatever is sent instead of a page, and memory is bounded."""
    answer, error = HOSTILE[name]
    with pytest.raises(error) as caught:
        response(lambda: http1(answer))
    assert len(str(caught.value).splitlines()) == 1


def test_a_silent_server_is_a_timeout() -> None:
    """The time is that of ``download_timeout``."""
    with pytest.raises(DownloadTimeoutError, match="timed out"):
        response(lambda: serving(silent), meta={"download_timeout": 0.3})


def test_an_unknown_host_and_a_refused_connection_differ() -> None:
    """Each raises the exception that Scrapy has for it."""

    async def run(url: str) -> Response:
        async with handler() as ours:
            return await ours.download_request(Request(url))

    with reserved_port() as port, pytest.raises(DownloadConnectionRefusedError):
        asyncio.run(run(f"http://127.0.0.1:{port}/"))
    with pytest.raises(CannotResolveHostError):
        asyncio.run(run("http://muster.invalid/"))


def test_the_proxy_of_the_request_is_used(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    """HTTP/2 uses its tunnel; only the proxy sees the password, only the site the headers."""
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:1")
    asked: list[Headers] = []
    tunnels: list[bytes] = []

    async def run() -> Response:
        site = listening(http2(authority.certified(), asked))
        async with site as port, listening(proxy(tunnels)) as gate, handler() as ours:
            return await ours.download_request(
                Request(
                    f"https://localhost:{port}/",
                    headers=OURS | {"Proxy-Authorization": "Basic bXVzdGVy"},
                    meta={"proxy": f"http://127.0.0.1:{gate}"},
                )
            )

    answer = asyncio.run(run())
    assert (answer.body, answer.protocol, "X-Proxy" in answer.headers) == (PAGE, "h2", False)
    assert b"Proxy-Authorization: Basic bXVzdGVy\r\n" in tunnels[0]
    assert b"Muster/1.0" not in tunnels[0]
    assert "proxy-authorization" not in dict(asked[0])


def test_stop_download_ends_a_download() -> None:
    """What has come by then is the response, as Scrapy documents it."""

    def stop(**_: Any) -> None:
        raise StopDownload(fail=False)

    async def run() -> Response:
        async with listening(http1(FINE)) as port, handler() as ours:
            ours.crawler.signals.connect(stop, signals.headers_received)
            return await ours.download_request(Request(f"http://localhost:{port}/"))

    answer = asyncio.run(run())
    assert (answer.status, answer.body, answer.flags) == (200, b"", ["download_stopped"])


@pytest.mark.parametrize("is_cancelled", [True, False], ids=["cancelled", "closed"])
def test_a_pending_download_ends_with_the_crawl(is_cancelled: bool) -> None:
    """A cancelled download, or a closed handler, leaves no connection behind."""

    async def run() -> None:
        asked = asyncio.Event()
        served = serving(partial(silent, asked=asked))
        async with asyncio.timeout(TIMEOUT), listening(served) as port, handler() as ours:
            request = Request(f"http://localhost:{port}/")
            under_way = asyncio.create_task(ours.download_request(request))
            await asked.wait()
            if is_cancelled:
                under_way.cancel()
            else:
                await ours.close()
            with pytest.raises(asyncio.CancelledError if is_cancelled else DownloadFailedError):
                await under_way

    asyncio.run(run())
