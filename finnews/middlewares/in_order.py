"""Pages give their items one page after the other, as the pages came."""

from collections.abc import AsyncIterator
from typing import Any

from scrapy.http import Response
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.defer import DeferredLock


class InOrderMiddleware:
    """A spider middleware that lets a page wait until the one before has given all it has.

    Scrapy reads several answers in turns. Which of two pages that print the same quote is archived
    as its source would be chance, and saved pages would not give what the crawl gave.
    """

    def __init__(self) -> None:
        self._turn = DeferredLock()

    async def process_spider_output(
        self,
        response: Response | None,  # noqa: ARG002
        result: AsyncIterator[Any],
    ) -> AsyncIterator[Any]:
        await maybe_deferred_to_future(self._turn.acquire())
        try:
            async for output in result:
                yield output
        finally:
            self._turn.release()
