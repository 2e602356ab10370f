"""WARC records as bytes: each is a gzip member of its own, so that it can be read alone."""

import hashlib
import zlib
from base64 import b32encode
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Final, NamedTuple
from urllib.parse import urldefrag, urlsplit
from uuid import uuid4

VERSION: Final = "WARC/1.1"
SPECIFICATION: Final = (
    "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
)

_GZIP: Final = 31  # zlib's name for a gzip header and the largest window
_PHRASES: Final = {status.value: status.phrase for status in HTTPStatus}
_ORIGINAL: Final = b"X-Archive-Orig-"

HttpHeaders = list[tuple[bytes, bytes]]


class Exchange(NamedTuple):
    """A request and its response; the bodies are compressed if they were so on the wire."""

    url: str
    received: datetime
    """When the response came, in UTC."""

    method: str
    request_headers: HttpHeaders
    request_body: bytes
    status: int
    headers: HttpHeaders
    body: bytes
    protocol: str
    """``h2`` or ``HTTP/1.1``."""

    address: str | None = None
    """The IP address of the server, or of the proxy."""


def exchange_records(exchange: Exchange) -> bytes:
    """Return the record of a response, then that of its request."""
    response_id = _record_id()
    shared = {
        "WARC-Target-URI": urldefrag(exchange.url).url,
        "WARC-Date": warc_date(exchange.received),
        "WARC-Protocol": exchange.protocol.lower(),
    }
    if exchange.address:
        shared["WARC-IP-Address"] = exchange.address
    own = {"WARC-Record-ID": response_id, "WARC-Payload-Digest": _digest(exchange.body)}
    response = _record("response", own | shared, _response_head(exchange), exchange.body)
    own = {"WARC-Record-ID": _record_id(), "WARC-Concurrent-To": response_id}
    request = _record("request", own | shared, _request_head(exchange), exchange.request_body)
    return response + request


def warcinfo_record(file_name: str, fields: Mapping[str, str], created: datetime) -> bytes:
    """Return the first record of a file, which says how the others came about."""
    own = {
        "WARC-Record-ID": _record_id(),
        "WARC-Date": warc_date(created),
        "WARC-Filename": file_name,
    }
    block = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return _record("warcinfo", own, b"", block.encode())


def warc_date(moment: datetime) -> str:
    """Return a moment in UTC as WARC writes it, in whole seconds.

    >>> warc_date(datetime.fromisoformat("2026-11-23T21:24:05.999+00:00"))
    '2026-11-23T21:24:05Z'
    """
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def stored_headers(headers: HttpHeaders, length: int) -> Iterator[tuple[bytes, bytes]]:
    """Yield a response's headers as they are true of its stored body, which has no chunks.

    What had to be changed is kept under another name, as web archives do.

    >>> list(stored_headers([(b"Transfer-Encoding", b"chunked")], 5))
    [(b'X-Archive-Orig-Transfer-Encoding', b'chunked')]
    >>> list(stored_headers([(b"Content-Length", b"7")], 5))
    [(b'X-Archive-Orig-Content-Length', b'7'), (b'Content-Length', b'5')]
    """
    true_length = str(length).encode()
    for name, value in headers:
        match name.lower():
            case b"transfer-encoding":
                yield _ORIGINAL + name, value
            case b"content-length" if value != true_length:
                yield _ORIGINAL + name, value
                yield name, true_length
            case _:
                yield name, value


def _response_head(exchange: Exchange) -> bytes:
    version = exchange.protocol if exchange.protocol.startswith("HTTP/1.") else "HTTP/1.1"
    phrase = _PHRASES.get(exchange.status, "")
    headers = stored_headers(exchange.headers, len(exchange.body))
    return _head(f"{version} {exchange.status} {phrase}", headers)


def _request_head(exchange: Exchange) -> bytes:
    """Return the request line and headers, with the ``Host`` that the transport adds."""
    address = urlsplit(exchange.url)
    path = (address.path or "/") + (f"?{address.query}" if address.query else "")
    host = (b"Host", address.netloc.rpartition("@")[2].encode())
    has_host = any(name.lower() == b"host" for name, _ in exchange.request_headers)
    headers = [*([] if has_host else [host]), *exchange.request_headers]
    return _head(f"{exchange.method} {path} HTTP/1.1", headers)


def _head(first_line: str, headers: Iterable[tuple[bytes, bytes]]) -> bytes:
    lines = [first_line.encode(), *(name + b": " + value for name, value in headers)]
    return b"\r\n".join(lines) + b"\r\n\r\n"


_CONTENT_TYPES: Final = {
    "warcinfo": "application/warc-fields",
    "response": "application/http;msgtype=response",
    "request": "application/http;msgtype=request",
}


def _record(kind: str, fields: Mapping[str, str], http_head: bytes, body: bytes) -> bytes:
    """Return a record, compressed; the body is not copied."""
    length = len(http_head) + len(body)
    all_fields = {
        "WARC-Type": kind,
        **fields,
        "Content-Type": _CONTENT_TYPES[kind],
        "Content-Length": str(length),
    }
    head = _head(VERSION, ((name.encode(), text.encode()) for name, text in all_fields.items()))
    compressor = zlib.compressobj(wbits=_GZIP)
    parts = [compressor.compress(part) for part in (head, http_head, body, b"\r\n\r\n")]
    return b"".join([*parts, compressor.flush()])


def _record_id() -> str:
    return f"<urn:uuid:{uuid4()}>"


def _digest(body: bytes) -> str:
    digest = hashlib.sha1(body, usedforsecurity=False).digest()
    return f"sha1:{b32encode(digest).decode()}"
