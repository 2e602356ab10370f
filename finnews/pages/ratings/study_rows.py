"""The rows of a list of studies: by the headers of the columns, or by the forms of the cells.

The lists that were reported have no headers: date | "Muster Buy" | firm, and with an arrow before
the title on the list of one share.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from parsel import Selector

from finnews.items import Rejection
from finnews.pages.base import Page
from finnews.pages.parts.grid import GridRow, grid
from finnews.pages.parts.tables import table_rows, tables
from finnews.pages.ratings.study_links import firm_in, is_firm_of, only_link, study_links
from finnews.pages.rules import columns
from finnews.processors import german_day
from finnews.vocabulary import is_rating

_COLUMNS = columns(date_published="Datum", rating="Rating", firm=("Analyst", "Analysehaus"))
_REQUIRED = ("date_published", "rating", "firm")
_CLOCK = re.compile(r"[0-9]{1,2}:[0-9]{2}(?: Uhr)?")
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


def study_rows(page: Page) -> Iterator[StudyRow | Rejection]:
    """Yield the rows of the tables that link to studies."""
    for _, table in tables(page):
        if not any("/analyse/" in link.get("href", "") for link in table.root.iter("a")):
            continue
        if page.css("th", table):
            yield from _by_headers(page, table)
        else:
            rows = (_by_forms(page, row) for row in grid(table))
            yield from (row for row in rows if row)


def _by_headers(page: Page, table: Selector) -> Iterator[StudyRow | Rejection]:
    for row in table_rows(page, table, _COLUMNS, _REQUIRED):
        if isinstance(row, Rejection):
            yield row
        elif links := study_links(page, cell := row.cells["rating"]):
            firm = firm_in(page, row.cells["firm"])
            link = only_link(page, cell, links)
            yield StudyRow(cell, link, row.texts["date_published"], firm, row.line)


def _by_forms(page: Page, row: GridRow) -> StudyRow | None:
    """Return the study in a row; ``None`` for an advertisement."""
    texts = dict(zip(row.cells, row.texts, strict=True))
    cells = ((cell, Selector(root=cell)) for cell in texts)
    titles = {cell: part for cell, part in cells if study_links(page, part)}
    if not titles or not _ADVERTISING.isdisjoint(row.texts):
        return None
    title = next(iter(titles.values()))
    link = only_link(page, title, study_links(page, title)) if len(titles) == 1 else None
    dates = list(filter(_is_date, texts.values()))
    if len(dates) > 1:
        page.doubt("date_published", "ambiguous", ", ".join(dates))
    others = (text for cell, text in texts.items() if cell not in titles)
    firm = _firm(page, link, list(filter(_is_name, others)))
    date = dates[0] if len(dates) == 1 else ""
    return StudyRow(title, link, date, firm, Selector(root=row.element))


def _firm(page: Page, link: Selector | None, names: list[str]) -> str | None:
    """Return the only text of the cells that is a name; of several, the one in the study's path."""
    named = [name for name in names if link and is_firm_of(link.attrib["href"], name)]
    firms = named if len(names) > 1 else names
    if len(firms) == 1:
        return firms[0].rstrip("* ")
    if names:
        page.doubt("firm", "ambiguous", ", ".join(names))
    return None


def _is_date(printed: str) -> bool:
    return german_day(printed) is not None or bool(_CLOCK.fullmatch(printed))


def _is_name(printed: str) -> bool:
    """Return whether a cell can be a firm's name, and is no date, arrow, price or rating."""
    return not (_is_date(printed) or _NO_NAME.search(printed) or is_rating(printed))
