"""The spider of ``scrapy probe``; ``scrapy crawl`` does not list it."""

import re
from collections.abc import Iterator
from functools import partial
from typing import Any, ClassVar, Final

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from finnews.items import Article, Item, Rejection
from finnews.outcome import ExitStatus, FinishReason
from finnews.pages import PAGE_TYPES, page_type
from finnews.pages.base import Page
from finnews.pages.securities.security_page import SecurityPage
from finnews.pages.stock import StockPage
from finnews.pages.suggestions import SuggestionsPage
from finnews.probe.reading import PageRead, reading
from finnews.spiders.base import SiteSpider

_INDEX = "dax"  # whose members are probed
NOT_PROBED: Final[frozenset[type[Page]]] = frozenset(
    page
    for page in PAGE_TYPES
    if page is SuggestionsPage or (issubclass(page, SecurityPage) and page is not StockPage)
)
"""The suggestions need a number, and robots.txt may disallow them; to other papers no list leads"""
_SERVER_ERROR = re.compile(r"status-5\d\d")


class ProbeSpider(SiteSpider):
    """Reads the given pages; if none are given, one page of each type that links lead to."""

    name = "probe"
    main_kind = Article
    known_arguments: ClassVar[dict[str, Any]] = {"addresses": lambda _, value: value.split()}
    addresses: list[str]

    def __init__(self, name: str | None = None, **arguments: str) -> None:
        super().__init__(name, **arguments)
        self.readings: list[PageRead] = []
        self.requested_types: set[type[Page]] = set(NOT_PROBED)

    def start_paths(self) -> Iterator[str]:
        """Yield the given addresses; without any, the first start page of each type."""
        yield from self.addresses
        if not self.addresses:
            members = self.site.members.format(index=_INDEX)
            paths = (*self.site.news, *self.site.ratings, members)
            first_of_type = {page_type(path, self.site): path for path in reversed(paths)}
            yield from first_of_type.values()

    def parse(self, response: Response) -> Iterator[Item | Request]:
        before = len(self.readings)
        for result in super().parse(response):
            if isinstance(result, Request):
                yield result
            elif isinstance(result, Rejection) and len(self.readings) == before:
                self.note_failure(result, is_answered=True)
            elif isinstance(result, Rejection):
                self.readings[-1].add_problem(str(result.reason))

    def failed(self, failure: Failure) -> Iterator[Item]:
        for result in super().failed(failure):
            if isinstance(result, Rejection):
                self.note_failure(result, is_answered=False)
        return iter(())

    def page(self, response: Response) -> Page:
        page = super().page(response)
        self.requested_types.add(type(page))
        return page

    def results(self, page: Page, address: str) -> Iterator[Item | Request]:
        read = partial(reading, page, address)
        self.readings.append(self.budget.read(page.requested_url, len(page.text), read))
        yield from self.follow(page, address)

    def follow(self, page: Page, address: str) -> Iterator[Request]:
        if self.addresses:
            return
        for link in self.on_site(page):
            linked_type = page_type(link.url, self.site)
            if linked_type and linked_type not in self.requested_types:
                self.requested_types.add(linked_type)
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
        """Add a page that could not be read to the readings."""
        url, reason = str(rejection.url), str(rejection.reason)
        status = ExitStatus.ERRORS
        if is_answered and not _SERVER_ERROR.match(reason):
            status = ExitStatus.UNUSUAL
        if reason.startswith("refused"):
            status = ExitStatus.REFUSED
        problem = ", ".join([reason, *map(str, (rejection.item or {}).values())])
        self.readings.append(PageRead(url, self.type_of(url), [problem], status=status))

    def closed(self, reason: str) -> None:
        super().closed(reason)
        if reason != FinishReason.FINISHED:
            self._note_unread(reason)
        elif not self.addresses:
            self._note_unlinked()

    def _note_unread(self, reason: str) -> None:
        """Add the pages that were not requested because the run ended."""
        noted = {page.url for page in self.readings}
        for url in (self.site.address(path) for path in self.start_paths()):
            if url not in noted:
                problems = [f"not requested: the run ended ({reason})"]
                page = PageRead(url, self.type_of(url), problems, status=ExitStatus.ERRORS)
                self.readings.append(page)

    def _note_unlinked(self) -> None:
        """Add the page types to which no link leads."""
        types = {page.type for page in self.readings}
        for page_class in PAGE_TYPES:
            name = page_class.name()
            if name not in types and page_class not in NOT_PROBED:
                problems = ["no link leads to such a page"]
                page = PageRead(self.site.url, name, problems, status=ExitStatus.UNUSUAL)
                self.readings.append(page)

    def type_of(self, url: str) -> str | None:
        """Return the name of the page type of an address."""
        page = page_type(url, self.site)
        return page.name() if page else None
