"""Lines of an archive as new tables, before they become part of those that are read."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from finnews.items import Item
from finnews.look.files import ReadFile, number_of_lines
from finnews.look.shown import shown
from finnews.sql.keys import keys
from finnews.sql.loading import Keys, Loading
from finnews.sql.unfit import Problem

Added = dict[str, tuple[int, bytes]]
"""File → the offset of lines that were appended to it, and the lines."""

_SEVERAL: Final = """\
FROM {table} WHERE key_hash IN (SELECT key_hash FROM {table} GROUP BY key_hash HAVING count(*) > 1)
"""
_TIES: Final = f"SELECT 1 {_SEVERAL} GROUP BY key, version, file HAVING count(*) > 1 LIMIT 1"
_DELETE_SUPERSEDED: Final = f"""\
DELETE FROM {{table}} WHERE rowid IN (
    SELECT rowid {_SEVERAL} QUALIFY row_number() OVER (
        PARTITION BY key ORDER BY version DESC, file DESC, rowid DESC
    ) > 1
)"""


class LineWithoutKey(ValueError):
    """A line of finnews 1.0, whose key follows from all other lines of its kind."""


class Staging:
    """Makes tables of the last versions in files, or in lines that were appended to them."""

    def __init__(self, connection: Any, folder: Path, directory: Path, zone: ZoneInfo) -> None:
        self._connection = connection
        self._folder = folder
        self._directory = directory
        self._query = partial(shown, zone=zone)

    def whole(
        self, item_class: type[Item], table: str, files: Mapping[str, ReadFile]
    ) -> list[Problem]:
        """Make a table of the whole lines of files, and return what is wrong with them."""
        with tempfile.TemporaryDirectory(dir=self._folder) as copies:
            names = {self._directory / name: name for name in files}
            for name, file in files.items():
                if file.end < file.stamp.size:
                    del names[self._directory / name]
                    names[_copy(self._directory / name, Path(copies) / name, file.end)] = name
            paths = sorted(names, key=lambda path: names[path])
            key = partial(keys, self._directory, is_read_only=True)
            problems = self._load(item_class, table, paths, key)
        return [
            problem._replace(path=self._directory / names[problem.path]) for problem in problems
        ]

    def added(self, item_class: type[Item], table: str, files: Added) -> list[Problem]:
        """Make a table of appended lines, and return what is wrong; raise `LineWithoutKey`."""
        with tempfile.TemporaryDirectory(dir=self._folder) as copies:
            names = {
                _written(Path(copies) / name, lines): name for name, (_, lines) in files.items()
            }
            problems = self._load(item_class, table, list(names), _no_keys)
        return [
            self._placed(problem, names[problem.path], files[names[problem.path]][0])
            for problem in problems
        ]

    def _load(
        self, item_class: type[Item], table: str, paths: list[Path], key: Keys
    ) -> list[Problem]:
        """Load the last versions; in order, which is slow, only if the order decides."""
        loading = Loading(self._connection, self._folder, key, self._query)
        problems = loading.load(item_class, table, paths)
        if self._connection.execute(_TIES.format(table=table)).fetchone():
            with self._in_order():
                problems = loading.load(item_class, table, paths)
        self._connection.execute(_DELETE_SUPERSEDED.format(table=table))
        return problems

    @contextmanager
    def _in_order(self) -> Iterator[None]:
        self._connection.execute("SET preserve_insertion_order = true")
        try:
            yield
        finally:
            self._connection.execute("SET preserve_insertion_order = false")

    def _placed(self, problem: Problem, name: str, start: int) -> Problem:
        """Return a problem of an added line as one of the file that it was added to."""
        path = self._directory / name
        return problem._replace(path=path, number=number_of_lines(path, start) + problem.number)


@contextmanager
def _no_keys(_: Path) -> Iterator[Callable[[Item], str]]:
    def key(item: Item) -> str:
        raise LineWithoutKey(item.keys[0])

    yield key


def _copy(path: Path, copy: Path, end: int) -> Path:
    with path.open("rb") as file:
        return _written(copy, file.read(end))


def _written(path: Path, content: bytes) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    return path
