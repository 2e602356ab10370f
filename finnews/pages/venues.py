"""The prices of a share on every exchange: ``/boersenplaetze/muster``."""

import re
from collections.abc import Iterator
from typing import Any

from parsel import Selector

from finnews.items import Item, Segment
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
            texts = row_texts(row)
            if _DIGIT.search(texts["Letzter"]):
                loader = self._loader(row["Börse"], texts, common)
                yield self.quote(loader, **common, printed=texts)
            else:
                self.stats.note("passed", "venue without price")

    def _venues(self) -> Iterator[tuple[dict[str, Any], Row]]:
        page = self.from_path("page")
        for heading, table in headed_tables(self, _HEADING):
            segment = _SEGMENTS[heading["segment"]]
            common = {"name": heading["name"], "page": page, "segment": segment}
            for row in table_rows(self, table, _ALL_COLUMNS, ("Börse", "Letzter")):
                yield common, row

    def _loader(
        self, venue: Selector, texts: dict[str, str], common: dict[str, Any]
    ) -> QuoteLoader:
        loader = self.loader(QuoteLoader, venue, kind="stock", source="venues", **common)
        loader.add_price(texts["Letzter"])
        add_texts(loader, _COLUMNS, texts)
        code = self.css("a::attr(href)", venue).re_first(_CODE)
        loader.add_value("mic", exchange_of_code(code or ""))
        loader.add_value("quoted_at", f"{texts.get('Zeit')} {texts.get('Datum')}")
        return loader


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
