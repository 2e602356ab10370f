"""Spiders that read lists, newest first, back to the checkpoint of the last run."""

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
from finnews.spiders.base import SiteSpider
from finnews.spiders.checkpoint import MAX_REPEATED_PAGES, NOT_MODIFIED, Entry, ListProgress
from finnews.spiders.paging import next_page, page_number
from finnews.spiders.pending import MAX_PENDING, PendingPages, bounded, is_due

GONE_FOR_GOOD = 410


class ListSpider(SiteSpider):
    """Fetches the pages of one type that lists and feeds link to, unless they are archived.

    It fetches an archived page again if a list gives it a later date. Later runs request again
    the pages that this run could not archive. It archives the lists' checkpoints when the run
    has finished; after a run that was stopped, the next one reads the lists again.

    ``since`` compares the date on the page itself: items of an older page are dropped.
    """

    detail: ClassVar[type[Page]]
    """The type of the pages that lists link to; its path has the group ``id``."""

    def __init__(self, name: str | None = None, **arguments: str) -> None:
        super().__init__(name, **arguments)
        self.lists: dict[str, ListProgress] = {}
        self.new_ids: set[str] = set()
        self.pending = PendingPages()

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
        for id_, page in self.pending.earlier.items():
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

    def results(self, page: Page, address: str) -> Iterator[Item | Request]:
        """Note which of the listed pages were read: those that gave their own item, complete."""
        for result in super().results(page, address):
            if isinstance(result, Item) and self.is_own_item(result):
                self.pending.read.add(self.page_id(address))
            yield result

    def is_own_item(self, item: Item) -> bool:
        """Return whether an item is the one that listed pages are about, with what it requires."""
        return self.detail.is_authority_on(item) and not item.missing_fields()

    def filtered(self, page: Page, items: list[Item]) -> list[Item]:
        if isinstance(page, self.detail) and self.is_old(items[-1]):
            self.count("too-old")
            day = str(items[-1].dated)[:10]
            self.pending.too_old[self.page_id(page.url)] = day
            self.pending.read.add(self.page_id(page.url))
            return []
        return super().filtered(page, items)

    def follow(self, page: Page, address: str) -> Iterator[Request]:
        if isinstance(page, self.detail):
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
        """Return the progress of the list whose page has this address."""
        url = without_query(address)
        if url not in self.lists:
            last = self.archive.find(Checkpoint, url)
            progress = self.lists[url] = ListProgress(url, last, self.since)
            pending = {self.page_id(str(page.url)): page for page in progress.pending}
            self.pending.earlier |= pending
        return self.lists[url]

    def entry(self, id_: str, link: Link) -> Entry:
        """Return the list entry of a link."""
        date = None if self.is_promotion(link) else link.date
        return Entry(id_, date, id_ in self.new_ids)

    def is_new(self, id_: str) -> bool:
        """Return whether no earlier run has archived or requested a page."""
        return id_ not in self.pending.earlier and self.archived_as_of(id_) is None

    def is_wanted(self, progress: ListProgress, id_: str, link: Link) -> bool:
        """Return whether to fetch a listed page."""
        if self.since and link.date and link.date[:10] < self.since:
            return False
        if id_ in self.new_ids:
            return True
        archived = self.archived_as_of(id_)
        return archived is not None and progress.is_redated(self.entry(id_, link).date, archived)

    def detail_request(self, id_: str, url: str) -> Request:
        """Return the request for a listed page."""
        self.pending.requested[id_] = url
        return self.request(url, priority=1)

    def list_request(self, url: str) -> Request:
        """Return the request for a list's page; a redirect may lead to it again."""
        return self.request(url).replace(dont_filter=True)

    def page_id(self, url: str) -> str:
        """Return the id in a listed page's address; an empty text for other page types."""
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
        """Archive the checkpoints if the run has finished."""
        try:
            self.archive.commit()
            stats, kind = self.crawler.stats, self.main_kind.collection
            self.count("requests", stats.get_value("downloader/request_count", 0))
            self.count("new", stats.get_value(f"finnews/{kind}/written", 0))
            if reason == FinishReason.FINISHED and not self.archive.has_failed:
                for progress in self.lists.values():
                    self.warn_of_list(progress)
                    self.save_checkpoint(progress)
        finally:
            super().closed(reason)

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
        """Count and log a gap in a list, an endless list, or one that was not read to its end."""
        if progress.has_gap():
            self.count("gaps")
            self.logger.warning(
                "Articles may have been missed: the list does not reach back to the last run: %s",
                progress.url,
            )
        if progress.repeated_pages == MAX_REPEATED_PAGES:
            self.count("list-loops")
            message = "%s: list left after %d pages without a new entry"
            self.logger.warning(message, progress.url, MAX_REPEATED_PAGES)
        if not progress.is_done:
            self.count("lists-not-read")
            message = "%s: list not read to its end; the next run reads it again"
            self.logger.warning(message, progress.url)

    def save_checkpoint(self, progress: ListProgress) -> None:
        """Archive how far a list was read, and which of its pages are pending."""
        checkpoint = progress.checkpoint()
        ids = {*progress.ids, *(self.page_id(str(page.url)) for page in progress.pending)}
        requested = ids & self.pending.requested.keys()
        archived = {id_ for id_ in requested if self.archived_as_of(id_)}
        pending = bounded(self.pending.remaining(ids, archived, datetime.now(UTC)))
        if pending is None:
            self.count("lists-not-read")
            message = "%s: more than %d of its pages failed; the next run reads the list again"
            self.logger.warning(message, progress.url, MAX_PENDING)
        elif checkpoint:
            self.archive.add(self.stamped(replace(checkpoint, pending=pending)))
