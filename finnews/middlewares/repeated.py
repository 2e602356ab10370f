"""Items in the header of every page, which say the same on one page after the other."""

from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import fields
from operator import attrgetter
from typing import Any, Final, Self

from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.statscollectors import StatsCollector

from finnews.items import TICKER, Instrument, Item, Quote
from finnews.pages import is_authoritative

_OF_INSTRUMENT: Final = attrgetter("kind", "page", "name", "isin", "wkn")
"""What the lists of every page print of an instrument"""

_OF_QUOTE: Final = attrgetter(
    *(field.name for field in fields(Quote) if field.name not in Item.provenance)
)
"""What a quote says"""


class Repeats:
    """Tells which instruments and quotes of the ticker a page of the run has given already.

    Of each instrument in the ticker, the last quote of a day is remembered.
    """

    def __init__(self, stats: StatsCollector) -> None:
        self.stats = stats
        self._instruments: set[tuple[str | None, ...]] = set()
        self._ticker: dict[str | None, tuple[Any, ...]] = {}

    def unrepeated(self, items: Iterable[Item]) -> Iterator[Item]:
        """Yield items, once stamped, without those; a quote counts as unchanged."""
        return (item for item in items if not self.is_repeated(item))

    def is_repeated(self, item: Item) -> bool:
        """Return whether an item says nothing new, and note what it says."""
        if isinstance(item, Instrument):
            printed = _OF_INSTRUMENT(item)
            is_repeated = printed in self._instruments
            self._instruments.add(printed)
            return is_repeated
        if not isinstance(item, Quote) or item.source != TICKER:
            return False
        said = (_OF_QUOTE(item), (item.fetched_at or "")[:10], is_authoritative(item))
        is_repeated = self._ticker.get(item.instrument()) == said
        self._ticker[item.instrument()] = said
        if is_repeated:
            self.stats.inc_value(f"finnews/{item.collection}/unchanged")
        return is_repeated


class RepeatedItemsMiddleware:
    """A spider middleware that drops such items when they are counted as what pages hold."""

    def __init__(self, repeats: Repeats) -> None:
        self.repeats = repeats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(Repeats(crawler.stats))

    async def process_spider_output(
        self,
        response: Response | None,  # noqa: ARG002
        result: AsyncIterator[Any],
    ) -> AsyncIterator[Any]:
        async for output in result:
            if not (isinstance(output, Item) and self.repeats.is_repeated(output)):
                yield output
