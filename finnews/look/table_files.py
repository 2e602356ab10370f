"""The rows of a table as a file that other programs read."""

import csv
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from finnews.look.live_tables import LiveTables
from finnews.look.model import Row, Table
from finnews.look.reading import HIDDEN, Arguments, ordered_by
from finnews.sql.answers import csv_text, plain
from finnews.sql.columns import quoted
from finnews.sql.export import FORMATS, is_nested, written
from finnews.sql.views import literal

FILES: Final = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}
"""Formats in which each table can be had → their media types."""


def write(tables: LiveTables, table: Table, path: Path, arguments: Arguments) -> None:
    """Write all rows of a table, in the order that is asked for, in the format of the path."""
    form = path.suffix.removeprefix(".")
    query = ordered_by(table, arguments)
    described = tables.rows(f"DESCRIBE {query}", table.parameters)
    types = {row["column_name"]: row["column_type"] for row in described}
    shown = {name: kind for name, kind in types.items() if not name.startswith(HIDDEN)}
    if form == "csv" and any(map(is_nested, shown.values())):
        _write_rows(path, list(shown), tables.rows(query, table.parameters))
        return
    names = ", ".join(map(quoted, shown))
    source = (
        f"SELECT {', '.join(written(shown.items(), form))} FROM (SELECT {names} FROM ({query}))"
    )
    tables.cursor().execute(
        f"COPY ({source}) TO {literal(str(path))} ({FORMATS[form]})", dict(table.parameters)
    )


def _write_rows(path: Path, names: list[str], rows: list[Row]) -> None:
    """Write rows with lists and objects, which are JSON with exact numbers."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(names)
        writer.writerows([_cell(row[name]) for name in names] for row in rows)


def _cell(value: Any) -> str:
    return "" if value is None else csv_text(plain(value))


def content(tables: LiveTables, table: Table, form: str, arguments: Arguments) -> bytes:
    """Return what `write` writes."""
    with TemporaryDirectory(prefix=".finnews-") as folder:
        path = Path(folder) / f"{table.name}.{form}"
        write(tables, table, path, arguments)
        return path.read_bytes()
