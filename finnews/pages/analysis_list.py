"""A list of studies: ``/analysen?p=2``, or of one stock, ``/analysen/muster-analysen?p=2``."""

import re
from collections.abc import Iterator

from parsel import Selector

from finnews.items import Item, Rating
from finnews.loaders import RatingLoader
from finnews.pages.base import Link, Page
from finnews.pages.visible import text_of
from finnews.processors import german_day
from finnews.vocabulary import name_and_rating

_ROW = 'tr:has(a[href*="/analyse/"])'
_LINK = 'a[href*="/analyse/"]'


class AnalysisListPage(Page):
    """Studies, newest first, with a pager.

    A row has a date; today's rows have a time of day instead, so their date is unknown.
    """

    path = re.compile(r"/analysen(?:/(?P<page>[^/]+)-analysen)?")

    def items(self) -> Iterator[Item]:
        """Yield the ratings that have a date; a rejection ``no-analyses`` if there is no row.

        A row without a known rating is left to the page of the study.
        """
        yield from self.ticker()
        rows = self.css(_ROW)
        if not rows:
            yield self.rejection("no-analyses", ["rating"])
        for row in rows:
            rating = self._rating(row)
            if rating.date_published is None:
                self.stats.note("passed", "analysis row without day")
            elif rating.rating or rating.verdict:
                yield rating

    def links(self) -> Iterator[Link]:
        """Yield the studies in list order, then the other pages of the list."""
        for row in self.css(_ROW):
            href = self.css(f"{_LINK}::attr(href)", row).get("")
            yield Link(self.link_url(href), german_day(text_of(self.css("td", row))))
        yield from self.links_to(self.css("nav.pagination a::attr(href)").getall())

    def _rating(self, row: Selector) -> Rating:
        title = text_of(self.css(_LINK, row))
        name, rating = name_and_rating(title) or (None, None)
        loader = self.loader(RatingLoader, row, name=name, page=self.from_path("page"))
        loader.add_css("id", f"{_LINK}::attr(href)")
        loader.add_value("firm", text_of(self.xpath("./td[last()]", row)))
        loader.add_value("rating", rating)
        loader.add_value("verdict", rating)
        loader.add_css("verdict", "span.arrow::attr(title)")
        loader.add_value("date_published", text_of(self.css("td", row)))
        if rating is None:
            self.stats.unknown("rating", title)
        return loader.load_item()
