"""Crawls that save what they get, of a site whose bytes a test decides."""

import asyncio
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from queue import Queue
from subprocess import CompletedProcess
from threading import Thread
from typing import Final

from tests.support import TIMEOUT
from tests.support.crawling import as_options, crawl
from tests.support.raw_site import RawSite
from tests.support.servers import http2, listening

SAVING: Final = ("-s", "SAVE_PAGES=warc")
FETCHING: Final = {"SPIDER_MODULES": "tests.support.fetching_spider"}
PAGE: Final = b"<html><title>Muster</title><p>Muster AG</p></html>" * 40


def answer(status: str, body: bytes, *headers: str) -> bytes:
    """Return what is sent over HTTP/1.1."""
    lines = (f"HTTP/1.1 {status}", "Content-Type: text/html", *headers)
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def sized(status: str, body: bytes, *headers: str) -> bytes:
    """Return an answer that tells its length."""
    return answer(status, body, f"Content-Length: {len(body)}", *headers)


def chunked(body: bytes, *headers: str) -> bytes:
    """Return an answer in chunks."""
    parts = [body[at : at + 500] for at in range(0, len(body), 500)]
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (*parts, b""))
    return answer("200 OK", chunks, "Transfer-Encoding: chunked", *headers)


def fetch(site: RawSite, output: Path, paths: list[str], *options: str) -> "CompletedProcess[str]":
    """Fetch paths, and save what comes."""
    words = ("-a", f"paths={' '.join(paths)}", *as_options(FETCHING), *SAVING)
    return crawl("fetching", site.address, output, *words, *options)


@contextmanager
def http2_site(certified: Path) -> Iterator[str]:
    """Serve a page over HTTP/2, in a thread, and give the address."""
    ports: Queue[int] = Queue()
    loop, ended = asyncio.new_event_loop(), asyncio.Event()

    async def serve() -> None:
        async with listening(http2(certified, [])) as port:
            ports.put(port)
            await ended.wait()

    def run() -> None:
        with closing(loop):
            loop.run_until_complete(serve())

    thread = Thread(target=run)
    thread.start()
    try:
        yield f"https://127.0.0.1:{ports.get(timeout=TIMEOUT)}"
    finally:
        loop.call_soon_threadsafe(ended.set)
        thread.join()
