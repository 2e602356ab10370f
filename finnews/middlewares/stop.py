"""Ends a run early; any component can call it."""

import logging
from typing import Final
from weakref import WeakSet

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.utils.defer import deferred_from_coro

from finnews.outcome import FinishReason
from finnews.scrapy_internals import engine_of, is_closing

logger = logging.getLogger(__name__)

ADVICE: Final = (
    "Do not try again at once: wait some hours, crawl more slowly (DOWNLOAD_DELAY) or ask the "
    "site for permission. Everything read so far is saved."
)
"""What to do if the site refuses requests."""

LATER: Final = "Everything read so far is saved; the next run continues from there."
"""What to do if the site does not respond."""

_STOPPING: Final[WeakSet[Crawler]] = WeakSet()


class CrawlStopping(IgnoreRequest):
    """The page is not requested because the run ends; the next run requests it."""


def stop(crawler: Crawler, reason: FinishReason, message: str, *args: object) -> None:
    """End the run, and log why: no more requests are sent, and what was read is saved.

    Any component can call it at any time. The first reason counts; later ones are logged only
    if they are critical: then something was lost. It returns at once, so a callback that is to
    yield nothing more has to return, too.
    """
    is_first = not is_stopping(crawler)
    level = _level(reason)
    if is_first or level == logging.CRITICAL:
        logger.log(level, message, *args)
    if is_first:
        _STOPPING.add(crawler)
        _close(crawler, reason)


def is_stopping(crawler: Crawler) -> bool:
    """Return whether the run is ending, for any reason."""
    engine = engine_of(crawler)
    if crawler in _STOPPING or engine is None:
        return crawler in _STOPPING
    return is_closing(engine)


def _level(reason: FinishReason) -> int:
    if reason is FinishReason.ARCHIVE:
        return logging.CRITICAL
    return logging.ERROR if reason.status else logging.INFO


def _close(crawler: Crawler, reason: FinishReason) -> None:
    """Close the spider now, or as soon as the engine starts."""

    async def close() -> None:
        await crawler.engine.close_spider_async(reason=reason.value)

    engine = engine_of(crawler)
    if engine is None or engine.start_time is None:
        crawler.signals.connect(close, signals.engine_started, weak=False)
    else:
        deferred_from_coro(close())
