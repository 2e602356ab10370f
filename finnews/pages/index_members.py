"""The shares of an index: ``/index/dax/40-werte``, ``/index/dax/werte?p=2``."""

import re
from collections.abc import Iterator

from finnews.items import Item
from finnews.pages.base import Link, Page


class IndexMembersPage(Page):
    """A table of shares, with a pager where they are many."""

    path = re.compile(r"/index/(?P<index>[^/]+)/(?:\d+-)?werte")

    def items(self) -> Iterator[Item]:
        """Yield the ticker; a rejection ``no-members`` if the page has no share in a table."""
        yield from self.ticker()
        if not self._shares():
            yield self.rejection("no-members", ["page"])

    def links(self) -> Iterator[Link]:
        """Yield the shares in the order of the table, then the other pages of the list."""
        for url in self._shares():
            yield Link(url)
        yield from self.links_to(self.css('a[href*="?p="]::attr(href)').getall())

    def _shares(self) -> list[str]:
        hrefs = self.css('td a[href*="/aktien/"]::attr(href)').getall()
        shares = (href for href in hrefs if self.instrument(href).get("kind") == "stock")
        return list(dict.fromkeys(map(self.link_url, shares)))
