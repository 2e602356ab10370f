"""What counting for a run's report costs, beside the reading of the pages that it counts.

Figures are of one run: the share is counting's part of the CPU time of reading.
"""

import asyncio
import statistics
import time
from collections.abc import AsyncIterator, Callable
from typing import Any

from scrapy.http import HtmlResponse

from finnews.pages.article import ArticlePage
from finnews.reporting.item_stats import ItemStatsMiddleware
from finnews.site import FINANZEN_NET
from samplesite.content.world import World
from samplesite.web.site import Site

BASE = "https://www.finanzen.net"
ARTICLES = 100
ROUNDS = 9


def main() -> None:
    """Print milliseconds a page: reading, handing items on, handing them on and counting them."""
    site = Site(World(articles=ARTICLES), BASE)
    bodies = {BASE + one.path: site.answer(one.path).body for one in site.world.articles}
    pages = [HtmlResponse(url, body=body, encoding="utf-8") for url, body in bodies.items()]
    items = [read(page) for page in pages]

    def handed_on() -> None:
        for some in items:
            asyncio.run(drained(given(some)))

    def counted() -> None:
        item_stats = ItemStatsMiddleware(FINANZEN_NET)
        for page, some in zip(pages, items, strict=True):
            asyncio.run(drained(item_stats.process_spider_output(page, given(some))))

    works = (lambda: [read(page) for page in pages], handed_on, counted)
    reading, handing, counting = (median(work) * 1000 / ARTICLES for work in works)
    cost = counting - handing
    print(f"reading {reading:.2f} ms a page, counting {cost:.3f} ms, share {cost / reading:.1%}")


def read(page: HtmlResponse) -> list[Any]:
    """Return the items of a page."""
    return list(ArticlePage(page.url, page.text).items())


async def given(items: list[Any]) -> AsyncIterator[Any]:
    """Yield items as a spider does."""
    for item in items:
        yield item


async def drained(items: AsyncIterator[Any]) -> None:
    """Take all items."""
    async for _ in items:
        pass


def median(work: Callable[[], object]) -> float:
    """Return the median CPU seconds of a work."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times)


if __name__ == "__main__":
    main()
