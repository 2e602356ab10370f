"""Saved pages: HTML files, each with its address beside it or in it.

A file beside it that is named for it tells its address, and perhaps when it was saved:
``page.html.url`` with the address (or an Internet shortcut), ``page.html.json`` with ``url`` and
``fetched_at``. Else it is the page's canonical link, or its ``<base>``.
"""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from finnews.pages import page_type
from finnews.pages.answer import legible
from finnews.pages.base import canonical_link
from finnews.saved.answers import End, Entry, Fault, Passed, SavedAnswer
from finnews.saved.payload import LARGEST
from finnews.saved.sources import Source, beside
from finnews.saved.stream import Place
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
    status = source.path.stat()
    if status.st_size > LARGEST:
        yield Entry(Place(), Fault(f"larger than any page, {status.st_size} bytes"))
        yield Entry(Place(source.size), End(is_of_file=True))
        return
    body = source.path.read_bytes()
    told = _beside(source.path)
    said = told.get("url") or _given(source, site, url) or _own(legible(body), site)
    address = _address(said, site) if said else None
    end = Place(source.size)
    if said and not address:
        yield Entry(Place(), Fault(f"it gives what is no address: {said[:99]!r}"))
    elif not address:
        yield Entry(Place(), Fault("it does not say its address; add url=…, or a file beside it"))
    elif not site.has(address):
        yield Entry(Place(), Passed("other-site"))
    elif page_type(address, site) is None:
        yield Entry(Place(), Passed("no-page"))
    else:
        date = told.get("fetched_at") or datetime.fromtimestamp(status.st_mtime, UTC)
        yield Entry(Place(), SavedAnswer(address, 200, {}, body, date))
    yield Entry(end, End(is_of_file=True))


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
        date = date if date.tzinfo else date.replace(tzinfo=UTC)
        return said | {"fetched_at": date.astimezone(UTC)}
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
