"""Spiders that read lists, newest first, back to where the last run has been."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import ClassVar
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response

from finnews.items import Checkpoint, Item
from finnews.outcome import FinishReason
from finnews.pages.base import Link, Page, without_query
from finnews.spiders.base import SiteSpider, next_page, page_number
from finnews.spiders.checkpoint import MAX_REPEATED_PAGES, NOT_MODIFIED, Entry, ListProgress
from finnews.spiders.pending import PendingPages, bounded, is_due

GONE_FOR_GOOD = 410


class ListSpider(SiteSpider):
    """Fetches each page of one type that lists and feeds lead to, unless it is archived.

    An archived page is fetched again when a list gives it a later date. A page that was requested
    and is not archived in the end is requested again by later runs. The checkpoints of the lists
    are archived when the run has finished; a run that was stopped leaves the lists to the next.

    ``since`` is decided by the date on the page itself: of an older page nothing is kept.
    """

    detail: ClassVar[type[Page]]
    """The type of page that is fetched once; its path has the group ``id``."""

    def __init__(self, name: str | None = None, **arguments: str) -> None:
        super().__init__(name, **arguments)
        self.lists: dict[str, ListProgress] = {}
        self.new_ids: set[str] = set()
        self.pending = PendingPages()

    def archived_as_of(self, id_: str) -> str | None:
        """Return the date of the last change of a page that is archived in full, else ``None``."""
        raise NotImplementedError

    def is_promotion(self, _link: Link) -> bool:
        """Return whether an entry is advertising, which stands anywhere in a list."""
        return False

    async def start(self) -> AsyncIterator[Request]:
        """Yield requests for the pages that are pending, then for the lists."""
        lists = [self.progress(self.site.address(path)) for path in self.start_paths()]
        for id_, page in self.pending.before.items():
            if is_due(page, datetime.now(UTC), self.since):
                yield self.detail_request(id_, str(page.url))
        for progress in lists:
            request = self.list_request(progress.url)
            request.headers.update(progress.conditions)
            yield request

    def parse(self, response: Response) -> Iterator[Item | Request]:
        progress = self.lists.get(without_query(response.url))
        if progress and response.status == NOT_MODIFIED:
            self.count("not-modified")
            progress.mark_unmodified()
            return
        if progress and page_number(response.url) == 1:
            progress.add_validators(response)
        yield from super().parse(response)

    def filtered(self, page: Page, items: list[Item]) -> list[Item]:
        if isinstance(page, self.detail) and self.is_old(items[-1]):
            self.count("too-old")
            day = str(items[-1].dated)[:10]
            self.pending.too_old[self.page_id(page.url)] = day
            return []
        return super().filtered(page, items)

    def follow(self, page: Page, address: str) -> Iterator[Request]:
        if isinstance(page, self.detail):
            self.pending.read.add(self.page_id(address))
            return
        progress = self.progress(address)
        links = self.on_site(page)
        listed = {id_: link for link in links if (id_ := self.page_id(link.url))}
        self.new_ids |= {id_ for id_ in listed if self.is_new(id_)}
        for id_, link in listed.items():
            if id_ not in self.pending.requested and self.is_wanted(progress, id_, link):
                yield self.detail_request(id_, link.url)
        following = next_page(links, address)
        entries = map(self.entry, listed, listed.values())
        progress.add_page(entries, has_next=following is not None)
        if following and not progress.is_done:
            yield self.list_request(following.url)

    def progress(self, address: str) -> ListProgress:
        """Return the progress of the list that has a page at an address."""
        url = without_query(address)
        if url not in self.lists:
            before = self.archive.find(Checkpoint, url)
            progress = self.lists[url] = ListProgress(url, before, self.since)
            pending = {self.page_id(str(page.url)): page for page in progress.pending_before}
            self.pending.before |= pending
        return self.lists[url]

    def entry(self, id_: str, link: Link) -> Entry:
        """Return a link of a list as an entry."""
        date = None if self.is_promotion(link) else link.date
        return Entry(id_, date, id_ in self.new_ids)

    def is_new(self, id_: str) -> bool:
        """Return whether no earlier run has archived a page, or has tried to."""
        return id_ not in self.pending.before and self.archived_as_of(id_) is None

    def is_wanted(self, progress: ListProgress, id_: str, link: Link) -> bool:
        """Return whether a page that a list shows is to be fetched."""
        if self.since and link.date and link.date[:10] < self.since:
            return False
        if id_ in self.new_ids:
            return True
        archived = self.archived_as_of(id_)
        return archived is not None and progress.is_redated(self.entry(id_, link).date, archived)

    def detail_request(self, id_: str, url: str) -> Request:
        """Return the request for a page that is fetched once."""
        self.pending.requested[id_] = url
        return self.request(url, priority=1)

    def list_request(self, url: str) -> Request:
        """Return the request for a page of a list, to which a redirect may lead once more."""
        return self.request(url).replace(dont_filter=True)

    def page_id(self, url: str) -> str:
        """Return the id of the page at an address; an empty one if it is of another type."""
        match = self.detail.path.fullmatch(urlsplit(url).path)
        return match["id"] if match else ""

    def on_gone(self, response: Response) -> Iterator[Item]:
        if response.status == GONE_FOR_GOOD:
            self.pending.lost.add(self.page_id(response.url))
        progress = self.lists.get(without_query(response.url))
        if progress and page_number(response.url) > 1:
            progress.mark_ended()
        return super().on_gone(response)

    def on_moved(self, response: Response) -> Iterator[Item]:
        self.pending.lost.add(self.page_id(response.url))
        return super().on_moved(response)

    def on_not_asked(self, url: str, why: str) -> Iterator[Item]:
        self.pending.lost.add(self.page_id(url))
        return super().on_not_asked(url, why)

    def closed(self, reason: str) -> None:
        """Archive the checkpoints, if the run has finished."""
        try:
            self.archive.commit()
            stats, kind = self.crawler.stats, self.main_kind.collection
            self.count("requests", stats.get_value("downloader/request_count", 0))
            self.count("new", stats.get_value(f"finnews/{kind}/written", 0))
            if reason == FinishReason.FINISHED and not self.archive.has_failed:
                for progress in self.lists.values():
                    self.report_oddities(progress)
                    self.save_checkpoint(progress)
        finally:
            super().closed(reason)

    def report_oddities(self, progress: ListProgress) -> None:
        """Count and log what is odd about a list."""
        if progress.has_gap():
            self.count("gaps")
            self.logger.warning(
                "Articles may have been missed: the list does not reach back to the last run: %s",
                progress.url,
            )
        if progress.repeated_pages == MAX_REPEATED_PAGES:
            self.count("list-loops")
            self.logger.warning("The pager goes on but shows nothing new: %s", progress.url)
        if not progress.is_done:
            self.count("lists-not-read")
            self.logger.warning("List not read; the next run reads it again: %s", progress.url)

    def save_checkpoint(self, progress: ListProgress) -> None:
        """Archive how far a list was read, and which of its pages are pending."""
        checkpoint = progress.checkpoint()
        ids = {*progress.ids, *(self.page_id(str(page.url)) for page in progress.pending_before)}
        requested = ids & self.pending.requested.keys()
        archived = {id_ for id_ in requested if self.archived_as_of(id_)}
        pending = bounded(self.pending.left(ids, archived, datetime.now(UTC)))
        if pending is None:
            self.count("lists-not-read")
            self.logger.warning(
                "Too many pages of the list failed; the next run reads it again: %s", progress.url
            )
        elif checkpoint:
            self.archive.add(self.stamped(replace(checkpoint, pending=pending)))
