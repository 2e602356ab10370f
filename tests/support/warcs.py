"""WARC files, written by hand where each byte matters, and the sample site's pages in them."""

import gzip
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from finnews.saved.answers import Entry
from finnews.saved.stream import Place, opened
from finnews.saved.warc import WarcEntries
from finnews.site import FINANZEN_NET
from samplesite.content.world import World
from samplesite.web.site import Site

FINANZEN: Final = FINANZEN_NET.url
DATE: Final = "2026-11-20T17:00:00Z"
"""When the pages were saved: an hour before the sample site's present."""

HTML: Final = "Content-Type: text/html; charset=utf-8"
OTHER: Final = "https://www.muster.example/nachricht/aktien/muster-1"

Fields = tuple[tuple[str, str], ...]


def record(block: bytes, fields: Fields, length: object = None, end: bytes = b"\r\n\r\n") -> bytes:
    """Return a record with the fields of its head, and the `length` that it claims to have."""
    claimed = len(block) if length is None else length
    lines = [f"{name}: {value}" for name, value in (*fields, ("Content-Length", claimed))]
    return "\r\n".join(["WARC/1.0", *lines, "", ""]).encode() + block + end


def fields(url: str, kind: str = "response", date: str = DATE) -> Fields:
    """Return the fields of a record's head."""
    own = ("application/http; msgtype=response",) if kind == "response" else ("text/html",)
    named = (("WARC-Target-URI", url), ("WARC-Date", date))
    return (("WARC-Type", kind), *(pair for pair in named if pair[1]), ("Content-Type", *own))


def message(body: bytes, *headers: str, status: str = "HTTP/1.1 200 OK") -> bytes:
    """Return an HTTP message; without headers, it is of a page in HTML."""
    return "\r\n".join([status, *(headers or (HTML,)), "", ""]).encode() + body


def response(
    url: str, body: bytes, *headers: str, status: str = "HTTP/1.1 200 OK", date: str = DATE
) -> bytes:
    """Return the record of an answer."""
    return record(message(body, *headers, status=status), fields(url, date=date))


def members(*parts: bytes) -> list[bytes]:
    """Return parts as members of a gzip file."""
    return [gzip.compress(part, mtime=0) for part in parts]


def zipped(*parts: bytes) -> bytes:
    """Return a gzip file with a member for each part."""
    return b"".join(members(*parts))


def article_pages(world: World, base: str = FINANZEN) -> dict[str, bytes]:
    """Return the addresses of the articles of a world, and their pages."""
    site = Site(world, base)
    return {f"{base}{each.path}": site.answer(each.path).body for each in world.articles}


def share_pages(world: World, base: str = FINANZEN) -> dict[str, bytes]:
    """Return the addresses of all pages of the shares of a world, and the pages."""
    site = Site(world, base)
    paths = [path.format(page=each.page) for each in world.stocks for path in FINANZEN_NET.of_stock]
    return {f"{base}{path}": site.answer(path).body for path in paths}


def responses(pages: dict[str, bytes], date: str = DATE) -> list[bytes]:
    """Return the records of pages."""
    return [response(url, body, date=date) for url, body in pages.items()]


def saved(path: Path, *parts: bytes) -> Path:
    """Write a file, and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"".join(parts))
    return path


def entries(path: Path, start: Place = Place()) -> list[Entry]:  # noqa: B008, a named tuple
    """Return the entries of a WARC file from a place on."""
    with path.open("rb") as file:
        return list(WarcEntries(opened(file, start), FINANZEN_NET))


def told(entries: Iterable[Entry]) -> Iterator[str]:
    """Yield the entries in words: the last part of an address, why passed over, what is wrong."""
    for _, content in entries:
        if url := getattr(content, "url", ""):
            yield url.rpartition("/")[2]
        elif reason := getattr(content, "reason", ""):
            yield reason
