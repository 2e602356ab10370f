"""An archive as it is at one moment, to be read while crawls go on writing."""

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
_NAMES = """
SELECT keys.key, records.version, files.path, records.start, records.instrument
FROM keys JOIN records ON records.id = keys.record JOIN files ON files.id = records.file
WHERE keys.collection = ?
"""


class Indexed(NamedTuple):
    """What the index says of a name."""

    name: str
    version: int
    path: str
    start: int
    instrument: str | None


class Snapshot:
    """The lines of all files, and the index if it can be read and is one of just these files.

    `problems` says in lines for a person why it is not; then `names` yields nothing.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._index: sqlite3.Connection | None = None
        with closing(Lock(directory)) as lock, lock.held():
            paths = [path for kind in ITEM_CLASSES for path in files_of(directory, kind)]
            found = {path: (directory / path).stat() for path in paths}
            self._sizes = {path: status.st_size for path, status in found.items()}
            states = {path: (one.st_size, one.st_mtime_ns) for path, one in found.items()}
            self.problems = list(self._opened(states)) if states else []
        if self.problems:
            self.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the index."""
        if self._index:
            self._index.close()
            self._index = None

    def lines(self, item_class: type[Item]) -> Iterator[tuple[str, int, int, bytes]]:
        """Yield path, number from 1, offset and bytes of each line; the last may lack its end."""
        for path in files_of(self.directory, item_class):
            size = self._sizes.get(path, 0)
            for number, (start, raw) in enumerate(lines_from(self.directory / path, 0), 1):
                if start < size:
                    yield path, number, start, raw

    def names(self, item_class: type[Item]) -> Iterator[Indexed]:
        """Yield what the index says of each name of a kind."""
        if self._index:
            rows = self._index.execute(_NAMES, (item_class.collection,))
            yield from (Indexed(*row) for row in rows)

    def _opened(self, states: dict[str, tuple[int, int]]) -> Iterator[str]:
        """Begin to read the index, which then stays as it is; yield what is wrong with it."""
        address = f"{(self.directory / INDEX).absolute().as_uri()}?mode=ro"
        try:
            self._index = sqlite3.connect(address, uri=True, isolation_level=None)
            self._index.execute("BEGIN")
            (schema,) = self._index.execute("PRAGMA user_version").fetchone()
            known = {path: tuple(state) for path, *state in self._index.execute(_FILES)}
        except sqlite3.DatabaseError as error:
            yield f"{self.directory / INDEX}: {error}; the next run makes it anew"
            return
        if schema != SCHEMA_VERSION:
            yield f"{self.directory / INDEX}: of another version; the next run makes it anew"
        for path in sorted({path for path, _ in known.items() ^ states.items()}):
            yield f"{self.directory / path}: not as it was indexed; the next run reads it"
