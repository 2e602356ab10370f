"""Tells a refusal from a page, and ends a run that is refused again and again."""

from collections.abc import Mapping
from typing import Final, NamedTuple, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from finnews.middlewares import block_pages
from finnews.middlewares.headers import header
from finnews.middlewares.stop import ADVICE, stop
from finnews.outcome import FinishReason
from finnews.pages.answer import legible

_REFUSING: Final = frozenset({401, 403, 429, 451})
_LONGEST: Final = 300  # characters that are said of a refusal
_HEADERS: Final = ("Server", "Location", "Retry-After", "cf-mitigated")


class Refused(IgnoreRequest):
    """The site does not want to answer; the text says what was seen."""


class Refusal(NamedTuple):
    """What was seen of a refusal."""

    kind: str
    """One word: ``denied``, ``challenge``, ``consent``, ``no-rules``; else ``status-403``."""

    seen: str
    """A phrase for a person: status, title, server."""


def refusal(status: int, text: str, headers: Mapping[str, str] | None = None) -> Refusal | None:
    """Return what was seen of a refusal, or ``None`` if the answer is none.

    A 503 is one if it names a wait (`headers`: Retry-After) that did not help.

    >>> refusal(200, "<HTML><HEAD>\\n<TITLE>Access Denied</TITLE>", {"Server": "AkamaiGHost"})
    Refusal(kind='denied', seen='status 200, page "Access Denied", Server AkamaiGHost')
    >>> refusal(403, ""), refusal(404, "<title>Nicht gefunden</title>")
    (Refusal(kind='status-403', seen='status 403'), None)
    """
    said = {name: value for name in _HEADERS if (value := (headers or {}).get(name))}
    kind = block_pages.wall(text) or _kind(status, said)
    if kind is None:
        return None
    title = block_pages.page_title(text)
    phrases = [f"status {status}", *([f'page "{title}"'] if title else [])]
    return Refusal(kind, _line([*phrases, *(" ".join(pair) for pair in said.items())]))


def _kind(status: int, headers: Mapping[str, str]) -> str | None:
    leads_to_wall = 300 <= status < 400 and block_pages.ADDRESS.search(headers.get("Location", ""))
    if leads_to_wall or "cf-mitigated" in headers:
        return "challenge"
    is_refusing = status in _REFUSING or (status == 503 and "Retry-After" in headers)
    return f"status-{status}" if is_refusing else None


def _line(phrases: list[str]) -> str:
    """What a server sends may hold anything, a terminal's commands among it."""
    return "".join(sign for sign in ", ".join(phrases) if sign.isprintable())[:_LONGEST]


class BlockingMiddleware:
    """Takes refusals out before anything reads them: robots.txt and pages alike.

    Stands behind the retries: what may pass is asked for again first. A request that is refused
    fails with `Refused`. `REFUSALS_IN_A_ROW` of them end the run, and so do fewer where the site
    has answered nothing else by the end.
    """

    def __init__(self, crawler: Crawler, limit: int) -> None:
        self.crawler = crawler
        self.limit = limit
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
        seen = refusal_of(response, is_rules=is_rules)
        if seen is None:
            self.in_a_row = 0
            self.has_answered |= not is_rules
            return response
        self._count(seen, request.url)
        if self.in_a_row == self.limit:
            self._stop()
        raise Refused(seen.seen)

    def spider_idle(self) -> None:
        if self.in_a_row and not self.has_answered:
            self._stop()

    def _count(self, seen: Refusal, url: str) -> None:
        self.in_a_row += 1
        self.last = f"{seen.seen} at {url}"
        self.crawler.stats.inc_value("finnews/refused")
        self.crawler.stats.inc_value(f"finnews/refused/{seen.kind}")

    def _stop(self) -> None:
        message = "The site refuses requests (%d in a row): %s. %s"
        stop(self.crawler, FinishReason.REFUSED, message, self.in_a_row, self.last, ADVICE)


def refusal_of(response: Response, *, is_rules: bool = False) -> Refusal | None:
    """Return what was seen of a refusal in an answer; `is_rules`: to a request for robots.txt.

    A web page that answers for robots.txt, of whatever kind, is one too.
    """
    text = legible(response.body, header(response, "Content-Type"))
    headers = {name: header(response, name) for name in _HEADERS}
    if is_rules and response.status == 200 and block_pages.is_markup(text):
        title = block_pages.page_title(text)
        return Refusal("no-rules", _line([f'page "{title}" instead of rules']))
    return refusal(response.status, text, headers)
