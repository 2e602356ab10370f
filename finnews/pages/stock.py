"""A stock: ``/aktien/muster-aktie``, on one exchange ``/aktien/muster-aktie@stBoerse_XETRA``.

No such page was seen; other programs report (2022 to 2026) that it is as those of ETFs, and that it
had other boxes.
"""

import re
from collections.abc import Iterator

from lxml.etree import XPath

from finnews.items import Item
from finnews.pages.base import Link
from finnews.pages.parts.header import header_items
from finnews.pages.ratings.rating_tables import table_ratings
from finnews.pages.rules import PAGE, Rule
from finnews.pages.securities.security_page import SecurityPage

_LINKS = Rule(PAGE, "css", "td a")
_LINKS_IN_CELLS = XPath("descendant::a[ancestor::td]")


class StockPage(SecurityPage):
    """A snapshot, boxes of prices, one for each exchange, and tables of ratings."""

    path = re.compile(r"/aktien/(?P<page>[^/@]+)-aktie(?:@stBoerse_(?P<exchange>[^/]+))?")
    kind = "stock"

    def items(self) -> Iterator[Item]:
        """Yield quotes and ratings; a rejection ``no-price`` if the page has no price."""
        yield from header_items(self)
        snapshot = self.snapshot()
        stock = self.security(snapshot)
        yield from self.quotes(stock, snapshot)
        yield from table_ratings(self, {stock["name"] or "": stock["page"]})

    def links(self) -> Iterator[Link]:
        """Yield the studies that the tables link to."""
        links = _LINKS_IN_CELLS(self.root.root)
        self.stats.count(_LINKS, found=bool(links))
        hrefs = (link.get("href", "") for link in links)
        return self.links_to(dict.fromkeys(href for href in hrefs if "/analyse/" in href))
