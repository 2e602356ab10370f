"""The quotes of a stock on all exchanges: ``/boersenplaetze/muster``."""

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
    """Three tables: German exchanges, off-exchange trading, foreign exchanges."""

    path = re.compile(r"/boersenplaetze/(?P<page>[^/]+)")

    def items(self) -> Iterator[Item]:
        """Yield the quotes; a rejection ``no-venues`` if no table has a readable row."""
        yield from self.ticker()
        rows = list(self._rows())
        if not rows:
            yield self.rejection("no-venues", ["exchange", "price"])
        for table_values, row in rows:
            texts = row_texts(row)
            if _DIGIT.search(texts["Letzter"]):
                loader = self._loader(row["Börse"], texts, table_values)
                yield self.quote(loader, **table_values, printed=texts)
            else:
                self.stats.note("passed", "venue without price")

    def _rows(self) -> Iterator[tuple[dict[str, Any], Row]]:
        page = self.from_path("page")
        for heading, table in headed_tables(self, _HEADING):
            segment = _SEGMENTS[heading["segment"]]
            table_values = {"name": heading["name"], "page": page, "segment": segment}
            for row in table_rows(self, table, _ALL_COLUMNS, ("Börse", "Letzter")):
                yield table_values, row

    def _loader(
        self, venue: Selector, texts: dict[str, str], table_values: dict[str, Any]
    ) -> QuoteLoader:
        loader = self.loader(QuoteLoader, venue, kind="stock", source="venues", **table_values)
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
    # read together with others, or by `add_price`
    *columns(price="Letzter", currency="Letzter", quoted_at=("Zeit", "Datum")),
)
