"""The answer to a query: as a table for a terminal, as JSON Lines, as CSV."""

import csv
import json
import sys
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from itertools import islice
from typing import Any, Final

from rich.table import Table

from finnews.archive.lines import encoded
from finnews.outcome import WrongUsage
from finnews.printable import printable
from finnews.reporting.tables import console
from finnews.sql.database import Database

Row = tuple[Any, ...]

MOST_ROWS: Final = 1000  # of a table on a terminal
_BATCH: Final = 1000


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
        """Print a table of the first `MOST_ROWS` rows."""
        table = Table()
        for name in self.names:
            table.add_column(printable(name), overflow="fold")
        rows = self.rows()
        for row in islice(rows, MOST_ROWS):
            table.add_row(*map(_cell, row))
        console().print(table)
        if next(rows, None):
            message = f"finnews: only the first {MOST_ROWS} rows; --json and --csv print all"
            sys.stderr.write(f"{message}\n")

    def print_json(self) -> None:
        """Print an object a line."""
        if len(set(self.names)) < len(self.names):
            raise WrongUsage("two columns have the same name; give one another with AS")
        for row in self.rows():
            sys.stdout.buffer.write(encoded(dict(zip(self.names, row, strict=True))) + b"\n")
        sys.stdout.buffer.flush()

    def print_csv(self) -> None:
        """Print comma-separated values under their names; what is missing is empty."""
        writer = csv.writer(sys.stdout, lineterminator="\n")
        shown = printable if sys.stdout.isatty() else str
        writer.writerow(self.names)
        for row in self.rows():
            writer.writerow("" if value is None else shown(_text(value)) for value in row)


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
    return "" if value is None else printable(_text(value))


def _text(value: Any) -> str:
    """Return a value as text; lists and objects, true and false as JSON has them."""
    if isinstance(value, bool):
        return json.dumps(value)
    return encoded(value).decode() if isinstance(value, list | dict) else _number(value)


def _number(value: Any) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
