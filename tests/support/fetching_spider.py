"""A spider that fetches paths, for ``-s SPIDER_MODULES=tests.support.fetching_spider``.

Its files of saved pages end after ``MOST_BYTES``, if that is set.
"""

from collections.abc import AsyncIterator
from typing import Any, Self

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response

from finnews.saved import writing


class FetchingSpider(Spider):
    """Requests the paths that ``paths=`` names, one after the other, and logs each status."""

    name = "fetching"

    def __init__(self, paths: str) -> None:
        super().__init__()
        self.paths = paths.split()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        if most := crawler.settings["MOST_BYTES"]:
            vars(writing)["MOST_BYTES"] = int(most)
        return super().from_crawler(crawler, *args, **kwargs)

    async def start(self) -> AsyncIterator[Request]:
        for path in self.paths:
            address = self.crawler.settings["SITE_URL"] + path
            yield Request(address, callback=self.parse, errback=self.failed, dont_filter=True)

    def parse(self, response: Response) -> None:
        self.logger.info("Fetched %d %s", response.status, response.url)

    def failed(self, failure: Any) -> None:
        self.logger.info("Failed %s", failure.value)
