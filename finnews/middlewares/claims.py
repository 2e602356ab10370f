"""Of several crawls at once, only one requests an article or a study."""

import asyncio
from typing import Any, Final, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, NotConfigured

_PRIORITY: Final = -1  # after what no other crawl requests, and after the lists
_PATIENCE: Final = 60  # looks, a second apart; then the page is requested all the same


class ArchivedMeanwhile(IgnoreRequest):
    """Another crawl has archived the page since this one found it in a list."""


class ClaimsMiddleware:
    """Asks the spider's `claims` before a page is requested.

    A page that another crawl requests now waits; once that has archived it, it is dropped.
    """

    def __init__(self, claims: Any) -> None:
        self.claims = claims

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        claims = getattr(crawler.spider, "claims", None)
        if claims is None:
            raise NotConfigured
        return cls(claims)

    async def process_request(self, request: Request) -> Request | None:
        waited = request.meta.get("claim_waited", 0)
        if self.claims.acquire(request) or waited > _PATIENCE:
            if self.claims.is_archived_meanwhile(request):
                raise ArchivedMeanwhile(f"{request.url} was archived by another crawl meanwhile")
            return None
        if waited:
            self.claims.settle()
            await asyncio.sleep(1)
        meta = request.meta | {"claim_waited": waited + 1}
        return request.replace(meta=meta, priority=_PRIORITY, dont_filter=True)
