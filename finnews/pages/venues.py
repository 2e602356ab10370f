"""The quotes of a stock on all exchanges: ``/boersenplaetze/muster``."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final

from parsel import Selector

from finnews.items import Item, Quote, Rejection, Segment, instrument_key
from finnews.loaders import QuoteLoader
from finnews.pages.base import Page
from finnews.pages.parts.header import header_items
from finnews.pages.parts.repeated import agreeing
from finnews.pages.parts.shares import own_name
from finnews.pages.parts.table_headers import header_text
from finnews.pages.parts.tables import Row, add_row, table_rows, tables
from finnews.pages.rules import PAGE, Rule, columns
from finnews.pages.securities.venue_exchanges import agreed_exchange, code_in, exchange_of_cell
from finnews.pages.visible import text_of
from finnews.processors import is_given, iso_day

_HEADING = re.compile(
    r"(?P<segment>Deutsche|Außerbörsliche|Ausländische)r? "
    r"(?:Börsenübersicht|Handelsplätze|Börsen|Handel)\*? ?(?P<name>.*)"
)
_SEGMENTS: Final[dict[str, Segment]] = {
    "Deutsche": "german",
    "Außerbörsliche": "off-exchange",
    "Ausländische": "foreign",
}
_COLUMNS = columns(
    exchange="Börse",
    mic="Börse",
    price="Letzter",
    currency="Letzter",
    unit="Letzter",
    previous_close="Vortag",
    change="+/-",
    change_percent="%",
    day_low="Spanne",
    day_high="Spanne",
    volume="Volumen (St.)",
)
_FIELDS = tuple(dict.fromkeys(rule.field for rule in _COLUMNS))
_TIME = columns(quoted_at=("Zeit", "Datum"))
_LINKS = Rule(PAGE, "css", "a")
_REQUIRED = ("exchange", "price")
_FIRST = 20  # cells: those of the headers, and of a heading above them


class VenuesPage(Page):
    """Three tables: German exchanges, off-exchange trading, foreign exchanges."""

    path = re.compile(r"/boersenplaetze/(?P<page>[^/]+)")

    def items(self) -> Iterator[Item]:
        """Yield the quotes, and rejections for what cannot be read.

        ``no-venues``: no table has a readable row; ``missing-table``: one of the three is missing.
        """
        yield from header_items(self)
        headed = list(self._tables())
        titles = [title for heading, _ in headed if (title := _HEADING.fullmatch(heading))]
        name = own_name(self, (title["name"] for title in titles))
        stock = {"name": name, "page": self.from_path("page")}
        rows = [
            (row, heading)
            for heading, table in headed
            for row in table_rows(self, table, _COLUMNS, _REQUIRED, _TIME)
        ]
        yield from agreeing(self, self._quotes(rows, stock))
        if all(isinstance(row, Rejection) for row, _ in rows):
            yield self.rejection("no-venues", ["exchange", "price"])
        elif missing := _SEGMENTS.keys() - {title["segment"] for title in titles}:
            yield self.rejection("missing-table", ["segment"], tables=sorted(missing))

    def _tables(self) -> Iterator[tuple[str, Selector]]:
        """Yield the tables of quotes with their headings, also under a heading of other words."""
        for heading, table in tables(self):
            if _HEADING.fullmatch(heading) or _is_of_venues(table):
                yield heading, table

    def _quotes(
        self, rows: Iterable[tuple[Row | Rejection, str]], stock: dict[str, str | None]
    ) -> Iterator[Quote | Rejection]:
        for row, heading in rows:
            yield from [row] if isinstance(row, Rejection) else self._items(row, heading, stock)

    def _items(
        self, row: Row, heading: str, stock: dict[str, str | None]
    ) -> Iterator[Quote | Rejection]:
        """Yield the quote of a row, or why it has none."""
        links = list(row.cell("exchange").iter("a"))
        self.stats.count(_LINKS, found=bool(links))
        href = next(filter(None, (link.get("href") for link in links)), None)
        if not is_given(row.texts.get("price", "")):
            self.stats.note("passed", "venue without price")
        elif not self._is_of(stock, href, heading):
            self.stats.note("passed", "venue of another security")
            if _HEADING.fullmatch(heading):
                yield self.rejection("other-security", heading=heading, printed=row.printed)
            else:
                self.doubt("segment", "unreadable", heading)
        else:
            values = stock | {"segment": self._segment(row.heading or heading)}
            yield self.quote(self._loader(row, href, values), **values, printed=row.printed)

    def _is_of(self, stock: dict[str, str | None], href: str | None, heading: str) -> bool:
        """Return whether a row is the stock's: by its link, or else by the heading above."""
        if href is None:
            return bool(stock["name"]) and str(stock["name"]) in heading
        linked = self.instrument(href) if self.site.has(self.absolute_url(href)) else {}
        pages = (linked.get("page"), stock["page"])
        return len({instrument_key("stock", page) for page in pages}) == 1

    def _segment(self, heading: str) -> Segment | None:
        """Return which of the three tables a heading names."""
        title = _HEADING.fullmatch(heading)
        if title is None:
            self.doubt("segment", "unreadable", heading)
            return None
        return _SEGMENTS[title["segment"]]

    def _loader(self, row: Row, href: str | None, values: dict[str, Any]) -> QuoteLoader:
        loader = self.loader(
            QuoteLoader, None, kind="stock", source="venues", price_type="trade", **values
        )
        exchange, code = exchange_of_cell(self, row.cell("exchange"), href), code_in(href)
        row.texts |= {"exchange": exchange, "mic": agreed_exchange(self, exchange, code)}
        add_row(self, loader, row, _FIELDS)
        printed = row.joined(_TIME)
        if iso_day(printed):
            self.doubt("quoted_at", "unreadable", printed)
        else:
            loader.add_value("quoted_at", printed)
        return loader


def _is_of_venues(table: Selector) -> bool:
    """Return whether the headers of a table are those of quotes, or its rows link to exchanges."""
    cells = table.root.iter("th", "td")
    if {"börse", "letzter"} <= {header_text(text_of(cell)) for cell in islice(cells, _FIRST)}:
        return True
    return any(code_in(link.get("href")) for link in table.root.iter("a"))
