"""The SQL that makes tables of lines, and views of the last versions."""

from collections.abc import Iterator
from glob import escape
from pathlib import Path
from typing import Final

from finnews.archive.lines import files_of
from finnews.items import ITEM_CLASSES, Item
from finnews.sql.columns import line_columns, quoted, selected

OBJECT_SIZE: Final = 16 * 1024 * 1024  # bytes of the longest line that DuckDB reads by default

FILE: Final = "filename"  # as DuckDB names the column

LAST: Final = """\
CREATE VIEW {kind} AS SELECT * FROM all_{kind}
WHERE rowid IN (SELECT max_by(rowid, (version, rowid)) FROM all_{kind} GROUP BY key)"""
"""The last version of each record; of two lines with the same version, the later one."""

_LAST_OF_FILES: Final = """\
CREATE VIEW {kind} AS SELECT * FROM all_{kind}
WHERE CASE WHEN key IS NULL THEN error('{kind} have lines without key: run scrapy archive compact')
      ELSE true END
QUALIFY row_number() OVER (PARTITION BY key ORDER BY version DESC, fetched_at DESC) = 1"""
"""The same over files; lines without a key, which finnews 1.0 wrote, are an error."""


def read_json(
    item_class: type[Item],
    files: str,
    size: int = OBJECT_SIZE,
    *,
    skips_bad: bool = False,
    has_file: bool = False,
) -> str:
    """Return the call that reads the lines of files, a list or a pattern in SQL."""
    columns = ", ".join(
        f"{quoted(name)}: {literal(kind)}" for name, kind in line_columns(item_class).items()
    )
    options = [files, "format='newline_delimited'", f"maximum_object_size={size}"]
    options.append("hive_partitioning=false")  # a folder named version=3 is none of the lines'
    if skips_bad:
        options.append("ignore_errors=true")
    if has_file:
        options.append(f"{FILE}=true")
    return f"read_json({', '.join(options)}, columns={{{columns}}})"


def select(item_class: type[Item], source: str, *others: str) -> str:
    """Return the query of a table's rows from a source of lines, with other columns of it."""
    columns = [
        expression if expression == quoted(name) else f"{expression} AS {quoted(name)}"
        for name, expression in selected(item_class)
    ]
    return f"SELECT {', '.join([*columns, *others])} FROM {source}"  # noqa: S608


def unusable(item_class: type[Item]) -> str:
    """Return the condition of a row that lacks its key, its version or a required field."""
    groups = [("key",), ("version",), *item_class.required]
    conditions = [
        " AND ".join(f"{quoted(name)} IS NULL" for name in _columns(item_class, names))
        for names in groups
    ]
    return " OR ".join(f"({condition})" for condition in conditions)


def schema(directory: Path) -> Iterator[str]:
    """Yield statements by which plain DuckDB has the same views, for kinds that have lines."""
    yield "SET TimeZone = 'UTC'"
    for item_class in ITEM_CLASSES:
        kind = item_class.collection
        if files_of(directory, item_class):
            name = f"{kind}.jsonl" if item_class.is_in_one_file else f"{kind}/*.jsonl"
            source = read_json(item_class, literal(f"{escape(str(directory))}/{name}"))
            yield f"CREATE VIEW all_{kind} AS {select(item_class, source)}"
            yield _LAST_OF_FILES.format(kind=kind)


def literal(text: str) -> str:
    """Return a text as SQL has it.

    >>> literal("Moody's")
    "'Moody''s'"
    """
    return "'" + text.replace("'", "''") + "'"


def _columns(item_class: type[Item], names: tuple[str, ...]) -> Iterator[str]:
    """Yield the columns of fields; of one that is a day or a time, that of the day."""
    known = dict(selected(item_class))
    yield from (f"{name}_day" if f"{name}_day" in known else name for name in names)
