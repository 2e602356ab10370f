"""Tables: found by the heading above them, read by the headers of their columns."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from parsel import Selector

from finnews.loaders import SiteLoader
from finnews.pages.base import Page, text_of
from finnews.pages.rules import Rule

Row = Mapping[str, Selector]
"""Text of the column's header → cell"""


def headed_tables(
    page: Page, heading: re.Pattern[str], above: str = "preceding::h2[1]"
) -> Iterator[tuple[re.Match[str], Selector]]:
    """Yield the tables whose heading matches, each with the match.

    `above` is the XPath expression from a table to its heading.
    """
    for table in page.css("table"):
        if match := heading.fullmatch(text_of(page.xpath(above, table))):
            yield match, table


def table_rows(
    page: Page, table: Selector, columns: Iterable[Rule], required: Collection[str] = ()
) -> Iterator[Row]:
    """Yield the rows that have a cell for each header; none if a `required` header is missing.

    It is counted which of the `columns` the table has. Other columns may be there too.
    """
    headers = [text_of(header) for header in page.css("th", table)]
    page.stats.count_headers(columns, headers)
    is_complete = set(required) <= set(headers)
    for row in page.css("tr", table):
        cells = row.css("td")
        if is_complete and len(cells) == len(headers):
            yield dict(zip(headers, cells, strict=True))


def row_texts(row: Row) -> dict[str, str]:
    """Return the texts of a row: header → text of the cell."""
    return {header: text_of(cell) for header, cell in row.items()}


def add_texts(loader: SiteLoader[Any], rules: Iterable[Rule], texts: Mapping[str, str]) -> None:
    """Add the text of each column or label to its field."""
    for rule in rules:
        loader.add_value(rule.field, texts.get(rule.text))
