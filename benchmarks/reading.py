"""How long a page takes to read, compared with parsing its HTML alone.

A page of each type comes from the sample site, with as many kB as the real one. The ratio compares
two times of the same run; 1.0 would mean that extracting items and links costs nothing.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial

from parsel import Selector

from finnews.pages.analysis import AnalysisPage
from finnews.pages.analysis_list import AnalysisListPage
from finnews.pages.article import ArticlePage
from finnews.pages.base import Page
from finnews.pages.index_members import IndexMembersPage
from finnews.pages.news_list import NewsListPage
from finnews.pages.price_targets import PriceTargetsPage
from finnews.pages.stock import StockPage
from finnews.pages.venues import VenuesPage
from samplesite.content.world import World
from samplesite.web.site import Site

BASE = "https://www.finanzen.net"
ROUNDS = 15
_LARGE = 100_000  # bytes


def main() -> None:
    """Print a line for each type of page."""
    print(f"{'page':<15}{'kB':>6}{'parser ms':>11}{'reading ms':>12}{'ratio':>7}")
    for page_class, url, text in sample_pages():
        parsing, reading = medians(partial(parse, text), partial(read, page_class, url, text))
        figures = f"{parsing * 1e3:>11.2f}{reading * 1e3:>12.2f}{reading / parsing:>7.2f}"
        print(f"{page_class.name():<15}{len(text) / 1e3:>6.0f}{figures}")


def sample_pages() -> Iterator[tuple[type[Page], str, str]]:
    """Yield a page of each HTML page type: its type, its URL, its text."""
    site = Site(World(articles=60, stocks=12), BASE)
    articles = site.world.articles
    article = next(article for article in articles if article.rated and article.layout == 2026)
    stock, study = site.world.stocks[0], site.world.analyses[0]
    pages: dict[type[Page], str] = {
        ArticlePage: article.path,
        NewsListPage: "/index/dax/marktberichte",
        StockPage: stock.path,
        VenuesPage: f"/boersenplaetze/{stock.page}",
        PriceTargetsPage: f"/kursziele/{stock.page}",
        AnalysisPage: study.path,
        AnalysisListPage: "/analysen",
        IndexMembersPage: "/index/dax/werte",
    }
    for page_class, path in pages.items():
        yield page_class, BASE + path, site.answer(path).body.decode()


def medians(*calls: Callable[[], object]) -> list[float]:
    """Return the median seconds of each call; the calls take turns, so that noise affects all.

    A tree leaves thousands of small pieces of memory, which the allocator joins when it is asked
    for a large one. That is asked for within the time of each call, or the next one would pay.
    """
    times: list[list[float]] = [[] for _ in calls]
    for _ in range(ROUNDS):
        for call, times_of_call in zip(calls, times, strict=True):
            start = time.perf_counter()
            call()
            bytearray(_LARGE)
            times_of_call.append(time.perf_counter() - start)
    return [statistics.median(times_of_call) for times_of_call in times]


def parse(text: str) -> object:
    """Parse a page and select its title, the least that any reading of it takes."""
    return Selector(text=text).css("head > title").get()


def read(page_class: type[Page], url: str, text: str) -> object:
    """Read all items and links of a page."""
    page = page_class(url, text)
    return list(page.items()), list(page.links())


if __name__ == "__main__":
    main()
