"""What finnews uses of Scrapy that Scrapy does not promise to keep.

Nothing else of the project touches it. ``tests/unit/test_scrapy_internals.py`` says in one line
what a new version has changed.
"""

from collections.abc import Callable, Iterator
from typing import Any, cast

from scrapy import Request
from scrapy.core.downloader import Slot
from scrapy.core.downloader.handlers._base_streaming import (
    BaseStreamingDownloadHandler,
    _BaseResponseArgs,
)
from scrapy.core.engine import ExecutionEngine
from scrapy.crawler import Crawler, CrawlerProcessBase
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.robotstxt import RobotParser
from twisted.internet.defer import Deferred

ResponseArgs = _BaseResponseArgs

__all__ = ["BaseStreamingDownloadHandler", "ResponseArgs", "Slot"]


def engine_of(crawler: Crawler) -> ExecutionEngine | None:
    """Return the engine of a crawl; ``None`` while the crawl is being set up."""
    try:
        return crawler.engine
    except RuntimeError:
        return None


def is_closing(engine: ExecutionEngine) -> bool:
    """Return whether a started engine is closing its spider, or has closed it."""
    slot = engine._slot
    return slot.closing is not None if slot else engine.start_time is not None


def let_scraper_close(crawler: Crawler) -> None:
    """Let a crawl that is closing go on if all its items are processed.

    Scrapy 2.19 does not look again after the last item of ``start``, and would wait for ever.
    """
    engine = engine_of(crawler)
    slot = engine.scraper.slot if engine else None
    if not (slot and slot.closing and slot.is_idle() and crawler.spider):
        return
    if not slot.closing.called:
        slot.closing.callback(crawler.spider)


def slots(crawler: Crawler) -> Iterator[Slot]:
    """Yield the downloader's slots, one for each host so far."""
    engine = engine_of(crawler)
    downloader = engine.downloader if engine else None
    yield from downloader.slots.values() if downloader else ()


def slot_of(crawler: Crawler, request: Request) -> Slot | None:
    """Return the slot in which a request is sent."""
    engine = engine_of(crawler)
    downloader = engine.downloader if engine else None
    return downloader.slots.get(downloader.get_slot_key(request)) if downloader else None


def queued(slot: Slot) -> Iterator["Deferred[Any]"]:
    """Take the waiting requests out of a slot's queue, and yield what waits for each."""
    while slot.queue:
        yield slot.queue.popleft()[1]


def set_pace(crawler: Crawler, host: str, delay: float, jitter: float) -> None:
    """Let a host's requests be `delay` seconds apart or more, now and in slots to come."""
    engine = engine_of(crawler)
    downloader = engine.downloader if engine else None
    if downloader is None:
        return
    settings = downloader.per_slot_settings.get(host, {})
    pace = {"delay": max(delay, settings.get("delay", 0.0)), "jitter": jitter}
    downloader.per_slot_settings[host] = settings | pace
    if slot := downloader.slots.get(host):
        slot.delay, slot.jitter = max(slot.delay, pace["delay"]), jitter


def signal_handler(process: CrawlerProcessBase) -> Callable[[int, Any], Any]:
    """Return what a process calls with the first signal that stops it."""
    return process._signal_shutdown


def set_signal_handler(process: CrawlerProcessBase, handler: Callable[[int, Any], Any]) -> None:
    """Let a process that is not started yet call another function with that signal."""
    process._signal_shutdown = handler  # type: ignore[method-assign, assignment]


def robot_parser(middleware: RobotsTxtMiddleware) -> type[RobotParser]:
    """Return the class that the setting ``ROBOTSTXT_PARSER`` names."""
    return cast("type[RobotParser]", middleware._parserimpl)
