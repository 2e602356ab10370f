"""What a run reads: its pages, the items on them, and which fields are filled."""

from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Collection
from dataclasses import fields
from operator import attrgetter
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy.crawler import Crawler
from scrapy.http import Response

from finnews.items import ITEM_CLASSES, TICKER, Item, Rejection
from finnews.pages import page_type
from finnews.reporting.model import Filled
from finnews.site import FINANZEN_NET, Site, site_at

_FIELDS = {
    item_class: [field.name for field in fields(item_class) if field.name not in Item.provenance]
    for item_class in ITEM_CLASSES
    if item_class.is_reported
}
_VALUES = {item_class: attrgetter(*names) for item_class, names in _FIELDS.items()}


class ItemStatsMiddleware:
    """A spider middleware that counts items as pages give them, before pipelines see them.

    The archive may hold more of an item than the page does now; these counts are of the page.
    """

    def __init__(self, site: Site) -> None:
        self.site = site
        self.pages: Counter[str] = Counter()
        self.holding: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._items: Counter[str] = Counter()
        self._given: dict[str, list[int]] = {}
        self._names: dict[str, list[str]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(site_at(crawler.settings["SITE_URL"]))

    async def process_spider_output(
        self, response: Response | None, result: AsyncIterator[Any]
    ) -> AsyncIterator[Any]:
        name = page_name(response.url, self.site) if response else "other"
        is_broken = response is None or response.status != 200
        kinds: set[str] = set()
        async for output in result:
            if type(output) in _FIELDS:
                kinds.add(self._count(name, output))
            elif isinstance(output, Rejection):
                is_broken = True
            yield output
        self._count_page(name, kinds, is_broken=is_broken)

    def count_saved(self, name: str, items: Collection[Item]) -> None:
        """Count a saved page of a type, which no response is for, and its items."""
        kinds = {self._count(name, item) for item in items if type(item) in _FIELDS}
        self._count_page(name, kinds, is_broken=any(isinstance(each, Rejection) for each in items))

    @property
    def filled(self) -> dict[str, Filled]:
        """``<page type>/<kind>`` → how often each field was filled."""
        return {
            group: Filled(self._items[group], dict(zip(self._names[group], given, strict=True)))
            for group, given in sorted(self._given.items())
        }

    def _count_page(self, name: str, kinds: set[str], *, is_broken: bool) -> None:
        if kinds or not is_broken:
            self.pages[name] += 1
            self.holding[name].update(kinds)

    def _count(self, name: str, item: Item) -> str:
        """Count an item and its fields, and return its kind."""
        item_class = type(item)
        kind = item.reported_as
        group = TICKER if kind == TICKER else f"{name}/{kind}"
        values = _VALUES[item_class](item)
        given = self._given.setdefault(group, [0] * len(values))
        self._given[group] = [
            number + (value is not None) for number, value in zip(given, values, strict=True)
        ]
        self._items[group] += 1
        self._names[group] = _FIELDS[item_class]
        return kind


def page_name(url: str, site: Site = FINANZEN_NET) -> str:
    """Return the name of an address's page type, ``robots.txt``, or ``other``.

    >>> page_name("https://www.finanzen.net/rss/news"), page_name("https://www.finanzen.net/")
    ('feed', 'other')
    """
    if urlsplit(url).path == "/robots.txt":
        return "robots.txt"
    page = page_type(url, site)
    return page.name() if page else "other"
