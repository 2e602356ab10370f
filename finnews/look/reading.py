"""The rows of a table: some of them for a page, all of them for a file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from finnews.look.live_tables import LiveTables
from finnews.look.model import Column, Row, Table
from finnews.sql.columns import quoted

Arguments = Mapping[str, str]
"""What stands behind the question mark of an address: ``news=-at&news.page=2``."""

WORDS: Final = ("text", "verdict")
"""Forms of columns that are ordered as a dictionary is, not by their characters' numbers."""

COLLATION: Final = "de"
"""Of the dictionary; look.js has the same."""

HIDDEN: Final = "_"
"""The first letter of columns that only serve the page: addresses, orders."""


@dataclass(frozen=True)
class Shown:
    """The rows of a table that a page shows."""

    table: Table
    rows: list[Row]
    total: int
    """How many there are in all."""

    order: str
    """The column by which they are ordered; with a minus, the largest first."""

    number: int = 1
    """Which page of the table this is."""

    @property
    def pages(self) -> int:
        """How many pages the table has."""
        return max(1, -(-self.total // self.table.size))

    @property
    def is_beyond(self) -> bool:
        """Whether the table has pages, but not this one."""
        return self.total > 0 and not self.rows


def shown(tables: LiveTables, table: Table, arguments: Arguments) -> Shown:
    """Return the rows of a table in the order and on the page that an address asks for."""
    order = _order(table, arguments.get(table.name, ""))
    number = _number(arguments.get(f"{table.name}.page", ""))
    size = table.size
    query = f"{ordered(table, order)} LIMIT {size} OFFSET {(number - 1) * size}"
    rows = tables.rows(query, table.parameters)
    total = len(rows) if number == 1 and len(rows) < size else _total(tables, table)
    return Shown(table, table.finish(rows) if table.finish else rows, total, order, number)


def all_rows(tables: LiveTables, table: Table) -> list[Row]:
    """Return all rows of a table in its first order."""
    return tables.rows(ordered(table, table.order), table.parameters)


def ordered_by(table: Table, arguments: Arguments) -> str:
    """Return the query of a table with its rows in the order that an address asks for."""
    return ordered(table, _order(table, arguments.get(table.name, "")))


def ordered(table: Table, order: str) -> str:
    """Return the query of a table with its rows in an order."""
    if not order:
        return table.query
    first = _column(table, order.removeprefix("-"))
    sortable = [column for column in table.columns if column.is_sortable]
    keys = list(map(_key, ([first] if first else []) + sortable))
    if first and first.form in WORDS:
        keys[0] += f" COLLATE {COLLATION}"
    keys[0] += " DESC NULLS LAST" if order.startswith("-") else " NULLS LAST"
    keys += [quoted(column.link) for column in table.columns if column.link]
    return f"SELECT * FROM ({table.query}) ORDER BY {', '.join(dict.fromkeys(keys))}"


def _key(column: Column) -> str:
    """Return by what rows are ordered: where nothing is shown, nothing, which comes last."""
    key = quoted(column.order or column.name)
    return (
        key if column.day is None else f"CASE WHEN {quoted(column.day)} IS NOT NULL THEN {key} END"
    )


def visible(row: Row) -> Row:
    """Return what of a row is not only there to serve a page."""
    return {name: value for name, value in row.items() if not name.startswith(HIDDEN)}


def _total(tables: LiveTables, table: Table) -> int:
    query = table.counted or table.query
    (row,) = tables.rows(f"SELECT count(*) AS total FROM ({query})", table.parameters)
    return int(row["total"])


def _order(table: Table, asked: str) -> str:
    column = _column(table, asked.removeprefix("-"))
    return asked if column and column.is_sortable else table.order


def _column(table: Table, name: str) -> Column | None:
    return next((column for column in table.columns if column.name == name), None)


def _number(asked: str) -> int:
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
