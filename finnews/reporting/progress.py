"""A progress line at the bottom of a terminal; without a terminal there is none."""

import atexit
import sys
import time
from logging import StreamHandler
from typing import Any, Self
from urllib.parse import urlsplit

from rich.console import Console
from rich.live import Live
from rich.text import Text
from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.utils.asyncio import create_looping_call
from scrapy.utils.log import get_scrapy_root_handler

from finnews.printable import printable

REFRESH_SECONDS = 0.5


class AboveLine:
    """A stream that prints log messages above the progress line."""

    def __init__(self, console: Console) -> None:
        self.console = console

    def write(self, text: str) -> None:
        self.console.print(Text(text), end="", soft_wrap=True)

    def flush(self) -> None:
        self.console.file.flush()


class ProgressLine:
    """Shows time, pages, items, pages per second and the list that is being read; of saved pages,
    how much of the files is read, and the time left.

    It is redrawn by the reactor, not by a thread of rich's: two threads that draw at once can
    write an older line after a newer one.
    """

    def __init__(self, console: Console) -> None:
        self.console = console
        self.pages = self.items = 0
        self.started = time.monotonic()
        self.list = ""
        self.spider: Spider | None = None
        self.log: StreamHandler[Any] | None = None
        self.live = Live(
            get_renderable=self.line,
            console=console,
            auto_refresh=False,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self.redrawing = create_looping_call(self.live.refresh)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if not sys.stderr.isatty():
            raise NotConfigured
        progress = cls(Console(stderr=True))
        crawler.signals.connect(progress.spider_opened, signals.spider_opened)
        crawler.signals.connect(progress.response_received, signals.response_received)
        crawler.signals.connect(progress.item_scraped, signals.item_scraped)
        crawler.signals.connect(progress.spider_closed, signals.spider_closed)
        return progress

    def spider_opened(self, spider: Spider) -> None:
        self.spider = spider
        log = get_scrapy_root_handler()
        if isinstance(log, StreamHandler) and log.stream is sys.stderr:
            self.log = log
            log.setStream(AboveLine(self.console))
        atexit.register(self.live.stop)  # a run stopped by force sends no spider_closed
        self.live.start()
        self.redrawing.start(REFRESH_SECONDS)

    def spider_closed(self) -> None:
        if self.redrawing.running:  # not so if the spider never opened
            self.redrawing.stop()
        self.live.stop()
        if self.log is not None:
            self.log.setStream(sys.stderr)

    def response_received(self, response: Response, spider: Spider) -> None:
        self.pages += 1
        detail = getattr(spider, "detail", None)
        if detail is None or not detail.recognises(response.url):
            address = urlsplit(response.url)
            self.list = printable(address.path + (f"?{address.query}" if address.query else ""))

    def item_scraped(self) -> None:
        self.items += 1

    def line(self) -> Text:
        """Return the current progress line."""
        seconds = time.monotonic() - self.started
        if files := getattr(self.spider, "file_progress", None):
            self.pages, self.list = getattr(self.spider, "all_pages"), files.line
        clock = f"{int(seconds // 3600)}:{int(seconds // 60 % 60):02}:{int(seconds % 60):02}"
        rate = f"{self.pages / seconds:.1f} pages/s" if seconds else ""
        parts = (clock, f"{self.pages} pages", f"{self.items} new items", rate, self.list)
        return Text("  ".join(parts), no_wrap=True, overflow="ellipsis")
