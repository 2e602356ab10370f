"""The prices of a share on every exchange: ``/boersenplaetze/muster``."""

import re
from collections.abc import Iterator
from typing import Any

from parsel import Selector

from finnews.items import Item, Quote, Rejection, Segment
from finnews.loaders import QuoteLoader
from finnews.pages.base import Page
from finnews.pages.parts.tables import Row, add_texts, headed_tables, row_texts, table_rows
from finnews.pages.rules import columns
from finnews.vocabulary import exchange_of_code

_HEADING = re.compile(
    r"(?P<segment>Deutsche|Außerbörsliche|Ausländische) "
    r"(?:Börsenübersicht|Handelsplätze)\*? (?P<name>.+)"
)
_SEGMENTS: dict[str, Segment] = {
    "Deutsche": "german",
    "Außerbörsliche": "off-exchange",
    "Ausländische": "foreign",
}
_CODE = re.compile(r"@stBoerse_([^/?#]+)")
_DIGIT = re.compile(r"\d")


class VenuesPage(Page):
    """Three tables: the German exchanges, trade off exchange, the exchanges abroad."""

    path = re.compile(r"/boersenplaetze/(?P<page>[^/]+)")

    def items(self) -> Iterator[Item]:
        """Yield the quotes; a rejection ``no-venues`` if no table has a row to read."""
        yield from self.ticker()
        rows = list(self._venues())
        if not rows:
            yield self.rejection("no-venues", ["exchange", "price"])
        for common, row in rows:
            yield from self._quote(row, common)

    def _venues(self) -> Iterator[tuple[dict[str, Any], Row]]:
        page = self.from_path("page")
        for heading, table in headed_tables(self, _HEADING):
            segment = _SEGMENTS[heading["segment"]]
            common = {"name": heading["name"], "page": page, "segment": segment}
            for row in table_rows(self, table, _ALL_COLUMNS, ("Börse", "Letzter")):
                yield common, row

    def _quote(self, row: Row, common: dict[str, Any]) -> Iterator[Quote | Rejection]:
        printed = row_texts(row)
        if not _DIGIT.search(printed["Letzter"]):
            self.stats.note("passed", "venue without price")
            return
        quote = self._loaded(row["Börse"], printed, common)
        if quote.price is None:
            yield self.rejection("unreadable-price", ["price"], **common, printed=printed)
            return
        if quote.exchange and quote.mic is None:
            self.stats.unknown("exchange", quote.exchange)
        yield quote

    def _loaded(self, venue: Selector, printed: dict[str, str], common: dict[str, Any]) -> Quote:
        loader = self.loader(QuoteLoader, venue, kind="stock", source="venues", **common)
        loader.add_price(printed["Letzter"])
        add_texts(loader, _COLUMNS, printed)
        code = self.css("a::attr(href)", venue).re_first(_CODE)
        loader.add_value("mic", exchange_of_code(code or ""))
        loader.add_value("quoted_at", f"{printed.get('Zeit')} {printed.get('Datum')}")
        quote: Quote = loader.load_item()
        return quote


_COLUMNS = columns(
    exchange="Börse",
    mic="Börse",
    previous_close="Vortag",
    change="+/-",
    change_percent="%",
    day_low="Spanne",
    day_high="Spanne",
    volume="Volumen (St.)",
)
_ALL_COLUMNS = (
    *_COLUMNS,
    # These are not read alone, or not each into one field.
    *columns(price="Letzter", currency="Letzter", quoted_at=("Zeit", "Datum")),
)
