"""Articles whose transfer fails, some of them only the first time, so that a retry helps."""

import asyncio
import gzip
import socket
import struct
from functools import cache, partial

import brotli
from aiohttp import web
from backports import zstd

from samplesite.content.articles import Article
from samplesite.faults.page_faults import Fault, Handler, faulty_article

_STEPS = 600  # with 0.1 s each, no response takes longer than a minute
_STEP = 0.1
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
_RESET_ON_CLOSE = struct.pack("ii", 1, 0)


class NetworkFaults:
    """Decides which requests fail; for a readable article only the first."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = {fault.article.path: fault for fault in faults if fault.handler}
        self.failed: set[str] = set()
        if self.faults:
            _bombs()  # now, because it blocks the server for seconds

    def next_handler(self, path: str) -> Handler | None:
        """Return the handler that fails the next request for a path, if it is to fail."""
        fault = self.faults.get(path)
        if fault is None or (fault.is_readable and path in self.failed):
            return None
        self.failed.add(path)
        return fault.handler


def network_faults(model: Article) -> list[Fault]:
    """Return one fault of each kind; apart from it, each article is like the model."""
    return [
        Fault(
            name,
            faulty_article(model, number, name),
            is_readable=name.endswith("-once"),
            handler=handler,
        )
        for number, (name, handler) in enumerate(_HANDLERS.items(), 100)
    ]


async def _reset(request: web.BaseRequest) -> web.StreamResponse:
    transport = _transport(request)
    connection: socket.socket = transport.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
    transport.abort()
    return web.Response()


async def _cut_short(request: web.BaseRequest) -> web.StreamResponse:
    return _send_and_close(request, _HEAD + b"Content-Length: 90000\r\n\r\n<html><title>Muster")


async def _garbage(request: web.BaseRequest) -> web.StreamResponse:
    return _send_and_close(request, b"SSH-2.0-Muster\r\n\x00\x01\x02\x03\r\n\r\n")


async def _silent(request: web.BaseRequest) -> web.StreamResponse:
    return await _stream(request, b"", b"")


async def _dripping(request: web.BaseRequest) -> web.StreamResponse:
    return await _stream(request, _HEAD + b"\r\n", b" ")


async def _endless(request: web.BaseRequest) -> web.StreamResponse:
    return await _stream(request, _HEAD + b"\r\n", b" " * 1_000_000)


async def _endless_head(request: web.BaseRequest) -> web.StreamResponse:
    return await _stream(request, _HEAD, b"X-Muster: AG\r\n" * 7_000)


async def _failing(_: web.BaseRequest) -> web.StreamResponse:
    return web.Response(status=500)


async def _loop(request: web.BaseRequest) -> web.StreamResponse:
    return web.Response(status=302, headers={"Location": request.path})


async def _bomb(encoding: str, _: web.BaseRequest) -> web.StreamResponse:
    headers = {"Content-Encoding": encoding, "Content-Type": "text/html"}
    return web.Response(body=_bombs()[encoding], headers=headers)


@cache
def _bombs() -> dict[str, bytes]:
    megabyte, size = bytes(1024 * 1024), 256
    compressor = brotli.Compressor(quality=1)
    return {
        "gzip": gzip.compress(megabyte) * size,
        "br": b"".join(compressor.process(megabyte) for _ in range(size)) + compressor.finish(),
        "zstd": zstd.compress(megabyte) * size,
    }


async def _stream(request: web.BaseRequest, start: bytes, more: bytes) -> web.StreamResponse:
    """Send `start`, then `more` repeatedly, until the client closes the connection."""
    transport = _transport(request)
    transport.write(start)
    for _ in range(_STEPS):
        if transport.is_closing():
            break
        if transport.get_write_buffer_size() <= len(more):
            transport.write(more)
        await asyncio.sleep(_STEP)
    transport.abort()
    return web.Response()


def _send_and_close(request: web.BaseRequest, data: bytes) -> web.StreamResponse:
    _transport(request).write(data)
    _transport(request).close()
    return web.Response()


def _transport(request: web.BaseRequest) -> asyncio.Transport:
    if request.transport is None:
        raise ConnectionResetError
    return request.transport


_HANDLERS: dict[str, Handler] = {
    "reset": _reset,
    "reset-once": _reset,
    "cut-short": _cut_short,
    "cut-short-once": _cut_short,
    "garbage": _garbage,
    "garbage-once": _garbage,
    "silent": _silent,
    "silent-once": _silent,
    "failing": _failing,
    "failing-once": _failing,
    "dripping": _dripping,
    "endless": _endless,
    "endless-head": _endless_head,
    "loop": _loop,
    "gzip-bomb": partial(_bomb, "gzip"),
    "brotli-bomb": partial(_bomb, "br"),
    "zstd-bomb": partial(_bomb, "zstd"),
}
