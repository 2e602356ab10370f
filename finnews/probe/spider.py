"""The spider of ``scrapy probe``; it is no spider that a person can crawl with."""

import re
from collections.abc import Iterator
from typing import Any, ClassVar

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

_INDEX = "dax"  # whose members are probed
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
        """Yield what was asked for; without, the first page of each type that runs begin with."""
        yield from self.addresses
        if not self.addresses:
            members = self.site.members.format(index=_INDEX)
            paths = (*self.site.news, *self.site.ratings, members)
            first = {page_type(path, self.site): path for path in reversed(paths)}
            yield from first.values()

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
        self.read.append(probed(response.url, response.body, content_type, self.site))
        return page

    def follow(self, page: Page, address: str) -> Iterator[Request]:
        if self.addresses:
            return
        for link in self.on_site(page):
            found = page_type(link.url, self.site)
            if found and found not in self.asked:
                self.asked.add(found)
                yield self.request(link.url)
        if isinstance(page, StockPage):
            for path in self.site.of_stock:
                yield self.request(self.site.address(path.format(page=page.from_path("page"))))

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
        self.read.append(PageRead(url, self.type_of(url), [said], status=status))

    def closed(self, reason: str) -> None:
        super().closed(reason)
        if reason != FinishReason.FINISHED:
            self._note_not_read(reason)
        elif not self.addresses:
            self._note_not_met()

    def _note_not_read(self, reason: str) -> None:
        """Note the pages that were not asked for, since the run ended before."""
        read = {page.url for page in self.read}
        for url in (self.site.address(path) for path in self.start_paths()):
            if url not in read:
                said = [f"not read, the run ended before: {reason}"]
                self.read.append(PageRead(url, self.type_of(url), said, status=ExitStatus.ERRORS))

    def _note_not_met(self) -> None:
        """Note the page types of which no page was found."""
        met = {page.type for page in self.read}
        for page in PAGE_TYPES:
            if page.name() not in met and page not in _NOT_PROBED:
                said = ["no link leads to such a page"]
                read = PageRead(self.site.url, page.name(), said, status=ExitStatus.UNUSUAL)
                self.read.append(read)

    def type_of(self, url: str) -> str | None:
        """Return the name of the page type of an address."""
        found = page_type(url, self.site)
        return found.name() if found else None
