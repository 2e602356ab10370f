"""Retries after a pause that holds for the whole site, and ends the run when it is in vain."""

import asyncio
import logging
import random
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import monotonic
from typing import Final

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.http import Response
from scrapy.settings import BaseSettings

from finnews.middlewares.errors import cause
from finnews.middlewares.headers import header
from finnews.middlewares.stop import ADVICE, LATER, CrawlStopping, is_stopping, stop
from finnews.outcome import FinishReason

logger = logging.getLogger(__name__)

_NAMING_A_WAIT: Final = frozenset({429, 503})
_LOOK: Final = 1.0  # seconds: how soon a wait notices that the run ends


class Held(Exception):
    """The request is in the downloader's queue, and is taken back for a pause."""


class BackoffRetryMiddleware(RetryMiddleware):
    """Scrapy's retries, with a pause before them that holds for the whole site.

    The ``Retry-After`` of a 429 or 503 is obeyed; one longer than `LONGEST_WAIT` ends the run.
    Without it each failure in a row doubles the delay, up to `LONGEST_BACKOFF`.
    `FAILURES_IN_A_ROW` pages that fail for good end the run.
    """

    crawler: Crawler

    def __init__(self, settings: BaseSettings) -> None:
        super().__init__(settings)
        self.delay = settings.getfloat("DOWNLOAD_DELAY")
        self.longest_backoff = settings.getfloat("LONGEST_BACKOFF")
        self.longest_wait = settings.getfloat("LONGEST_WAIT")
        self.limit = settings.getint("FAILURES_IN_A_ROW")
        self.until = 0.0
        self.waited = 0.0
        self.failures = 0
        self.lost_in_a_row = 0

    async def process_request(self, request: Request) -> None:  # noqa: ARG002
        """Delay a request until the pause is over."""
        while (left := self.until - monotonic()) > 0:
            if is_stopping(self.crawler):
                raise CrawlStopping("the run ended during a pause")
            await asyncio.sleep(min(left, _LOOK))

    def process_response(
        self,
        request: Request,
        response: Response,
        spider: Spider | None = None,  # noqa: ARG002
    ) -> Request | Response:
        if response.status < 500 and response.status not in self.retry_http_codes:
            self.failures = self.lost_in_a_row = 0
            return response
        named = named_wait(response) or 0.0
        if named > self.longest_wait:
            message = "The site refuses requests for %.0f s: status %d at %s. %s"
            values = (named, response.status, request.url, ADVICE)
            stop(self.crawler, FinishReason.REFUSED, message, *values)
            return response
        why = f"status-{response.status}"
        self._wait(named or self._backoff(), f"{why} at {request.url}")
        retry = super().process_response(request, response)
        self._count(retry, why)
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
        why = cause(exception)
        self._wait(self._backoff(), f"{why} at {request.url}")
        retry = super().process_exception(request, exception)
        self._count(retry, why)
        return retry

    def _backoff(self) -> float:
        if self.until > monotonic():
            return 0.0  # several at once are one failure
        self.failures += 1
        wait = min(self.delay * 2.0**self.failures, self.longest_backoff)
        return wait * random.uniform(1.0, 1.5)

    def _wait(self, seconds: float, why: str) -> None:
        now = monotonic()
        more = now + seconds - max(self.until, now)
        if more <= 0:
            return
        self.until = now + seconds
        self.crawler.stats.inc_value("finnews/waits")
        self.waited += more
        self.crawler.stats.set_value("finnews/waited", round(self.waited, 1))
        logger.info("Waiting %.1f s before the next request: %s", seconds, why)
        self._call_back_waiting()

    def _call_back_waiting(self) -> None:
        """Take back the requests that are in the downloader's queue, so that they wait as well."""
        engine = self.crawler.engine
        for slot in engine.downloader.slots.values() if engine else ():
            while slot.queue:
                slot.queue.popleft()[1].errback(Held())

    def _count(self, outcome: Request | Response | None, why: str) -> None:
        if isinstance(outcome, Request):
            self.crawler.stats.inc_value("finnews/retries")
            self.crawler.stats.inc_value(f"finnews/retries/{why}")
            return
        self.lost_in_a_row += 1
        if self.lost_in_a_row == self.limit:
            message = "The site is unavailable: %d pages in a row failed, the last with %s. %s"
            stop(self.crawler, FinishReason.UNAVAILABLE, message, self.limit, why, LATER)


def named_wait(response: Response) -> float | None:
    """Return the seconds for which an answer asks for no request, if it does."""
    value = header(response, "Retry-After")
    if response.status not in _NAMING_A_WAIT or not value:
        return None
    sent = _moment(header(response, "Date"))
    return seconds_until(value, sent or datetime.now(UTC))


def seconds_until(retry_after: str, now: datetime) -> float | None:
    """Return the seconds that a ``Retry-After`` names, ``None`` if it is neither number nor date.

    >>> now = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
    >>> seconds_until("120", now), seconds_until("Tue, 24 Nov 2026 08:00:30 GMT", now)
    (120.0, 30.0)
    >>> seconds_until("soon", now), seconds_until("Tue, 24 Nov 2026 07:00:00 GMT", now)
    (None, 0.0)
    """
    if retry_after.strip().isdecimal():
        return float(retry_after)
    moment = _moment(retry_after)
    return max(0.0, (moment - now).total_seconds()) if moment else None


def _moment(text: str) -> datetime | None:
    try:
        read = parsedate_to_datetime(text)
    except ValueError:
        return None
    return read if read.tzinfo else read.replace(tzinfo=UTC)
