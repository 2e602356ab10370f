"""Detects refusals, and ends a run that the site refuses again and again."""

from typing import Final, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from finnews.middlewares.headers import header
from finnews.middlewares.robots_text import is_robots_text, robots_text
from finnews.middlewares.stop import ADVICE, stop
from finnews.outcome import FinishReason
from finnews.pages import block_pages
from finnews.pages.answer import legible
from finnews.pages.refusals import HEADERS, Refusal, one_line, refusal
from finnews.site import Site, site_at

_SHOWN: Final = 60  # characters of a text in a description


class Refused(IgnoreRequest):
    """The site refused a request; the text describes its response."""


class BlockingMiddleware:
    """Fails refused requests, for pages and robots.txt alike, with `Refused`.

    The retry middleware comes first, so temporary errors are retried before. The run ends after
    `REFUSALS_IN_A_ROW` refusals, or after fewer if the site has answered nothing else.
    """

    def __init__(self, crawler: Crawler, limit: int) -> None:
        self.crawler = crawler
        self.limit = limit
        self.site = site_at(crawler.settings["SITE_URL"])
        self.in_a_row = 0
        self.has_answered = False
        self.last = ""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        refusals = cls(crawler, crawler.settings.getint("REFUSALS_IN_A_ROW"))
        crawler.signals.connect(refusals.spider_idle, signals.spider_idle)
        return refusals

    def process_response(self, request: Request, response: Response) -> Response:
        is_rules = request.meta.get("dont_obey_robotstxt", False)
        refused = refusal_of(response, self.site, is_rules=is_rules)
        if refused is None:
            self.in_a_row = 0
            self.has_answered |= not is_rules
            return response
        self._count(refused, request.url)
        if self.in_a_row == self.limit:
            self._stop()
        raise Refused(refused.seen)

    def spider_idle(self) -> None:
        if self.in_a_row and not self.has_answered:
            self._stop()

    def _count(self, refused: Refusal, url: str) -> None:
        self.in_a_row += 1
        self.last = f"{refused.seen} at {url}"
        self.crawler.stats.inc_value("finnews/refused")
        self.crawler.stats.inc_value(f"finnews/refused/{refused.kind}")

    def _stop(self) -> None:
        message = "The site refuses requests (%d in a row): %s. %s"
        stop(self.crawler, FinishReason.REFUSED, message, self.in_a_row, self.last, ADVICE)


def refusal_of(response: Response, site: Site, *, is_rules: bool = False) -> Refusal | None:
    """Return the refusal that a response is; `is_rules`: to a request for robots.txt.

    Any web page, or other text without rules, instead of robots.txt is one.
    """
    text = legible(response.body, header(response, "Content-Type"))
    headers = {name: header(response, name) for name in HEADERS}
    if is_rules and response.status == 200 and block_pages.is_markup(text):
        title = block_pages.page_title(text)
        return Refusal("no-rules", one_line([f'page "{title}" instead of rules']))
    refused = refusal(response.status, text, headers, site)
    if refused or not is_rules or response.status != 200:
        return refused
    rules = robots_text(response.body, header(response, "Content-Type"))
    if is_robots_text(rules):
        return None
    return Refusal("no-rules", one_line([f'"{rules.strip()[:_SHOWN]}" instead of rules']))
