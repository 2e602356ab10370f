"""Rule 4: a row is read cell by cell, or told."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from lxml.html import fragment_fromstring

from tests.alterations.grids import body_rows, header_cells, read_tables, text
from tests.alterations.registry import SAME, Pick, Seen, alters
from tests.alterations.sheets import PAPERS, Sheet
from tests.alterations.tables import FIELDS, element, set_text


def rows(sheet: Sheet) -> list[Any]:
    """Return the rows of the page's tables that are read."""
    found = [table for table in read_tables(sheet) if _headers(table) <= FIELDS.keys() | {""}]
    return [row for table in found for row in body_rows(table)]


def only_once(find: Callable[[Sheet], list[Any]]) -> Callable[[Sheet], list[Any]]:
    """Return a function that finds places on pages whose rows stand in no second table."""
    return lambda sheet: find(sheet) if sheet.page_type not in (*PAPERS, "article") else []


@alters(rows)
def one_more_cell(row: Any, pick: Pick) -> Seen:
    cell = element("td", pick(("-", "72,00 EUR", "▲", "")))
    row.insert(pick((0, 1, len(row))), cell)
    return SAME


@alters(only_once(rows))
def one_cell_less(row: Any, pick: Pick) -> Seen:
    headers = [text(cell) for cell in header_cells(row.xpath("ancestor::table[1]")[0])]
    at = pick(range(len(row)))
    fields = FIELDS.get(headers[at], ())
    links = row[at].xpath(".//a[contains(@href, '/analyse/')]")
    row.remove(row[at])
    gone = frozenset({*fields, "verdict", "quoted_at", "id", "previous_price_target"})
    return Seen(gone=gone, lost=len(links))


@alters(rows)
def a_cell_that_spans_two_columns(row: Any, pick: Pick) -> Seen:
    at = pick(range(len(row) - 1))
    row[at].set("colspan", "2")
    links = row[at + 1].xpath(".//a[contains(@href, '/analyse/')]")
    row.remove(row[at + 1])
    headers = [text(cell) for cell in header_cells(row.xpath("ancestor::table[1]")[0])]
    fields = FIELDS.get(headers[at + 1], ())
    return Seen(gone=frozenset((*fields, "verdict", "quoted_at", "id")), lost=len(links))


@alters(rows)
def a_first_cell_that_is_a_header(row: Any, _pick: Pick) -> Seen:
    row[0].tag = "th"
    return SAME


@alters(rows)
def headers_that_are_repeated(row: Any, pick: Pick) -> Seen:
    table = row.xpath("ancestor::table[1]")[0]
    again = deepcopy(header_cells(table)[0].getparent())
    row.addprevious(again) if pick((True, False)) else row.addnext(again)
    return SAME


@alters(rows)
def a_row_twice(row: Any, _pick: Pick) -> Seen:
    row.addnext(deepcopy(row))
    return SAME


@alters(only_once(rows))
def a_row_that_is_dropped(row: Any, _pick: Pick) -> Seen:
    row.getparent().remove(row)
    return Seen(lost=2)


@alters(rows)
def a_row_of_something_else(row: Any, pick: Pick) -> Seen:
    width = len(row)
    content = pick(("Werbung", "Stand: 20.11.2026 17:35 Uhr", "Kurse 15 Min. verzögert", ""))
    line = element("tr")
    line.append(element("td", content, colspan=str(width)))
    row.addprevious(line)
    return SAME


@alters(rows)
def rows_in_another_order(row: Any, pick: Pick) -> Seen:
    parent = row.getparent()
    others = [other for other in parent if other is not row and len(other) == len(row)]
    if others:
        pick(others).addprevious(row)
    return SAME


@alters(only_once(rows))
def a_table_within_a_cell(row: Any, pick: Pick) -> Seen:
    headers = [text(cell) for cell in header_cells(row.xpath("ancestor::table[1]")[0])]
    wanted = [at for at, header in enumerate(headers) if header == "Spanne"]
    plain = [at for at, cell in enumerate(row) if not len(cell) and text(cell)]
    if not plain:
        return SAME
    at = pick(wanted or plain)
    content = [part.strip() for part in text(row[at]).split(" - ")]
    set_text(row[at], "")
    cells = "".join(f"<td>{part}</td>" for part in content)
    row[at].append(fragment_fromstring(f"<table><tbody><tr>{cells}</tr></tbody></table>"))
    return SAME


def _headers(table: Any) -> set[str]:
    return {text(cell) for cell in header_cells(table)}
