"""The analysts' price targets for a stock: ``/kursziele/muster``."""

import re
from collections.abc import Iterator

from finnews.items import Item, Rating, Rejection
from finnews.loaders import RatingLoader
from finnews.pages.base import Link, Page
from finnews.pages.parts.tables import Row, add_row, headed_tables, table_rows
from finnews.pages.rules import columns

_HEADING = re.compile(r"Diese Analysten bewerten die (?P<name>.+)-Aktie")
_ARROW = 'ancestor::tr[1]//span[contains(@class, "arrow--analysis")]/@title'


class PriceTargetsPage(Page):
    """A table of price targets; the tables of the industry and of past targets are not read."""

    path = re.compile(r"/kursziele/(?P<page>[^/]+)")

    def items(self) -> Iterator[Item]:
        """Yield the ratings; a rejection ``no-price-targets`` if no table has a readable row."""
        yield from self.ticker()
        rows = [
            (heading["name"], row)
            for heading, table in headed_tables(self, _HEADING)
            for row in table_rows(self, table, _COLUMNS, ("firm", "price_target", "date_published"))
        ]
        if not rows:
            yield self.rejection("no-price-targets", ["firm", "price_target"])
        for name, row in rows:
            yield row if isinstance(row, Rejection) else self._rating(row, name)

    def links(self) -> Iterator[Link]:
        """Yield the studies in the table."""
        for _, table in headed_tables(self, _HEADING):
            hrefs = self.css('a[href*="/analyse/"]::attr(href)', table).getall()
            yield from self.links_to(hrefs)

    def _rating(self, row: Row, name: str) -> Rating:
        firm = row.cells["firm"]
        loader = self.loader(RatingLoader, firm, name=name, page=self.from_path("page"))
        loader.add_css("id", 'a[href*="/analyse/"]::attr(href)')
        add_row(self, loader, row, [column.field for column in _COLUMNS])
        arrow = self.xpath(_ARROW, firm).get("")
        if arrow:
            self.add_verdict(loader, arrow)
        return loader.load_item()


_COLUMNS = columns(
    firm="Analyst",
    price_target="Kursziel",
    currency="Kursziel",
    unit="Kursziel",
    upside_percent="Abstand Kursziel",
    date_published="Datum",
)
