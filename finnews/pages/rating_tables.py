"""The tables "Analysen zu …" of an article or a stock: all ratings, then by verdict."""

import re
from collections.abc import Iterator, Mapping

from parsel import Selector

from finnews.items import Rating
from finnews.loaders import RatingLoader
from finnews.pages.base import Page, text_of
from finnews.vocabulary import name_and_rating, verdict

_HEADING = "Analysen zu "
_UNDER_HEADING = "[preceding::h2[1][normalize-space()=$heading]]"
_ANALYSES_LINK = re.compile(r"/analysen/([^/?#]+)-analysen")


def table_ratings(page: Page, pages_by_name: Mapping[str, str]) -> Iterator[Rating]:
    """Yield each rating of the page's tables once.

    The tables overlap: all, buy, hold, sell. `pages_by_name` tells the page of a share by its
    name, for a section without the link "mehr Analysen".
    """
    seen: set[str] = set()
    for heading in page.xpath(f'//h2[starts-with(normalize-space(), "{_HEADING}")]'):
        for rating in _section(page, text_of(heading), pages_by_name):
            if seen.isdisjoint(rating.identities()):
                yield rating
            seen.update(rating.identities())


def _section(page: Page, heading: str, pages_by_name: Mapping[str, str]) -> Iterator[Rating]:
    name = heading.removeprefix(_HEADING)
    more = page.xpath(
        f'//a[contains(@href, "-analysen")]{_UNDER_HEADING}/@href', heading=heading
    ).re_first(_ANALYSES_LINK)
    for table in page.xpath(f"//table{_UNDER_HEADING}", heading=heading):
        for row in page.rows(table):
            if {"Datum", "Rating", "Analyst"} <= row.keys():
                yield _rating(page, row, name, more or pages_by_name.get(name))


def _rating(page: Page, row: dict[str, Selector], name: str, share: str | None) -> Rating:
    printed = text_of(row["Rating"])
    _, rating = name_and_rating(printed, name) or (name, printed)
    loader = page.loader(RatingLoader, row["Rating"], name=name, page=share)
    loader.add_css("id", 'a[href*="/analyse/"]::attr(href)')
    loader.add_value("firm", text_of(row["Analyst"]))
    loader.add_value("rating", rating)
    loader.add_value("verdict", rating)
    if verdict(rating) is None:
        page.count(f"vocabulary/rating/{rating}")
    loader.add_value("date_published", text_of(row["Datum"]))
    item: Rating = loader.load_item()
    return item
