"""The tables of pages: their headings, headers and rows."""

import re
from collections.abc import Iterator
from typing import Literal

from lxml.html import HtmlElement

from tests.alterations.sheets import Sheet

_HEADINGS = {
    "venues": re.compile(r".*(?:Börsenübersicht|Handelsplätze).*"),
    "price_targets": re.compile(r"Diese Analysten bewerten .*"),
    "events": re.compile(r".* Termine"),
}


_ABOVE = "preceding::*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5][1]"


_RATING_TABLES = (
    """//table[.//th][contains(preceding::*[self::h1 or self::h2][1], "Analysen zu")]"""
)


def tables(sheet: Sheet) -> list[HtmlElement]:
    """Return the tables of a page that are read, and that have a row of headers."""
    heading = _HEADINGS.get(sheet.page_type)
    if not heading:
        return []
    found = sheet.xpath("//table[.//th]")
    headed = [table for table in found if heading.fullmatch(heading_text(table))]
    own = [table for table in headed if table.find("caption") is None]
    return own if sheet.page_type != "price_targets" or len(headed) == 1 else []


def read_tables(sheet: Sheet) -> list[HtmlElement]:
    """Return the tables that are read, those of ratings in articles and stock pages as well."""
    rated = sheet.xpath(_RATING_TABLES) if sheet.page_type in ("article", "stock") else []
    return [table for table in (*tables(sheet), *rated) if body_rows(table) and _is_clear(table)]


def _is_clear(table: HtmlElement) -> bool:
    """Return whether a table has one row of headers, and not earnings of both kinds."""
    is_once = len(table.xpath(".//tr[th][not(td)]")) < 2
    return is_once and sum("EPS" in text(cell) for cell in header_cells(table)) < 2


def heading_of(table: HtmlElement) -> HtmlElement:
    """Return the heading above a table."""
    return table.xpath(_ABOVE)[0]


def heading_text(table: HtmlElement) -> str:
    """Return the text of the heading above a table."""
    return " ".join(map(text, table.xpath(_ABOVE)))


def text(element: HtmlElement) -> str:
    """Return the text of an element on one line."""
    return " ".join(element.text_content().split())


def header_cells(table: HtmlElement) -> list[HtmlElement]:
    """Return the cells of the first row."""
    return list(table.xpath("(.//tr)[1]/*[self::td or self::th]"))


def body_rows(table: HtmlElement) -> list[HtmlElement]:
    """Return the rows below the first that have as many cells as it."""
    width = len(header_cells(table))
    return [row for row in table.xpath(".//tr[td]") if len(row) == width]


def column(table: HtmlElement, *names: str) -> int | None:
    """Return the index of the column with one of the headers."""
    headers = [text(cell) for cell in header_cells(table)]
    return next((at for at, header in enumerate(headers) if header in names), None)


def text_slots(element: HtmlElement) -> Iterator[tuple[HtmlElement, Literal["text", "tail"], str]]:
    """Yield the texts within an element that are not blank."""
    for part in element.iter():
        if isinstance(part.tag, str) and (part.text or "").strip():
            yield part, "text", part.text
        if part is not element and (part.tail or "").strip():
            yield part, "tail", part.tail
