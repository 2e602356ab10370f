"""The tables "Analysen zu …" of an article or a stock: all ratings, then by verdict."""

import re
from collections.abc import Iterator, Mapping
from itertools import takewhile
from typing import NamedTuple

from parsel import Selector

from finnews.items import Rating, may_be_same
from finnews.loaders import RatingLoader
from finnews.pages.base import Page, text_of
from finnews.pages.parts.tables import Row, table_rows
from finnews.pages.rules import columns
from finnews.vocabulary import name_and_rating

_HEADING = "Analysen zu "
_HEADINGS = f'//h2[starts-with(normalize-space(), "{_HEADING}")]'
_PARTS = 'following::*[self::h2 or self::table or self::a[contains(@href, "-analysen")]]'
_COLUMNS = columns(date_published="Datum", rating="Rating", verdict="Rating", firm="Analyst")
_ANALYSES_LINK = re.compile(r"/analysen/([^/?#]+)-analysen")


class Section(NamedTuple):
    """What stands under a heading "Analysen zu …"."""

    name: str
    tables: list[Selector]
    share: str | None
    """The page name of the share to whose studies it links: "mehr Analysen"."""


def table_ratings(page: Page, pages_by_name: Mapping[str, str]) -> Iterator[Rating]:
    """Yield each rating of the page's tables once.

    The tables overlap: all, buy, hold, sell. `pages_by_name` tells the page of a share by its
    name, for a section without the link "mehr Analysen".
    """
    seen: list[Rating] = []
    for section in _sections(page):
        share = section.share or pages_by_name.get(section.name)
        for rating in _ratings(page, section, share):
            if not any(_is_same(rating, other) for other in seen):
                seen.append(rating)
                yield rating


def _sections(page: Page) -> Iterator[Section]:
    for heading in page.xpath(_HEADINGS):
        own = list(takewhile(lambda part: part.root.tag != "h2", page.xpath(_PARTS, heading)))
        links = " ".join(part.root.get("href") for part in own if part.root.tag == "a")
        tables = [part for part in own if part.root.tag == "table"]
        name = text_of(heading).removeprefix(_HEADING)
        yield Section(name, tables, next(iter(_ANALYSES_LINK.findall(links)), None))


def _ratings(page: Page, section: Section, share: str | None) -> Iterator[Rating]:
    for table in section.tables:
        for row in table_rows(page, table, _COLUMNS, [column.text for column in _COLUMNS]):
            yield _rating(page, row, section.name, share)


def _is_same(one: Rating, other: Rating) -> bool:
    return may_be_same(one, other) and not set(one.keys).isdisjoint(other.keys)


def _rating(page: Page, row: Row, name: str, share: str | None) -> Rating:
    printed = text_of(row["Rating"])
    _, rating = name_and_rating(printed, name) or (name, printed)
    loader = page.loader(RatingLoader, row["Rating"], name=name, page=share)
    loader.add_css("id", 'a[href*="/analyse/"]::attr(href)')
    loader.add_value("firm", text_of(row["Analyst"]))
    loader.add_value("rating", rating)
    page.add_verdict(loader, rating)
    loader.add_value("date_published", text_of(row["Datum"]))
    return loader.load_item()
