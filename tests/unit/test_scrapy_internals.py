"""What finnews uses of Scrapy's private parts: in one line what a new version has changed."""

import inspect
from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
import scrapy
from scrapy.core.downloader import Downloader, Slot
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.core.engine import ExecutionEngine
from scrapy.core.scraper import Scraper
from scrapy.core.scraper import Slot as ScraperSlot
from scrapy.crawler import Crawler, CrawlerProcess
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.extensions.feedexport import FeedExporter, FeedSlot
from scrapy.extensions.throttle import AutoThrottle
from scrapy.spiders import Spider

USED: dict[str, tuple[Any, str]] = {
    "the engine's slot, whether it is closing": (ExecutionEngine, "_slot"),
    "closing a spider with a reason": (ExecutionEngine, "close_spider_async"),
    "the engine's scraper": (ExecutionEngine, "scraper"),
    "the items that are processed": (Scraper, "slot"),
    "what waits for them": (ScraperSlot, "closing"),
    "whether all of them are": (ScraperSlot, "is_idle"),
    "the downloader's slots": (Downloader, "slots"),
    "the slot of a request": (Downloader, "get_slot_key"),
    "the settings of slots to come": (Downloader, "per_slot_settings"),
    "a slot's queue": (Slot, "queue"),
    "a slot's delay": (Slot, "delay"),
    "a slot's jitter": (Slot, "jitter"),
    "the next delay of a slot": (Slot, "download_delay"),
    "the parser of robots.txt": (RobotsTxtMiddleware, "_parserimpl"),
    "what robots.txt says of a request": (RobotsTxtMiddleware, "process_request_2"),
    "the exceptions that are retried": (RetryMiddleware, "exceptions_to_retry"),
    "the shortest delay": (AutoThrottle, "mindelay"),
    "the longest delay": (AutoThrottle, "maxdelay"),
    "the first signal of a process": (CrawlerProcess, "_signal_shutdown"),
    "the download of HTTP/1.1": (HTTP11DownloadHandler, "download_request"),
    "the feeds of a run": (FeedExporter, "feeds"),
    "what a feed accepts": (FeedExporter, "filters"),
    "the files of feeds": (FeedExporter, "slots"),
    "the file of a feed": (FeedSlot, "file"),
    "opening the file of a feed": (FeedSlot, "start_exporting"),
    "how many items a feed has got": (FeedSlot, "itemcount"),
    "whether a feed is written without items": (FeedSlot, "store_empty"),
    "the batch of a feed": (FeedSlot, "batch_id"),
}
"""What for → the class, and the name that it, or an instance of it, must have."""


@pytest.mark.parametrize("use", USED)
def test_scrapy_still_has(use: str) -> None:
    """Else `finnews.scrapy_internals`, or what it names, has to change with Scrapy."""
    owner, name = USED[use]
    sources = "".join(
        inspect.getsource(base)
        for base in owner.__mro__[:-1]
        if base.__module__.startswith("scrapy")
    )
    changed = f"Scrapy {scrapy.__version__} has no {owner.__name__}.{name} any more ({use})"
    assert hasattr(owner, name) or f"self.{name}" in sources or f"{name}:" in sources, changed


def test_scrapy_still_has_the_base_of_the_transport() -> None:
    """The methods that it calls are those that the handler defines."""
    changed = f"Scrapy {scrapy.__version__} has changed its handlers' base class: "
    try:
        handler = import_module("finnews.middlewares.transport").CurlDownloadHandler
    except ImportError as error:
        pytest.fail(f"{changed}{error}")
    assert not getattr(handler, "__abstractmethods__", None), (
        f"{changed}{sorted(handler.__abstractmethods__)}"
    )
    inherited = ("_get_bind_address_host", "_request_headers", "_extract_proxy", "download_request")
    for name in inherited:
        assert hasattr(handler, name), f"{changed}no {name} any more"


def test_a_crawl_that_is_set_up_has_no_engine_yet() -> None:
    """Scrapy raises an error for that, which means ``None`` to finnews."""
    internals = import_module("finnews.scrapy_internals")
    crawler = Crawler(Spider)
    assert internals.engine_of(crawler) is None
    assert list(internals.slots(crawler)) == []


def test_a_signal_of_a_process_can_be_noted() -> None:
    """By replacing the method that Scrapy installs as the handler."""
    internals = import_module("finnews.scrapy_internals")

    class Process:
        def _signal_shutdown(self, number: int, _frame: Any) -> None:
            raise AssertionError(number)

    noted: list[int] = []
    process: Any = Process()
    handler: Callable[[int, Any], Any] = lambda number, _frame: noted.append(number)  # noqa: E731
    internals.set_signal_handler(process, handler)
    internals.signal_handler(process)(15, None)
    assert noted == [15]
