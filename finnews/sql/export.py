"""Writes tables of an archive to files: Parquet, CSV or JSON Lines, with exact types."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from finnews.items import ITEM_CLASSES, Item
from finnews.sql.answers import Answer
from finnews.sql.choice import Choice, conditions, instrument_keys
from finnews.sql.columns import DECIMAL, TEXT, TIME, line_columns, quoted, selected
from finnews.sql.database import Database
from finnews.sql.new_folder import new_folder
from finnews.sql.stopping import Work
from finnews.sql.views import literal

EXPORTED: Final = tuple(kind for kind in ITEM_CLASSES if not kind.is_about_crawl)
"""What is about the market."""

FORMATS: Final[dict[str, str | None]] = {
    "parquet": "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE_BYTES '32MB'",
    "csv": "FORMAT csv, HEADER true",
    "jsonl": None,
}
"""Format, which is the file's ending as well → the options of DuckDB's ``COPY``.

Not for JSON Lines: there it gives each decimal twelve places, or makes it a binary fraction.
"""

_ISO: Final = "'%Y-%m-%dT%H:%M:%S+00:00'"


@dataclass
class Exported:
    """What was exported: rows of each file, and what could not be."""

    rows: dict[str, int] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def export(directory: Path, target: Path, choice: Choice, work: Work | None = None) -> Exported:
    """Write a file for each kind to a directory that gets its name when all are there.

    Raises `WrongUsage` if the directory is not empty, or an instrument is not archived.
    """
    exported = Exported()
    work = work or Work()
    with (
        new_folder(target, work) as files,
        Database(directory, target.parent, work) as database,
    ):
        database.connection.execute("SET preserve_insertion_order = false")
        keys = instrument_keys(database, choice.names)
        for item_class in EXPORTED:
            file = files / f"{item_class.collection}.{choice.form}"
            exported.rows[file.name] = _write(database, item_class, file, (choice, keys))
        exported.problems = database.problems
    return exported


def _write(
    database: Database, item_class: type[Item], file: Path, chosen: tuple[Choice, list[str]]
) -> int:
    """Write a file, and return the number of its rows."""
    choice, keys = chosen
    database.load([item_class])
    table = item_class.collection
    source = f"all_{table}" if choice.has_all_versions else table
    columns = ", ".join(written(_columns(item_class), choice.form))
    where = " AND ".join(["true", *conditions(item_class, choice, keys)])
    query = f"SELECT {columns} FROM {source} WHERE {where}"  # noqa: S608
    options = FORMATS[choice.form]
    if options is None:
        number = _write_lines(Answer(database, query), file)
    else:
        copy = f"COPY ({query}) TO {literal(str(file))} ({options})"
        (number,) = database.connection.execute(copy).fetchone()
    database.drop(item_class)
    return int(number)


def _write_lines(answer: Answer, file: Path) -> int:
    """Write a line for each row, and return how many there are."""
    with file.open("wb") as lines:
        return sum(lines.write(line) > 0 for line in answer.json_lines())


def _columns(item_class: type[Item]) -> Iterator[tuple[str, str]]:
    """Yield the columns of a class's table with their types."""
    kinds = line_columns(item_class)
    for name, expression in selected(item_class):
        kind = kinds.get(name, TEXT)
        yield name, TIME if kind == TEXT and TIME in expression else kind


def is_nested(kind: str) -> bool:
    """Return whether a type is a list or an object.

    >>> is_nested("VARCHAR[]"), is_nested("STRUCT(a BIGINT)"), is_nested("DECIMAL(38,12)")
    (True, True, False)
    """
    return kind.endswith(("[]", ")")) and not kind.startswith("DECIMAL")


def written(columns: Iterable[tuple[str, str]], form: str) -> Iterator[str]:
    """Yield columns, given with their types, as a format has them.

    Only Parquet has times, CSV has no lists, and its decimals have no zeros at the end.
    """
    for name, kind in columns:
        column = quoted(name)
        if kind == TIME and form != "parquet":
            yield f"strftime({column}, {_ISO}) AS {column}"
        elif form == "csv" and is_nested(kind):
            yield f"to_json({column}) AS {column}"
        elif form == "csv" and kind == DECIMAL:
            yield f"rtrim(rtrim(CAST({column} AS VARCHAR), '0'), '.') AS {column}"
        else:
            yield column
