"""Scrapy's HTTP cache, as its `FilesystemCacheStorage` keeps it: a folder an answer."""

import ast
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from finnews.pages import page_type
from finnews.saved.answers import End, Entry, Fault, Passed, SavedAnswer, saved_at
from finnews.saved.payload import LARGEST, TooLarge, bounded, gunzipped, payload
from finnews.saved.sources import Source
from finnews.saved.stream import GZIP, Place
from finnews.saved.warc import http_message
from finnews.site import Site

_LONGEST_META: Final = 64 * 1024  # bytes
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
        return Fault("larger than any page")
    except _DAMAGES as error:
        return Fault(f"damaged: {type(error).__name__} {error}".splitlines()[0])


def _answer(folder: Path, site: Site) -> SavedAnswer | Passed | Fault:
    text, is_zipped = _read(folder / "meta", _LONGEST_META)
    meta: dict[str, Any] = ast.literal_eval(text.decode())
    address = str(meta["response_url"])
    if meta["method"] != "GET":
        return Passed("request")
    if not site.has(address):
        return Passed("other-site")
    if page_type(address, site) is None:
        return Passed("no-page")
    if (date := saved_at(datetime.fromtimestamp(float(meta["timestamp"]), UTC))) is None:
        return Fault(f"{address} has a date that cannot be right")
    head, _ = _read(folder / "response_headers", LARGEST)
    _, headers, _ = http_message(b"HTTP/1.1 200 OK\r\n" + head + b"\r\n\r\n")
    raw = bounded(folder / "response_body", LARGEST)
    body = payload(headers, gunzipped(raw, LARGEST) if is_zipped else raw)
    return SavedAnswer(address, int(meta["status"]), headers, body, date)


def _read(path: Path, limit: int) -> tuple[bytes, bool]:
    """Return what a file has, and whether it is compressed, as with ``HTTPCACHE_GZIP`` each is.

    The body is not read so: one that the site has compressed begins in the same way.
    """
    raw = bounded(path, limit)
    is_zipped = raw.startswith(GZIP)
    return (gunzipped(raw, limit) if is_zipped else raw), is_zipped
