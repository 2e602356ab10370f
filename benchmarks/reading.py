"""How long pages take to read, bytes to items and links, beside parsing the same bytes with lxml.

CPU time over several pages of each type: of the sample site, as large as real ones, and captured.
"""

import re
import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from lxml.etree import HTMLParser, fromstring

from benchmarks.accuracy.pages import captured_pages
from benchmarks.rows import Row, Target, row
from finnews.pages import page_type
from finnews.pages.answer import page_of
from finnews.pages.stock import StockPage
from finnews.site import FINANZEN_NET
from samplesite.content.world import World
from samplesite.web.site import Site

ROUNDS = 15
ARTICLES = 12
OTHERS = 6
_LARGE = 100_000  # bytes
_MAIN = re.compile(r"<main\b[^>]*>(.*)</main>", re.DOTALL)
_BODY = re.compile(r"<body\b[^>]*>(.*)</body>", re.DOTALL)
_CANONICAL = re.compile(r'<link[^>]*rel="canonical"[^>]*>')

MOST = {
    "article": 1.6,
    **dict.fromkeys(("stock", "etf", "fund"), 2.0),
    **dict.fromkeys(("venues", "price_targets", "analysis", "events"), 1.8),
    **dict.fromkeys(("news_list", "analysis_list", "index_members"), 1.8),
}
"""Page type → the most that reading may take, as a multiple of parsing"""

SAMPLE = "reading {}, sample pages / lxml's parsing"
CAPTURES = "reading {}, captures in full pages / lxml's parsing"
_NO_SAMPLES = ("etf", "fund")
_NO_CAPTURES = ("stock", "news_list", "analysis_list", "index_members")

LINES = {SAMPLE.format(name): Target(MOST[name]) for name in MOST if name not in _NO_SAMPLES} | {
    CAPTURES.format(name): Target(MOST[name]) for name in MOST if name not in _NO_CAPTURES
}


class Body(NamedTuple):
    """A page as it is served."""

    url: str
    body: bytes


def rows() -> Iterator[Row]:
    """Yield the figure of each page type."""
    pages = by_type(SAMPLE, sample_pages()) | by_type(CAPTURES, captures())
    for what in LINES:
        if what in pages:
            yield row(LINES, what, ratio(partial(parse, pages[what]), partial(read, pages[what])))
        else:
            yield row(LINES, what, note="no captures")


def by_type(what: str, pages: Iterator[Body]) -> dict[str, list[Body]]:
    """Return the pages by the line of their type."""
    groups: dict[str, list[Body]] = {}
    for page in pages:
        if kind := page_type(page.url):
            groups.setdefault(what.format(kind.name()), []).append(page)
    return groups


def sample_pages() -> Iterator[Body]:
    """Yield pages of the sample site."""
    site = Site(World(articles=60, stocks=30), FINANZEN_NET.url)
    for path in sample_paths(site.world):
        yield Body(FINANZEN_NET.url + path, site.answer(path).body)


def sample_paths(world: World) -> Iterator[str]:
    """Yield the paths of several pages of each type."""
    yield from (article.path for article in world.articles[:ARTICLES])
    for stock in world.stocks[:OTHERS]:
        yield stock.path
        yield from (f"/{kind}/{stock.page}" for kind in ("boersenplaetze", "kursziele", "termine"))
        yield f"/analysen/{stock.page}-analysen"
        yield f"/news/{stock.page}-news"
    yield from (study.path for study in world.analyses[:OTHERS])
    yield from ("/index/dax/marktberichte", "/analysen")
    yield from ("/index/dax/werte", "/index/dax/20-werte", "/index/dax/30-werte")


def captures() -> Iterator[Body]:
    """Yield the captured pages that are there, each in a page of the sample site.

    Captures are cut to what is read; a real page has a menu, scripts and other boxes around it.
    """
    frames = {page_type(page.url): page.body.decode() for page in sample_pages()}
    for page in captured_pages()[0]:
        frame = frames.get(page_type(page.url), frames[StockPage])
        yield Body(page.url, in_full_page(page.text, frame).encode())


def in_full_page(capture: str, frame: str) -> str:
    """Return a page with what a capture has in the place of its own."""
    content = _MAIN.search(capture) or _BODY.search(capture)
    without = _CANONICAL.sub("", frame)
    return _MAIN.sub(lambda _: f"<main>{content[1] if content else capture}</main>", without)


def ratio(first: Callable[[], object], second: Callable[[], object]) -> float:
    """Return the median of what the second call takes, divided by what the first takes.

    The calls take turns, so that noise affects both.
    """
    return statistics.median(cpu_time(second) / cpu_time(first) for _ in range(ROUNDS))


def cpu_time(call: Callable[[], object]) -> float:
    """Return the CPU seconds of a call."""
    start = time.process_time()
    call()
    return time.process_time() - start


def parse(pages: list[Body]) -> None:
    """Parse pages.

    A tree leaves thousands of small pieces of memory, which the allocator joins when it is asked
    for a large one. It is asked at once, or the next page would pay for it.
    """
    for page in pages:
        fromstring(page.body, HTMLParser(encoding="utf-8"))
        bytearray(_LARGE)


def read(pages: list[Body]) -> None:
    """Read all items and links of pages."""
    for url, body in pages:
        page = page_of(url, body, site=FINANZEN_NET)
        page.told_items()
        list(page.links())
        bytearray(_LARGE)
