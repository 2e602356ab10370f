"""Tables: found by the heading above them, read by the headers of their columns."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any

from lxml.etree import _Element
from parsel import Selector

from finnews.items import Rejection
from finnews.loaders import SiteLoader
from finnews.pages.base import Page
from finnews.pages.parts.grid import MOST_COLUMNS, GridRow, grid
from finnews.pages.parts.signs import is_of_other_sign
from finnews.pages.parts.table_headers import (
    Header,
    column_names,
    header_below,
    is_header_of_cells,
    tell_columns,
)
from finnews.pages.rules import PAGE, Rule
from finnews.pages.visible import HEADINGS, text_of
from finnews.processors import is_given, notation
from finnews.site import DecimalMark

_SIGNED = frozenset({"change", "change_percent", "upside_percent", "eps_estimate", "eps_actual"})
_TABLES = Rule(PAGE, "css", "table")
_ADVERTISING = re.compile(r"(?:[-–] ?)?(?:werbung|anzeige)\b.*|")


class _Numbers:
    """The numbers of a table."""

    def __init__(self, page: Page, rows: Iterable[GridRow]) -> None:
        self._page = page
        self._rows = rows

    @cached_property
    def mark(self) -> DecimalMark | None:
        """Their decimal mark; ``None`` if they have both marks."""
        texts = dict.fromkeys(chain.from_iterable(row.texts for row in self._rows))
        return notation(texts, self._page.site.mark)


@dataclass(slots=True)
class Row:
    """A row of a table; of its columns, a field of several has them by their headers instead."""

    texts: dict[str, str]
    """Field → text of its cell."""

    heading: str
    """Text of the last row above it that is a single cell; a table can have headings in it."""

    _row: GridRow
    _header: Header
    _numbers: _Numbers

    @property
    def line(self) -> Selector:
        """The whole row, without the cells that reach down to it from rows above."""
        return Selector(root=self._row.element, type="html")

    @property
    def mark(self) -> DecimalMark | None:
        """Decimal mark of the whole table; ``None`` if its numbers have both marks."""
        return self._numbers.mark

    @property
    def printed(self) -> dict[str, str]:
        """Header → text of the cell, of all columns."""
        return dict(zip(self._header.texts, self._row.texts, strict=True))

    def cell(self, name: str) -> _Element:
        """Return the cell of a field."""
        return self._row.cells[self._header.places[name]]

    def joined(self, parts: Iterable[Rule]) -> str:
        """Return what is given in the columns of one field: ``21:57:30 31.07.2026``."""
        texts = (self.texts.get(part.text, "") for part in parts)
        return " ".join(filter(is_given, texts))


def tables(page: Page) -> Iterator[tuple[str, Selector]]:
    """Yield the tables of a page, each with its caption or else the nearest heading before it.

    A table that stands in another is part of a cell.
    """
    heading: _Element | None = None
    elements = list(page.root.root.iter("table", *HEADINGS))
    page.stats.count(_TABLES, found=any(element.tag == "table" for element in elements))
    for element in elements:
        if element.tag != "table":
            heading = element
        elif next(element.iterancestors("table"), None) is None:
            caption = element.find("caption")
            title = heading if caption is None else caption
            yield "" if title is None else text_of(title), Selector(root=element)


def headed_tables(page: Page, heading: re.Pattern[str]) -> Iterator[tuple[re.Match[str], Selector]]:
    """Yield the tables whose heading matches, each with the match."""
    for title, table in tables(page):
        if match := heading.fullmatch(title):
            yield match, table


def table_rows(
    page: Page,
    table: Selector,
    columns: Sequence[Rule],
    required: Collection[str] = (),
    parts: Sequence[Rule] = (),
) -> Iterator[Row | Rejection]:
    """Yield the rows below the headers, each column by its own header, whatever its place.

    Of two columns that one field could mean, neither is read. What cannot be read is a rejection:
    ``missing-column`` if the table has none for a `required` field; ``unreadable-row`` for a row
    that has more or fewer cells than the table has columns, or a required one across several. It
    is counted which of the `columns` the table has, and which `parts`, the columns of a field that
    takes several. Other columns may be there too.
    """
    rows = list(grid(table))
    numbers = _Numbers(page, rows)
    header, heading = Header([]), ""
    for row in rows:
        if row.is_header or is_header_of_cells(header, row, columns, required):
            if not header.is_of(row):
                header = header_below(page, column_names(row), header, columns, parts)
                yield from tell_columns(page, header, required, (*columns, *parts))
        elif not row.is_of_several:
            heading = heading if _ADVERTISING.fullmatch(column_names(row)[0]) else row.texts[0]
        elif header.places.keys() >= set(required) and not header.is_of(row):
            yield _row(page, row, header, heading, numbers, required)
    if not header.texts:
        page.stats.count_headers((*columns, *parts), ())
        yield page.rejection("missing-column", required, printed=[row.texts for row in rows[:2]])


def add_texts(loader: SiteLoader[Any], rules: Iterable[Rule], texts: Mapping[str, str]) -> None:
    """Add the text of each label to its field."""
    for rule in rules:
        loader.add_value(rule.field, texts.get(rule.text))


def add_row(page: Page, loader: SiteLoader[Any], row: Row, fields: Iterable[str]) -> None:
    """Add the cells of a row to their fields; not a change whose colour shows another sign."""
    loader.context["mark"] = row.mark
    texts = {name: row.texts.get(name) for name in fields}
    for name, text in texts.items():
        if text and name in _SIGNED and is_of_other_sign(row.cell(name), text):
            page.doubt(name, "contradiction", text)
            texts[name] = None
    loader.add_value(None, texts)


def _row(
    page: Page,
    row: GridRow,
    header: Header,
    heading: str,
    numbers: _Numbers,
    required: Collection[str],
) -> Row | Rejection:
    is_aligned = len(row.cells) == len(header.texts) <= MOST_COLUMNS
    if not is_aligned or any(header.places[name] in row.spanned for name in required):
        return page.rejection("unreadable-row", printed=row.texts)
    texts = {name: row.texts[place] for name, place in header.places.items()}
    if row.spanned:
        for name in [name for name in texts if header.places[name] in row.spanned]:
            text = texts.pop(name)
            if is_given(text):
                page.doubt(name, "ambiguous", text)
    return Row(texts, heading, row, header, numbers)
