"""A share: ``/aktien/muster-aktie``, or for one exchange ``/aktien/muster-aktie@stBoerse_XETRA``.

Its structure is reported, not seen: a page without any price is a rejection, never silence.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from parsel import Selector

from finnews.items import Item, Quote, Rejection
from finnews.loaders import QuoteLoader
from finnews.pages.base import Link, Page, text_of
from finnews.pages.rating_tables import table_ratings
from finnews.processors import amount, isin, wkn

_SLASH = re.compile(r"\s*/\s*")
_DIGIT = re.compile(r"\d")
_TAB = "./ancestor::*[@data-sg-tab-region-content][1]/@data-sg-tab-region-content"
_FIELDS = {
    "Eröffnung": "open",
    "Eröffnungskurs": "open",
    "Vortag": "previous_close",
    "Schlusskurs Vortag": "previous_close",
    "Tageshoch": "day_high",
    "Tagestief": "day_low",
    "Volumen (Stück)": "volume",
    "Tagesvolumen (Stück)": "volume",
    "Tagesvolumen in Stück": "volume",
    "Geld": "bid",
    "Brief": "ask",
}


class Snapshot(NamedTuple):
    """The large price at the top of the page, as printed."""

    price: str
    change: str
    percent: str
    at: str


class StockPage(Page):
    """The prices of a share in boxes, one an exchange, and the ratings of its tables."""

    path = re.compile(r"/aktien/(?P<page>[^/@]+)-aktie(?:@stBoerse_(?P<exchange>[^/]+))?")

    def items(self) -> Iterator[Item]:
        """Yield quotes and ratings; a rejection ``no-price`` if the page has no price at all."""
        yield from self.ticker()
        who = self._who()
        quotes = list(self._quotes(who))
        if not quotes:
            yield self.rejection("no-price", ["price"], **who)
        yield from quotes
        yield from table_ratings(self, {who["name"] or "": who["page"]})

    def links(self) -> Iterator[Link]:
        """Yield the studies that its tables link."""
        hrefs = self.css('td a[href*="/analyse/"]::attr(href)').getall()
        for href in dict.fromkeys(hrefs):
            yield Link(self.absolute(href))

    def _who(self) -> dict[str, Any]:
        title = text_of(self.css("h1, h2"))
        badges = self._badges()
        return {
            "kind": "stock",
            "page": self.from_path("page"),
            "name": title.removesuffix(" Aktie") or None,
            "isin": self._checked("isin", badges.get("ISIN", [])),
            "wkn": self._checked("wkn", badges.get("WKN", [])),
            "symbol": next(iter(badges.get("Symbol", [])), None),
        }

    def _badges(self) -> dict[str, list[str]]:
        badges: dict[str, list[str]] = {}
        for key in self.css(".snapshot__badge-bar .badge__key"):
            value = text_of(self.xpath("following::*[contains(@class, 'badge__value')][1]", key))
            badges.setdefault(text_of(key).rstrip(":"), []).append(value)
        return badges

    def _checked(self, name: str, printed: list[str]) -> str | None:
        """Return the first number that is one; the others are counted."""
        for value in printed:
            if (isin if name == "isin" else wkn)(value):
                return value
            self.count(f"refused/{name}")
        return None

    def _quotes(self, who: dict[str, Any]) -> Iterator[Quote | Rejection]:
        """Yield a quote for each box; the snapshot's values go to the box of its price."""
        snapshot = self._snapshot()
        for box in self.css("table.table--headline-first-col"):
            rows = self._rows_of_two(box)
            if not _DIGIT.search(rows.get("Kurs", "")):
                self.count("passed/box without price")
                continue
            loader = self._boxed(box, rows, who)
            if snapshot and amount(snapshot.price) == amount(rows["Kurs"]):
                _add_snapshot(loader, snapshot)
                snapshot = None
            quote: Quote = loader.load_item()
            readable = quote.price is not None
            yield quote if readable else self._unreadable(who, rows)
        if snapshot:
            yield self._alone(who, snapshot)

    def _boxed(self, box: Selector, rows: dict[str, str], who: dict[str, Any]) -> QuoteLoader:
        loader = self.loader(QuoteLoader, box, source="stock", **who)
        exchange = self._exchange(box)
        loader.add_value("exchange", exchange)
        loader.add_value("mic", exchange)
        loader.add_price(rows["Kurs"])
        for label, value in rows.items():
            _add_row(loader, label, value)
        loader.add_value("quoted_at", f"{rows.get('Kurszeit')} {rows.get('Kursdatum')}")
        return loader

    def _alone(self, who: dict[str, Any], snapshot: Snapshot) -> Quote | Rejection:
        loader = self.loader(QuoteLoader, self.root, source="stock", **who)
        loader.add_price(snapshot.price)
        _add_snapshot(loader, snapshot)
        quote: Quote = loader.load_item()
        return quote if quote.price is not None else self._unreadable(who, snapshot._asdict())

    def _unreadable(self, who: dict[str, Any], printed: dict[str, str]) -> Rejection:
        return self.rejection("unreadable-price", ["price"], **who, printed=printed)

    def _snapshot(self) -> Snapshot | None:
        values = self.css(".snapshot__values")[:1]
        if not values:
            return None
        price = text_of(self.css(".snapshot__value-current", values[0])[:1])
        change = text_of(self.css(".snapshot__value-absolute", values[0])[:1])
        percent = text_of(self.css(".snapshot__value-relative", values[0])[:1])
        at = self.css(".snapshot__time time::attr(datetime)").get("")
        return Snapshot(price, change, percent, at) if _DIGIT.search(price) else None

    def _rows_of_two(self, box: Selector) -> dict[str, str]:
        rows = (self.css("td, th", row) for row in self.css("tr", box))
        return {text_of(row[0]).rstrip(":"): text_of(row[1]) for row in rows if len(row) == 2}

    def _exchange(self, box: Selector) -> str | None:
        """Return the title of the tab in which a box stands, which is its exchange."""
        tab = self.xpath(_TAB, box).get()
        if tab is None:
            return None
        return text_of(self.xpath("//*[@data-sg-tab-item=$tab]", tab=tab)) or None


def _add_row(loader: QuoteLoader, label: str, value: str) -> None:
    """Add a row of a box: ``Vortag`` = ``a``, or ``Eröffnung / Vortag`` = ``a / b``."""
    values = _SLASH.split(value.replace("n/a", "-"))
    for name, printed in zip(_SLASH.split(label), values, strict=False):
        if name in _FIELDS:
            loader.add_value(_FIELDS[name], printed)


def _add_snapshot(loader: QuoteLoader, snapshot: Snapshot) -> None:
    loader.add_value("change", snapshot.change)
    loader.add_value("change_percent", snapshot.percent)
    loader.add_value("quoted_at", snapshot.at)
