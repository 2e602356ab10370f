"""Ends a run before its work is done: a reason for its report, and one line for a person."""

import logging
from typing import Final

from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.utils.defer import deferred_from_coro

logger = logging.getLogger(__name__)

REFUSED: Final = "refused"
"""The site does not want to answer."""

FORBIDDEN: Final = "forbidden"
"""robots.txt allows nothing of what the run would ask for."""

UNAVAILABLE: Final = "unavailable"
"""The site does not answer: errors or silence, again and again."""

ADVICE: Final = (
    "Nothing that was read is lost. Do not try again at once: wait some hours, crawl more slowly "
    "(DOWNLOAD_DELAY), or ask the site for its leave."
)
"""What a person can do where the site refuses."""

LATER: Final = "Nothing that was read is lost; the next run goes on from there."
"""What a person can do where the site does not answer."""


class CrawlStopping(IgnoreRequest):
    """The page is not asked for, since the run ends; the next run asks for it."""


def stop(crawler: Crawler, reason: str, line: str) -> None:
    """End the run: nothing more is asked for, and what was read is written."""
    if is_stopping(crawler):
        return
    logger.error("%s", line)
    if crawler.engine:
        deferred_from_coro(crawler.engine.close_spider_async(reason=reason))


def is_stopping(crawler: Crawler) -> bool:
    """Return whether the run has begun to end, for whatever reason."""
    slot = crawler.engine._slot if crawler.engine else None  # Scrapy says it nowhere else
    return slot is None or slot.closing is not None
