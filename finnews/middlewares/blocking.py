"""Detects refusals, and ends a run that the site refuses again and again."""

from collections.abc import Mapping
from typing import Final, NamedTuple, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from finnews.middlewares import block_pages
from finnews.middlewares.headers import header
from finnews.middlewares.robots_text import is_robots_text, robots_text
from finnews.middlewares.stop import ADVICE, stop
from finnews.outcome import FinishReason
from finnews.pages.answer import legible
from finnews.site import FINANZEN_NET, Site, site_at

_REFUSING: Final = frozenset({401, 403, 429, 451})
_MAX_LENGTH: Final = 300  # characters of a description
_SHOWN: Final = 60  # characters of a text in it
_HEADERS: Final = ("Server", "Location", "Retry-After", "cf-mitigated")


class Refused(IgnoreRequest):
    """The site refused a request; the text describes its response."""


class Refusal(NamedTuple):
    """A response that refuses a request."""

    kind: str
    """One word: ``denied``, ``challenge``, ``consent``, ``no-rules``; else ``status-403``."""

    seen: str
    """Its status, title and server, in one line."""


def refusal(
    status: int,
    text: str,
    headers: Mapping[str, str] | None = None,
    site: Site = FINANZEN_NET,
) -> Refusal | None:
    """Return the refusal that a response is; ``None`` if it is none.

    A 503 is one if its ``Retry-After`` was waited for in vain.

    >>> refusal(200, "<HTML><HEAD>\\n<TITLE>Access Denied</TITLE>", {"Server": "AkamaiGHost"})
    Refusal(kind='denied', seen='status 200, page "Access Denied", Server AkamaiGHost')
    >>> refusal(403, ""), refusal(404, "<title>Nicht gefunden</title>")
    (Refusal(kind='status-403', seen='status 403'), None)
    """
    given = {name: value for name in _HEADERS if (value := (headers or {}).get(name))}
    kind = block_pages.block_kind(text, site) or _kind(status, given)
    if kind is None:
        return None
    title = block_pages.page_title(text)
    phrases = [f"status {status}", *([f'page "{title}"'] if title else [])]
    return Refusal(kind, _line([*phrases, *(" ".join(pair) for pair in given.items())]))


def _kind(status: int, headers: Mapping[str, str]) -> str | None:
    target = headers.get("Location", "") if 300 <= status < 400 else ""
    if block_pages.ADDRESS.search(target) or "cf-mitigated" in headers:
        return "challenge"
    is_refusing = status in _REFUSING or (status == 503 and "Retry-After" in headers)
    return f"status-{status}" if is_refusing else None


def _line(phrases: list[str]) -> str:
    """Return phrases without what a server may put in: line breaks, commands of a terminal."""
    return "".join(char for char in ", ".join(phrases) if char.isprintable())[:_MAX_LENGTH]


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
    headers = {name: header(response, name) for name in _HEADERS}
    if is_rules and response.status == 200 and block_pages.is_markup(text):
        title = block_pages.page_title(text)
        return Refusal("no-rules", _line([f'page "{title}" instead of rules']))
    refused = refusal(response.status, text, headers, site)
    if refused or not is_rules or response.status != 200:
        return refused
    rules = robots_text(response.body, header(response, "Content-Type"))
    if is_robots_text(rules):
        return None
    return Refusal("no-rules", _line([f'"{rules.strip()[:_SHOWN]}" instead of rules']))
