"""Spiders that walk lists, newest first, back to where the last walk has been."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import ClassVar
from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.http import Response

from finnews.items import Item, Walk
from finnews.pages.base import Link, Page, without_query
from finnews.spiders.base import SiteSpider, next_page, page_number
from finnews.spiders.checkpoint import REPEATED_PAGES, Entry, Walking
from finnews.spiders.conditional import NOT_MODIFIED, conditions, validators
from finnews.spiders.pending import Pursuit, bounded, is_due

GONE_FOR_GOOD = 410


class ListSpider(SiteSpider):
    """Fetches each page of one type that lists and feeds lead to, unless it is archived.

    A page that is archived is fetched again when a list dates it anew. What was asked for and is
    not archived in the end is asked for again by later runs. How far each list was walked is
    archived when the run has finished; a run that was stopped leaves the lists to the next one.

    ``since`` is decided by the date on the page itself: of an older page nothing is kept.
    """

    detail: ClassVar[type[Page]]
    """The type of page that is fetched once; its path has the group ``id``."""

    def __init__(self, name: str | None = None, **arguments: str) -> None:
        super().__init__(name, **arguments)
        self.walks: dict[str, Walking] = {}
        self.unknown: set[str] = set()
        self.pursuit = Pursuit()

    def archived_as_of(self, number: str) -> str | None:
        """Return the date of the last change of what is archived of a page in full, if it is."""
        raise NotImplementedError

    def is_promotion(self, _link: Link) -> bool:
        """Return whether an entry is advertising, which stands anywhere in a list."""
        return False

    async def start(self) -> AsyncIterator[Request]:
        """Yield requests for what earlier runs could not read, then for the lists."""
        walks = [self.walk(urljoin(self.site, path)) for path in self.starts()]
        for number, unread in self.pursuit.before.items():
            if is_due(unread, datetime.now(UTC), self.since):
                yield self.detail_page(number, str(unread.url))
        for walk in walks:
            request = self.list_page(walk.url)
            request.headers.update(conditions(walk.unchanged_since))
            yield request

    def parse(self, response: Response) -> Iterator[Item | Request]:
        walk = self.walks.get(without_query(response.url))
        if walk and response.status == NOT_MODIFIED:
            self.count("not-modified")
            walk.join()
            return
        if walk and page_number(response.url) == 1:
            walk.etag, walk.last_modified = validators(response)
        yield from super().parse(response)

    def kept(self, page: Page, items: list[Item]) -> list[Item]:
        if isinstance(page, self.detail) and self.is_old(items[-1]):
            self.count("too-old")
            day = str(getattr(items[-1], "date_published"))[:10]
            self.pursuit.too_old[self.number(page.url)] = day
            return []
        return super().kept(page, items)

    def follow(self, page: Page, address: str) -> Iterator[Request]:
        if isinstance(page, self.detail):
            self.pursuit.read.add(self.number(address))
            return
        walk = self.walk(address)
        links = self.on_site(page)
        listed = {number: link for link in links if (number := self.number(link.url))}
        self.unknown |= {number for number in listed if self.is_unknown(number)}
        for number, link in listed.items():
            if number not in self.pursuit.asked and self.is_wanted(walk, number, link):
                yield self.detail_page(number, link.url)
        following = next_page(links, address)
        walk.read(map(self.entry, listed, listed.values()), has_next=following is not None)
        if following and not walk.is_over:
            yield self.list_page(following.url)

    def walk(self, address: str) -> Walking:
        """Return the walk along the list that has a page at an address."""
        url = without_query(address)
        if url not in self.walks:
            walk = self.walks[url] = Walking(url, self.archive.find(Walk, url), self.since)
            self.pursuit.before |= {self.number(str(one.url)): one for one in walk.unread_before}
        return self.walks[url]

    def entry(self, number: str, link: Link) -> Entry:
        """Return an entry of a list as the walk sees it."""
        date = None if self.is_promotion(link) else link.date
        return Entry(number, date, number in self.unknown)

    def is_unknown(self, number: str) -> bool:
        """Return whether no earlier run has archived a page, or has tried to."""
        return number not in self.pursuit.before and self.archived_as_of(number) is None

    def is_wanted(self, walk: Walking, number: str, link: Link) -> bool:
        """Return whether a page that a list shows is to be fetched."""
        if self.since and link.date and link.date[:10] < self.since:
            return False
        if number in self.unknown:
            return True
        archived = self.archived_as_of(number)
        return archived is not None and walk.is_redated(self.entry(number, link).date, archived)

    def detail_page(self, number: str, url: str) -> Request:
        """Return the request for a page that is fetched once."""
        self.pursuit.asked[number] = url
        return self.request(url, priority=1)

    def list_page(self, url: str) -> Request:
        """Return the request for a page of a list, to which a redirect may lead once more."""
        return self.request(url).replace(dont_filter=True)

    def number(self, url: str) -> str:
        """Return the number of the page at an address; an empty one if it is of another type."""
        found = self.detail.path.fullmatch(urlsplit(url).path)
        return found["id"] if found else ""

    def gone(self, response: Response) -> Iterator[Item]:
        if response.status == GONE_FOR_GOOD:
            self.pursuit.lost.add(self.number(response.url))
        walk = self.walks.get(without_query(response.url))
        if walk and page_number(response.url) > 1:
            walk.end()
        return super().gone(response)

    def moved(self, response: Response) -> Iterator[Item]:
        self.pursuit.lost.add(self.number(response.url))
        return super().moved(response)

    def not_asked(self, url: str, why: str) -> Iterator[Item]:
        self.pursuit.lost.add(self.number(url))
        return super().not_asked(url, why)

    def closed(self, reason: str) -> None:
        """Archive how far the lists were walked, if the run has finished."""
        try:
            self.archive.commit()
            stats, kind = self.crawler.stats, self.main_kind.collection
            self.count("requests", stats.get_value("downloader/request_count", 0))
            self.count("new", stats.get_value(f"finnews/{kind}/written", 0))
            if reason == "finished" and not self.archive.has_failed:
                for walk in self.walks.values():
                    self.tell(walk)
                    self.remember(walk)
        finally:
            super().closed(reason)

    def tell(self, walk: Walking) -> None:
        """Count and log what is odd about a walk."""
        if walk.has_gap():
            self.count("gaps")
            self.logger.warning("%s shows less than came since the last run", walk.url)
        if walk.repeated == REPEATED_PAGES:
            self.count("list-loops")
            self.logger.warning("%s leads on to pages that show nothing else", walk.url)
        if not walk.is_over:
            self.count("lists-not-walked")
            self.logger.warning("%s could not be read; the next run reads it again", walk.url)

    def remember(self, walk: Walking) -> None:
        """Archive how far a list was walked, and what it led to that is not archived."""
        record = walk.record()
        led_to = {*walk.seen, *(self.number(str(one.url)) for one in walk.unread_before)}
        asked = led_to & self.pursuit.asked.keys()
        archived = {number for number in asked if self.archived_as_of(number)}
        unread = bounded(self.pursuit.left(led_to, archived, datetime.now(UTC)))
        if unread is None:
            self.count("lists-not-walked")
            self.logger.warning("%s led to too many pages that could not be read", walk.url)
        elif record:
            self.archive.add(self.stamped(replace(record, unread=unread)))
