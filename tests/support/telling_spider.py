"""A spider that logs what a page says, for ``-s SPIDER_MODULES=tests.support.telling_spider``."""

from collections.abc import Iterator

from scrapy import Request

from finnews.items import Article, Item
from finnews.pages.base import Page
from finnews.spiders.news import NewsSpider


class TellingSpider(NewsSpider):
    """Logs the headline of each article, and fails with it."""

    name = "telling"

    def results(self, page: Page, address: str) -> Iterator[Item | Request]:
        for item in page.items():
            if isinstance(item, Article):
                self.logger.warning("Headline %s", item.headline)
                raise ValueError(item.headline)
        yield from super().results(page, address)
