"""The stocks in an index: ``/index/dax/40-werte``, ``/index/dax/werte?p=2``."""

import re
from collections.abc import Iterator
from functools import cached_property

from lxml.etree import _Element
from parsel import Selector

from finnews.items import Item
from finnews.pages.base import Link, Page
from finnews.pages.parts.grid import grid
from finnews.pages.parts.header import header_items
from finnews.pages.parts.tables import tables
from finnews.pages.visible import text_of

_NAME = re.compile(r"(?:Name|Aktien?|Unternehmen|Gesellschaft|Werte?|Titel)\b.*", re.IGNORECASE)
_OF_OTHERS = re.compile(
    r"\b(?:Tops?|Flops?|Gewinner|Verlierer|Weitere|Andere|Ähnliche|Wettbewerber|Peergroup"
    r"|Meist\w*|Anzeige|Werbung)\b",
    re.IGNORECASE,
)


class IndexMembersPage(Page):
    """A table of stocks, with a pager if there are many."""

    path = re.compile(r"/index/(?P<index>[^/]+)/(?:\d+-)?werte")

    def items(self) -> Iterator[Item]:
        """Yield the header; a rejection ``no-members`` if no table links to stocks by its names.

        Stocks of another table, such as of gainers, are a doubt: they can be of another index.
        """
        yield from header_items(self)
        members = self._members()
        if not members:
            yield self.rejection("no-members", ["page"])
        for heading, stocks in self._tables:
            if not set(stocks) <= set(members):
                self.doubt("page", "ambiguous", f"{heading}: {', '.join(stocks)}")

    def links(self) -> Iterator[Link]:
        """Yield the stocks in table order, then the other pages of the list."""
        yield from map(Link, self._members())
        yield from self.links_to(link.root.get("href") for link in self.css('a[href*="?p="]'))

    def _members(self) -> list[str]:
        """Return the stocks of the table of members, which is the only one, or the longest."""
        members = [stocks for heading, stocks in self._tables if not _OF_OTHERS.search(heading)]
        return max(members, key=len, default=[])

    @cached_property
    def _tables(self) -> list[tuple[str, list[str]]]:
        """The tables with a column of names, by its header, and the stocks in that column."""
        read = ((heading, dict.fromkeys(self._stocks(table))) for heading, table in tables(self))
        return [(heading, list(stocks)) for heading, stocks in read if stocks]

    def _stocks(self, table: Selector) -> Iterator[str]:
        """Yield the stocks in the column of names, or in the first if the table has no headers."""
        rows = list(grid(table))
        for row in rows:
            if row.is_cut:
                self.doubt("page", "unreadable", text_of(row.element))
        has_header = bool(rows) and not self._linked(rows[0].element)
        names = rows[0].texts if has_header else [""]
        places = [at for at, text in enumerate(names) if not has_header or _NAME.fullmatch(text)]
        for row in rows if len(places) == 1 else ():
            if places[0] < len(row.cells):
                yield from self._linked(row.cells[places[0]])

    def _linked(self, part: _Element) -> list[str]:
        """Return the stocks that a part of a table links to."""
        hrefs = (link.root.get("href", "") for link in self.css("a", Selector(root=part)))
        return [self.link_url(href) for href in hrefs if self._is_stock(href)]

    def _is_stock(self, href: str) -> bool:
        return self.instrument(href).get("kind") == "stock"
