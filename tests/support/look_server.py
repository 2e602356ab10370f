"""The server of pages in a thread of the test, and requests as no client sends them."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPResponse
from threading import Thread

from aiohttp import web

from finnews.look.live_tables import LiveTables
from finnews.look.server import application
from tests.support import TIMEOUT


@contextmanager
def serving(tables: LiveTables) -> Iterator[int]:
    """Serve pages over tables on a free port of loopback, and give the port."""
    loop = asyncio.new_event_loop()
    runner = web.AppRunner(application(tables), handle_signals=False)
    loop.run_until_complete(runner.setup())
    loop.run_until_complete(web.TCPSite(runner, "127.0.0.1", 0).start())
    thread = Thread(target=loop.run_forever)
    thread.start()
    try:
        yield runner.addresses[0][1]
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.run_until_complete(runner.cleanup())
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()


def asked(
    port: int, path: str, host: str | None = "127.0.0.1", method: str = "GET"
) -> tuple[HTTPResponse, bytes]:
    """Return the answer to a request, sent as it is written, and the content of that."""
    lines = [f"{method} {path} HTTP/1.1", "Connection: close"]
    lines += [f"Host: {host}"] if host is not None else []
    with socket.create_connection(("127.0.0.1", port), TIMEOUT) as connection:
        connection.sendall("\r\n".join([*lines, "", ""]).encode("utf-8", "surrogateescape"))
        answer = HTTPResponse(connection, method=method)
        answer.begin()
        return answer, answer.read()
