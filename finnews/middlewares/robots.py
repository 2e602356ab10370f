"""Obeys robots.txt (RFC 9309), and ends the run if it cannot be read."""

import asyncio
import logging
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import RobotParser
from scrapy.utils.misc import build_from_crawler

from finnews.middlewares.blocking import Refused
from finnews.middlewares.headers import header
from finnews.middlewares.robots_text import (
    MAX_SIZE,
    robots_text,
    shortened,
    with_our_groups,
)
from finnews.middlewares.stop import ADVICE, LATER, CrawlStopping, stop
from finnews.middlewares.throttle import crawl_delay, keep_distance
from finnews.outcome import FinishReason
from finnews.scrapy_internals import robot_parser

logger = logging.getLogger(__name__)


class NoRules(Exception):
    """The response is neither robots.txt nor a 4xx, which says that there is none."""


class RobotsMiddleware(RobotsTxtMiddleware):
    """Scrapy's middleware, but no page is requested until robots.txt is known.

    A 404, 410 or the like means that there are no rules. A refusal, a server error or no
    response end the run, and so do rules that disallow all its pages. It obeys the Crawl-delay;
    one longer than `LONGEST_WAIT` is a refusal.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.rules: dict[str, asyncio.Task[RobotParser]] = {}
        self.allowed = 0
        self.disallowed = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        robots = cls(crawler)
        crawler.signals.connect(robots.spider_idle, signals.spider_idle)
        return robots

    async def robot_parser(self, request: Request) -> RobotParser:
        """Return the rules of a host, fetched once. Raises `CrawlStopping` if that failed."""
        address = urlsplit(request.url)._replace(path="/robots.txt", query="", fragment="").geturl()
        if address not in self.rules:
            self.rules[address] = asyncio.ensure_future(self._fetch(address, request))
        return await self.rules[address]

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        try:
            super().process_request_2(rp, request)
        except IgnoreRequest:
            self.disallowed += 1
            raise
        self.allowed += 1

    def spider_idle(self) -> None:
        if self.disallowed and not self.allowed:
            message = "robots.txt disallows every page of this run; none was requested."
            stop(self.crawler, FinishReason.FORBIDDEN, message)

    async def _fetch(self, address: str, request: Request) -> RobotParser:
        try:
            rules = rules_of(await self._response(address))
            if agent := self.crawler.settings["ROBOTSTXT_USER_AGENT"]:
                rules = with_our_groups(rules, agent)
            parser = build_from_crawler(robot_parser(self), self.crawler, rules.encode())
            self._keep_distance(parser, str(urlsplit(address).hostname))
        except Exception as error:
            self._stop(address, error)
            raise CrawlStopping(f"no robots.txt: {error}") from error
        await self.crawler.signals.send_catch_log_async(
            signal=signals.robots_parsed, robotparser=parser, request=request
        )
        return parser

    async def _response(self, address: str) -> Response:
        engine = self.crawler.engine
        if engine is None:
            raise NoRules("the run has ended")
        meta = {"dont_obey_robotstxt": True}
        request = Request(address, priority=self.DOWNLOAD_PRIORITY, meta=meta, callback=NO_CALLBACK)
        return await engine.download_async(request)

    def _keep_distance(self, parser: RobotParser, host: str) -> None:
        delay = crawl_delay(parser, self.crawler.settings)
        if delay > self.crawler.settings.getfloat("LONGEST_WAIT"):
            raise Refused(f"it asks for a Crawl-delay of {delay:.0f} s")
        if delay:
            keep_distance(self.crawler, host, delay)

    def _stop(self, address: str, error: Exception) -> None:
        reason, advice = FinishReason.UNAVAILABLE, LATER
        if isinstance(error, Refused):
            reason, advice = FinishReason.REFUSED, ADVICE
        message = "%s could not be used (%s), so no page is requested. %s"
        stop(self.crawler, reason, message, address, str(error) or type(error).__name__, advice)


def rules_of(response: Response) -> str:
    """Return the rules in a response for robots.txt; none if there is no such file.

    Raises `NoRules` for a server error or a redirect off the site.
    """
    if 400 <= response.status < 500:
        return ""
    if response.status != 200:
        raise NoRules(f"status {response.status}")
    text = robots_text(response.body, header(response, "Content-Type"))
    rules = shortened(text)
    if rules != text:
        message = "robots.txt has %d characters; only the first %d are parsed"
        logger.warning(message, len(text), MAX_SIZE)
    return rules
