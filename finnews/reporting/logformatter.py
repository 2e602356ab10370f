"""Scrapy's log messages on one line each, and a count of those that are errors."""

import logging
import os
import time
from copy import copy
from typing import Any, Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.logformatter import LogFormatter, LogFormatterResult
from scrapy.utils.log import get_scrapy_root_handler
from twisted.python.failure import Failure

from finnews.items import Item
from finnews.printable import decodable, printable
from finnews.reporting.tracebacks import escape_tracebacks, escaping

_SHOWN_ERRORS = 10


class PrintableFormatter(logging.Formatter):
    """Another formatter, whose messages, tracebacks and stacks are fit for a terminal."""

    def __init__(self, formatter: logging.Formatter) -> None:
        super().__init__()
        self.formatter = formatter

    def format(self, record: logging.LogRecord) -> str:
        shown = copy(record)
        shown.msg, shown.args = printable(record.getMessage()), None
        if record.exc_info:
            shown.exc_text = printable(self.formatter.formatException(record.exc_info))
        if record.stack_info:
            shown.stack_info = printable(record.stack_info)
        return self.formatter.format(shown)


def log_in_utc() -> None:
    """Log all times in UTC; a log that began before says with each time which zone it is in."""
    logging.Formatter.converter = time.gmtime


class OneLineFormatter(LogFormatter):
    """Scrapy's log messages, with an item's kind and key in place of its contents.

    From the start of the spider on, it makes every message of Scrapy's log `printable`, whoever
    logs it. Until then Scrapy puts other handlers in place, and no page is read.
    """

    def __init__(self, level: int = logging.NOTSET) -> None:
        super().__init__()
        self.level = level
        """That of the log: lines below it are not made."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        log_in_utc()
        formatter = cls(logging.getLevelName(crawler.settings["LOG_LEVEL"].upper()))
        crawler.signals.connect(formatter.spider_opened, signals.spider_opened)
        return formatter

    def spider_opened(self) -> None:
        """Make the log printable, and what is printed past it."""
        escape_tracebacks()
        handler = get_scrapy_root_handler()
        if handler and not isinstance(handler.formatter, PrintableFormatter):
            handler.setFormatter(PrintableFormatter(handler.formatter or logging.Formatter()))
            handler.handleError = escaping(handler.handleError)  # type: ignore[method-assign,assignment]

    def scraped(  # type: ignore[override]  # Scrapy logs nothing if it is ``None``
        self, item: Any, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult | None:
        line = super().scraped(item, response, spider)
        return self._named(line, item) if line and line["level"] >= self.level else None

    def dropped(  # type: ignore[override]
        self,
        item: Any,
        exception: BaseException,
        response: Response | Failure | None,
        spider: Spider,
    ) -> LogFormatterResult | None:
        line = super().dropped(item, exception, response, spider)
        if line is None or line["level"] < self.level:
            return None
        line["msg"] = "%(reason)s: %(exception)s"
        line["args"] = {"reason": type(exception).__name__, "exception": exception}
        return line

    def item_error(
        self,
        item: Any,
        exception: BaseException,
        response: Response | Failure | None,
        spider: Spider,
    ) -> LogFormatterResult:
        return self._named(super().item_error(item, exception, response, spider), item)

    def _named(self, line: LogFormatterResult, item: Any) -> LogFormatterResult:
        name = f"{type(item).__name__} {item.keys[0]}" if isinstance(item, Item) else item
        line["msg"] = line["msg"].replace(os.linesep, " ")
        if isinstance(line["args"], dict):
            line["args"] = line["args"] | {"item": name}
        return line


class ErrorLog(logging.Handler):
    """Counts logged errors, even those that ``LOG_LEVEL`` hides, and keeps the first ten."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.count = 0
        self.first: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.count += 1
        if len(self.first) < _SHOWN_ERRORS:
            message = decodable(record.getMessage().partition("\n")[0])
            error = record.exc_info[1] if record.exc_info else None
            self.first.append(f"{message} {type(error).__name__}: {error}" if error else message)
