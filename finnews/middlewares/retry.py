"""Retries after a pause for the whole site, and ends the run if pages keep failing."""

import asyncio
import logging
import math
import random
from datetime import MAXYEAR, UTC, datetime
from email.utils import parsedate_to_datetime, parsedate_tz
from time import monotonic
from typing import Final

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.http import Response
from scrapy.settings import BaseSettings

from finnews.middlewares.errors import cause
from finnews.middlewares.headers import header
from finnews.middlewares.pace import postpone
from finnews.middlewares.stop import ADVICE, LATER, CrawlStopping, is_stopping, stop
from finnews.outcome import FinishReason
from finnews.scrapy_internals import queued, slots

logger = logging.getLogger(__name__)

_WITH_RETRY_AFTER: Final = frozenset({429, 503})
_POLL: Final = 1.0  # seconds after which a pause notices that the run ends


class Held(Exception):
    """The request was in the downloader's queue and has to wait for the end of a pause."""


class BackoffRetryMiddleware(RetryMiddleware):
    """Scrapy's retries, after a pause in which no page of the site is requested.

    It obeys the ``Retry-After`` of a 429 or 503; one longer than `LONGEST_WAIT` ends the run.
    Without it, each failure in a row doubles the delay, up to `LONGEST_BACKOFF`. The run also
    ends if `FAILURES_IN_A_ROW` pages in a row fail after their retries.
    """

    crawler: Crawler

    def __init__(self, settings: BaseSettings) -> None:
        super().__init__(settings)
        self.delay = settings.getfloat("DOWNLOAD_DELAY")
        self.longest_backoff = settings.getfloat("LONGEST_BACKOFF")
        self.longest_wait = settings.getfloat("LONGEST_WAIT")
        self.limit = settings.getint("FAILURES_IN_A_ROW")
        self.pause_end = 0.0
        self.paused = 0.0
        self.failures = 0
        self.failed_in_a_row = 0

    async def process_request(self, request: Request) -> None:  # noqa: ARG002
        """Delay a request until the pause is over."""
        while (left := self.pause_end - monotonic()) > 0:
            if is_stopping(self.crawler):
                raise CrawlStopping("the run ended during a pause")
            await asyncio.sleep(min(left, _POLL))

    def process_response(
        self,
        request: Request,
        response: Response,
        spider: Spider | None = None,  # noqa: ARG002
    ) -> Request | Response:
        if response.status < 500 and response.status not in self.retry_http_codes:
            self.failures = self.failed_in_a_row = 0
            return response
        retry_after = retry_after_seconds(response) or 0.0
        if retry_after > self.longest_wait:
            message = "The site refuses requests for %.0f s: status %d at %s. %s"
            values = (retry_after, response.status, request.url, ADVICE)
            stop(self.crawler, FinishReason.REFUSED, message, *values)
            return response
        reason = f"status-{response.status}"
        self._pause(retry_after or self._backoff(), reason, request.url)
        retry = super().process_response(request, response)
        self._count(retry, reason)
        return retry

    def process_exception(
        self,
        request: Request,
        exception: Exception,
        spider: Spider | None = None,  # noqa: ARG002
    ) -> Request | Response | None:
        if isinstance(exception, Held):
            return request.replace(dont_filter=True)
        if not isinstance(exception, self.exceptions_to_retry):
            return None
        reason = cause(exception)
        self._pause(self._backoff(), reason, request.url)
        retry = super().process_exception(request, exception)
        self._count(retry, reason)
        return retry

    def _backoff(self) -> float:
        if self.pause_end > monotonic():
            return 0.0  # failures during a pause count as one
        self.failures += 1
        delay = min(self.delay * 2.0**self.failures, self.longest_backoff)
        return delay * random.uniform(1.0, 1.5)

    def _pause(self, seconds: float, reason: str, url: str) -> None:
        now = monotonic()
        added = now + seconds - max(self.pause_end, now)
        if added <= 0:
            return
        self.pause_end = now + seconds
        self.crawler.stats.inc_value("finnews/waits")
        self.paused += added
        self.crawler.stats.set_value("finnews/waited", round(self.paused, 1))
        logger.info("Waiting %.1f s before the next request: %s at %s", seconds, reason, url)
        postpone(self.crawler.settings, url, seconds)
        if archive := getattr(self.crawler.spider, "archive", None):
            archive.commit()  # other crawls need not wait for what was read
        self._recall_queued()

    def _recall_queued(self) -> None:
        """Take the requests out of the downloader's queue, so that they wait as well."""
        for slot in slots(self.crawler):
            for waiting in queued(slot):
                waiting.errback(Held())

    def _count(self, retry: Request | Response | None, reason: str) -> None:
        if isinstance(retry, Request):
            self.crawler.stats.inc_value("finnews/retries")
            self.crawler.stats.inc_value(f"finnews/retries/{reason}")
            return
        self.failed_in_a_row += 1
        if self.failed_in_a_row == self.limit:
            message = "The site is unavailable: %d pages in a row failed, the last with %s. %s"
            stop(self.crawler, FinishReason.UNAVAILABLE, message, self.limit, reason, LATER)


def retry_after_seconds(response: Response) -> float | None:
    """Return the seconds to wait that a 429 or 503 names in ``Retry-After``."""
    value = header(response, "Retry-After")
    if response.status not in _WITH_RETRY_AFTER or not value:
        return None
    sent = _moment(header(response, "Date"))
    return seconds_until(value, sent or datetime.now(UTC))


def seconds_until(retry_after: str, now: datetime) -> float | None:
    """Return the seconds in a ``Retry-After``; ``None`` if it is neither a number nor a date.

    They are infinitely many until a year that no clock reaches.

    >>> now = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
    >>> seconds_until("120", now), seconds_until("Tue, 24 Nov 2026 08:00:30 GMT", now)
    (120.0, 30.0)
    >>> seconds_until("soon", now), seconds_until("Tue, 24 Nov 2026 07:00:00 GMT", now)
    (None, 0.0)
    >>> seconds_until("Tue, 24 Nov 99999999999 08:00:30 GMT", now), seconds_until("9" * 400, now)
    (inf, inf)
    """
    if retry_after.strip().isdecimal():
        return float(retry_after)
    parts = parsedate_tz(retry_after)
    if parts and parts[0] > MAXYEAR:
        return math.inf
    moment = _moment(retry_after)
    return max(0.0, (moment - now).total_seconds()) if moment else None


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
