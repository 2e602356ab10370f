"""Spiders that read lists, newest first, back to where the last run began."""

from collections.abc import AsyncIterator, Iterable, Iterator
from functools import cached_property
from typing import Any, ClassVar

from scrapy import Request
from scrapy.http import Response

from finnews.instrument_paths import InstrumentPath
from finnews.items import Checkpoint, Item, PendingPage
from finnews.outcome import WENT_THROUGH
from finnews.pages.base import Link, Page
from finnews.pages.feed import FeedPage
from finnews.pages.index_members import IndexMembersPage
from finnews.spiders.answers import (
    UNEXPECTED_ADDRESS,
    is_same_page,
    is_unmodified,
    reason,
)
from finnews.spiders.asked_papers import Asked, key_of
from finnews.spiders.checkpoint import ListProgress
from finnews.spiders.depth import DEPTH, Depth
from finnews.spiders.detail_spider import DetailSpider
from finnews.spiders.entries import Entry
from finnews.spiders.list_records import ListRecords
from finnews.spiders.list_warnings import FORMER, former_checkpoints, warnings
from finnews.spiders.paging import list_pages, list_url, page_number
from finnews.spiders.wanted import Wanted

_FIRST_PAGES, _FURTHER_PAGES = 2, 0
"""Priorities: all lists have been seen when the first article is requested."""


class ListSpider(DetailSpider):
    """Fetches the pages of one type that lists and feeds link to, unless they are archived.

    It fetches an archived page again if a list gives it a later date. What a list leads to is
    recorded before it is requested; later runs request again what this run could not archive. The
    lists' checkpoints move on when the run has finished; after a run that was stopped, the next one
    reads the lists again.

    With ``until``, no checkpoint moves on. With ``stocks`` or ``index``, the lists are those of the
    papers, and of what is pending only pages that they lead to are requested.
    """

    depth: ClassVar[Depth] = DEPTH

    leaves_lists: ClassVar[bool] = False
    """Whether a run can leave lists of the whole site to later ones."""

    def __init__(self, name: str | None = None, **arguments: Any) -> None:
        super().__init__(name, **arguments)
        self.lists: dict[str, ListProgress] = {}
        self.new_ids: set[str] = set()
        self.shown: set[str] = set()
        """The ids of the pages that the lists of this run lead to."""

        self.papers_of_lists: dict[str, list[InstrumentPath]] = {}
        """Address of a list → the papers whose list it is; the types of oil have one."""

        self.asked_as: dict[str, str] = {}
        """Address of a paper's list → the one that redirects to it."""

        self.faulty: set[str] = set()
        """The lists of whose faults this run has told."""

    @cached_property
    def records(self) -> ListRecords:
        """What is recorded of the lists and of those pages."""
        return ListRecords(self.archive, self.listed, self.stamped)

    def note_received(self, response: Response) -> None:
        super().note_received(response)
        if response.request and "list_page" in response.request.meta:
            self.listed.note_received(response.url)

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
            papers = self.papers_of_lists.setdefault(progress.url, [])
            papers.append(paper)
            progress.can_be_left = False
            if len(papers) == 1:
                yield self.first_request(progress)

    def requests_as(self, asked: Asked) -> Iterator[Request]:
        """Yield the requests for a paper's lists, and for what they have shown in vain before."""
        yield from super().requests_as(asked)
        yield from self.due_requests()

    def on_nothing(self, wanted: Wanted, key: str) -> None:
        """Note that a paper has no list: not every paper has news or studies."""
        self.count("without-lists")
        self.logger.info("No list of %s (%s)", wanted.name, key)

    def listed_items(self, _url: str, _ids: Iterable[str]) -> Iterator[Item]:
        """Yield what the list at an address says of archived pages, in that it shows them."""
        return iter(())

    def due_requests(self) -> Iterator[Request]:
        """Yield requests for pending pages of the lists so far, which no request is for yet."""
        for page in list(self.listed.due(self.now(), self.since, self.until)):
            if self.is_asked_for(page):
                yield self.detail_request(str(page.id), str(page.url), page.listed)

    def is_asked_for(self, page: PendingPage) -> bool:
        """Return whether a pending page is of the lists that this run reads."""
        of_papers = self.papers_of_lists.keys() & set(page.lists or ())
        return not self.has_papers or page.id in self.shown or bool(of_papers)

    def parse(self, response: Response) -> Iterator[Item | Request]:
        meta = response.request.meta if response.request else {}
        if id_ := meta.get("listed_id"):
            yield from self.noted(id_, self.parse_detail(response, id_), reason(response))
        elif "index" in meta:
            yield from super().parse(response)
        else:
            yield from self.parse_list(response, meta.get("list_page", response.url))

    def parse_list(self, response: Response, asked: str) -> Iterator[Item | Request]:
        """Yield what a list's page gives, if it is the page at the address that was `asked`."""
        progress = self.progress(asked)
        if is_unmodified(response):
            self.count("not-modified")
            progress.mark_unmodified()
            for paper in self.papers_of_lists.get(progress.url, ()):
                self.papers.note_shown(key_of(paper))
            return
        if page_number(asked) > 1 and not is_same_page(self.site.own_address(response.url), asked):
            progress.mark_faulty(f"{asked} redirects to {response.url}")
            yield self.rejection(asked, UNEXPECTED_ADDRESS, {"where": response.url})
            return
        if page_number(asked) == 1:
            progress.add_validators(response)
        if progress.url in self.papers_of_lists:
            self.move_list(progress.url, self.list_url(response.url))
        yield from super().parse(response)
        if self.list_url(response.url) != progress.url:
            self.leave_absent(progress.url)

    def move_list(self, asked: str, url: str) -> None:
        """Note that the list of some papers is at another address than it was asked for."""
        if url != asked:
            self.asked_as[url] = asked
            self.papers_of_lists.setdefault(url, self.papers_of_lists[asked])

    def is_optional(self, url: str) -> bool:
        """Return whether the site need not have a list: which ones a paper has is not known."""
        return url in self.papers_of_lists

    def on_gone(self, response: Response) -> Iterator[Item]:
        self.leave_absent(response.url)
        return super().on_gone(response)

    def on_not_asked(self, url: str, why: str) -> Iterator[Item]:
        self.leave_absent(url)
        return super().on_not_asked(url, why)

    def leave_absent(self, address: str) -> None:
        """Take a list out of this run that the site does not have, if no run ever read it."""
        url = self.list_url(address)
        progress = self.lists.get(url)
        if progress and progress.last is None and self.is_optional(url):
            del self.lists[url]

    def results(self, page: Page, address: str) -> Iterator[Item | Request]:
        """Yield what a page gives, and of a list with a fault a rejection that tells it."""
        yield from super().results(page, address)
        progress = self.lists.get(self.list_url(address))
        if progress and progress.fault and progress.url not in self.faulty:
            self.faulty.add(progress.url)
            yield self.rejection(address, "incomplete-list", {"fault": progress.fault})

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
        papers = self.papers_of_lists.get(progress.url, ())
        for paper in papers if listed or not isinstance(page, FeedPage) else ():
            self.papers.note_shown(key_of(paper))
        self.shown |= listed.keys()
        if papers:
            self.listed.note_lists(self.asked_as.get(progress.url, progress.url), listed)
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
            self.lists[url].can_be_left = self.leaves_lists
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

    def list_request(self, url: str) -> Request:
        """Return the request for a list's page; a redirect may lead to it again."""
        priority = _FIRST_PAGES if page_number(url) == 1 else _FURTHER_PAGES
        return self.request(url, priority).replace(meta={"list_page": url}, dont_filter=True)

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
