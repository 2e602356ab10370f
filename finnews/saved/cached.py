"""Scrapy's HTTP cache, as its `FilesystemCacheStorage` keeps it: a folder an answer."""

import ast
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from finnews.pages import page_type
from finnews.saved.answers import End, Entry, Fault, Passed, SavedAnswer
from finnews.saved.payload import LARGEST, TooLarge, payload
from finnews.saved.sources import Source
from finnews.saved.stream import GZIP, Place
from finnews.saved.warc import http_message
from finnews.site import Site

_DAMAGES: Final = (
    *(OSError, EOFError, zlib.error),
    *(ValueError, SyntaxError, KeyError, TypeError, OverflowError, RecursionError, MemoryError),
)
"""What is raised for a file that is cut off or damaged"""


def cached_entries(source: Source, site: Site) -> Iterator[Entry]:
    """Yield the answer in a folder of the cache."""
    yield Entry(Place(), _content(source.path, site))
    yield Entry(Place(source.size), End(is_of_file=True))


def _content(folder: Path, site: Site) -> SavedAnswer | Passed | Fault:
    try:
        return _answer(folder, site)
    except TooLarge:
        return Fault("larger than any page, unpacked")
    except _DAMAGES as error:
        return Fault(f"damaged: {type(error).__name__} {error}".splitlines()[0])


def _answer(folder: Path, site: Site) -> SavedAnswer | Passed:
    meta: dict[str, Any] = ast.literal_eval(_read(folder / "meta").decode())
    address = str(meta["response_url"])
    if meta["method"] != "GET":
        return Passed("request")
    if not site.has(address):
        return Passed("other-site")
    if page_type(address, site) is None:
        return Passed("no-page")
    head = b"HTTP/1.1 200 OK\r\n" + _read(folder / "response_headers") + b"\r\n\r\n"
    _, headers, _ = http_message(head)
    body = payload(headers, _unzipped(folder))
    date = datetime.fromtimestamp(float(meta["timestamp"]), UTC)
    return SavedAnswer(address, int(meta["status"]), headers, body, date)


def _unzipped(folder: Path) -> bytes:
    """Return the body as it was received, which can be gzip itself."""
    is_zipped = (folder / "meta").read_bytes().startswith(GZIP)
    body = (folder / "response_body").read_bytes()
    return _gunzipped(body) if is_zipped else body


def _read(path: Path) -> bytes:
    """Return what a file has; with ``HTTPCACHE_GZIP`` each is compressed."""
    body = path.read_bytes()
    return _gunzipped(body) if body.startswith(GZIP) else body


def _gunzipped(body: bytes) -> bytes:
    inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)
    text = inflate.decompress(body, LARGEST + 1)
    if len(text) > LARGEST:
        raise TooLarge
    if not inflate.eof:
        raise EOFError("it is cut off")
    return text
