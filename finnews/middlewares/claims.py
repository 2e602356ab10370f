"""Of several crawls at once, only one requests an article or a study."""

import asyncio
import logging
import time
from typing import Any, Final, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, NotConfigured

logger = logging.getLogger(__name__)

_PRIORITY: Final = -1  # after what no other crawl requests, and after the lists
_LONGEST_WAIT: Final = 60.0  # seconds; then the page is requested whoever else does


class ArchivedMeanwhile(IgnoreRequest):
    """Another crawl has archived the page since this one found it in a list."""


class ClaimsMiddleware:
    """Acquires the spider's claim to a page before the page is requested.

    A page that another crawl requests now waits; once that has archived it, it is dropped.
    """

    def __init__(self, claims: Any) -> None:
        self.claims = claims
        self.has_told = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        claims = getattr(crawler.spider, "claims", None)
        if claims is None:
            raise NotConfigured
        return cls(claims)

    async def process_request(self, request: Request) -> Request | None:
        now = time.time()
        first_refused = request.meta.get("claim_refused_at", now)
        is_ours = self.claims.acquire(request) or now - first_refused > _LONGEST_WAIT
        if is_ours and self.claims.is_archived_meanwhile(request):
            raise ArchivedMeanwhile(f"{request.url} was archived by another crawl meanwhile")
        if is_ours:
            return None
        if "claim_refused_at" in request.meta:
            await self._wait(request)
        meta = request.meta | {"claim_refused_at": first_refused}
        return request.replace(meta=meta, priority=_PRIORITY, dont_filter=True)

    async def _wait(self, request: Request) -> None:
        """Give the other crawl time; by now nothing else is left to be requested."""
        if not self.has_told:
            self.has_told = True
            logger.info("Waiting for another crawl that requests %s", request.url)
        self.claims.settle()
        await asyncio.sleep(1)
