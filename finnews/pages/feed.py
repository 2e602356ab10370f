"""An RSS feed, newest first: ``/rss/news``, ``/rss/analysen``, ``/rss/muster-rss-feed``."""

import re
from collections.abc import Iterator

from parsel import Selector

from finnews.items import Item
from finnews.pages.base import BrokenPage, Link, Page
from finnews.processors import rfc822_time
from finnews.site import FINANZEN_NET, Site

_ENTRIES = "/rss/channel/item"
_ENTRY = re.compile(r"<item[\s>]")
_NUMBERED = re.compile(r"&#(x?)([0-9a-f]{1,8});", re.IGNORECASE)


class FeedPage(Page):
    """A feed of about ten to fifteen links; promotions are among them.

    Raises `BrokenPage` ``not-a-feed`` where the text is no RSS. A feed without entries is a
    wrong one (some of the site's answer so), or the site has changed: a rejection, not silence.
    """

    path = re.compile(r"/rss/[^/]+")
    format = "xml"
    end_tag = "</rss>"

    def __init__(self, url: str, text: str, site: Site = FINANZEN_NET) -> None:
        if text.strip() and not self.resembles(text):
            raise BrokenPage("not-a-feed")
        super().__init__(url, _NUMBERED.sub(_whole, text), site)

    @staticmethod
    def resembles(text: str) -> bool:
        """Return whether a text begins as RSS does."""
        return "<rss" in text[:2000]

    def items(self) -> Iterator[Item]:
        """Yield a rejection ``entry-without-link`` for each entry that leads nowhere.

        Of a feed without entries, a rejection ``no-entries``; ``entries-lost`` of one so badly
        formed that some of its entries cannot be read.
        """
        entries = self.xpath(_ENTRIES)
        printed = len(_ENTRY.findall(self.text))
        if not printed:
            yield self.rejection("no-entries")
        elif printed > len(entries):
            yield self.rejection("entries-lost", printed=printed, read=len(entries))
        for entry in entries:
            if not self._address(entry):
                title = self.xpath("title/text()", entry).get()
                yield self.rejection("entry-without-link", headline=title)

    def links(self) -> Iterator[Link]:
        for entry in self.xpath(_ENTRIES):
            if address := self._address(entry):
                published = self.xpath("pubDate/text()", entry).get("")
                yield Link(address, rfc822_time(published, self.site.zone))

    def _address(self, entry: Selector) -> str:
        return self.link_url(self.xpath("link/text()", entry).get(""))


def _whole(reference: re.Match[str]) -> str:
    """Drop halves of characters, such as ``&#xD83D;``: no XML, and lxml fails on them later."""
    digits = reference[2]
    number = int(digits, 16) if reference[1] else int(digits) if digits.isdecimal() else 0
    return "" if 0xD800 <= number <= 0xDFFF else reference[0]
