"""Pages give their items one page after the other, as the pages came."""

import time
from collections.abc import AsyncIterator
from typing import Any, Final, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.utils.asyncio import sleep
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.defer import DeferredLock

_PATIENCE: Final = 60.0  # seconds
_TURNS: Final = 100  # of the reactor, in which items are processed that wait for nothing
_PAUSE: Final = 0.01  # seconds


class InOrderMiddleware:
    """A spider middleware that lets a page wait until all items of the one before are archived.

    Scrapy reads several answers in turns. Which of two pages that print the same quote is archived
    as its source would be chance, and saved pages would not give what the crawl gave.
    """

    def __init__(self) -> None:
        self._turn = DeferredLock()
        self._given = self._processed = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        middleware = cls()
        for signal in (signals.item_scraped, signals.item_dropped, signals.item_error):
            crawler.signals.connect(middleware.note_processed, signal)
        return middleware

    def note_processed(self) -> None:
        """Note that an item has passed the pipelines, or was dropped there."""
        self._processed += 1

    async def process_spider_output(
        self,
        response: Response | None,  # noqa: ARG002
        result: AsyncIterator[Any],
    ) -> AsyncIterator[Any]:
        await maybe_deferred_to_future(self._turn.acquire())
        try:
            async for output in result:
                self._given += output is not None and not isinstance(output, Request)
                yield output
            await self._until_processed()
        finally:
            self._turn.release()

    async def _until_processed(self) -> None:
        """Wait for the items so far; not for ever: another middleware can have dropped one."""
        deadline, turns = time.monotonic() + _PATIENCE, 0
        while self._processed < self._given and time.monotonic() < deadline:
            await sleep(0 if turns < _TURNS else _PAUSE)
            turns += 1
        self._given = self._processed
