"""A share: ``/aktien/muster-aktie``, or for one exchange ``/aktien/muster-aktie@stBoerse_XETRA``.

Its structure is reported, not seen: a page without any price is a rejection, never silence.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

from finnews.items import Instrument, Item, Quote
from finnews.pages.base import Link, Page, text_of
from finnews.pages.parts.price_boxes import share_quotes
from finnews.pages.parts.rating_tables import table_ratings
from finnews.processors import isin, wkn
from finnews.site import FINANZEN_NET, Site
from finnews.vocabulary import exchange_of_code

_BADGES = ".badge__key, .badge__value"
_TITLE = re.compile(r"(?P<name>.+?)[ -]Aktie\b.*")


class StockPage(Page):
    """The prices of a share in boxes, one an exchange, and the ratings of its tables."""

    path = re.compile(r"/aktien/(?P<page>[^/@]+)-aktie(?:@stBoerse_(?P<exchange>[^/]+))?")

    def __init__(self, url: str, text: str, site: Site = FINANZEN_NET) -> None:
        super().__init__(url, text, site)
        # The canonical address can be that of all exchanges: which one was asked for, `url` says.
        asked = self.path.fullmatch(urlsplit(url).path)
        self.code = asked["exchange"] if asked else None

    @classmethod
    def is_authority_on(cls, item: Item) -> bool:
        """Return whether it is a price of the page's own boxes, or the page's own instrument."""
        if isinstance(item, Quote):
            return item.source == "stock"
        match = cls.path.fullmatch(urlsplit(item.url or "").path)
        return isinstance(item, Instrument) and match is not None and match["page"] == item.page

    def items(self) -> Iterator[Item]:
        """Yield quotes and ratings; a rejection ``no-price`` if the page has no price at all."""
        yield from self.ticker()
        who = self._who()
        quotes = list(share_quotes(self, who, self._exchange()))
        if not quotes:
            yield self.rejection("no-price", ["price"], **who)
        yield from quotes
        yield from table_ratings(self, {who["name"] or "": who["page"]})

    def links(self) -> Iterator[Link]:
        """Yield the studies that its tables link."""
        hrefs = self.css('td a[href*="/analyse/"]::attr(href)').getall()
        return self.links_to(dict.fromkeys(hrefs))

    def _exchange(self) -> str | None:
        """Return the exchange of a page for one: its name, else the code of its address."""
        return exchange_of_code(self.code) or self.code if self.code else None

    def _who(self) -> dict[str, Any]:
        titles = (_TITLE.fullmatch(text_of(one)) for one in (*self.css("h1"), *self.css("h2")))
        badges = self._badges()
        return {
            "kind": "stock",
            "page": self.from_path("page"),
            "name": next((title["name"] for title in titles if title), None),
            "isin": self._first("isin", isin, badges.get("ISIN", [])),
            "wkn": self._first("wkn", wkn, badges.get("WKN", [])),
            "symbol": next(iter(badges.get("Symbol", [])), None),
        }

    def _badges(self) -> dict[str, list[str]]:
        """Return the badges: key → all values that follow it before the next key."""
        badges: dict[str, list[str]] = {}
        values: list[str] = []
        bars = self.css(".snapshot__badge-bar")
        for part in (part for bar in bars for part in self.css(_BADGES, bar)):
            if "badge__key" in part.attrib["class"]:
                values = badges.setdefault(text_of(part).rstrip(":"), [])
            else:
                values.append(text_of(part))
        return badges

    def _first(
        self, name: str, read: Callable[[str], str | None], printed: list[str]
    ) -> str | None:
        """Return the first number that is one; those before it are counted."""
        for value in printed:
            if number := read(value):
                return number
            self.stats.note("refused", name)
        return None
