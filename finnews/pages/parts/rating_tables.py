"""The tables "Analysen zu …" of an article or a stock: all ratings, then one table per verdict."""

import re
from collections.abc import Iterator, Mapping
from itertools import takewhile
from typing import NamedTuple

from parsel import Selector

from finnews.items import Rating, Rejection, may_be_same
from finnews.loaders import RatingLoader
from finnews.pages.base import Page
from finnews.pages.parts.tables import Row, table_rows
from finnews.pages.rules import columns
from finnews.pages.visible import text_of
from finnews.vocabulary import name_and_rating

_HEADING = "Analysen zu "
_HEADINGS = f'//h2[starts-with(normalize-space(), "{_HEADING}")]'
_PARTS = 'following::*[self::h2 or self::table or self::a[contains(@href, "-analysen")]]'
_COLUMNS = columns(date_published="Datum", rating="Rating", verdict="Rating", firm="Analyst")
_ANALYSES_LINK = re.compile(r"/analysen/([^/?#]+)-analysen")


class Section(NamedTuple):
    """The part of a page under a heading "Analysen zu …"."""

    name: str
    tables: list[Selector]
    stock: str | None
    """The stock's page name, from the link "mehr Analysen"."""


def table_ratings(page: Page, pages_by_name: Mapping[str, str]) -> Iterator[Rating | Rejection]:
    """Yield each rating in the tables once; the tables overlap.

    `pages_by_name` has the page names of stocks, for a section without the link "mehr Analysen".
    """
    seen: list[Rating] = []
    for section in _sections(page):
        stock = section.stock or pages_by_name.get(section.name)
        for rating in _ratings(page, section, stock):
            if isinstance(rating, Rejection):
                yield rating
            elif not any(_is_same(rating, other) for other in seen):
                seen.append(rating)
                yield rating


def _sections(page: Page) -> Iterator[Section]:
    for heading in page.xpath(_HEADINGS):
        parts = list(takewhile(lambda part: part.root.tag != "h2", page.xpath(_PARTS, heading)))
        hrefs = " ".join(part.root.get("href") for part in parts if part.root.tag == "a")
        tables = [part for part in parts if part.root.tag == "table"]
        name = text_of(heading).removeprefix(_HEADING)
        yield Section(name, tables, next(iter(_ANALYSES_LINK.findall(hrefs)), None))


def _ratings(page: Page, section: Section, stock: str | None) -> Iterator[Rating | Rejection]:
    for table in section.tables:
        for row in table_rows(page, table, _COLUMNS, [column.field for column in _COLUMNS]):
            yield row if isinstance(row, Rejection) else _rating(page, row, section.name, stock)


def _is_same(rating: Rating, other: Rating) -> bool:
    return may_be_same(rating, other) and not set(rating.keys).isdisjoint(other.keys)


def _rating(page: Page, row: Row, name: str, stock: str | None) -> Rating:
    printed = row.texts["rating"]
    _, rating = name_and_rating(printed, name) or (name, printed)
    loader = page.loader(RatingLoader, row.cells["rating"], name=name, page=stock)
    loader.add_css("id", 'a[href*="/analyse/"]::attr(href)')
    loader.add_value("firm", row.texts["firm"])
    loader.add_value("rating", rating)
    page.add_verdict(loader, rating)
    loader.add_value("date_published", row.texts["date_published"])
    return loader.load_item()
