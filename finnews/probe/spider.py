"""The spider of ``scrapy probe``; it is no spider that a person can crawl with."""

import re
from collections.abc import Iterator
from typing import Any, ClassVar
from urllib.parse import urljoin

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from finnews.items import Article, Item, Rejection
from finnews.middlewares.headers import header
from finnews.outcome import ExitStatus, FinishReason
from finnews.pages import PAGE_TYPES, page_type
from finnews.pages.base import Page
from finnews.pages.stock import StockPage
from finnews.pages.suggestions import SuggestionsPage
from finnews.probe.reading import PageRead, probed
from finnews.spiders.base import SiteSpider

_ENTRANCES = (
    "/rss/news",
    "/rss/analysen",
    "/index/dax/marktberichte",
    "/analysen",
    "/index/dax/werte",
)
_OF_SHARE = ("/boersenplaetze/{}", "/kursziele/{}")
_NOT_PROBED = frozenset({SuggestionsPage})  # it answers for a number only, if it may be asked
_SERVER_ERROR = re.compile(r"status-5\d\d")


class ProbeSpider(SiteSpider):
    """Reads the pages it is given; without any, one of each type that links lead to."""

    name = "probe"
    main_kind = Article
    known_arguments: ClassVar[dict[str, Any]] = {"addresses": lambda _, value: value.split()}
    addresses: list[str]

    def __init__(self, name: str | None = None, **arguments: str) -> None:
        super().__init__(name, **arguments)
        self.read: list[PageRead] = []
        self.asked: set[type[Page]] = set(_NOT_PROBED)

    def start_paths(self) -> Iterator[str]:
        yield from self.addresses or _ENTRANCES

    def parse(self, response: Response) -> Iterator[Item | Request]:
        before = len(self.read)
        for result in super().parse(response):
            if isinstance(result, Request):
                yield result
            elif isinstance(result, Rejection) and len(self.read) == before:
                self.note_failure(result, is_answered=True)

    def failed(self, failure: Failure) -> Iterator[Item]:
        for result in super().failed(failure):
            if isinstance(result, Rejection):
                self.note_failure(result, is_answered=False)
        return iter(())

    def page(self, response: Response) -> Page:
        page = super().page(response)
        self.asked.add(type(page))
        content_type = header(response, "Content-Type")
        self.read.append(probed(response.url, response.body, content_type))
        return page

    def follow(self, page: Page, address: str) -> Iterator[Request]:
        if self.addresses:
            return
        for link in self.on_site(page):
            found = page_type(link.url)
            if found and found not in self.asked:
                self.asked.add(found)
                yield self.request(link.url)
        if isinstance(page, StockPage):
            for path in _OF_SHARE:
                yield self.request(urljoin(self.site, path.format(page.from_path("page"))))

    def on_gone(self, response: Response) -> Iterator[Item]:
        yield self.rejection(response.url, f"gone-{response.status}")

    def on_moved(self, response: Response) -> Iterator[Item]:
        yield self.rejection(response.url, "moved")

    def on_not_asked(self, url: str, why: str) -> Iterator[Item]:
        yield self.rejection(url, "not-asked", {"why": why})

    def note_failure(self, rejection: Rejection, *, is_answered: bool) -> None:
        """Note a page that could not be read."""
        url, reason = str(rejection.url), str(rejection.reason)
        status = ExitStatus.ERRORS
        if is_answered and not _SERVER_ERROR.match(reason):
            status = ExitStatus.UNUSUAL
        if reason.startswith("refused"):
            status = ExitStatus.REFUSED
        said = ", ".join([reason, *map(str, (rejection.item or {}).values())])
        self.read.append(PageRead(url, _type_of(url), [said], status=status))

    def closed(self, reason: str) -> None:
        super().closed(reason)
        if reason != FinishReason.FINISHED:
            self._note_not_read(reason)
        elif not self.addresses:
            self._note_not_met()

    def _note_not_read(self, reason: str) -> None:
        """Note the pages that were not asked for, since the run ended before."""
        read = {page.url for page in self.read}
        for url in (urljoin(self.site, path) for path in self.start_paths()):
            if url not in read:
                said = [f"not read, the run ended before: {reason}"]
                self.read.append(PageRead(url, _type_of(url), said, status=ExitStatus.ERRORS))

    def _note_not_met(self) -> None:
        """Note the page types of which no page was found."""
        met = {page.type for page in self.read}
        for page in PAGE_TYPES:
            if page.name() not in met and page not in _NOT_PROBED:
                said = ["no link leads to such a page"]
                read = PageRead(self.site, page.name(), said, status=ExitStatus.UNUSUAL)
                self.read.append(read)


def _type_of(url: str) -> str | None:
    found = page_type(url)
    return found.name() if found else None
