"""A spider whose callback fails, for ``-s SPIDER_MODULES=tests.support.broken_spider``."""

from collections.abc import Iterator

from scrapy import Request

from finnews.pages.base import Page
from finnews.spiders.news import NewsSpider


class BrokenSpider(NewsSpider):
    """Fails on the first feed."""

    name = "broken"

    def start_paths(self) -> tuple[str, ...]:
        return ("/rss/news",)

    def follow(self, page: Page, address: str) -> Iterator[Request]:
        raise ZeroDivisionError(page, address)
