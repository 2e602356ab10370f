"""Downloads with libcurl: HTTP/2 if the server offers it, else HTTP/1.1.

It is the only HTTP/2 client tried with Scrapy 2.19 that lost no page and never stalled on a server
that closes its connection every 100 requests (benchmarks/transport).
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
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    NotConfigured,
    ResponseDataLossError,
)
from scrapy.http import Headers, Response
from scrapy.settings import BaseSettings

from finnews.middlewares.pace import Pace
from finnews.scrapy_internals import BaseStreamingDownloadHandler, ResponseArgs

TRANSPORTS: Final[dict[str, dict[str, str]]] = {
    "http2": dict.fromkeys(("http", "https"), "finnews.middlewares.transport.CurlDownloadHandler"),
    "http1": dict.fromkeys(("http", "https"), "finnews.middlewares.transport.Http1Handler"),
}
"""Setting ``TRANSPORT`` → the download handlers that replace Scrapy's own."""

_STATUS_LINE: Final = re.compile(rb"(HTTP/[\d.]+) (\d{3})")
_SUPPRESS_CONNECT_HEADERS: Final = 265  # pycurl 7.49 has no name for it


class WrongCertificate(Exception):
    """The server's certificate is not valid for the site; a retry would not help."""


_EXCEPTIONS: Final[dict[int, type[Exception]]] = {
    pycurl.E_COULDNT_RESOLVE_HOST: CannotResolveHostError,
    pycurl.E_COULDNT_RESOLVE_PROXY: CannotResolveHostError,
    pycurl.E_COULDNT_CONNECT: DownloadConnectionRefusedError,
    pycurl.E_OPERATION_TIMEDOUT: DownloadTimeoutError,
    pycurl.E_PARTIAL_FILE: ResponseDataLossError,
    pycurl.E_PEER_FAILED_VERIFICATION: WrongCertificate,
}
"""Error code of libcurl → Scrapy's exception; all others are a `DownloadFailedError`."""


class Transport:
    """The add-on that applies the setting ``TRANSPORT``."""

    def update_settings(self, settings: BaseSettings) -> None:
        settings.set("DOWNLOAD_HANDLERS", TRANSPORTS[settings["TRANSPORT"]], "addon")


class Http1Handler(HTTP11DownloadHandler):
    """Scrapy's own handler, at the pace that the crawls of this machine share."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pace = Pace(crawler)

    async def download_request(self, request: Request) -> Response:
        await self._pace.turn(request)
        return await super().download_request(request)


class CurlDownloadHandler(BaseStreamingDownloadHandler["CurlResponse"]):
    """Downloads with libcurl, which sends the request's headers and none of its own.

    It verifies certificates with the authorities in ``SSL_CERT_FILE`` if the environment sets
    that, else with certifi's. Of Scrapy's TLS settings it reads only
    ``DOWNLOAD_VERIFY_CERTIFICATES``.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._is_verified = crawler.settings.getbool("DOWNLOAD_VERIFY_CERTIFICATES")
        self._authorities = os.environ.get("SSL_CERT_FILE") or certifi.where()
        self._bind_host = self._get_bind_address_host()
        self._multi = pycurl.AsyncCurlMulti()
        self._pace = Pace(crawler)

    async def download_request(self, request: Request) -> Response:
        await self._pace.turn(request)
        return await super().download_request(request)

    @staticmethod
    def _check_deps_installed() -> None:
        if not pycurl.version_info()[4] & pycurl.VERSION_HTTP2:
            raise NotConfigured(f"this libcurl does not support HTTP/2: {pycurl.version}")

    async def close(self) -> None:
        await self._multi.aclose()

    @asynccontextmanager
    async def _make_request(
        self, request: Request, timeout: float
    ) -> AsyncIterator["CurlResponse"]:
        curl = self._curl(request, timeout)
        response = CurlResponse(curl, self._multi)
        try:
            await response.headers_received()
            yield response
        finally:
            response.close()

    def _curl(self, request: Request, timeout: float) -> pycurl.Curl:
        """Return a handle for a request, not yet started."""
        curl = pycurl.Curl()
        curl.setopt(pycurl.URL, request.url)
        curl.setopt(pycurl.PATH_AS_IS, True)
        curl.setopt(pycurl.HTTP_VERSION, pycurl.CURL_HTTP_VERSION_2TLS)
        curl.setopt(
            pycurl.PIPEWAIT, True
        )  # wait for a shared connection instead of opening another
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
        """Set the proxy that Scrapy chose; it has read the environment's already."""
        proxy, authorization = self._extract_proxy(request)
        curl.setopt(pycurl.PROXY, proxy or "")
        curl.setopt(pycurl.NOPROXY, "")
        if proxy:
            curl.setopt(pycurl.PROXY_CAINFO, self._authorities)
            curl.setopt(_SUPPRESS_CONNECT_HEADERS, True)
            curl.setopt(pycurl.HEADEROPT, pycurl.HEADER_SEPARATE)
            credentials = [f"Proxy-Authorization: {authorization}"] if authorization else []
            curl.setopt(pycurl.PROXYHEADER, ["Proxy-Connection:", *credentials])

    @staticmethod
    def _extract_headers(response: "CurlResponse") -> Headers:
        return Headers(response.headers)

    @staticmethod
    def _build_base_response_args(
        response: "CurlResponse", request: Request, headers: Headers
    ) -> ResponseArgs:
        return {
            "status": response.status,
            "url": request.url,
            "headers": headers,
            "ip_address": ip_address(response.curl.getinfo(pycurl.PRIMARY_IP)),
            "protocol": response.protocol,
        }

    @staticmethod
    def _iter_body_chunks(response: "CurlResponse") -> AsyncIterator[bytes]:
        return response.chunks()

    @staticmethod
    def _is_dataloss_exception(exc: Exception) -> bool:
        return isinstance(exc, ResponseDataLossError)


class CurlResponse:
    """The response to one request: its status and headers, then its body in chunks.

    Errors of libcurl are raised as Scrapy's exceptions.
    """

    def __init__(self, curl: pycurl.Curl, multi: pycurl.AsyncCurlMulti) -> None:
        self.curl = curl
        self.status = 0
        self.protocol = ""
        self.headers: list[tuple[bytes, bytes]] = []
        self._multi = multi
        self._headers_complete = asyncio.Event()
        self._body: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._failure: Exception | None = None
        curl.setopt(pycurl.HEADERFUNCTION, self._add_header_line)
        curl.setopt(pycurl.WRITEFUNCTION, self._body.put_nowait)
        self._transfer = multi.add_handle(curl)
        self._transfer.add_done_callback(self._end)

    async def headers_received(self) -> None:
        """Wait until status and headers are complete."""
        await self._headers_complete.wait()
        if self._failure and self.status < 200:
            raise self._failure

    async def chunks(self) -> AsyncIterator[bytes]:
        """Yield the body in chunks."""
        while (chunk := await self._body.get()) is not None:
            yield chunk
        if self._failure:
            raise self._failure

    def close(self) -> None:
        """End the transfer, even if it is not complete."""
        if not self._transfer.done():
            self._multi.remove_handle(self.curl)
        self.curl.close()

    def _add_header_line(self, line: bytes) -> None:
        name, colon, value = line.partition(b":")
        if status_line := _STATUS_LINE.match(line):
            self.protocol = "h2" if status_line[1] == b"HTTP/2" else status_line[1].decode()
            self.status, self.headers = int(status_line[2]), []
        elif colon:
            self.headers.append((name, value.strip()))
        elif not line.strip() and self.status >= 200:  # 1xx are informational
            self._headers_complete.set()

    def _end(self, transfer: asyncio.Future[pycurl.Curl]) -> None:
        if transfer.cancelled():
            self._failure = DownloadFailedError("the crawl has ended")
        elif error := transfer.exception():
            self._failure = failure(cast("pycurl.error", error))
        self._body.put_nowait(None)
        self._headers_complete.set()


def header_lines(headers: Headers) -> list[bytes]:
    """Return a request's headers for libcurl, in order; the last lines suppress its own.

    >>> header_lines(Headers({"Accept": "text/html", "X-Empty": ""}))
    [b'Accept: text/html', b'X-Empty;', b'Content-Type:', b'Expect:']
    """
    pairs = [(name, value) for name, values in headers.items() for value in values]
    lines = [name + b": " + value if value else name + b";" for name, value in pairs]
    own = (b"Accept", b"Content-Type", b"Expect")
    return lines + [name + b":" for name in own if name not in headers]


def failure(error: pycurl.error) -> Exception:
    """Return Scrapy's exception for an error of libcurl.

    >>> failure(pycurl.error(pycurl.E_COULDNT_CONNECT, "Connection refused"))
    DownloadConnectionRefusedError('Connection refused (libcurl 7)')
    """
    code, message = cast("tuple[int, str]", error.args)
    return _EXCEPTIONS.get(code, DownloadFailedError)(f"{message} (libcurl {code})")
