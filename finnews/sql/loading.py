"""Makes tables of lines: straight from their files, or from copies if lines are unfit."""

import mmap
import re
import tempfile
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from glob import escape
from pathlib import Path
from typing import Any, Final

from finnews.items import Item
from finnews.sql.columns import DECIMAL, SCALE, line_columns
from finnews.sql.engine import duckdb
from finnews.sql.unfit import Problem, repaired
from finnews.sql.views import FILE, OBJECT_SIZE, literal, read_json, select, unusable

Keys = Callable[[Path], AbstractContextManager[Callable[[Item], str]]]
"""Gives, for a folder that can be written to, what returns the key of a line that has none."""

Query = Callable[[type[Item], str], str]
"""Returns the query of a table's rows from a source of lines, which has their file's name."""

_TOO_FINE: Final = re.compile(rb"\.\d{%d}" % (SCALE + 1))


class Loading:
    """Makes tables of the lines of files; copies of files are in a folder while they are read."""

    def __init__(
        self, connection: Any, folder: Path, keys: Keys, query: Query | None = None
    ) -> None:
        self._connection = connection
        self._folder = folder
        self._keys = keys
        self._query = query or select
        self._unread = (duckdb().InvalidInputException, duckdb().ConversionException)

    def load(self, item_class: type[Item], table: str, paths: Iterable[Path]) -> list[Problem]:
        """Make a table of all lines of files, and return the problems of damaged lines."""
        files = list(paths)
        if not files:
            self._create(item_class, table, _nothing(item_class))
        elif not self._is_loaded(item_class, table, files):
            return self._load_repaired(item_class, table, files)
        return []

    def _is_loaded(self, item_class: type[Item], table: str, paths: list[Path]) -> bool:
        """Load files in which nothing is wrong, which is the rule; return whether that is so."""
        if DECIMAL in line_columns(item_class).values() and any(map(_is_too_fine, paths)):
            return False
        try:
            self._create(item_class, table, _lines(item_class, paths))
        except self._unread:
            return False
        query = f"SELECT count(*) FROM {table} WHERE {unusable(item_class)}"  # noqa: S608
        (number,) = self._connection.execute(query).fetchone()
        return not number

    def _load_repaired(
        self, item_class: type[Item], table: str, paths: list[Path]
    ) -> list[Problem]:
        with (
            tempfile.TemporaryDirectory(dir=self._folder) as copies,
            self._keys(Path(copies)) as key,
        ):
            files = repaired(paths, item_class, Path(copies), key)
            size = max(OBJECT_SIZE, files.longest + 1)
            source = _lines(item_class, files.files, size, skips_bad=True)
            self._create(item_class, table, f"{source} WHERE version IS NOT NULL")
        return files.problems

    def _create(self, item_class: type[Item], table: str, source: str) -> None:
        self._connection.execute(f"DROP TABLE IF EXISTS {table}")
        self._connection.execute(f"CREATE TABLE {table} AS {self._query(item_class, source)}")


def _lines(
    item_class: type[Item], paths: list[Path], size: int = OBJECT_SIZE, *, skips_bad: bool = False
) -> str:
    files = f"[{', '.join(literal(escape(str(path))) for path in paths)}]"
    return read_json(item_class, files, size, skips_bad=skips_bad, has_file=True)


def _nothing(item_class: type[Item]) -> str:
    kinds = {**line_columns(item_class), FILE: "VARCHAR"}
    columns = ", ".join(f'CAST(NULL AS {kind}) AS "{name}"' for name, kind in kinds.items())
    return f"(SELECT {columns} LIMIT 0)"


def _is_too_fine(path: Path) -> bool:
    """Return whether a file has what could be a number with too many decimals."""
    with path.open("rb") as file:
        if not file.seek(0, 2):
            return False
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            return _TOO_FINE.search(content) is not None
