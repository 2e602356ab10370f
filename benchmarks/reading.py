"""How long a page takes to read, beside what the parser alone needs.

Each type of page is read from the sample site's answers, which weigh as much as the real ones.
Figures are ratios of one run: 1.0 would be a page whose items and links cost nothing.
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


def main() -> None:
    """Print a line for each type of page."""
    print(f"{'page':<15}{'kB':>6}{'parser ms':>11}{'reading ms':>12}{'ratio':>7}")
    for kind, url, text in sample_pages():
        parsing, reading = in_turn(partial(parsed, text), partial(read, kind, url, text))
        figures = f"{parsing * 1e3:>11.2f}{reading * 1e3:>12.2f}{reading / parsing:>7.2f}"
        print(f"{kind.name():<15}{len(text) / 1e3:>6.0f}{figures}")


def sample_pages() -> Iterator[tuple[type[Page], str, str]]:
    """Yield a page of each type that is HTML: its type, its address, its text."""
    site = Site(World(articles=60, stocks=12), BASE)
    article = next(one for one in site.world.articles if one.rated and one.layout == 2026)
    share, study = site.world.stocks[0], site.world.analyses[0]
    pages: dict[type[Page], str] = {
        ArticlePage: article.path,
        NewsListPage: "/index/dax/marktberichte",
        StockPage: share.path,
        VenuesPage: f"/boersenplaetze/{share.page}",
        PriceTargetsPage: f"/kursziele/{share.page}",
        AnalysisPage: study.path,
        AnalysisListPage: "/analysen",
        IndexMembersPage: "/index/dax/werte",
    }
    for kind, path in pages.items():
        yield kind, BASE + path, site.answer(path).body.decode()


def in_turn(*works: Callable[[], object]) -> list[float]:
    """Return the median seconds of each work; they take turns, so that noise meets all alike."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(ROUNDS):
        for work, taken in zip(works, times, strict=True):
            start = time.perf_counter()
            work()
            taken.append(time.perf_counter() - start)
    return [statistics.median(taken) for taken in times]


def parsed(text: str) -> object:
    """Parse a page and find one thing on it, which is the least that a reader does."""
    return Selector(text=text).css("head > title").get()


def read(kind: type[Page], url: str, text: str) -> object:
    """Read all items and links of a page."""
    page = kind(url, text)
    return list(page.items()), list(page.links())


if __name__ == "__main__":
    main()
