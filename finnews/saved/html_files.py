"""Saved pages: HTML files, each with its address beside it or in it.

A file beside it that is named for it tells its address, and perhaps when it was saved:
``page.html.url`` with the address (or an Internet shortcut), ``page.html.json`` with ``url`` and
``fetched_at``. Else it is the page's canonical link, or its ``<base>``.
"""

import json
import os
import re
import time
import zlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from gzip import BadGzipFile
from pathlib import Path
from typing import Any, Final

from finnews.pages import page_type
from finnews.pages.answer import legible
from finnews.pages.base import canonical_link
from finnews.saved.answers import End, Entry, Fault, Passed, SavedAnswer, saved_at
from finnews.saved.payload import LARGEST, TooLarge, bounded, gunzipped
from finnews.saved.sources import Source, beside
from finnews.saved.stream import GZIP, Place
from finnews.site import Site

_BASE: Final = re.compile(r"""<base\s[^>]{0,999}?href\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_SHORTCUT: Final = re.compile(r"^(?:URL=)?(https?://\S+)\s*$", re.MULTILINE)
_APPENDED: Final = re.compile(r"(?:/index)?\.(?:html?|xhtml|xml|rss)$", re.IGNORECASE)
_HEAD: Final = 50_000  # characters of a page in which its base can stand
_LONGEST_BESIDE: Final = 1024 * 1024  # bytes
_UNREADABLE: Final = (
    *(OSError, ValueError, TypeError, AttributeError, KeyError, OverflowError, RecursionError),
)
"""What is raised for a record beside a page that is of another tool, or damaged"""


def page_entries(source: Source, site: Site, url: str | None) -> Iterator[Entry]:
    """Yield the answer that a file is; `url` is its address, or that of the folder it is in."""
    yield Entry(Place(), _content(source, site, url))
    yield Entry(Place(source.size), End(is_of_file=True))


def _content(source: Source, site: Site, url: str | None) -> SavedAnswer | Passed | Fault:
    status = source.path.stat()
    body = _body(source.path, status.st_size)
    if isinstance(body, Fault):
        return body
    told = _beside(source.path)
    said = told.get("url") or _given(source, site, url) or _own(legible(body), site)
    address = _address(said, site) if said else None
    if not address:
        untold = "it does not say its address; add url=…, or a file beside it"
        return Fault(f"it gives what is no address: {said[:99]!r}" if said else untold)
    if not site.has(address):
        return Passed("other-site")
    if page_type(address, site) is None:
        return Passed("no-page")
    if (date := saved_at(told.get("fetched_at") or _changed(status))) is None:
        return Fault(f"{address} has a date that cannot be right")
    return SavedAnswer(address, 200, {}, body, date)


def _body(path: Path, size: int) -> bytes | Fault:
    """Return the page in a file, which can be compressed."""
    if size > LARGEST:
        return Fault(f"larger than any page, {size} bytes")
    try:
        body = bounded(path, LARGEST)
        return gunzipped(body, LARGEST) if body.startswith(GZIP) else body
    except TooLarge:
        return Fault("larger than any page, unpacked")
    except (EOFError, BadGzipFile, zlib.error) as error:
        return Fault(f"damaged: {type(error).__name__} {error}")


def _changed(status: os.stat_result) -> datetime:
    """Return when a file was changed last; now, if that is to come."""
    return datetime.fromtimestamp(max(0, min(status.st_mtime, time.time())), UTC)


def _address(said: str, site: Site) -> str | None:
    """Return an address that is whole; ``None`` for what is none, as ``http://[x``."""
    try:
        return site.address(said)
    except ValueError:
        return None


def _beside(path: Path) -> dict[str, Any]:
    """Return what the files beside a page say of it."""
    said: dict[str, Any] = {}
    for file in beside(path):
        with suppress(*_UNREADABLE):
            if file.stat().st_size <= _LONGEST_BESIDE:
                read = _by_shortcut if file.suffix == ".url" else _by_record
                said |= read(file.read_text("utf-8"))
    return said


def _by_shortcut(text: str) -> dict[str, Any]:
    shortcut = _SHORTCUT.search(text)
    return {"url": shortcut[1]} if shortcut else {}


def _by_record(text: str) -> dict[str, Any]:
    record = json.loads(text)
    said = {"url": str(record["url"])} if record.get("url") else {}
    with suppress(*_UNREADABLE):
        date = datetime.fromisoformat(record["fetched_at"])
        return said | {"fetched_at": date if date.tzinfo else date.replace(tzinfo=UTC)}
    return said


def _given(source: Source, site: Site, url: str | None) -> str | None:
    """Return the address by that of the run: a folder's is followed by the file's path in it.

    ``wget -E`` has appended ``.html`` to addresses, and named what ends in a slash; no page of the
    site ends so.
    """
    if url is None or not source.below:
        return url
    address = f"{url.rstrip('/')}/{source.below}"
    short = _APPENDED.sub("", address)
    return short if page_type(short, site) else address


def _own(text: str, site: Site) -> str | None:
    """Return the address that a page gives as its own; one of the site's pages if it has any."""
    base = _BASE.search(text, 0, _HEAD)
    said = [address for address in (canonical_link(text), base and base[1]) if address]
    pages = (address for address in said if page_type(site.own_address(address), site))
    return next(pages, said[0] if said else None)
