"""The rows of a list of studies: by the headers of the columns, or by the forms of the cells.

The lists that were reported have no headers: date | "Muster Buy" | firm, and with an arrow before
the title on the list of one share.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml.etree import _Element
from parsel import Selector

from finnews.items import Rejection
from finnews.pages.base import Page
from finnews.pages.parts.box_cells import name_in
from finnews.pages.parts.grid import GridRow, grid
from finnews.pages.parts.tables import table_rows, tables
from finnews.pages.ratings.study_firms import is_firm_of, is_like_firm_of, is_single_firm
from finnews.pages.ratings.study_links import (
    firm_in,
    only_link,
    study_links,
)
from finnews.pages.ratings.titles import has_rating
from finnews.pages.rules import columns
from finnews.processors import analysis_id, german_day
from finnews.vocabulary import is_rating

_COLUMNS = columns(date_published="Datum", rating="Rating", firm=("Analyst", "Analysehaus"))
_REQUIRED = ("date_published", "rating", "firm")
_CLOCK = re.compile(r"[0-9]{1,2}:[0-9]{2}(?: Uhr)?")
_WEEKDAY = re.compile(r"^(?:Mo|Di|Mi|Do|Fr|Sa|So)[a-z]*[.,]{0,2} ")
_NO_NAME = re.compile(r"[0-9][.,][0-9]|[%€$£\u2190-\u21ff]|->|^\W*$")
_ADVERTISING = frozenset({"Werbung", "Anzeige", "- Anzeige -"})


class StudyRow(NamedTuple):
    """A study in a list, as printed."""

    cell: Selector
    """The cell with the link to the study."""

    link: Selector | None
    """``None`` if the row links to several studies."""

    date: str
    firm: str | None

    row: Selector
    """The whole row, for its arrow."""

    heading: str = ""
    """Text of the last row above it that is a single cell."""


def study_rows(page: Page) -> Iterator[StudyRow | Rejection]:
    """Yield the rows of the tables that link to studies."""
    for _, table in tables(page):
        if not any("/analyse/" in link.get("href", "") for link in table.root.iter("a")):
            continue
        if page.css("th", table):
            yield from _by_headers(page, table)
        else:
            yield from _without_headers(page, table)


def _by_headers(page: Page, table: Selector) -> Iterator[StudyRow | Rejection]:
    for row in table_rows(page, table, _COLUMNS, _REQUIRED):
        if isinstance(row, Rejection):
            yield row
        elif links := study_links(page, cell := row.cells["rating"]):
            firm = firm_in(page, row.cells["firm"])
            link = only_link(page, cell, links)
            date = _plain_date(row.texts["date_published"])
            yield StudyRow(cell, link, date, firm, row.line, row.heading)
        else:
            _count_unreadable(page, [cell.root])


def _count_unreadable(page: Page, cells: list[_Element]) -> None:
    """Count the links to studies that have no number, and those that lead to another site."""
    hrefs = (link.get("href", "") for cell in dict.fromkeys(cells) for link in cell.iter("a"))
    for href in (href for href in hrefs if "/analyse/" in href):
        is_own = page.site.has(page.link_url(href))
        if not is_own or not analysis_id(href):
            page.doubt("id", "unreadable" if is_own else "contradiction", href)


def _without_headers(page: Page, table: Selector) -> Iterator[StudyRow]:
    heading = ""
    for row in grid(table):
        if not row.is_of_several and _ADVERTISING.isdisjoint(row.texts) and row.texts[0]:
            heading = row.texts[0]
        elif study := _by_forms(page, row, heading):
            yield study


def _by_forms(page: Page, row: GridRow, heading: str) -> StudyRow | None:
    """Return the study in a row; ``None`` for an advertisement."""
    texts = {cell: name_in(Selector(root=cell)) for cell in row.cells}
    links = {cell: study_links(page, Selector(root=cell)) for cell in texts}
    linked = [cell for cell in texts if links[cell]]
    if not linked or not _ADVERTISING.isdisjoint(row.texts):
        _count_unreadable(page, row.cells)
        return None
    cell = _title_cell(linked, links, texts)
    title = Selector(root=cell if cell is not None else linked[0])
    link = only_link(page, title, links[cell]) if cell is not None else None
    if cell is None:
        page.doubt("id", "ambiguous", ", ".join(texts[part] for part in linked))
    others = (text for part, text in texts.items() if part is not title.root)
    firm = _firm(page, link, list(filter(_is_name, others)))
    date = _date(page, list(texts.values()))
    return StudyRow(title, link, date, firm, Selector(root=row.element), heading)


def _title_cell(
    linked: list[_Element],
    links: dict[_Element, list[Selector]],
    texts: dict[_Element, str],
) -> _Element | None:
    """Return the cell with the study's title; ``None`` if the cells link to several studies.

    Date and firm can have the link, too.
    """
    if len(linked) == 1:
        return linked[0]
    ids = {analysis_id(link.attrib["href"]) for cell in linked for link in links[cell]}
    href = links[linked[0]][0].attrib["href"]
    titles = [c for c in linked if not _is_date(texts[c]) and not is_firm_of(href, texts[c])]
    if len(titles) > 1:
        titles = [cell for cell in titles if has_rating(texts[cell])]
    return titles[0] if len(ids) == len(titles) == 1 else None


def _date(page: Page, texts: list[str]) -> str:
    """Return the day of a row, or its time of day; empty with a doubt if it is not certain."""
    dates = list(filter(_is_date, texts))
    if len(dates) == 1:
        return _plain_date(dates[0])
    page.doubt("date_published", "ambiguous" if dates else "unreadable", ", ".join(dates or texts))
    return ""


def _firm(page: Page, link: Selector | None, names: list[str]) -> str | None:
    """Return the only text of the cells that is a name, and that in the study's path."""
    href = "" if link is None else link.attrib["href"]
    named = [name for name in names if is_firm_of(href, name)]
    plain = list(filter(is_single_firm, names))
    firms = named or [name for name in plain if link is None or is_like_firm_of(href, name)]
    if len(firms) == 1:
        return firms[0].rstrip("* ")
    if names:
        page.doubt("firm", "ambiguous" if len(names) > 1 else "contradiction", ", ".join(names))
    return None


def day_of(printed: str) -> str | None:
    """Return the day in a cell, with a weekday before it or a footnote's star behind it.

    >>> day_of("Fr, 20.11.26"), day_of("20.11.2026*"), day_of("09:15")
    ('2026-11-20', '2026-11-20', None)
    """
    return german_day(_plain_date(printed))


def _plain_date(printed: str) -> str:
    return _WEEKDAY.sub("", printed).rstrip("* ")


def _is_date(printed: str) -> bool:
    return day_of(printed) is not None or bool(_CLOCK.fullmatch(printed))


def _is_name(printed: str) -> bool:
    """Return whether a cell can be a firm's name, and is no date, arrow, price or rating."""
    return not (_is_date(printed) or _NO_NAME.search(printed) or is_rating(printed))
