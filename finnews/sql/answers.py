"""The answer to a query: as a table for a terminal, as JSON Lines, as CSV."""

import csv
import json
import sys
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from itertools import islice
from typing import Any, Final

from rich.console import RenderableType
from rich.rule import Rule
from rich.table import Table

from finnews.archive.lines import encoded
from finnews.outcome import WrongUsage
from finnews.printable import printable
from finnews.reporting.tables import console
from finnews.sql.database import Database

Row = tuple[Any, ...]

MOST_ROWS: Final = 1000  # of a table on a terminal
_BATCH: Final = 1000
_NARROWEST: Final = 8  # columns of a terminal for a value


class Answer:
    """The rows of a query, read as they are printed."""

    def __init__(self, database: Database, query: str) -> None:
        """Run a query; raise `WrongUsage` if it is none, or several."""
        connection = database.connection
        if len(connection.extract_statements(query)) != 1:
            raise WrongUsage('usage: archive sql "select …", one query')
        self._cursor = connection.execute(query)
        self.names = [column[0] for column in self._cursor.description or ()]

    def rows(self) -> Iterator[Row]:
        """Yield the rows; times are ISO 8601 in UTC, decimals have no zeros at the end."""
        while rows := self._cursor.fetchmany(_BATCH):
            yield from (tuple(map(plain, row)) for row in rows)

    def print_table(self) -> None:
        """Print the first `MOST_ROWS` rows: a line each, or a line a value if that is too wide."""
        rows = self.rows()
        cells = [list(map(_cell, row)) for row in islice(rows, MOST_ROWS)]
        names = list(map(printable, self.names))
        screen = console()
        for part in (
            _table(names, cells) if _fits(names, cells, screen.width) else _blocks(names, cells)
        ):
            screen.print(part)
        if next(rows, None):
            message = f"finnews: only the first {MOST_ROWS} rows; --json and --csv print all"
            sys.stderr.write(f"{message}\n")

    def json_lines(self) -> Iterator[bytes]:
        """Yield an object a line."""
        if len(set(self.names)) < len(self.names):
            raise WrongUsage("two columns have the same name; give one another with AS")
        for row in self.rows():
            yield encoded(dict(zip(self.names, row, strict=True))) + b"\n"

    def print_json(self) -> None:
        """Print an object a line."""
        sys.stdout.buffer.writelines(self.json_lines())
        sys.stdout.buffer.flush()

    def print_csv(self) -> None:
        """Print comma-separated values under their names; what is missing is empty."""
        writer = csv.writer(sys.stdout, lineterminator="\n")
        shown = printable if sys.stdout.isatty() else str
        writer.writerow(self.names)
        for row in self.rows():
            writer.writerow("" if value is None else shown(csv_text(value)) for value in row)


def _fits(names: list[str], rows: list[list[str]], width: int) -> bool:
    """Return whether each column can be as wide as its longest value, or `_NARROWEST`."""
    columns = zip(names, *rows, strict=True)
    needed = (min(_NARROWEST, max(map(len, column))) for column in columns)
    return sum(needed) + 3 * len(names) < width  # a border and two spaces for each column


def _table(names: list[str], rows: list[list[str]]) -> Iterator[RenderableType]:
    table = Table()
    for name in names:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*row)
    yield table


def _blocks(names: list[str], rows: list[list[str]]) -> Iterator[RenderableType]:
    """Yield for each row a rule with its number, and a line for each value behind its name."""
    for number, row in enumerate(rows, 1):
        yield Rule(str(number), align="left")
        block = Table.grid(padding=(0, 2, 0, 0))
        block.add_column(overflow="fold")
        block.add_column(overflow="fold")
        for pair in zip(names, row, strict=True):
            block.add_row(*pair)
        yield block
    if not rows:
        yield "no rows"


def plain(value: Any) -> Any:
    """Return a value as JSON can have it.

    >>> plain(Decimal("95.550000000000")), plain(Decimal("100.000")), plain(Decimal("0E-12"))
    (Decimal('95.55'), Decimal('100'), Decimal('0'))
    """
    match value:
        case Decimal():
            text = f"{value:f}"
            return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)
        case datetime() | date() | time():
            return value.isoformat()
        case dict():
            return {str(name): plain(part) for name, part in value.items()}
        case list() | tuple() | set():
            return [plain(part) for part in value]
        case None | bool() | int() | float() | str():
            return value
    return str(value)


def _cell(value: Any) -> str:
    return "" if value is None else printable(csv_text(value))


def csv_text(value: Any) -> str:
    """Return a value as text; lists and objects, true and false as JSON has them."""
    if isinstance(value, bool):
        return json.dumps(value)
    return encoded(value).decode() if isinstance(value, list | dict) else _number(value)


def _number(value: Any) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
