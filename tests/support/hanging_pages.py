"""Articles that take too much, for ``-s SPIDER_MODULES=tests.support.hanging_pages``.

The setting ``HANGING`` has the path of an article, and the name of a way to take too much.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any, Final, Self

from lxml.html import fromstring
from scrapy.crawler import Crawler

from finnews.items import Item
from finnews.pages.article import ArticlePage
from finnews.spiders.news import NewsSpider

_ROWS: Final = 30_000  # of which each is compared with all others: minutes


def in_python() -> None:
    """Compute for ever, and take every fault for a small one."""
    while True:
        try:
            sum(range(1000))
        except Exception:  # noqa: BLE001, S112
            continue


def in_a_pattern() -> None:
    """Search with a pattern that takes exponential time."""
    re.match(r"(a+)+$", "a" * 60 + "b")


def in_memory() -> None:
    """Take more and more memory."""
    taken: list[bytes] = []
    while True:
        taken.append(b"x" * 2**20)


def in_c() -> None:
    """Evaluate an expression in C, where no signal's handler is called."""
    document = fromstring("<div>" + "<p>a</p>" * _ROWS + "</div>")
    document.xpath("//p[count(preceding::*) > count(following::*)]")


WAYS: Final[dict[str, Callable[[], None]]] = {
    way.__name__: way for way in (in_python, in_a_pattern, in_memory, in_c)
}


class HangingSpider(NewsSpider):
    """Reads news; its pages call what takes too much before they give the items of one article."""

    name = "hanging"

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        path, _, way = crawler.settings["HANGING"].partition(" ")
        items = ArticlePage.items

        def hanging(page: ArticlePage) -> Iterator[Item]:
            if page.url.endswith(path):
                WAYS[way]()
            yield from items(page)

        ArticlePage.items = hanging  # type: ignore[assignment,method-assign]
        return super().from_crawler(crawler, *args, **kwargs)
