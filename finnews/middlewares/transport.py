"""How requests travel: over HTTP/2 where the server offers it, through libcurl.

Of the ways to speak HTTP/2 from Scrapy 2.19 it alone lost no page and never stalled on a server
that closes its connection every 100 requests, and it falls back to HTTP/1.1 (benchmarks/transport).
"""

import asyncio
import os
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from ipaddress import ip_address
from typing import Final, cast

import certifi
import pycurl
from scrapy import Request
from scrapy.core.downloader.handlers._base_streaming import (  # private in 2.19, which is pinned
    BaseStreamingDownloadHandler,
    _BaseResponseArgs,
)
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    NotConfigured,
    ResponseDataLossError,
)
from scrapy.http import Headers
from scrapy.settings import BaseSettings

TRANSPORTS: Final[dict[str, dict[str, str]]] = {
    "http2": dict.fromkeys(("http", "https"), "finnews.middlewares.transport.CurlDownloadHandler"),
    "http1": {},
}
"""Setting ``TRANSPORT`` → the download handlers that replace Scrapy's own."""

_STATUS_LINE: Final = re.compile(rb"(HTTP/[\d.]+) (\d{3})")
_SUPPRESS_CONNECT_HEADERS: Final = 265  # pycurl 7.49 has no name for it


class WrongCertificate(Exception):
    """The server could not prove that it is the site; asking again would not help."""


_MEANING: Final[dict[int, type[Exception]]] = {
    pycurl.E_COULDNT_RESOLVE_HOST: CannotResolveHostError,
    pycurl.E_COULDNT_RESOLVE_PROXY: CannotResolveHostError,
    pycurl.E_COULDNT_CONNECT: DownloadConnectionRefusedError,
    pycurl.E_OPERATION_TIMEDOUT: DownloadTimeoutError,
    pycurl.E_PARTIAL_FILE: ResponseDataLossError,
    pycurl.E_PEER_FAILED_VERIFICATION: WrongCertificate,
}
"""What libcurl says → what Scrapy calls it; all else is a `DownloadFailedError`."""


class Transport:
    """The add-on that carries out the setting ``TRANSPORT``."""

    def update_settings(self, settings: BaseSettings) -> None:
        settings.set("DOWNLOAD_HANDLERS", TRANSPORTS[settings["TRANSPORT"]], "addon")


class CurlDownloadHandler(BaseStreamingDownloadHandler["Answer"]):
    """Downloads with libcurl, which sends the request's headers and none of its own.

    Certificates are checked against ``SSL_CERT_FILE`` where the environment names one, else
    against certifi's authorities. Of Scrapy's settings for TLS only
    ``DOWNLOAD_VERIFY_CERTIFICATES`` is read.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._is_verified = crawler.settings.getbool("DOWNLOAD_VERIFY_CERTIFICATES")
        self._authorities = os.environ.get("SSL_CERT_FILE") or certifi.where()
        self._bind_host = self._get_bind_address_host()
        self._multi = pycurl.AsyncCurlMulti()

    @staticmethod
    def _check_deps_installed() -> None:
        if not pycurl.version_info()[4] & pycurl.VERSION_HTTP2:
            raise NotConfigured(f"this libcurl knows no HTTP/2: {pycurl.version}")

    async def close(self) -> None:
        await self._multi.aclose()

    @asynccontextmanager
    async def _make_request(self, request: Request, timeout: float) -> AsyncIterator["Answer"]:
        curl = self._curl(request, timeout)
        answer = Answer(curl, self._multi)
        try:
            await answer.began()
            yield answer
        finally:
            answer.close()

    def _curl(self, request: Request, timeout: float) -> pycurl.Curl:
        """Return a handle that is about to send a request."""
        curl = pycurl.Curl()
        curl.setopt(pycurl.URL, request.url)
        curl.setopt(pycurl.PATH_AS_IS, True)
        curl.setopt(pycurl.HTTP_VERSION, pycurl.CURL_HTTP_VERSION_2TLS)
        curl.setopt(pycurl.PIPEWAIT, True)  # rather share a connection than open one more
        curl.setopt(pycurl.TIMEOUT_MS, int(timeout * 1000))
        curl.setopt(pycurl.CAINFO, self._authorities)
        curl.setopt(pycurl.SSL_VERIFYPEER, self._is_verified)
        curl.setopt(pycurl.SSL_VERIFYHOST, 2 if self._is_verified else 0)
        if self._bind_host:
            curl.setopt(pycurl.INTERFACE, f"host!{self._bind_host}")
        self._set_content(curl, request)
        self._set_proxy(curl, request)
        return curl

    def _set_content(self, curl: pycurl.Curl, request: Request) -> None:
        if request.method == "HEAD":
            curl.setopt(pycurl.NOBODY, True)
        elif request.body or request.method == "POST":
            curl.setopt(pycurl.POSTFIELDS, request.body)
        if request.method not in ("GET", "HEAD"):
            curl.setopt(pycurl.CUSTOMREQUEST, request.method)
        curl.setopt(pycurl.USERAGENT, "")
        curl.setopt(pycurl.HTTPHEADER, header_lines(self._request_headers(request)))

    def _set_proxy(self, curl: pycurl.Curl, request: Request) -> None:
        """Take the proxy that Scrapy chose; the environment has been asked already."""
        proxy, authorization = self._extract_proxy(request)
        curl.setopt(pycurl.PROXY, proxy or "")
        curl.setopt(pycurl.NOPROXY, "")
        if proxy:
            curl.setopt(pycurl.PROXY_CAINFO, self._authorities)
            curl.setopt(_SUPPRESS_CONNECT_HEADERS, True)
            curl.setopt(pycurl.HEADEROPT, pycurl.HEADER_SEPARATE)
            said = [f"Proxy-Authorization: {authorization}"] if authorization else []
            curl.setopt(pycurl.PROXYHEADER, ["Proxy-Connection:", *said])

    @staticmethod
    def _extract_headers(response: "Answer") -> Headers:
        return Headers(response.headers)

    @staticmethod
    def _build_base_response_args(
        response: "Answer", request: Request, headers: Headers
    ) -> _BaseResponseArgs:
        return {
            "status": response.status,
            "url": request.url,
            "headers": headers,
            "ip_address": ip_address(response.curl.getinfo(pycurl.PRIMARY_IP)),
            "protocol": response.protocol,
        }

    @staticmethod
    def _iter_body_chunks(response: "Answer") -> AsyncIterator[bytes]:
        return response.chunks()

    @staticmethod
    def _is_dataloss_exception(exc: Exception) -> bool:
        return isinstance(exc, ResponseDataLossError)


class Answer:
    """What comes back for one request: a head, then pieces of the body as they arrive.

    Whatever goes wrong is raised as the exception that Scrapy has for it.
    """

    def __init__(self, curl: pycurl.Curl, multi: pycurl.AsyncCurlMulti) -> None:
        self.curl = curl
        self.status = 0
        self.protocol = ""
        self.headers: list[tuple[bytes, bytes]] = []
        self._multi = multi
        self._head = asyncio.Event()
        self._body: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._failure: Exception | None = None
        curl.setopt(pycurl.HEADERFUNCTION, self._take_line)
        curl.setopt(pycurl.WRITEFUNCTION, self._body.put_nowait)
        self._transfer = multi.add_handle(curl)
        self._transfer.add_done_callback(self._take_end)

    async def began(self) -> None:
        """Wait until the head is complete."""
        await self._head.wait()
        if self._failure and self.status < 200:
            raise self._failure

    async def chunks(self) -> AsyncIterator[bytes]:
        """Yield the body."""
        while (chunk := await self._body.get()) is not None:
            yield chunk
        if self._failure:
            raise self._failure

    def close(self) -> None:
        """End the transfer, at whatever point it is."""
        if not self._transfer.done():
            self._multi.remove_handle(self.curl)
        self.curl.close()

    def _take_line(self, line: bytes) -> None:
        name, colon, value = line.partition(b":")
        if said := _STATUS_LINE.match(line):
            self.protocol = "h2" if said[1] == b"HTTP/2" else said[1].decode()
            self.status, self.headers = int(said[2]), []
        elif colon:
            self.headers.append((name, value.strip()))
        elif not line.strip() and self.status >= 200:  # what is below is only a hint
            self._head.set()

    def _take_end(self, transfer: asyncio.Future[pycurl.Curl]) -> None:
        if transfer.cancelled():
            self._failure = DownloadFailedError("the crawl has ended")
        elif error := transfer.exception():
            self._failure = failure(cast("pycurl.error", error))
        self._body.put_nowait(None)
        self._head.set()


def header_lines(headers: Headers) -> list[bytes]:
    """Return a request's headers as libcurl takes them: its own are left out, ours in order.

    >>> header_lines(Headers({"Accept": "text/html", "X-Empty": ""}))
    [b'Accept: text/html', b'X-Empty;', b'Content-Type:', b'Expect:']
    """
    pairs = [(name, value) for name, values in headers.items() for value in values]
    lines = [name + b": " + value if value else name + b";" for name, value in pairs]
    own = (b"Accept", b"Content-Type", b"Expect")
    return lines + [name + b":" for name in own if name not in headers]


def failure(error: pycurl.error) -> Exception:
    """Return what Scrapy calls an error of libcurl.

    >>> failure(pycurl.error(pycurl.E_COULDNT_CONNECT, "Connection refused"))
    DownloadConnectionRefusedError('Connection refused (libcurl 7)')
    """
    number, said = cast("tuple[int, str]", error.args)
    return _MEANING.get(number, DownloadFailedError)(f"{said} (libcurl {number})")
