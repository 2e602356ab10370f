"""Writes tables of an archive to files: Parquet, CSV or JSON Lines, with exact types."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from finnews.items import ITEM_CLASSES, Item
from finnews.outcome import WrongUsage
from finnews.sql.answers import Answer
from finnews.sql.choice import Choice, conditions, instrument_keys
from finnews.sql.columns import DECIMAL, TEXT, TIME, line_columns, quoted, selected
from finnews.sql.database import Database
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
    _check(target)
    exported = Exported()
    work = work or Work()
    with (
        _errors_of(target),
        Database(directory, target.parent, work) as database,
        work.temporary_folder(f".{target.name}-", target.parent) as folder,
    ):
        files = folder / "files"
        files.mkdir()
        database.connection.execute("SET preserve_insertion_order = false")
        keys = instrument_keys(database, choice.names)
        for item_class in EXPORTED:
            file = files / f"{item_class.collection}.{choice.form}"
            exported.rows[file.name] = _write(database, item_class, file, (choice, keys))
        exported.problems = database.problems
        files.rename(target)
    return exported


def _check(target: Path) -> None:
    """Raise `WrongUsage` if a directory cannot get this name; make those above it."""
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise WrongUsage(f"{target}: exists and is not an empty directory")
    above = next(path for path in target.parents if path.exists())
    if not above.is_dir():
        raise WrongUsage(f"{target}: {above} is a file, not a directory")
    target.parent.mkdir(parents=True, exist_ok=True)


@contextmanager
def _errors_of(target: Path) -> Iterator[None]:
    """Name the directory in the errors of the temporary ones next to it, which nobody knows."""
    try:
        yield
    except OSError as error:
        hidden = (".finnews-", f".{target.name}-")
        if any(part.startswith(hidden) for part in Path(error.filename or "").parts):
            raise OSError(error.errno, error.strerror, str(target)) from error
        raise


def _write(
    database: Database, item_class: type[Item], file: Path, chosen: tuple[Choice, list[str]]
) -> int:
    """Write a file, and return the number of its rows."""
    choice, keys = chosen
    database.load([item_class])
    table = item_class.collection
    source = f"all_{table}" if choice.has_all_versions else table
    columns = ", ".join(_written(item_class, choice.form))
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


def _written(item_class: type[Item], form: str) -> Iterator[str]:
    """Yield the columns as a format has them.

    Only Parquet has times, CSV has no lists, and its decimals have no zeros at the end.
    """
    kinds = line_columns(item_class)
    for name, expression in selected(item_class):
        column, kind = quoted(name), kinds.get(name, TEXT)
        is_time = kind == TIME or (kind == TEXT and TIME in expression)
        if is_time and form != "parquet":
            yield f"strftime({column}, {_ISO}) AS {column}"
        elif form == "csv" and kind.endswith(("[]", ")")) and not kind.startswith("DECIMAL"):
            yield f"to_json({column}) AS {column}"
        elif form == "csv" and kind == DECIMAL:
            yield f"rtrim(rtrim(CAST({column} AS VARCHAR), '0'), '.') AS {column}"
        else:
            yield column
