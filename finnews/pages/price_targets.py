"""The houses' targets for a share: ``/kursziele/muster``."""

import re
from collections.abc import Iterator

from parsel import Selector

from finnews.items import Item, Rating
from finnews.loaders import RatingLoader
from finnews.pages.base import Link, Page, text_of

_HEADING = re.compile(r"Diese Analysten bewerten die (?P<name>.+)-Aktie")


class PriceTargetsPage(Page):
    """One table of targets; the tables of the branch and of the past are not read."""

    path = re.compile(r"/kursziele/(?P<page>[^/]+)")

    def items(self) -> Iterator[Item]:
        """Yield the ratings; a rejection ``no-price-targets`` if the page has no such table."""
        yield from self.ticker()
        tables = list(self._tables())
        if not tables:
            yield self.rejection("no-price-targets", ["price_target"])
        for name, table in tables:
            for row in self.rows(table):
                yield self._rating(row, name)

    def links(self) -> Iterator[Link]:
        """Yield the analyses of the table."""
        for _, table in self._tables():
            for href in self.css('a[href*="/analyse/"]::attr(href)', table).getall():
                yield Link(self.absolute(href))

    def _tables(self) -> Iterator[tuple[str, Selector]]:
        for table in self.css("table"):
            heading = _HEADING.fullmatch(text_of(self.xpath("preceding::h2[1]", table)))
            if heading:
                yield heading["name"], table

    def _rating(self, row: dict[str, Selector], name: str) -> Rating:
        firm, target = row["Analyst"], text_of(row["Kursziel"])
        loader = self.loader(RatingLoader, firm, name=name, page=self.from_path("page"))
        loader.add_css("id", 'a[href*="/analyse/"]::attr(href)')
        loader.add_value("firm", text_of(firm))
        arrow = self.css("span.arrow::attr(title)", row[""]).get()
        loader.add_value("verdict", arrow)
        loader.add_value("price_target", target)
        loader.add_value("currency", target)
        loader.add_value("upside_percent", text_of(row["Abstand Kursziel"]))
        loader.add_value("date_published", text_of(row["Datum"]))
        rating: Rating = loader.load_item()
        return rating
