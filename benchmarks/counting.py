"""The cost of counting for a run's report, compared with that of reading the pages.

The share is the CPU time of counting divided by that of reading, measured in the same run.
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
    """Print how many milliseconds a page takes to read, and its items to count."""
    site = Site(World(articles=ARTICLES), BASE)
    paths = [article.path for article in site.world.articles]
    bodies = {BASE + path: site.answer(path).body for path in paths}
    responses = [HtmlResponse(url, body=body, encoding="utf-8") for url, body in bodies.items()]
    items_by_page = [read(response) for response in responses]

    def iterate() -> None:
        for items in items_by_page:
            asyncio.run(exhaust(spider_output(items)))

    def iterate_and_count() -> None:
        middleware = ItemStatsMiddleware(FINANZEN_NET)
        for response, items in zip(responses, items_by_page, strict=True):
            output = middleware.process_spider_output(response, spider_output(items))
            asyncio.run(exhaust(output))

    calls = (lambda: [read(response) for response in responses], iterate, iterate_and_count)
    reading, iterating, counting = (median(call) * 1000 / ARTICLES for call in calls)
    cost = counting - iterating
    print(f"reading {reading:.2f} ms a page, counting {cost:.3f} ms, share {cost / reading:.1%}")


def read(response: HtmlResponse) -> list[Any]:
    """Return the items of a page."""
    return list(ArticlePage(response.url, response.text).items())


async def spider_output(items: list[Any]) -> AsyncIterator[Any]:
    """Yield items as a spider does."""
    for item in items:
        yield item


async def exhaust(items: AsyncIterator[Any]) -> None:
    """Iterate over all items."""
    async for _ in items:
        pass


def median(call: Callable[[], object]) -> float:
    """Return the median CPU seconds of a call."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        call()
        times.append(time.process_time() - start)
    return statistics.median(times)


if __name__ == "__main__":
    main()
