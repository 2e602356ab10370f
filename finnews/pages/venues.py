"""The prices of a share on every exchange: ``/boersenplaetze/muster``."""

import re
from collections.abc import Iterator
from typing import Any

from parsel import Selector

from finnews.items import Item, Quote, Rejection, Segment
from finnews.loaders import QuoteLoader
from finnews.pages.base import Page, text_of

_HEADING = re.compile(
    r"(?P<segment>Deutsche|Außerbörsliche|Ausländische) "
    r"(?:Börsenübersicht|Handelsplätze)\*? (?P<name>.+)"
)
_SEGMENTS: dict[str, Segment] = {
    "Deutsche": "german",
    "Außerbörsliche": "off-exchange",
    "Ausländische": "foreign",
}
_DIGIT = re.compile(r"\d")


class VenuesPage(Page):
    """Three tables: the German exchanges, trade off exchange, the exchanges abroad."""

    path = re.compile(r"/boersenplaetze/(?P<page>[^/]+)")

    def items(self) -> Iterator[Item]:
        """Yield the quotes; a rejection ``no-venues`` if the page has none of the tables."""
        yield from self.ticker()
        tables = list(self._tables())
        if not tables:
            yield self.rejection("no-venues", ["price"])
        for common, table in tables:
            for row in self.rows(table):
                yield from self._quote(row, common)

    def _tables(self) -> Iterator[tuple[dict[str, Any], Selector]]:
        page = self.from_path("page")
        for table in self.css("table"):
            heading = _HEADING.fullmatch(text_of(self.xpath("preceding::h2[1]", table)))
            if heading:
                segment = _SEGMENTS[heading["segment"]]
                yield {"name": heading["name"], "page": page, "segment": segment}, table

    def _quote(
        self, row: dict[str, Selector], common: dict[str, Any]
    ) -> Iterator[Quote | Rejection]:
        printed = {header: text_of(cell) for header, cell in row.items()}
        if not _DIGIT.search(printed.get("Letzter", "")):
            self.count("passed/venue without price")
            return
        quote = self._loaded(row["Letzter"], printed, common)
        if quote.price is None:
            yield self.rejection("unreadable-price", ["price"], **common, printed=printed)
            return
        if quote.mic is None:
            self.count(f"vocabulary/exchange/{quote.exchange}")
        yield quote

    def _loaded(self, cell: Selector, printed: dict[str, str], common: dict[str, Any]) -> Quote:
        loader = self.loader(QuoteLoader, cell, kind="stock", source="venues", **common)
        loader.add_price(printed["Letzter"])
        for name, header in _COLUMNS:
            loader.add_value(name, printed.get(header))
        loader.add_value("quoted_at", f"{printed.get('Zeit')} {printed.get('Datum')}")
        quote: Quote = loader.load_item()
        return quote


_COLUMNS = (
    ("exchange", "Börse"),
    ("mic", "Börse"),
    ("previous_close", "Vortag"),
    ("change", "+/-"),
    ("change_percent", "%"),
    ("day_low", "Spanne"),
    ("day_high", "Spanne"),
    ("volume", "Volumen (St.)"),
)
