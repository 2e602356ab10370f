"""The body of an HTTP message as it was recorded → as it was before its transfer.

Recorders do not agree: some keep the head as received over a body that they have unchunked or
decompressed. A body that is not what its head says is taken as it is.
"""

import sys
import zlib
from collections.abc import Callable, Mapping
from gzip import GzipFile
from io import BytesIO
from pathlib import Path
from typing import Final

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

LARGEST: Final = 16 * 1024 * 1024
"""Bytes that a page can have, as in a crawl"""

_LONGEST_SIZE: Final = 1024  # bytes of a line with a chunk's size and extensions


class TooLarge(Exception):
    """A body is larger than it may be."""


def bounded(path: Path, limit: int) -> bytes:
    """Return what a file has. Raises `TooLarge`, `OSError`."""
    with path.open("rb") as file:
        body = file.read(limit + 1)
    if len(body) > limit:
        raise TooLarge
    return body


def gunzipped(body: bytes, limit: int) -> bytes:
    """Return what a gzip file has. Raises `TooLarge`, `EOFError`, `OSError`, `zlib.error`."""
    with GzipFile(fileobj=BytesIO(body)) as file:
        text = file.read(limit + 1)
    if len(text) > limit:
        raise TooLarge
    return text


def payload(headers: Mapping[str, str], body: bytes, limit: int = LARGEST) -> bytes:
    """Return a body neither chunked nor compressed.

    One that ends too early, or is damaged, is given as far as it goes. Raises `TooLarge` if it has
    more bytes than the limit.
    """
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = _unchunked(body)
    for coding in reversed(headers.get("content-encoding", "").lower().split(",")):
        if decompress := _DECOMPRESSED.get(coding.strip()):
            body = decompress(body, limit)
    if len(body) > limit:
        raise TooLarge
    return body


def _unchunked(body: bytes) -> bytes:
    """Return the chunks of a body joined; the body itself if it is not made of chunks."""
    parts: list[bytes] = []
    at = 0
    while (end := body.find(b"\r\n", at, at + _LONGEST_SIZE)) >= 0:
        size = _size(body[at:end])
        if size is None:
            return body
        if size == 0:
            return b"".join(parts)
        parts.append(body[end + 2 : end + 2 + size])
        at = end + 2 + size
        if body[at : at + 2] != b"\r\n":
            return b"".join(parts) if at >= len(body) else body
        at += 2
    return b"".join(parts) if parts and at >= len(body) else body


def _size(line: bytes) -> int | None:
    """Return the size of a chunk from the line before it.

    >>> _size(b"1a; name=value"), _size(b"<!DOCTYPE html>")
    (26, None)
    """
    digits = line.partition(b";")[0].strip()
    try:
        return int(digits, 16) if digits.isalnum() else None
    except ValueError:
        return None


def _gunzipped(body: bytes, limit: int) -> bytes:
    return _inflated(body, limit, zlib.MAX_WBITS | 16)


def _deflated(body: bytes, limit: int) -> bytes:
    """Return a body decompressed; many servers leave out what zlib puts before and behind."""
    has_head = len(body) > 1 and body[0] & 15 == 8 and int.from_bytes(body[:2]) % 31 == 0
    return _inflated(body, limit, zlib.MAX_WBITS if has_head else -zlib.MAX_WBITS)


def _inflated(body: bytes, limit: int, window: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    while body:
        inflate = zlib.decompressobj(window)
        try:
            parts.append(inflate.decompress(body, limit - size + 1))
        except zlib.error:
            return b"".join(parts) if parts else body
        size += len(parts[-1])
        if size > limit:
            raise TooLarge
        body = inflate.unused_data if window > zlib.MAX_WBITS else b""  # a member of gzip
    return b"".join(parts)


def _unbrotlied(body: bytes, limit: int) -> bytes:
    decompressor = brotli.Decompressor()
    try:
        parts = [decompressor.process(body, output_buffer_limit=limit + 1)]
        while not decompressor.can_accept_more_data() and sum(map(len, parts)) <= limit:
            parts.append(decompressor.process(b"", output_buffer_limit=limit + 1))
    except brotli.error:
        return body
    return b"".join(parts)


def _unzstded(body: bytes, limit: int) -> bytes:
    parts: list[bytes] = []
    while body and sum(map(len, parts)) <= limit:
        decompressor = zstd.ZstdDecompressor()
        try:
            parts.append(decompressor.decompress(body, limit + 1))
        except zstd.ZstdError:
            return b"".join(parts) if parts else body
        body = decompressor.unused_data if decompressor.eof else b""  # another frame
    return b"".join(parts)


_DECOMPRESSED: Final[dict[str, Callable[[bytes, int], bytes]]] = {
    "gzip": _gunzipped,
    "x-gzip": _gunzipped,
    "deflate": _deflated,
    "br": _unbrotlied,
    "zstd": _unzstded,
}
