"""A snapshot of an archive, which can be read while crawls go on writing."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple, Self

from finnews.archive.index import SCHEMA_VERSION
from finnews.archive.lines import files_of, lines_from
from finnews.archive.lock import Lock
from finnews.archive.repair import INDEX
from finnews.items import ITEM_CLASSES, Item

_FILES = "SELECT path, size, modified FROM files"
_KEYS = """
SELECT keys.key, records.version, files.path, records.start, records.instrument
FROM keys JOIN records ON records.id = keys.record JOIN files ON files.id = records.file
WHERE keys.collection = ?
"""


class Indexed(NamedTuple):
    """What the index has for a key."""

    key: str
    version: int
    path: str
    start: int
    instrument: str | None


class Snapshot:
    """The lines of all files, and the index if it is readable and up to date with them.

    If it is not, `problems` has a line for each reason, and `keys` yields nothing.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._index: sqlite3.Connection | None = None
        with closing(Lock(directory)) as lock, lock.held():
            paths = [path for kind in ITEM_CLASSES for path in files_of(directory, kind)]
            statuses = {path: (directory / path).stat() for path in paths}
            self._sizes = {path: status.st_size for path, status in statuses.items()}
            states = {
                path: (status.st_size, status.st_mtime_ns) for path, status in statuses.items()
            }
            self.problems = list(self._open_index(states)) if states else []
        if self.problems:
            self.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the index."""
        if self._index:
            self._index.close()
            self._index = None

    def lines(self, item_class: type[Item]) -> Iterator[tuple[str, int, int, bytes]]:
        """Yield path, number from 1, offset and bytes of each line, as the files were then."""
        for path in files_of(self.directory, item_class):
            size = self._sizes.get(path, 0)
            for number, (start, raw) in enumerate(lines_from(self.directory / path, 0), 1):
                if start < size:
                    yield path, number, start, raw

    def keys(self, item_class: type[Item]) -> Iterator[Indexed]:
        """Yield what the index has for each key of an item class."""
        if self._index:
            rows = self._index.execute(_KEYS, (item_class.collection,))
            yield from (Indexed(*row) for row in rows)

    def _open_index(self, states: dict[str, tuple[int, int]]) -> Iterator[str]:
        """Open the index in a read transaction; yield its problems, `states` being the files'."""
        uri = f"{(self.directory / INDEX).absolute().as_uri()}?mode=ro"
        try:
            self._index = sqlite3.connect(uri, uri=True, isolation_level=None)
            self._index.execute("BEGIN")
            (version,) = self._index.execute("PRAGMA user_version").fetchone()
            indexed = {path: tuple(state) for path, *state in self._index.execute(_FILES)}
        except sqlite3.DatabaseError as error:
            yield f"{self.directory / INDEX}: {error}; the next run rebuilds it"
            return
        if version != SCHEMA_VERSION:
            reason = f"schema version {version}, expected {SCHEMA_VERSION}"
            yield f"{self.directory / INDEX}: {reason}; the next run rebuilds it"
        for path in sorted({path for path, _ in indexed.items() ^ states.items()}):
            change = "changed or deleted since it was indexed"
            yield f"{self.directory / path}: {change}; the next run indexes it again"
