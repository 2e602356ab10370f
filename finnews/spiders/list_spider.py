"""Spiders that read lists, newest first, back to where the last run began."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from itertools import count
from typing import Any, ClassVar, Self, TypeVar
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from finnews.items import Checkpoint, Item, Listing, Rejection
from finnews.items.records import RESOLVED, PendingPage
from finnews.middlewares.stop import CrawlStopping
from finnews.outcome import FinishReason
from finnews.pages import page_type
from finnews.pages.base import Link, Page, without_query
from finnews.spiders.base import GONE, SiteSpider
from finnews.spiders.checkpoint import (
    DEPTH,
    NOT_MODIFIED,
    Depth,
    Entry,
    ListProgress,
    is_later,
)
from finnews.spiders.paging import list_pages, page_number
from finnews.spiders.pending import MAX_PENDING, MOVED, PendingPages, bounded, is_due, is_waiting

OK = 200
_MOVED_FOR_GOOD = frozenset({301, 308})
_FIRST_PAGES, _DETAILS, _FURTHER_PAGES = 2, 1, 0
"""Priorities: all lists have been seen when the first article is requested."""

_CONDITIONS = ("If-None-Match", "If-Modified-Since")

ResultT = TypeVar("ResultT", bound=Item | Request)


class ListSpider(SiteSpider):
    """Fetches the pages of one type that lists and feeds link to, unless they are archived.

    It fetches an archived page again if a list gives it a later date. What a list leads to is
    recorded before it is requested; later runs request again what this run could not archive. The
    lists' checkpoints move on when the run has finished; after a run that was stopped, the next one
    reads the lists again.

    ``since`` compares the date on the page itself: an older page gives nothing.
    """

    detail: ClassVar[type[Page]]
    """The type of the pages that lists link to; its path has the group ``id``."""

    depth: ClassVar[Depth] = DEPTH

    def __init__(self, name: str | None = None, **arguments: str) -> None:
        super().__init__(name, **arguments)
        self.lists: dict[str, ListProgress] = {}
        self.new_ids: set[str] = set()
        self.pending = PendingPages()
        self.recorded: dict[str, dict[str, str]] = {}
        """List → id → address, of the pages that this run has recorded as pending."""

        self.order = count()
        self.received: dict[str, int] = {}
        """Address of a list's page → when it came."""

        self.faulty: set[str] = set()
        """The lists of whose faults this run has told."""

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.note_sent, signals.request_reached_downloader)
        crawler.signals.connect(spider.note_received, signals.response_received)
        return spider

    def note_sent(self, request: Request) -> None:
        """Note when a listed page is requested: lists that come later can say that it changed."""
        if id_ := request.meta.get("listed_id"):
            self.pending.sent[id_] = next(self.order)

    def note_received(self, response: Response) -> None:
        """Note when a list's page came, which can be long before it is read."""
        if response.request and "list_page" in response.request.meta:
            self.received[response.url] = next(self.order)

    def archived_as_of(self, id_: str) -> str | None:
        """Return the date of the last change of a page archived in full, else ``None``."""
        raise NotImplementedError

    def is_promotion(self, _link: Link) -> bool:
        """Return whether an entry is advertising, which may stand anywhere in a list."""
        return False

    async def start(self) -> AsyncIterator[Request]:
        """Yield requests for pending pages, then for lists."""
        self.warn_of_former_checkpoints()
        lists = [self.progress(self.site.address(path)) for path in self.start_paths()]
        for request in self.due_requests():
            yield request
        for progress in lists:
            request = self.list_request(progress.url)
            request.headers.update(progress.conditions)
            yield request

    def due_requests(self) -> Iterator[Request]:
        """Yield requests for pending pages of the lists so far, which no request is for yet."""
        for id_, page in self.pending.earlier.items():
            if id_ not in self.pending.requested and is_due(page, self.now(), self.since):
                yield self.detail_request(id_, str(page.url), page.listed)

    def parse(self, response: Response) -> Iterator[Item | Request]:
        meta = response.request.meta if response.request else {}
        if id_ := meta.get("listed_id"):
            reason = _reason(response) or f"incomplete-{self.main_kind.__name__.lower()}"
            yield from self.noted(id_, self.parse_detail(response), reason)
        else:
            yield from self.parse_list(response, meta.get("list_page", response.url))

    def parse_detail(self, response: Response) -> Iterator[Item | Request]:
        """Yield what a listed page gives; a rejection if the site sends a page of another type."""
        if response.status == OK and page_type(response.url, self.site) is not self.detail:
            yield self.rejection(response.url, "unexpected-address")
            return
        yield from super().parse(response)

    def parse_list(self, response: Response, asked: str) -> Iterator[Item | Request]:
        """Yield what a list's page gives, if it is the page at the address that was `asked`."""
        progress = self.progress(asked)
        if response.status == NOT_MODIFIED and _is_conditional(response):
            self.count("not-modified")
            progress.mark_unmodified()
            return
        if page_number(asked) > 1 and not _is_same_page(response.url, asked):
            progress.mark_faulty(f"{asked} redirects to {response.url}")
            yield self.rejection(asked, "unexpected-address", {"where": response.url})
            return
        if page_number(asked) == 1:
            progress.add_validators(response)
        yield from super().parse(response)

    def failed(self, failure: Failure) -> Iterator[Item]:
        request: Request = getattr(failure, "request")
        id_ = request.meta.get("listed_id")
        results = super().failed(failure)
        if id_ is None or isinstance(failure.value, CrawlStopping):
            return results
        return self.noted(id_, results, "not-asked")

    def noted(self, id_: str, results: Iterator[ResultT], otherwise: str) -> Iterator[ResultT]:
        """Yield what a listed page gives, and note why it gave no complete item of its own."""
        reason: str | None = otherwise
        for result in results:
            if isinstance(result, Rejection):
                reason = result.reason
            yield result
        if id_ not in self.pending.read:
            self.pending.failed[id_] = str(reason)

    def results(self, page: Page, address: str) -> Iterator[Item | Request]:
        """Note which of the listed pages were read: those that gave their own item, complete."""
        for result in super().results(page, address):
            if isinstance(result, Item) and self.is_own_item(result):
                self.pending.read.add(self.page_id(address))
            yield result
        progress = self.lists.get(without_query(address))
        if progress and progress.fault and progress.url not in self.faulty:
            self.faulty.add(progress.url)
            yield self.rejection(address, "incomplete-list", {"fault": progress.fault})

    def is_own_item(self, item: Item) -> bool:
        """Return whether an item is the one that listed pages are about, with what it requires."""
        return self.detail.is_authority_on(item) and not item.missing_fields()

    def filtered(self, page: Page, items: list[Item]) -> list[Item]:
        """Return the items of a page; of a listed page all, or none if it is too old itself.

        A later run further back does not read the page again, whose table can have older ratings.
        """
        if not isinstance(page, self.detail):
            return super().filtered(page, items)
        if not self.is_old(items[-1]):
            return items
        self.count("too-old")
        id_ = self.page_id(page.url)
        self.pending.too_old[id_] = str(items[-1].dated)[:10]
        self.pending.read.add(id_)
        return []

    def follow(self, page: Page, address: str) -> Iterator[Request]:
        if isinstance(page, self.detail):
            return
        is_known = without_query(address) in self.lists
        progress = self.progress(address)
        if not is_known:  # the address of another list redirects to it
            yield from self.due_requests()
        links = self.on_site(page)
        listed = {id_: link for link in links if (id_ := self.page_id(link.url))}
        wanted = [id_ for id_, link in listed.items() if self.is_wanted(progress, id_, link)]
        requests = [
            self.detail_request(id_, listed[id_].url, self.date(listed[id_])) for id_ in wanted
        ]
        if wanted:
            self.record(progress, wanted)
        yield from requests
        pages = list_pages(links, address)
        number = page_number(address)
        says_more_later = any(doubt.field == "date" for doubt in page.stats.doubts)
        progress.is_settled &= not says_more_later
        entries = (self.entry(address, id_, link) for id_, link in listed.items())
        if progress.add_page(number, entries, pages.keys()):
            yield self.list_request(pages[number + 1].url)

    def progress(self, address: str) -> ListProgress:
        """Return the progress of the list whose page has this address."""
        url = without_query(address)
        if url not in self.lists:
            last = self.archive.find(Checkpoint, url)
            today = self.now().date()
            progress = self.lists[url] = ListProgress(url, last, self.since, today, self.depth)
            self.pending.earlier |= self.earlier_pages(progress)
        return self.lists[url]

    def earlier_pages(self, progress: ListProgress) -> dict[str, PendingPage]:
        """Return the pages of a list that are not archived as the list showed them, by id."""
        pages = {self.page_id(str(page.url)): page for page in progress.pending}
        return {id_: page for id_, page in pages.items() if not self.is_archived(id_, page)}

    def is_archived(self, id_: str, page: PendingPage) -> bool:
        """Return whether a pending page was archived since, by another crawl or before a kill."""
        archived = self.archived_as_of(id_)
        return archived is not None and not self.is_redated(id_, page.listed, archived)

    def entry(self, address: str, id_: str, link: Link) -> Entry:
        """Return an entry of the list's page at an address."""
        date = self.date(link)
        is_settled = date is None or not self.is_redated_meanwhile(address, id_, date)
        return Entry(id_, date, id_ in self.new_ids, self.is_promotion(link), is_settled)

    def date(self, link: Link) -> str | None:
        """Return the date under which a list shows a page; that of a promotion means nothing."""
        return None if self.is_promotion(link) else link.date

    def is_wanted(self, progress: ListProgress, id_: str, link: Link) -> bool:
        """Return whether to fetch a listed page, which this run has not requested yet."""
        if id_ in self.pending.requested or id_ in self.pending.earlier:
            return False
        archived = self.archived_as_of(id_)
        if archived is not None and not self.is_redated(id_, self.date(link), archived):
            return False
        self.new_ids.add(id_)
        if self.since and link.date and link.date[:10] < self.since:
            progress.leave_out(link.date)
            return False
        return True

    def is_redated(self, id_: str, date: str | None, archived: str) -> bool:
        """Return whether a list dates a page later than the archived page, and later than a list
        did before the page was read.
        """
        if date is None or not is_later(date, archived):
            return False
        listing = self.archive.find(Listing, f"{self.main_kind.collection}:{id_}")
        return listing is None or is_later(date, str(listing.date))

    def is_redated_meanwhile(self, address: str, id_: str, date: str) -> bool:
        """Return whether a list dates a page later than any did when this run requested it.

        A list's page that came before the request was sent says nothing that the request missed.
        """
        if id_ not in self.pending.requested:
            return False
        sent = self.pending.sent.get(id_)
        if sent is None or self.received.get(address, sent) < sent:
            self.pending.see(id_, date)
        listed = self.pending.listed.get(id_)
        if listed and not is_later(date, listed):
            return False
        archived = self.archived_as_of(id_)
        return archived is None or self.is_redated(id_, date, archived)

    def detail_request(self, id_: str, url: str, date: str | None) -> Request:
        """Return the request for a page that a list shows under a date."""
        self.pending.requested[id_] = url
        if date:
            self.pending.see(id_, date)
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
            self.archive.commit()
            stats, kind = self.crawler.stats, self.main_kind.collection
            self.count("requests", stats.get_value("downloader/request_count", 0))
            self.count("new", stats.get_value(f"finnews/{kind}/written", 0))
            if not self.archive.has_failed:
                self.save_lists(is_finished=reason == FinishReason.FINISHED)
        finally:
            super().closed(reason)

    def save_lists(self, *, is_finished: bool) -> None:
        """Archive how far the lists were read, what is pending, and the dates in lists."""
        pending: dict[str, PendingPage] = {}
        for progress in self.lists.values():
            if is_finished:
                self.warn_of_list(progress)
            pages = self.save_checkpoint(progress, is_finished=is_finished)
            pending |= {str(page.url): page for page in pages if is_waiting(page)}
        self.save_listings()
        for page in pending.values():
            self.count(f"pending/{page.reason or 'not-requested'}")

    def warn_of_former_checkpoints(self) -> None:
        """Log that the checkpoints of version 1.0 are still to be converted."""
        output = self.archive.directory
        former = output / "walks.jsonl"
        if former.exists() and not (output / f"{Checkpoint.collection}.jsonl").exists():
            self.logger.warning(
                "%s is not read by this version, so lists are read to their end; to keep it, stop "
                "this run and convert it as CHANGELOG.md says",
                former,
            )

    def warn_of_list(self, progress: ListProgress) -> None:
        """Count and log a gap in a list, or one that was not read completely."""
        if progress.has_gap():
            self.count("gaps")
            self.logger.warning(
                "Articles may have been missed: the list does not reach back to the last run: %s",
                progress.url,
            )
        if not progress.is_complete:
            self.count("lists-not-read")
            why = f" ({progress.fault})" if progress.fault else ""
            message = "%s: list not read to its end%s; the next run reads it again"
            self.logger.warning(message, progress.url, why)

    def record(self, progress: ListProgress, ids: list[str]) -> None:
        """Record pages as pending before they are requested: a run that is killed forgets none."""
        recorded = self.recorded.setdefault(progress.url, {})
        self.archive.commit()
        read = [id_ for id_ in recorded if id_ in self.pending.read and self.archived_as_of(id_)]
        resolved = [PendingPage(recorded.pop(id_), reason=RESOLVED) for id_ in read]
        recorded |= {id_: self.pending.requested[id_] for id_ in ids}
        listed = [self.pending.listed_page(id_) for id_ in ids]
        self.save(progress.last or Checkpoint(url=progress.url), [*resolved, *listed])

    def save_checkpoint(self, progress: ListProgress, *, is_finished: bool) -> list[PendingPage]:
        """Archive how far a list was read; return which of its pages are pending."""
        checkpoint = progress.checkpoint() if is_finished else progress.last
        earlier = {self.page_id(str(page.url)) for page in progress.pending}
        ids = progress.ids | earlier
        archived = {id_ for id_ in ids & self.pending.requested.keys() if self.archived_as_of(id_)}
        pending, is_over = bounded(self.pending.remaining(ids, archived, self.now()))
        if is_over:
            checkpoint = progress.last
            self.count("lists-not-read")
            message = "%s: more than %d of its pages failed; the next run reads the list again"
            self.logger.warning(message, progress.url, MAX_PENDING)
        recorded = self.recorded.get(progress.url, {})
        open_urls = {page.url for page in pending}
        before = {*recorded.values(), *(page.url for page in progress.pending)}
        resolved = [PendingPage(url, reason=RESOLVED) for url in before - open_urls]
        if checkpoint or pending or resolved:
            self.save(checkpoint or Checkpoint(url=progress.url), [*resolved, *pending])
        return pending

    def save(self, checkpoint: Checkpoint, pending: list[PendingPage]) -> None:
        """Archive the record of a list at once."""
        self.archive.add(self.stamped(replace(checkpoint, pending=pending)))
        self.archive.commit()

    def save_listings(self) -> None:
        """Archive the dates under which lists showed pages, where they are later than the pages'
        own: those pages are not requested again for them.
        """
        kind = self.main_kind.collection
        for id_, date in self.pending.listed.items():
            is_kept = id_ in self.pending.read and id_ not in self.pending.too_old
            archived = self.archived_as_of(id_) if is_kept else None
            if archived is not None and is_later(date, archived):
                url = self.pending.requested[id_]
                self.archive.add(self.stamped(Listing(url=url, kind=kind, id=id_, date=date)))
        self.archive.commit()


def _reason(response: Response) -> str | None:
    """Return why a page that was sent otherwise than requested gives nothing."""
    if response.status in GONE:
        return f"gone-{response.status}"
    if response.status in _MOVED_FOR_GOOD:
        return MOVED
    return None if response.status == OK else f"status-{response.status}"


def _is_conditional(response: Response) -> bool:
    headers = response.request.headers if response.request else {}
    return any(name in headers for name in _CONDITIONS)


def _is_same_page(url: str, asked: str) -> bool:
    """Return whether two addresses are those of the same page of a list."""
    return without_query(url) == without_query(asked) and page_number(url) == page_number(asked)
