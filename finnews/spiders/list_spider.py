"""Spiders that read lists, newest first, back to where the last run began."""

from collections.abc import AsyncIterator, Iterable, Iterator
from functools import cached_property
from typing import Any, ClassVar, Self, TypeGuard, TypeVar
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from finnews.instrument_paths import InstrumentPath
from finnews.items import Checkpoint, Item, Rejection
from finnews.middlewares.claims import ArchivedMeanwhile
from finnews.middlewares.stop import CrawlStopping
from finnews.outcome import WENT_THROUGH
from finnews.pages import page_type
from finnews.pages.base import Link, Page
from finnews.pages.feed import FeedPage
from finnews.pages.index_members import IndexMembersPage
from finnews.spiders.answers import (
    OK,
    UNEXPECTED_ADDRESS,
    is_same_page,
    is_unmodified,
    leads_elsewhere,
    reason,
)
from finnews.spiders.checkpoint import ListProgress
from finnews.spiders.depth import DEPTH, Depth
from finnews.spiders.entries import Entry
from finnews.spiders.list_records import ListRecords
from finnews.spiders.list_warnings import FORMER, former_checkpoints, warnings
from finnews.spiders.listed_pages import ListedPages
from finnews.spiders.overlap import Claims
from finnews.spiders.paging import list_pages, list_url, page_number
from finnews.spiders.papers import PaperSpider, key_of

_FIRST_PAGES, _DETAILS, _FURTHER_PAGES = 2, 1, 0
"""Priorities: all lists have been seen when the first article is requested."""

ResultT = TypeVar("ResultT", bound=Item | Request)


class ListSpider(PaperSpider):
    """Fetches the pages of one type that lists and feeds link to, unless they are archived.

    It fetches an archived page again if a list gives it a later date. What a list leads to is
    recorded before it is requested; later runs request again what this run could not archive. The
    lists' checkpoints move on when the run has finished; after a run that was stopped, the next one
    reads the lists again.

    ``since`` and ``until`` compare the date on the page itself: one outside of them gives nothing.
    With ``until``, no checkpoint moves on. With ``stocks`` or ``index``, the lists are those of the
    papers, and of what is pending only pages that they lead to are requested.
    """

    detail: ClassVar[type[Page]]
    """The type of the pages that lists link to; its path has the group ``id``."""

    depth: ClassVar[Depth] = DEPTH

    def __init__(self, name: str | None = None, **arguments: Any) -> None:
        super().__init__(name, **arguments)
        self.lists: dict[str, ListProgress] = {}
        self.new_ids: set[str] = set()
        self.shown: set[str] = set()
        """The ids of the pages that the lists of this run lead to."""

        self.papers_of_lists: dict[str, InstrumentPath] = {}
        """Address of a list → the paper whose list it is."""

        self.faulty: set[str] = set()
        """The lists of whose faults this run has told."""

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

    @cached_property
    def records(self) -> ListRecords:
        """What is recorded of the lists and of those pages."""
        return ListRecords(self.archive, self.listed, self.stamped)

    def note_sent(self, request: Request) -> None:
        """Note when a listed page is requested."""
        if id_ := request.meta.get("listed_id"):
            self.listed.note_sent(id_, self.now())

    def note_received(self, response: Response) -> None:
        super().note_received(response)
        if response.request and "list_page" in response.request.meta:
            self.listed.note_received(response.url)

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

    def is_promotion(self, _link: Link) -> bool:
        """Return whether an entry is advertising, which may stand anywhere in a list."""
        return False

    async def start(self) -> AsyncIterator[Request]:
        """Yield requests for pending pages, then for lists."""
        if former := former_checkpoints(self.archive.directory):
            self.logger.warning(FORMER, former)
        starts = (
            self.requests_by_name()
            if self.has_papers
            else self.first_requests([*self.start_paths(), *self.further_paths()])
        )
        for request in starts:
            yield request

    def further_paths(self) -> Iterable[str]:
        """Return the paths of other lists that earlier runs found."""
        return ()

    def is_due(self, _progress: ListProgress) -> bool:
        """Return whether this run reads a list, and does not leave it to a later one."""
        return True

    def first_requests(self, paths: Iterable[str]) -> Iterator[Request]:
        """Yield requests for pending pages of lists, then for the lists that are due."""
        lists = {self.list_url(address): None for address in map(self.site.address, paths)}
        progresses = [self.progress(url) for url in lists]
        yield from self.due_requests()
        for progress in progresses:
            progress.is_left = not self.is_due(progress)
            if progress.is_left:
                self.count("lists-left")
                continue
            yield self.first_request(progress)

    def first_request(self, progress: ListProgress) -> Request:
        """Return the request for a list's first page, which the site sends if it has changed."""
        request = self.list_request(progress.url)
        request.headers.update(progress.conditions)
        return request

    def paper_paths(self, paper: InstrumentPath) -> Iterable[str]:
        """Return the paths of the feeds and lists of a paper."""
        raise NotImplementedError

    def paper_requests(self, paper: InstrumentPath) -> Iterator[Request]:
        """Yield the requests for a paper's lists."""
        for path in self.paper_paths(paper):
            progress = self.progress(self.site.address(path))
            self.papers_of_lists[progress.url] = paper
            yield self.first_request(progress)

    def listed_items(self, _url: str, _ids: Iterable[str]) -> Iterator[Item]:
        """Yield what the list at an address says of archived pages, in that it shows them."""
        return iter(())

    def due_requests(self) -> Iterator[Request]:
        """Yield requests for pending pages of the lists so far, which no request is for yet."""
        for page in list(self.listed.due(self.now(), self.since, self.until)):
            if not self.has_papers or page.id in self.shown:
                yield self.detail_request(str(page.id), str(page.url), page.listed)

    def parse(self, response: Response) -> Iterator[Item | Request]:
        meta = response.request.meta if response.request else {}
        if id_ := meta.get("listed_id"):
            yield from self.noted(id_, self.parse_detail(response, id_), reason(response))
        elif "index" in meta:
            yield from super().parse(response)
        else:
            yield from self.parse_list(response, meta.get("list_page", response.url))

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

    def parse_list(self, response: Response, asked: str) -> Iterator[Item | Request]:
        """Yield what a list's page gives, if it is the page at the address that was `asked`."""
        progress = self.progress(asked)
        if is_unmodified(response):
            self.count("not-modified")
            progress.mark_unmodified()
            return
        if page_number(asked) > 1 and not is_same_page(self.site.own_address(response.url), asked):
            progress.mark_faulty(f"{asked} redirects to {response.url}")
            yield self.rejection(asked, UNEXPECTED_ADDRESS, {"where": response.url})
            return
        if page_number(asked) == 1:
            progress.add_validators(response)
        yield from super().parse(response)

    def on_gone(self, response: Response) -> Iterator[Item]:
        """Count a page that is gone; a list that a paper never had is none of this run."""
        url = self.list_url(response.url)
        if url in self.papers_of_lists and self.lists[url].last is None:
            del self.lists[url]
        return super().on_gone(response)

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

    def results(self, page: Page, address: str) -> Iterator[Item | Request]:
        """Note which of the listed pages were read: those that gave their own item, complete."""
        for result in super().results(page, address):
            if isinstance(page, self.detail) and self.is_own_item(result):
                self.listed.read[self.page_id(address)] = self.as_of(result)
            yield result
        progress = self.lists.get(self.list_url(address))
        if progress and progress.fault and progress.url not in self.faulty:
            self.faulty.add(progress.url)
            yield self.rejection(address, "incomplete-list", {"fault": progress.fault})

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

    def follow(self, page: Page, address: str) -> Iterator[Item | Request]:
        if isinstance(page, self.detail):
            return
        if isinstance(page, IndexMembersPage):
            yield from super().follow(page, address)
            return
        is_known = self.list_url(address) in self.lists
        progress = self.progress(address)
        if not is_known:  # the address of another list redirects to it
            yield from self.due_requests()
        links = self.on_site(page)
        listed = {id_: link for link in links if (id_ := self.page_id(link.url))}
        paper = self.papers_of_lists.get(progress.url)
        if paper and not listed and isinstance(page, FeedPage):
            yield from self.resembling_requests(key_of(paper))
        self.shown |= listed.keys()
        own = (id_ for id_, link in listed.items() if not self.is_promotion(link))
        yield from self.listed_items(progress.url, own)
        if self.has_papers:
            yield from self.due_requests()
        wanted = [id_ for id_, link in listed.items() if self.is_wanted(progress, id_, link)]
        requests = [
            self.detail_request(id_, listed[id_].url, self.date(listed[id_])) for id_ in wanted
        ]
        if wanted:
            self.records.record(progress, wanted)
        yield from requests
        pages = list_pages(links, address)
        number = page_number(address)
        says_more_later = any(doubt.field == "date" for doubt in page.stats.doubts)
        progress.is_settled &= not says_more_later
        entries = (self.entry(address, id_, link) for id_, link in listed.items())
        if progress.add_page(number, entries, pages.keys()):
            yield self.list_request(pages[number + 1].url)

    def leave(self, page: Page, address: str) -> None:
        """Record what a list shows, for a later run."""
        list(self.follow(page, address))

    def progress(self, address: str) -> ListProgress:
        """Return the progress of the list whose page has this address."""
        url = self.list_url(address)
        if url not in self.lists:
            last = self.archive.find(Checkpoint, url)
            self.lists[url] = ListProgress(url, last, self.since, self.now(), self.depth)
            pages = (last.pending if last else None) or []
            found = [(self.page_id(str(page.url)), page) for page in pages]
            self.listed.adopt(url, found)
            self.shown.update(id_ for id_, _ in found)
        return self.lists[url]

    def list_url(self, address: str) -> str:
        """Return the address by which a list is known, whichever host of the site it came from."""
        return list_url(self.site.own_address(address))

    def entry(self, address: str, id_: str, link: Link) -> Entry:
        """Return an entry of the list's page at an address."""
        date = self.date(link)
        is_settled = date is None or not self.listed.is_redated(id_, date, address)
        return Entry(id_, date, id_ in self.new_ids, self.is_promotion(link), is_settled)

    def date(self, link: Link) -> str | None:
        """Return the date under which a list shows a page; that of a promotion means nothing."""
        return None if self.is_promotion(link) else link.date

    def is_wanted(self, progress: ListProgress, id_: str, link: Link) -> bool:
        """Return whether to fetch a listed page, which this run has not requested yet."""
        if not self.listed.is_new(id_, self.date(link)):
            return False
        self.new_ids.add(id_)
        is_later = bool(self.until and link.date and link.date[:10] > self.until)
        return not (progress.since.leaves_out(link.date) or is_later)

    def detail_request(self, id_: str, url: str, date: str | None) -> Request:
        """Return the request for a page that a list shows under a date."""
        self.listed.request(id_, url, date)
        return self.request(url, priority=_DETAILS).replace(meta={"listed_id": id_})

    def list_request(self, url: str) -> Request:
        """Return the request for a list's page; a redirect may lead to it again."""
        priority = _FIRST_PAGES if page_number(url) == 1 else _FURTHER_PAGES
        return self.request(url, priority).replace(meta={"list_page": url}, dont_filter=True)

    def page_id(self, url: str) -> str:
        """Return the id in a listed page's address; an empty text for other page types."""
        match = self.detail.path.fullmatch(urlsplit(url).path)
        return match["id"] if match else ""

    def closed(self, reason: str) -> None:
        """Archive what became of the lists, and their checkpoints if the run has finished."""
        try:
            stats, kind = self.crawler.stats, self.main_kind.collection
            self.count("requests", stats.get_value("downloader/request_count", 0))
            self.count("new", stats.get_value(f"finnews/{kind}/written", 0))
            if not self.archive.has_failed:
                self.save_lists(is_finished=reason in WENT_THROUGH and self.until is None)
        finally:
            super().closed(reason)

    def save_lists(self, *, is_finished: bool) -> None:
        """Archive how far the lists were read and what is pending; count and log it."""
        self.records.save(self.lists.values(), is_finished=is_finished)
        for page in self.listed.waiting():
            self.count(f"pending/{page.reason or 'not-requested'}")
        lists = [progress for progress in self.lists.values() if not progress.is_left]
        for progress in lists if is_finished else ():
            if progress.is_complete and progress.is_waiting:
                self.count("pending/incomplete-list")
            for name, message in warnings(progress):
                self.count(name)
                self.logger.warning("%s", message)
