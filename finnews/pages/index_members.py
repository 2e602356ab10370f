"""The stocks in an index: ``/index/dax/40-werte``, ``/index/dax/werte?p=2``."""

import re
from collections.abc import Iterator

from finnews.items import Item
from finnews.pages.base import Link, Page
from finnews.pages.parts.header import header_items


class IndexMembersPage(Page):
    """A table of stocks, with a pager if there are many."""

    path = re.compile(r"/index/(?P<index>[^/]+)/(?:\d+-)?werte")

    def items(self) -> Iterator[Item]:
        """Yield the header; a rejection ``no-members`` if no table links to a stock."""
        yield from header_items(self)
        if not self._stock_urls():
            yield self.rejection("no-members", ["page"])

    def links(self) -> Iterator[Link]:
        """Yield the stocks in table order, then the other pages of the list."""
        yield from map(Link, self._stock_urls())
        yield from self.links_to(self.css('a[href*="?p="]::attr(href)').getall())

    def _stock_urls(self) -> list[str]:
        hrefs = self.css('td a[href*="/aktien/"]::attr(href)').getall()
        stocks = (href for href in hrefs if self.instrument(href).get("kind") == "stock")
        return list(dict.fromkeys(map(self.link_url, stocks)))
