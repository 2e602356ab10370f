"""A stock: ``/aktien/muster-aktie``, on one exchange ``/aktien/muster-aktie@stBoerse_XETRA``.

No such page was seen; its structure is reported by other programs (2022 to 2026).
"""

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

from finnews.items import Instrument, Item, Quote
from finnews.pages.base import Link, Page
from finnews.pages.parts.price_boxes import stock_quotes
from finnews.pages.parts.rating_tables import table_ratings
from finnews.pages.visible import text_of
from finnews.processors import isin, wkn
from finnews.site import FINANZEN_NET, Site
from finnews.vocabulary import exchange_of_code

_BADGES = ".badge__key, .badge__value"
_TITLE = re.compile(r"(?P<name>.+?)[ -]Aktie\b.*")


class StockPage(Page):
    """Boxes of prices, one for each exchange, and tables of ratings."""

    path = re.compile(r"/aktien/(?P<page>[^/@]+)-aktie(?:@stBoerse_(?P<exchange>[^/]+))?")

    def __init__(self, url: str, text: str, site: Site = FINANZEN_NET) -> None:
        super().__init__(url, text, site)
        # Only the requested URL has the exchange: the canonical one can be that of all exchanges.
        match = self.path.fullmatch(urlsplit(url).path)
        self.code = match["exchange"] if match else None

    @classmethod
    def is_authority_on(cls, item: Item) -> bool:
        """Return whether it is a quote from a stock's page, or the instrument of the page."""
        if isinstance(item, Quote):
            return item.source == "stock"
        match = cls.path.fullmatch(urlsplit(item.url or "").path)
        return isinstance(item, Instrument) and match is not None and match["page"] == item.page

    def items(self) -> Iterator[Item]:
        """Yield quotes and ratings; a rejection ``no-price`` if the page has no price."""
        yield from self.ticker()
        stock = self._stock()
        quotes = list(stock_quotes(self, stock, self._exchange()))
        if not quotes:
            yield self.rejection("no-price", ["price"], **stock)
        yield from quotes
        yield from table_ratings(self, {stock["name"] or "": stock["page"]})

    def links(self) -> Iterator[Link]:
        """Yield the studies that the tables link to."""
        hrefs = self.css('td a[href*="/analyse/"]::attr(href)').getall()
        return self.links_to(dict.fromkeys(hrefs))

    def _exchange(self) -> str | None:
        """Return the exchange in the URL, if any: its name, or its code if that is unknown."""
        return exchange_of_code(self.code) or self.code if self.code else None

    def _stock(self) -> dict[str, Any]:
        """Return what identifies the stock: its names and numbers."""
        headings = (*self.css("h1"), *self.css("h2"))
        titles = (_TITLE.fullmatch(text_of(heading)) for heading in headings)
        badges = self._badges()
        return {
            "kind": "stock",
            "page": self.from_path("page"),
            "name": next((title["name"] for title in titles if title), None),
            "isin": self._first_valid("isin", isin, badges.get("ISIN", [])),
            "wkn": self._first_valid("wkn", wkn, badges.get("WKN", [])),
            "symbol": next(iter(badges.get("Symbol", [])), None),
        }

    def _badges(self) -> dict[str, list[str]]:
        """Return the badges: key → the values between it and the next key."""
        badges: dict[str, list[str]] = {}
        values: list[str] = []
        bars = self.css(".snapshot__badge-bar")
        for part in (part for bar in bars for part in self.css(_BADGES, bar)):
            if "badge__key" in part.attrib["class"]:
                values = badges.setdefault(text_of(part).rstrip(":"), [])
            else:
                values.append(text_of(part))
        return badges

    def _first_valid(
        self, field: str, processor: Callable[[str], str | None], values: list[str]
    ) -> str | None:
        """Return the first valid value; the invalid ones before it are counted."""
        for value in values:
            if number := processor(value):
                return number
            self.doubt(field, "unreadable", value)
        return None
