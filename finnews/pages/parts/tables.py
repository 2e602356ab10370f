"""Tables: found by the heading above them, read by the headers of their columns."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
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
from finnews.pages.rules import Rule
from finnews.pages.visible import HEADINGS, text_of
from finnews.processors import is_given, notation
from finnews.site import DecimalMark

_SIGNED = frozenset({"change", "change_percent", "upside_percent", "eps_estimate", "eps_actual"})
_ADVERTISING = re.compile(r"(?:[-–] ?)?(?:werbung|anzeige)\b.*|")


@dataclass(slots=True)
class Row:
    """A row of a table."""

    line: Selector
    """The whole row, without the cells that reach down to it from rows above."""

    cells: dict[str, Selector]
    """Field → cell; a field of several columns has them by their headers instead."""

    heading: str
    """Text of the last row above it that is a single cell; a table can have headings in it."""

    mark: DecimalMark | None
    """Decimal mark of the whole table; ``None`` if its numbers have both marks."""

    printed: dict[str, str]
    """Header → text of the cell, of all columns."""

    texts: dict[str, str]
    """Names as of the cells → their texts."""

    def joined(self, parts: Iterable[Rule]) -> str:
        """Return what is given in the columns of one field: ``21:57:30 31.07.2026``."""
        texts = (self.texts.get(part.text, "") for part in parts)
        return " ".join(filter(is_given, texts))


def tables(page: Page) -> Iterator[tuple[str, Selector]]:
    """Yield the tables of a page, each with its caption or else the nearest heading before it.

    A table that stands in another is part of a cell.
    """
    heading: _Element | None = None
    page.css("table")
    for element in page.root.root.iter("table", *HEADINGS):
        if element.tag in HEADINGS:
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
    texts = dict.fromkeys(text for row in rows for text in row.texts)
    mark = notation(texts, page.site.mark)
    header, heading = Header([]), ""
    for row in rows:
        if row.is_header or is_header_of_cells(header, row, columns, required):
            if not header.is_of(row):
                header = header_below(page, column_names(row), header, columns, parts)
                yield from tell_columns(page, header, required, (*columns, *parts))
        elif not row.is_of_several:
            heading = heading if _ADVERTISING.fullmatch(column_names(row)[0]) else row.texts[0]
        elif header.places.keys() >= set(required) and not header.is_of(row):
            yield _row(page, row, header, heading, mark, required)
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
    for name in fields:
        text = row.texts.get(name)
        if text and name in _SIGNED and is_of_other_sign(row.cells[name], text):
            page.doubt(name, "contradiction", text)
        else:
            loader.add_value(name, text)


def _row(
    page: Page,
    row: GridRow,
    header: Header,
    heading: str,
    mark: DecimalMark | None,
    required: Collection[str],
) -> Row | Rejection:
    is_aligned = len(row.cells) == len(header.texts) <= MOST_COLUMNS
    if not is_aligned or any(header.places[name] in row.spanned for name in required):
        return page.rejection("unreadable-row", printed=row.texts)
    places = dict(header.places)
    for name in [name for name, place in places.items() if place in row.spanned]:
        text = row.texts[places.pop(name)]
        if is_given(text):
            page.doubt(name, "ambiguous", text)
    parts = {place: Selector(root=row.cells[place], type="html") for place in places.values()}
    return Row(
        Selector(root=row.element, type="html"),
        {name: parts[place] for name, place in places.items()},
        heading,
        mark,
        dict(zip(header.texts, row.texts, strict=True)),
        {name: row.texts[place] for name, place in places.items()},
    )
