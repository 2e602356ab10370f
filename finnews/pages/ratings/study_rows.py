"""The rows of a list of studies: by the headers of the columns, or by the forms of the cells.

The lists that were reported have no headers: date | "Muster Buy" | firm, and with an arrow before
the title on the list of one share.
"""

from collections.abc import Iterator
from typing import NamedTuple

from lxml.etree import _Element
from parsel import Selector

from finnews.items import Rejection
from finnews.pages.base import Page
from finnews.pages.parts.box_cells import name_in
from finnews.pages.parts.grid import GridRow, grid
from finnews.pages.parts.tables import table_rows, tables
from finnews.pages.ratings.study_cells import (
    date_among,
    firm_among,
    may_name_firm,
    plain_date,
    title_cell,
)
from finnews.pages.ratings.study_links import (
    firm_in,
    only_link,
    study_links,
)
from finnews.pages.rules import columns
from finnews.processors import analysis_id

_COLUMNS = columns(date_published="Datum", rating="Rating", firm=("Analyst", "Analysehaus"))
_REQUIRED = ("date_published", "rating", "firm")
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
        elif links := study_links(page, cell := Selector(root=row.cell("rating"))):
            firm = firm_in(page, Selector(root=row.cell("firm")))
            link = only_link(page, cell, links)
            date = plain_date(row.texts["date_published"])
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


def _without_headers(page: Page, table: Selector) -> Iterator[StudyRow | Rejection]:
    heading = ""
    for row in grid(table):
        if row.is_cut:
            yield page.rejection("unreadable-row", printed=row.texts)
        elif not row.is_of_several and _ADVERTISING.isdisjoint(row.texts) and row.texts[0]:
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
    cell = title_cell(linked, links, texts)
    title = Selector(root=cell if cell is not None else linked[0])
    link = only_link(page, title, links[cell]) if cell is not None else None
    if cell is None:
        page.doubt("id", "ambiguous", ", ".join(texts[part] for part in linked))
    others = (text for part, text in texts.items() if part is not title.root)
    firm = firm_among(page, link, list(filter(may_name_firm, others)))
    date = date_among(page, list(texts.values()))
    return StudyRow(title, link, date, firm, Selector(root=row.element), heading)
