"""Spiders that walk lists, newest first, back to what is archived."""

from collections.abc import Iterator
from typing import ClassVar
from urllib.parse import urlsplit

from scrapy import Request

from finnews.items import Item
from finnews.pages.base import Link, Page
from finnews.spiders.base import SiteSpider, next_page


class ListSpider(SiteSpider):
    """Fetches each page of one type that lists and feeds lead to, unless it is archived.

    ``since`` is decided by the date on the page itself: of an older page nothing is kept.
    """

    detail: ClassVar[type[Page]]
    """The type of page that is fetched once; its path has the group ``id``."""

    def __init__(self, name: str | None = None, **arguments: str) -> None:
        super().__init__(name, **arguments)
        self.asked: set[str] = set()
        self.listed: dict[str, set[str]] = {}

    def is_archived(self, number: str) -> bool:
        """Return whether the page of that number is archived in full."""
        raise NotImplementedError

    def kept(self, page: Page, items: list[Item]) -> list[Item]:
        if self.since is None:
            return items
        if isinstance(page, self.detail) and self.is_old(items[-1]):
            self.count("too-old")
            return []
        return [item for item in items if not self.is_old(item)]

    def follow(self, page: Page, address: str) -> Iterator[Request]:
        links = self.on_site(page.links())
        new = {
            number: link
            for link in links
            if (number := self._number(link.url)) and self._is_new(number)
        }
        for number, link in new.items():
            if number not in self.asked:
                yield self.request(link.url, priority=1)
        self.asked |= new.keys()
        following = next_page(links, address)
        if following and self._goes_on(address, set(new), links):
            yield self.request(following.url)

    def _number(self, url: str) -> str | None:
        found = self.detail.path.fullmatch(urlsplit(url).path)
        return found["id"] if found else None

    def _is_new(self, number: str) -> bool:
        return number in self.asked or not self.is_archived(number)

    def _goes_on(self, address: str, new: set[str], links: list[Link]) -> bool:
        """Return whether the list showed something that was new when the run began."""
        listed = self.listed.setdefault(urlsplit(address).path, set())
        is_fresh = bool(new - listed)
        listed |= new
        dates = [link.date for link in links if link.date]
        is_too_old = self.since and dates and max(dates)[:10] < self.since
        return is_fresh and not is_too_old
