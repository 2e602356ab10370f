"""Spiders that request pages of one type, each once, and note what becomes of them."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any, ClassVar, Self, TypeGuard, TypeVar
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from finnews.items import Item, Rejection
from finnews.middlewares.claims import ArchivedMeanwhile
from finnews.middlewares.stop import CrawlStopping
from finnews.pages import page_type
from finnews.pages.base import Page
from finnews.spiders.answers import OK, UNEXPECTED_ADDRESS, leads_elsewhere
from finnews.spiders.listed_pages import ListedPages
from finnews.spiders.overlap import Claims
from finnews.spiders.papers import PaperSpider

_PRIORITY = 1
"""Between the first pages of lists and their further ones: all lists are seen before"""

ResultT = TypeVar("ResultT", bound=Item | Request)


class DetailSpider(PaperSpider):
    """Fetches pages of one type that others lead to, unless they are archived.

    ``since`` and ``until`` compare the date on the page itself: one outside of them gives nothing.
    """

    detail: ClassVar[type[Page]]
    """The type of these pages; its path has the group ``id``."""

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.note_sent, signals.request_reached_downloader)
        crawler.signals.connect(spider.note_dropped, signals.request_dropped)
        for signal in (signals.item_scraped, signals.item_dropped, signals.item_error):
            crawler.signals.connect(spider.note_processed, signal)
        return spider

    @cached_property
    def listed(self) -> ListedPages:
        """The pages that the lists lead to."""
        return ListedPages(self.archive, self.main_kind, self.archived_as_of)

    @cached_property
    def claims(self) -> Claims:
        """Which of them this run requests, and other crawls leave to it."""
        return Claims(self.locks, self.listed, self)

    def note_sent(self, request: Request) -> None:
        """Note when a listed page is requested."""
        if id_ := request.meta.get("listed_id"):
            self.listed.note_sent(id_, self.now())

    def note_dropped(self, request: Request) -> None:
        """Note a listed page that redirects to an address which this run has requested already."""
        if (id_ := request.meta.get("listed_id")) and "redirect_urls" in request.meta:
            self.listed.failed[id_] = leads_elsewhere(request)
            self.claims.release(id_)

    def on_committed(self) -> None:
        self.claims.release_processed()

    def note_processed(self, item: Item) -> None:
        """Note that an item has passed the pipelines, or was dropped there."""
        if isinstance(item, self.main_kind) and (id_ := getattr(item, "id", None)):
            self.claims.note_processed(id_)

    def archived_as_of(self, id_: str) -> str | None:
        """Return the date of the last change of a page archived in full, else ``None``."""
        raise NotImplementedError

    def as_of(self, item: Any) -> str:
        """Return the date of the last change of what a listed page gives, as the page says."""
        raise NotImplementedError

    def page_id(self, url: str) -> str:
        """Return the id in a listed page's address; an empty text for other page types."""
        match = self.detail.path.fullmatch(urlsplit(url).path)
        return match["id"] if match else ""

    def detail_request(self, id_: str, url: str, date: str | None) -> Request:
        """Return the request for a page that a list shows under a date."""
        self.listed.request(id_, url, date)
        return self.request(url, priority=_PRIORITY).replace(meta={"listed_id": id_})

    def parse_detail(self, response: Response, id_: str) -> Iterator[Item | Request]:
        """Yield what a listed page gives; a rejection if the site sends a page of another type.

        Another page of the same type is read, but says nothing of the one that was requested.
        """
        if response.status == OK and page_type(response.url, self.site) is not self.detail:
            yield self.rejection(response.url, UNEXPECTED_ADDRESS)
            return
        if response.request and self.page_id(response.url) != id_:
            self.listed.failed[id_] = leads_elsewhere(response.request)
        yield from super().parse(response)

    def failed(self, failure: Failure) -> Iterator[Item]:
        request: Request = getattr(failure, "request")
        id_ = request.meta.get("listed_id")
        if isinstance(failure.value, ArchivedMeanwhile):
            return self.on_archived_meanwhile(str(id_))
        results = super().failed(failure)
        if id_ is None or isinstance(failure.value, CrawlStopping):
            return results
        return self.noted(id_, results, "not-asked")

    def on_archived_meanwhile(self, id_: str) -> Iterator[Item]:
        """Note that a listed page was read, by another crawl."""
        self.count("archived-meanwhile")
        self.listed.read[id_] = str(self.archived_as_of(id_))
        self.claims.release(id_)
        return iter(())

    def noted(self, id_: str, results: Iterator[ResultT], reason: str | None) -> Iterator[ResultT]:
        """Yield what a listed page gives, and note why it gave no complete item of its own.

        One that came after the limit has not failed.
        """
        for result in results:
            if isinstance(result, Rejection):
                reason = result.reason
            yield result
        if id_ not in self.listed.read or id_ in self.listed.left_out:
            self.claims.release(id_)
        if id_ in self.listed.read or id_ in self.listed.failed:
            return
        if reason or not self.has_reached_limit():
            self.listed.failed[id_] = reason or f"incomplete-{self.main_kind.__name__.lower()}"

    def is_own_item(self, result: Item | Request) -> TypeGuard[Item]:
        """Return whether it is the item that listed pages are about, with what that requires."""
        if not (isinstance(result, Item) and self.detail.is_authority_on(result)):
            return False
        return not result.missing_fields()

    def filtered(self, page: Page, items: list[Item]) -> list[Item]:
        """Return the items of a page; of a listed page all, or none if its own day is left out.

        A later run further back does not read the page again, whose table can have older ratings.
        """
        if not isinstance(page, self.detail):
            return super().filtered(page, items)
        if not self.is_outside(items[-1].dated):
            return items
        self.count("left-out")
        id_ = self.page_id(page.url)
        self.listed.left_out[id_] = str(items[-1].dated)[:10]
        self.listed.read[id_] = self.as_of(items[-1])
        return []

    def results(self, page: Page, address: str) -> Iterator[Item | Request]:
        """Note which of the pages were read: those that gave their own item, complete."""
        for result in super().results(page, address):
            if isinstance(page, self.detail) and self.is_own_item(result):
                self.listed.read[self.page_id(address)] = self.as_of(result)
            yield result
