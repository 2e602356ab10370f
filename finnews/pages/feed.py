"""An RSS feed, newest first: ``/rss/news``, ``/rss/analysen``, ``/rss/muster-rss-feed``."""

import re
from collections.abc import Iterator
from datetime import datetime

from parsel import Selector

from finnews.items import Item
from finnews.pages.base import BrokenPage, Link, Page, without_query
from finnews.pages.parts.list_times import been, once
from finnews.pages.visible import text_of
from finnews.processors import rfc822_time
from finnews.site import FINANZEN_NET, Site

_ENTRIES = "/rss/channel/item"
_ENTRY_TAG = re.compile(r"<(?:\w+:)?(?:item|entry)[\s>]", re.IGNORECASE)
_CHARACTER_REFERENCE = re.compile(r"&#(x?)([0-9a-f]{1,8});", re.IGNORECASE)


class FeedPage(Page):
    """About ten to fifteen links, promotions among them.

    Raises `BrokenPage` ``not-a-feed`` if the text is not RSS.
    """

    path = re.compile(r"/rss/(?:(?P<page>[^/]+)-rss-feed|[^/]+)")
    format = "xml"
    end_tag = "</rss>"

    def __init__(
        self, url: str, text: str, site: Site = FINANZEN_NET, now: datetime | None = None
    ) -> None:
        if text.strip() and not self.resembles(text):
            raise BrokenPage("not-a-feed")
        super().__init__(url, _CHARACTER_REFERENCE.sub(_without_surrogate, text), site, now)

    @staticmethod
    def resembles(text: str) -> bool:
        """Return whether a text begins as RSS does."""
        return "<rss" in text[:2000]

    def items(self) -> Iterator[Item]:
        """Yield a rejection ``entry-without-link`` for each entry that has none.

        A feed without entries is a rejection ``no-entries``, unless it is of a paper's news, which
        there can be none of; ``/rss/aktien`` and others are empty (2026). ``entries-lost``: entries
        have another name, or the XML is too malformed for them.
        """
        entries = self.xpath(_ENTRIES)
        tags = len(_ENTRY_TAG.findall(self.text))
        if not tags and self.from_path("page"):
            self.stats.note("passed", "feed without entries")
        elif not tags:
            yield self.rejection("no-entries")
        elif tags > len(entries):
            yield self.rejection("entries-lost", printed=tags, read=len(entries))
        for entry in entries:
            if not self._url(entry):
                title = self.xpath("title/text()", entry).get()
                yield self.rejection("entry-without-link", headline=title)

    def links(self) -> Iterator[Link]:
        entries = [entry for entry in self.xpath(_ENTRIES) if self._url(entry)]
        yield from once(self, map(self._link, entries))

    def _time(self, entry: Selector) -> str | None:
        dates = dict.fromkeys(map(text_of, self.xpath("pubDate", entry)))
        if len(dates) > 1:
            self.doubt("date", "ambiguous", " / ".join(dates))
            return None
        printed = next(iter(dates), "")
        published = rfc822_time(printed, self.site.zone)
        if printed and published is None:
            self.doubt("date", "unreadable", printed)
        return been(self, published)

    def _url(self, entry: Selector) -> str:
        return self.link_url(text_of(self.xpath("link", entry)))

    def _link(self, entry: Selector) -> Link:
        """Return the link of an entry; another address that it gives as its own is a doubt."""
        url = self._url(entry)
        addresses = map(text_of, self.xpath('link | guid[@isPermaLink="true"]', entry))
        for other in filter(self.site.has, map(self.link_url, addresses)):
            if self.site.has(url) and self._plain(other) != self._plain(url):
                self.doubt("url", "contradiction", other)
        return Link(url, self._time(entry))

    def _plain(self, url: str) -> str:
        return without_query(self.site.own_address(url)).rstrip("/")


def _without_surrogate(reference: re.Match[str]) -> str:
    """Drop a reference to a surrogate, such as ``&#xD83D;``: it is invalid XML, and lxml raises."""
    is_hexadecimal, digits = reference[1], reference[2]
    number = int(digits, 16) if is_hexadecimal else int(digits) if digits.isdecimal() else 0
    return "" if 0xD800 <= number <= 0xDFFF else reference[0]
